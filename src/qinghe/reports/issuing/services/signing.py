"""The way of a report through those who sign it. Its text stands still meanwhile."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from qinghe.analytics import frozen
from qinghe.analytics.figures import Figures, State
from qinghe.analytics.models import Freezing
from qinghe.kernel.access import actors
from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.lib.periods import Period, local_day
from qinghe.lib.verdicts import Refused
from qinghe.reports.drafting import queries as drafts
from qinghe.reports.drafting import services as drafting
from qinghe.reports.drafting.models import Report
from qinghe.reports.half_year.blocks import Draft
from qinghe.reports.issuing import models, queries, rules, steps, text
from qinghe.reports.issuing.access import Act
from qinghe.reports.issuing.rules import Named

State_ = models.Circulation.State


@dataclass
class Frozen:
    """The newest frozen figures of any period, and of which freezings they were."""

    used: dict[str, int] = field(default_factory=dict)

    def __call__(self, period: Period) -> Figures:
        """Return the figures of a period. Raises Refused: not_frozen."""
        freezing = _newest(period)
        self.used[period.name] = freezing.pk
        return frozen.figures_of(freezing)


@transaction.atomic
def submit(
    *, report: Report, named: Named, owned_reason: str = "", at: datetime, by: Actor
) -> models.Circulation:
    """Send a report round to be signed, with the newest frozen figures.

    Raises Refused: not_allowed, not_frozen, blocked, not_all_reported, not_a_signer, own_signature,
    named_twice, wrong_state.
    """
    report = Report.objects.select_for_update(of=("self",)).select_related("org").get(pk=report.pk)
    actors.require(by, Act.SUBMIT, at=report.org)
    _check_named(named, report, at=at, by=by)
    known = Frozen()
    found = drafts.findings(by, report, figures_of=known)
    rules.check_findings(sum(each.blocking for each in found))
    draft = drafts.rendered(by, report, figures_of=known)
    lacking = _lacking_in(draft)
    rules.check_owned(lacking, reason=owned_reason)
    drafting.set_state(report=report, state=Report.State.SIGNING, at=at, by=by)
    signed = text.stored(draft, freezings=known.used)
    circulation = models.Circulation.objects.create(
        report=report,
        number=report.circulations.count() + 1,
        freezing_id=known.used[report.period],
        text=signed,
        sha256=text.sha256(signed),
        lacking=lacking,
        owned_reason=owned_reason.strip()[:400] if lacking else "",
        begun_at=at,
        begun_by_id=by.person_id,
    )
    _name(circulation, named, at=at, by=by)
    detail = {"round": circulation.number, "sha256": circulation.sha256, "lacking": lacking}
    audit.record(by=by, verb="issuing.submit", subject=report, at=at, detail=detail)
    return circulation


@transaction.atomic
def agree(
    *, signing: models.Signing, words: str = "", at: datetime, by: Actor
) -> models.Circulation:
    """Agree, and ask whoever comes next. Raises Refused: not_allowed, not_yours, not_your_turn."""
    signing, circulation = _taken(signing, by=by)
    _say(signing, models.Verdict.AGREED, words=words, at=at, by=by)
    _go_on(circulation, at=at, by=by)
    return circulation


@transaction.atomic
def send_back(
    *, signing: models.Signing, words: str, at: datetime, by: Actor
) -> models.Circulation:
    """Give the report back to its writers, who may change it again; what was said stays.

    Raises Refused: not_allowed, not_yours, not_your_turn, words_needed.
    """
    rules.check_words(words)
    signing, circulation = _taken(signing, by=by)
    _say(signing, models.Verdict.SENT_BACK, words=words, at=at, by=by)
    _end(circulation, State_.SENT_BACK, at=at)
    report = circulation.report
    drafting.set_state(report=report, state=Report.State.WRITING, at=at, by=by)
    notices.notify(
        person_ids=[circulation.begun_by_id],
        kind=Kind.TODO,
        title="工作总结被退回修改",
        text=f"{report.title}在{signing.get_step_display()}环节被退回：{signing.words}"[:500],
        url=steps.way_url(report),
        at=at,
    )
    return circulation


@transaction.atomic
def withdraw(*, circulation: models.Circulation, at: datetime, by: Actor) -> models.Circulation:
    """Take a report back before it is issued. Raises Refused: not_yours, too_late."""
    circulation = _held(circulation.pk)
    if circulation.begun_by_id != by.person_id:
        raise Refused("not_yours", "只有送签的人可以撤回，没有任何改动。")
    if circulation.state not in (State_.GOING, State_.SIGNED):
        raise Refused("too_late", "这一轮审签已经办结，不能撤回，没有任何改动。")
    asked = circulation.signings.filter(verdict="", asked_at__isnull=False)
    waiting = list(asked.values_list("person_id", flat=True))
    _end(circulation, State_.WITHDRAWN, at=at)
    report = circulation.report
    drafting.set_state(report=report, state=Report.State.WRITING, at=at, by=by)
    audit.record(by=by, verb="issuing.withdraw", subject=report, at=at)
    notices.notify(
        person_ids=waiting,
        kind=Kind.RESULT,
        title="一份工作总结已撤回，不用再审签",
        text=report.title,
        url=steps.way_url(report),
        at=at,
    )
    return circulation


def _newest(period: Period) -> Freezing:
    """Return the last freezing of a period. Raises Refused: not_frozen."""
    freezing = frozen.newest(period)
    if freezing is None:
        raise Refused("not_frozen", f"正文用到{period.label}的数字，还没有封存；请先封存再送签。")
    return freezing


def _lacking_in(draft: Draft) -> list[str]:
    """Return the codes of the figures in a text that are not fully reported."""
    numbers = text.figures_in(draft)
    return sorted(
        {each.code for each in numbers if each.figure and each.figure.state is State.INCOMPLETE}
    )


def _check_named(named: Named, report: Report, *, at: datetime, by: Actor) -> None:
    rules.check_named(
        named,
        drafter_id=by.person_id,
        allowed={each.person_id for each in queries.signers_for(by, report, on=local_day(at))},
        at_the_district=report.org.kind == OrgKind.DISTRICT,
    )


def _name(circulation: models.Circulation, named: Named, *, at: datetime, by: Actor) -> None:
    """Write down the drafter's own word and whom they named, and ask the first of them."""
    models.Signing.objects.create(
        circulation=circulation,
        step=models.Step.DRAFT,
        place=0,
        person_id=circulation.begun_by_id,
        asked_at=at,
        verdict=models.Verdict.AGREED,
        at=at,
    )
    departments = _departments([each for _, _, each in named.in_order], on=local_day(at))
    models.Signing.objects.bulk_create(
        models.Signing(
            circulation=circulation,
            step=models.Step(step),
            place=place,
            person_id=person_id,
            department=departments.get(person_id, ""),
        )
        for step, place, person_id in named.in_order
    )
    _go_on(circulation, at=at, by=by)


def _departments(person_ids: Collection[int], *, on: date) -> dict[int, str]:
    """Return the department of each person who is in one."""
    holdings = access.holdings_on(on).filter(person_id__in=person_ids)
    return dict(holdings.exclude(department="").values_list("person_id", "department"))


def _go_on(circulation: models.Circulation, *, at: datetime, by: Actor) -> None:
    """Ask those whose turn it is, or end the round when all have agreed."""
    open_ones = circulation.signings.filter(verdict="").order_by("place", "pk")
    first = open_ones.first()
    if first is None:
        _end(circulation, State_.SIGNED, at=at)
        report = circulation.report
        drafting.set_state(report=report, state=Report.State.SIGNED, at=at, by=by)
        _tell([circulation.begun_by_id], circulation, "工作总结已签发，可以编号印发", at=at)
        return
    asked = open_ones.filter(place=first.place, asked_at__isnull=True)
    people = list(asked.values_list("person_id", flat=True))
    asked.update(asked_at=at)
    _tell(people, circulation, f"一份工作总结请您{first.get_step_display()}", at=at)


def _tell(
    people: Iterable[int], circulation: models.Circulation, title: str, *, at: datetime
) -> None:
    report = circulation.report
    notices.notify(
        person_ids=list(people),
        kind=Kind.TODO,
        title=title,
        text=f"{report.org.name}：{report.title}",
        url=steps.way_url(report),
        at=at,
    )


def _taken(signing: models.Signing, *, by: Actor) -> tuple[models.Signing, models.Circulation]:
    """Return a signing that this person may settle now, held until the transaction ends."""
    circulation = _held(signing.circulation_id)
    found = circulation.signings.get(pk=signing.pk)
    actors.require(by, Act.SIGN, at=circulation.report.org)
    rules.check_turn(
        is_own=found.person_id == by.person_id,
        is_asked=found.asked_at is not None,
        is_done=bool(found.verdict),
        state=circulation.state,
    )
    return found, circulation


def _held(pk: int) -> models.Circulation:
    found = models.Circulation.objects.select_for_update(of=("self",))
    return found.select_related("report__org").get(pk=pk)


def _say(
    signing: models.Signing, verdict: models.Verdict, *, words: str, at: datetime, by: Actor
) -> None:
    signing.verdict, signing.words, signing.at = verdict, words.strip()[:1000], at
    signing.save(update_fields=["verdict", "words", "at"])
    report = signing.circulation.report
    detail = {"step": signing.step, "verdict": str(verdict), "words": signing.words}
    audit.record(by=by, verb="issuing.sign", subject=report, at=at, detail=detail)


def _end(circulation: models.Circulation, state: State_, *, at: datetime) -> None:
    circulation.state, circulation.ended_at = state, at
    circulation.save(update_fields=["state", "ended_at"])
