"""What a plan would do, found by doing it and taking it back.

The preview is the plan itself, carried out on its day in a transaction that is rolled back: what it
says fits, fits, and the numbers are those that the house would print.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial

from django.db import transaction

from qinghe.analytics import store, supposing
from qinghe.analytics.figures import Figure, Figures
from qinghe.analytics.supposing import Compared, Supposition
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib import periods
from qinghe.lib.periods import TZ, Period
from qinghe.lib.verdicts import Refused
from qinghe.systems.reorganising import queries, rules
from qinghe.systems.reorganising.access import Act
from qinghe.systems.reorganising.models import Plan, Preview, Step
from qinghe.systems.reorganising.queries import Stood

from .carrying import Hand

NOON = time(12)
MOST_FIGURES = 200
NOT_COUNTED = "本期数字还没有算完，请刷新；仍没有的请重新预览。"


class _TakenBack(Exception):
    """All that was done is to be undone."""


@dataclass(frozen=True)
class _Ahead:
    """How things stand before a plan and after it."""

    before: list[Stood]
    after: list[Stood]
    now: Supposition
    then: Supposition


@transaction.atomic
def check_fits(*, plan: Plan, at: datetime, by: Actor) -> None:
    """Refuse a plan that cannot be carried out as things are. Raises Refused: not_allowed, unfit."""
    actors.require(by, Act.PLAN, at=plan.org)
    with _taken_back():
        Hand.of(plan, at=_on_its_day(plan, at=at), by=by).do_all()


@transaction.atomic
def preview_plan(*, plan: Plan, at: datetime, by: Actor) -> Preview:
    """Look ahead and keep what is found, in place of what was found before.

    The figures are counted once the transaction is over, so that nobody waits with their writing,
    and are kept then. A plan that does not fit has a preview that says so. Raises Refused:
    not_allowed, no_steps.
    """
    actors.require(by, Act.PLAN, at=plan.org)
    rules.check_steps(count=plan.steps.count())
    trouble, content, ahead = "", {}, None
    try:
        ahead = _ahead(plan, at=at, by=by)
        content = _content(plan, ahead, by=by)
    except Refused as refusal:
        trouble = refusal.reason
    kept, _ = Preview.objects.update_or_create(
        plan=plan, defaults={"made_at": at, "trouble": trouble[:400], "content": content}
    )
    audit.record(by=by, verb="reorganising.preview_plan", subject=plan, at=at)
    if ahead is not None:
        transaction.on_commit(partial(_count, kept.pk, ahead, period=_period_of(plan), at=at))
    return kept


def _ahead(plan: Plan, *, at: datetime, by: Actor) -> _Ahead:
    codes = _codes(plan.steps.all())
    before, now = queries.standing(by, codes), supposing.suppose()
    with _taken_back():
        Hand.of(plan, at=_on_its_day(plan, at=at), by=by).do_all()
        after, then = queries.standing(by, codes), supposing.suppose()
    return _Ahead(before, after, now, then)


def _content(plan: Plan, ahead: _Ahead, *, by: Actor) -> dict[str, object]:
    before = {one.code: one for one in ahead.before}
    after = {one.code: one for one in ahead.after}
    acted_on = [step.code for step in plan.steps.all()]
    return {
        "before": [
            _line(one, note=_fate(after.get(one.code))) for one in ahead.before if not one.closed
        ],
        "after": [
            _line(one, note=_origin(one, before.get(one.code)))
            for one in ahead.after
            if not one.closed
        ],
        "touched": queries.touched(by, acted_on),
        "advice": [
            f"{one.name}：{words}"
            for one in ahead.after
            if one.is_named and not one.closed
            if (words := rules.advice_on(kind=one.kind, members=one.members))
        ],
        **_told(_period_of(plan)),
        "no_figures": NOT_COUNTED,
    }


def _count(preview_id: int, ahead: _Ahead, *, period: Period, at: datetime) -> None:
    """Count what would change and keep it with the preview, unless that was made anew meanwhile."""
    found = _figures(period, ahead)
    with transaction.atomic():
        rows = Preview.objects.select_for_update().filter(pk=preview_id, made_at=at)
        for kept in rows:
            kept.content = {**kept.content, "no_figures": "", **found}
            kept.save(update_fields=["content"])


def _told(period: Period) -> dict[str, object]:
    return {"period": period.name, "period_label": period.label, "figures": []}


def _figures(period: Period, ahead: _Ahead) -> dict[str, object]:
    told = _told(period)
    stood = {one.pk: one for one in (*ahead.before, *ahead.after)}
    moved = [key for key, one in stood.items() if one.is_moving]
    try:
        found = supposing.compare(
            store.current(), now=ahead.now, then=ahead.then, period=period, touched=moved
        )
    except Refused as refusal:
        return {**told, "no_figures": refusal.reason}
    rows = list(_changes(found, stood.values()))
    return {**told, "figures": rows[:MOST_FIGURES], "more_figures": len(rows) > MOST_FIGURES}


def _changes(found: Compared, stood: Iterable[Stood]) -> Iterator[list[str]]:
    """Yield each figure that would be another, organisation by organisation, from the top."""
    for one in sorted(stood, key=lambda each: each.path):
        for code in found.then:
            now, then = _figure(found.now, code, one.pk), _figure(found.then, code, one.pk)
            said = [_said(figure) for figure in (now, then)]
            shown = then or now
            if shown is not None and said[0] != said[1]:
                yield [one.name, code, shown.label, shown.unit, *said]


def _figure(figures: Figures, code: str, org_id: int) -> Figure | None:
    return figures[code, org_id] if org_id in figures.column(code) else None


def _said(figure: Figure | None) -> str:
    return "—" if figure is None or figure.value is None else f"{figure.value:,}"


def _line(one: Stood, *, note: str) -> list[object]:
    return ["　" * one.depth + one.name, one.code, one.kind_label, one.members, note]


def _fate(then: Stood | None) -> str:
    """Say in the tree of before what becomes of an organisation."""
    if then is None or not then.closed:
        return ""
    return f"并入{then.successor}" if then.successor else "撤销"


def _origin(one: Stood, was: Stood | None) -> str:
    """Say in the tree of after what is new about an organisation."""
    if was is None:
        return "新设"
    told = []
    if was.above != one.above:
        told.append(f"原在{was.above}")
    if was.name != one.name:
        told.append(f"原名{was.name}")
    if was.members != one.members:
        told.append(f"团员{one.members - was.members:+d}")
    return "，".join(told)


def _codes(steps: Iterable[Step]) -> dict[str, bool]:
    """Return the codes that a plan names; true for those that are acted on."""
    named: dict[str, bool] = {}
    for step in steps:
        named[step.code] = True
        if step.to_code:
            named.setdefault(step.to_code, False)
    return named


def _period_of(plan: Plan) -> Period:
    return periods.half_year(plan.on.year, 1 if plan.on.month <= 6 else 2)


def _on_its_day(plan: Plan, *, at: datetime) -> datetime:
    return max(at, datetime.combine(plan.on, NOON, tzinfo=TZ))


@contextmanager
def _taken_back() -> Iterator[None]:
    """Undo all that is done within."""
    try:
        with transaction.atomic():
            yield
            raise _TakenBack
    except _TakenBack:
        return
