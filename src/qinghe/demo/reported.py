"""What lower organisations reported for two half-years, through the services that their pages use.

Most report on time; some late, some a wrong number that is sent back and mended, and some do not
agree with a number that the records give.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from random import Random
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile

from qinghe.edges.books import Book
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor, Held, Role
from qinghe.kernel.access.models import Holding
from qinghe.kernel.files import services as files
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import services as people
from qinghe.kernel.people.services import NewPerson
from qinghe.lib import periods
from qinghe.lib.periods import Period, PeriodKind
from qinghe.systems.returns import queries, services
from qinghe.systems.returns.models import Filing, ReportForm, Round, Value

from . import cast, names, plan
from .plan import returns as planned
from .sizes import Size

ZONE = ZoneInfo("Asia/Shanghai")
SINCE = date(2021, 6, 1)
DAYS_TO_ANSWER = 2
SECRETARIES = (Role.STREET_SECRETARY, Role.COMMUNITY_SECRETARY, Role.SCHOOL_SECRETARY)
Say = Callable[[str], None]

TITLES: Mapping[str, str] = {
    "publicity": "宣传引领情况统计表",
    "organisation": "组织建设与改革情况统计表",
    "youth-development": "青年发展情况统计表",
    "volunteering": "志愿服务专项统计表",
    "street": "街道团的工作统计表",
    "community": "社区团的工作统计表",
    "school": "学校团的工作统计表",
    planned.YEARLY: "年度指标统计表",
}
KINDS = {
    "street": OrgKind.STREET,
    "community": OrgKind.COMMUNITY,
    "school": OrgKind.LEAGUE_COMMITTEE,
}
DEPARTMENTS = {slug: slug.replace("-", "_") for slug in planned.DEPARTMENTS} | {
    planned.YEARLY: "organisation"
}
BETWEEN = (
    ("AFF-16", "<=", "AFF-14", "注册人数多于评议定等次人数（T-45）"),
    ("AFF-14", "<=", "AFF-15", "评议定等次人数多于应参评人数"),
    ("STU-02", "<=", "STU-03", "参学人次多于应参学人次"),
    ("EMG-04", "<=", "EMG-02", "临时党团支部多于突击队"),
)
JUMP = frozenset({"EMG-02", "VOL-12", "HON-04", "VOL-10"})
CHECKED = "已与本单位台账逐笔核对，数字属实。"


@dataclass(frozen=True)
class Answering:
    """Who fills and who reviews, by organisation."""

    officers: tuple[Actor, Actor]
    secretaries: Mapping[int, Actor]

    def filling(self, filing: Filing) -> Actor:
        """Return who fills for a filing's organisation."""
        return self.secretaries.get(filing.org_id, self.officers[0])

    def reviewing(self, filing: Filing) -> Actor:
        """Return who reviews it: the street's secretary, or the district's other officer."""
        return self.secretaries.get(filing.reviewer_id, self.officers[1])


def tell_returns(*, size: Size, by: Actor, say: Say) -> None:
    """Ask, fill, send, send back and accept; what has been told already is passed over."""
    district = plan.plan_district(size)
    _appoint(size, district, by=by)
    actors = who_answers()
    for form in planned.plan_forms(size, district):
        _tell_form(form, planned.plan_answers(size, district, form), actors=actors, by=by)
    say(f"统计报送：{Round.objects.count()} 期、{Filing.objects.count()} 份已报送并审核")


def who_answers() -> Answering:
    """Return who fills and who reviews, as they hold their posts."""
    held = Holding.objects.filter(role__in=SECRETARIES).select_related("person", "org")
    secretaries = {
        one.org_id: Actor(one.person_id, one.person.name, (Held(Role(one.role), one.org.path),))
        for one in held
    }
    return Answering((cast.officer(), cast.officer(second=True)), secretaries)


def numbers_of(code: str, period: str) -> dict[Org, int]:
    """Return what each organisation reported of a number that is more than nothing."""
    values = Value.objects.filter(
        cell__code=code, filing__round__period=period, hundredths__gt=0
    ).select_related("filing__org")
    return {value.filing.org: (value.hundredths or 0) // 100 for value in values}


def _appoint(size: Size, district: plan.District, *, by: Actor) -> None:
    """Give every street, community and school a secretary who can answer for it."""
    random = Random(f"{size.seed}-secretaries")
    standing = Holding.objects.filter(role__in=SECRETARIES).values_list("org__code", flat=True)
    known = frozenset(standing)
    orgs = {org.code: org for org in Org.objects.all()}
    for row in planned.plan_secretaries(district, known=known):
        person = people.add_person(
            new=NewPerson(row.number, names.person(random), birth_date=date(1991, 5, 4)),
            at=_at(SINCE, 9),
            by=by,
        )
        access.give_role(
            person=person,
            role=Role(row.role),
            org=orgs[row.org_code],
            starts_on=SINCE,
            at=_at(SINCE, 9),
            by=by,
        )


def _tell_form(
    form: planned.Form, answers: Iterable[planned.Answers], *, actors: Answering, by: Actor
) -> None:
    opened = Round.objects.filter(slug=form.slug, period=form.period).first() or _open(form, by=by)
    filings = {
        filing.org.code: filing
        for filing in opened.filings.select_related("org", "reviewer", "round__form")
    }
    derived = frozenset(opened.derived.values_list("cell__code", flat=True))
    sent: dict[int, list[Filing]] = {}
    for planned_answer in answers:
        answer = _typed(planned_answer, derived=derived)
        filing = filings[answer.org_code]
        if filing.state == Filing.State.ACCEPTED:
            continue
        _report(filing, answer, actors=actors)
        sent.setdefault(filing.reviewer_id, []).append(filing)
    for waiting in sent.values():
        reviewer = actors.reviewing(waiting[0])
        for start in range(0, len(waiting), services.MOST_AT_ONCE):
            services.accept_many(
                filings=waiting[start : start + services.MOST_AT_ONCE],
                at=_at(opened.closes_on + timedelta(days=1), 16),
                by=reviewer,
            )


def _typed(answer: planned.Answers, *, derived: frozenset[str]) -> planned.Answers:
    """Return an answer without what the form takes from records by itself (一表通)."""
    amounts = {code: amount for code, amount in answer.amounts.items() if code not in derived}
    return replace(answer, amounts=amounts)


def _open(form: planned.Form, *, by: Actor) -> Round:
    period = periods.parse(form.period)
    opens_on = _opens_on(period)
    published = _published(form, at=_at(opens_on - timedelta(days=11), 10), by=by)
    return services.open_round(
        form=published,
        period=period,
        opens_on=opens_on,
        closes_on=opens_on + timedelta(days=DAYS_TO_ANSWER - 1),
        at=_at(opens_on, 8),
        by=by,
    )


def _opens_on(period: Period) -> date:
    """Return when a period is asked for: a year as soon as its quotas are set, else when it is over."""
    if period.kind is not PeriodKind.YEAR:
        return period.end + timedelta(days=1)
    return max(period.start + timedelta(days=16), SINCE + timedelta(days=14))


def _published(form: planned.Form, *, at: datetime, by: Actor) -> ReportForm:
    """Return the version of a form that asks these cells, made and published if it is not there."""
    wanted = _new_form(form)
    codes = {cell.code for cell in wanted.cells}
    standing = ReportForm.objects.filter(slug=form.slug, state=ReportForm.State.PUBLISHED).first()
    if standing and {cell.code for cell in standing.cells.all()} == codes:
        return standing
    if standing:
        draft = services.new_version(form=standing, at=at, by=by)
        draft = services.change_form(form=draft, new=wanted, at=at, by=by)
    else:
        draft = services.make_form(new=wanted, at=at, by=by)
    return services.publish_form(form=draft, at=at, by=by)


def _new_form(form: planned.Form) -> services.NewForm:
    cells = [
        services.NewCell(
            code=cell.code,
            least=Decimal(0),
            jump_percent=100 if cell.code in JUMP else None,
            evidence=cell.evidence,
        )
        for cell in form.cells
    ]
    cells += [services.NewCell(code=code) for code in form.derived]
    codes = {cell.code for cell in cells}
    between = [services.NewRule(*rule) for rule in BETWEEN if rule[0] in codes and rule[2] in codes]
    return services.NewForm(
        slug=form.slug,
        title=TITLES[form.slug],
        note="数字取自本单位台账；没有发生的填 0，本单位没有这项工作的选“不适用”。",
        period_kind=periods.parse(form.period).kind.value,
        cells=cells,
        rules=between,
        department=DEPARTMENTS.get(form.slug, ""),
        kinds=(KINDS.get(form.slug, OrgKind.DISTRICT).value,),
        sectors=("school",) if form.slug == "school" else (),
        closes_after_days=DAYS_TO_ANSWER,
    )


def _report(filing: Filing, answer: planned.Answers, *, actors: Answering) -> None:
    """Fill and send one form, with what happens to some on the way."""
    by, asked = actors.filling(filing), filing.round
    late = "late" in answer.events
    at = _at(asked.closes_on + timedelta(days=1) if late else asked.opens_on, 9)
    reason = "经办人调整，交接后补报。" if late else ""
    amounts = dict(answer.amounts)
    wrong = _wrong(amounts) if "sent_back" in answer.events else ""
    if wrong:
        amounts[wrong] = (amounts[wrong] or 0) * 10
    _fill(filing, amounts, reason=reason, at=at, by=by)
    if "disputed" in answer.events:
        _dispute(filing, at=at, by=by, reviewer=actors.reviewing(filing))
    _send(filing, reason=reason, at=at + timedelta(minutes=20), by=by)
    if wrong:
        _mend(filing, wrong, answer.amounts[wrong], at=at, by=by, reviewer=actors.reviewing(filing))


def _wrong(amounts: Mapping[str, int | None]) -> str:
    """Return the cell in which somebody types a nought too many: one that no other cell bounds."""
    free = [code for code, amount in amounts.items() if amount and code[:3] not in ("AFF", "STU")]
    return free[-1] if free else ""


def _fill(
    filing: Filing, amounts: Mapping[str, int | None], *, reason: str, at: datetime, by: Actor
) -> None:
    entries = [
        services.Entry(code, not_applicable=True, note="期内没有开通热线")
        if amount is None
        else services.Entry(code, Decimal(amount))
        for code, amount in amounts.items()
    ]
    services.keep_values(filing=filing, entries=entries, reason=reason, at=at, by=by)
    values = Value.objects.filter(filing=filing, cell__evidence=True).select_related("cell")
    for value in values:
        files.attach(
            subject=value,
            upload=_evidence(filing, value),
            label="佐证",
            at=at,
            by=by,
        )


def _evidence(filing: Filing, value: Value) -> ContentFile:
    """Make the list that somebody hands in beside a number."""
    kept = BytesIO()
    with Book(kept, created=filing.round.opened_at) as book:
        page = book.page("台账", ["组织", "指标", "数值"])
        book.rows(page, [(filing.org.name, value.cell.label, str((value.hundredths or 0) // 100))])
    return ContentFile(kept.getvalue(), name=f"{value.cell.label}台账.xlsx")


def _dispute(filing: Filing, *, at: datetime, by: Actor, reviewer: Actor) -> None:
    derived = filing.round.derived.select_related("cell").order_by("cell__place").last()
    if derived is None:
        return
    dispute = services.dispute(
        filing=filing,
        code=derived.cell.code,
        reason="6月下旬的一次活动尚未登记，系统数偏少。",
        at=at + timedelta(minutes=10),
        by=by,
    )
    services.settle_dispute(
        dispute=dispute,
        verdict="unfounded",
        words="该场活动在7月1日举办，计入下半年。",
        at=at + timedelta(hours=3),
        by=reviewer,
    )


def _send(filing: Filing, *, reason: str, at: datetime, by: Actor) -> None:
    filing.refresh_from_db()
    questions = queries.sheet_of(by, filing).questions
    services.submit(
        filing=filing,
        answers={question.key: CHECKED for question in questions},
        late_reason=reason,
        at=at,
        by=by,
    )


def _mend(
    filing: Filing, code: str, amount: int | None, *, at: datetime, by: Actor, reviewer: Actor
) -> None:
    """Send a filing back for one wrong number, and let it come again."""
    services.send_back(
        filing=filing,
        reason="数字与台账不符，疑似多填一个零，请核对后重报。",
        at=at + timedelta(hours=2),
        by=reviewer,
    )
    entry = services.Entry(code, Decimal(amount or 0))
    filing.refresh_from_db()
    services.keep_values(
        filing=filing, entries=[entry], reason="多填一个零", at=at + timedelta(hours=4), by=by
    )
    _send(filing, reason="", at=at + timedelta(hours=5), by=by)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=ZONE)
