"""Asking: a round for everyone who must answer, and a word to those who have not."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from qinghe.analytics import catalogue
from qinghe.kernel import bulk
from qinghe.kernel.access import actors
from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib import sentences
from qinghe.lib.periods import Period, local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import models, queries, rules
from qinghe.systems.returns.access import FILLING, Act
from qinghe.systems.returns.rules import Standing

CHUNK = 500


@dataclass(frozen=True)
class Reminded:
    """Whom a reminder reached: by organisation, and how many persons."""

    told: tuple[int, ...]
    again: tuple[int, ...]  # reminded today already
    nobody: tuple[int, ...]  # nobody holds a post there who could be told
    persons: int


@transaction.atomic
def open_round(
    *,
    form: models.ReportForm,
    period: Period,
    opens_on: date | None = None,
    closes_on: date | None = None,
    at: datetime,
    by: Actor,
) -> models.Round:
    """Ask a published form for a period, of every organisation that stood at its end.

    Raises Refused: not_allowed, not_published, wrong_period, asked_too_often, round_exists, bad_days,
    nobody_asked.
    """
    form = models.ReportForm.objects.select_for_update().get(pk=form.pk)
    _check_can_open(form, period, by=by)
    rules.check_yearly(
        title=form.title,
        period_kind=form.period_kind,
        of_a_year=queries.of_a_year(by, form.asked_codes),
    )
    opens_on = opens_on or period.end + timedelta(days=form.opens_after_days)
    closes_on = closes_on or period.end + timedelta(days=form.closes_after_days)
    if closes_on < opens_on:
        raise Refused("bad_days", "截止日不能早于开始填报日，请改正。")
    opened = models.Round.objects.create(
        form=form,
        slug=form.slug,
        period=period.name,
        starts_on=period.start,
        ends_on=period.end,
        opens_on=opens_on,
        closes_on=closes_on,
        opened_at=at,
        opened_by=str(by),
    )
    _derive(opened, period=period, at=at)
    asked = _ask(opened, day=local_day(at))
    detail = {
        "period": opened.period,
        "opens_on": opens_on.isoformat(),
        "closes_on": closes_on.isoformat(),
    }
    audit.record(by=by, verb="returns.open_round", subject=opened, at=at, detail=detail)
    audit.record_many(
        by=by,
        verb="returns.ask",
        model=models.Filing,
        ids=asked,
        at=at,
        detail={"round": opened.pk},
    )
    return opened


@transaction.atomic
def extend_round(
    *, round: models.Round, closes_on: date, reason: str, at: datetime, by: Actor
) -> models.Round:
    """Let a round close later, and tell those who still have to report.

    What was sent late before stays marked. Raises Refused: not_allowed, not_later, bad_days,
    reason_needed, too_long.
    """
    top = orgs.root()
    if top is None:
        raise Refused("no_orgs", "还没有任何组织，不能延长报送期。")
    actors.require(by, Act.DESIGN, at=top)
    locked = models.Round.objects.select_for_update(of=("self",)).select_related("form")
    found = locked.get(pk=round.pk)
    rules.check_extension(closes_on=found.closes_on, to=closes_on, day=local_day(at))
    rules.check_reason(reason)
    was, found.closes_on = found.closes_on, closes_on
    found.save(update_fields=["closes_on"])
    detail = {
        "period": found.period,
        "closed_before": was.isoformat(),
        "closes_on": closes_on.isoformat(),
        "reason": reason.strip(),
    }
    audit.record(by=by, verb="returns.extend_round", subject=found, at=at, detail=detail)
    _tell_extended(found, was=was, reason=reason.strip(), at=at)
    return found


@transaction.atomic
def remind(*, round: models.Round, orgs: Collection[Org], at: datetime, by: Actor) -> Reminded:
    """Tell those who fill for some organisations that a round waits for them, once a day.

    Who has reported is left alone. Raises Refused: not_allowed.
    """
    for org in orgs:
        actors.require(by, Act.REVIEW, at=org)
    asked = models.Round.objects.select_for_update(of=("self",)).select_related("form")
    asked_round = asked.get(pk=round.pk)
    day = local_day(at)
    open_there = set(
        asked_round.filings.filter(
            state__in=rules.OPEN, org__in=[org.pk for org in orgs]
        ).values_list("org_id", flat=True)
    )
    again = set(asked_round.reminders.filter(on=day).values_list("org_id", flat=True)) & open_there
    holders = access.holdings_on(day).filter(
        role__in=[role.value for role in FILLING], org__in=open_there - again
    )
    persons: dict[int, set[int]] = {}
    for org_id, person_id in holders.values_list("org_id", "person_id"):
        persons.setdefault(org_id, set()).add(person_id)
    told = sorted(persons)
    made = models.Reminder.objects.bulk_create(
        models.Reminder(round=asked_round, org_id=org_id, on=day, at=at, by=str(by))
        for org_id in told
    )
    reached = sorted({one for ids in persons.values() for one in ids})
    if reached:
        _tell(asked_round, reached, at=at, day=day)
    audit.record_many(
        by=by,
        verb="returns.remind",
        model=models.Reminder,
        ids=[one.pk for one in made],
        at=at,
        detail={"round": asked_round.pk},
    )
    nobody = tuple(sorted(open_there - again - set(told)))
    return Reminded(tuple(told), tuple(sorted(again)), nobody, len(reached))


def _tell(asked: models.Round, person_ids: list[int], *, at: datetime, day: date) -> None:
    late = day > asked.closes_on
    when = (
        f"已于{asked.closes_on.isoformat()}截止" if late else f"{asked.closes_on.isoformat()}截止"
    )
    notices.notify(
        person_ids=person_ids,
        kind=Kind.LATE if late else Kind.TODO,
        title=f"催报：《{asked.form.title}》{asked.span.label}，{when}",
        text="您所在的组织还没有报送。已填的内容都在，请补齐后报送；截止后补报须写明原因。",
        url=reverse("returns:to_fill"),
        at=at,
    )


def _tell_extended(found: models.Round, *, was: date, reason: str, at: datetime) -> None:
    waiting = found.filings.filter(state__in=rules.OPEN).values("org_id")
    holders = access.holdings_on(local_day(at)).filter(
        role__in=[role.value for role in FILLING], org__in=waiting
    )
    person_ids = sorted(set(holders.order_by().values_list("person_id", flat=True)))
    if not person_ids:
        return
    notices.notify(
        person_ids=person_ids,
        kind=Kind.TODO,
        title=f"《{found.form.title}》{found.span.label}延至{found.closes_on.isoformat()}截止",
        text=f"原截止日{was.isoformat()}。延期原因：{sentences.inside(reason)}。"
        "已填的内容都在，请在新的截止日前报送。",
        url=reverse("returns:to_fill"),
        at=at,
    )


def _check_can_open(form: models.ReportForm, period: Period, *, by: Actor) -> None:
    top = orgs.root()
    if top is None:
        raise Refused("no_orgs", "还没有任何组织，不能开放报送期。")
    actors.require(by, Act.OPEN, at=top)
    if form.state != models.ReportForm.State.PUBLISHED:
        raise Refused("not_published", "只有已发布的报表可以开放报送，请先发布。")
    if period.kind != form.period_kind:
        kind = form.get_period_kind_display()
        raise Refused("wrong_period", f"《{form.title}》是{kind}，不能按{period.label}报送。")
    if models.Round.objects.filter(slug=form.slug, period=period.name).exists():
        raise Refused("round_exists", f"《{form.title}》{period.label}已经开放报送，没有重复开放。")


def _derive(opened: models.Round, *, period: Period, at: datetime) -> None:
    """Settle which cells are shown from records (一表通) and typed by nobody."""
    over = local_day(at) > period.end
    models.DerivedCell.objects.bulk_create(
        models.DerivedCell(round=opened, cell=cell)
        for cell in opened.form.cells.all()
        if _is_derived(cell, period=period, over=over)
    )


def _is_derived(cell: models.Cell, *, period: Period, over: bool) -> bool:
    """Test if another system answers for a cell's number in a period.

    A period that was over before that system had its first record is not one it can speak of: its
    figure would say 无数据, so the number is typed.
    """
    found = catalogue.INDICATORS.get(cell.code)
    if found is None:
        return False
    facts = {part.over.name: part.over for part in catalogue.parts(found)}.values()
    if all(fact.model.startswith("returns.") for fact in facts):
        return False
    return not over or all(fact.records().filter(day__lte=period.end).exists() for fact in facts)


def _ask(opened: models.Round, *, day: date) -> list[int]:
    """Make a filing for each organisation that must answer, and return their keys."""
    form = opened.form
    stood_on = min(opened.ends_on, day)
    stood = Q(opened_on__lte=stood_on) & (Q(closed_on__isnull=True) | Q(closed_on__gt=day))
    chosen = set(Org.objects.filter(stood).order_by().values_list("pk", flat=True))
    rows = [
        (org.pk, rules.street_of(org), rules.reviewer_of(org))
        for org in _standings()
        if org.pk in chosen
        and form.asks.includes(level=org.level, kind=org.kind, sector=org.sector)
    ]
    if not rows:
        raise Refused(
            "nobody_asked", "期末没有符合填报范围的组织，没有开放；请检查填报层级和类型。"
        )
    ids: list[int] = []
    for start in range(0, len(rows), CHUNK):
        ids += bulk.insert_many(
            models.Filing,
            fields=("org_id", "street_id", "reviewer_id"),
            rows=rows[start : start + CHUNK],
            same={"round_id": opened.pk},
        )
    return ids


def _standings() -> Iterator[Standing]:
    """Yield every organisation with those above it, from the top of the tree down."""
    known: dict[str, Standing] = {}
    rows = Org.objects.order_by("path").values_list("pk", "path", "kind", "level", "sector")
    for pk, path, kind, level, sector in rows:
        parent = known.get(path[: path.rstrip("/").rfind("/") + 1])
        above = (*parent.above, parent) if parent else ()
        known[path] = Standing(pk, kind, level, sector, above)
        yield known[path]
