"""A run ends: what earlier runs left open is settled or goes on in it, and its counts are written."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Q

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.people import queries as people
from qinghe.kernel.people.models import Membership
from qinghe.lib.periods import local_day
from qinghe.systems.reconciling import models, rules
from qinghe.systems.reconciling.rules import Recurs, State

from .runs import CHUNK, Difference, Run
from .tallies import WAITING
from .work import Work

Tally = models.BranchTally
ROWS = ("agreed", "changed", "missing", "unsure")


@dataclass(frozen=True)
class _Earlier:
    pk: int
    state: str
    answer: str
    is_corrected: bool


@transaction.atomic
def finish_run(*, run: models.Run, at: datetime, by: Actor) -> None:
    """End a run whose lines are all written. What earlier runs of its source left below is closed.

    Two runs of one source end one after the other. Raises Refused: not_allowed, run_over.
    """
    models.RollSource.objects.select_for_update().get(pk=run.source_id)
    kept = Work(at, by).held(run)
    today = local_day(at)
    _take_over(kept, at=at, on=today)
    kept.differences.update(found_on=today)
    kept.differences.filter(state=State.CONFIRMED).update(closed_on=today)
    earlier = Tally.objects.filter(
        run__source=kept.source_id, org__path__startswith=kept.org.path, superseded_on__isnull=True
    )
    earlier.update(superseded_on=today, to_answer=0, to_decide=0)
    Tally.objects.bulk_create(_tallies(kept, on=today), batch_size=CHUNK)
    kept.state, kept.finished_at, kept.finished_on = Run.State.DONE, at, today
    kept.rows = kept.written
    kept.save(update_fields=["state", "rows", "finished_at", "finished_on"])
    detail = {"rows": kept.written, **_counts(kept)}
    audit.record(by=by, verb="reconciling.finish_run", subject=kept, at=at, detail=detail)
    Work(at, by).wipe(kept)


def _take_over(run: models.Run, *, at: datetime, on: date) -> None:
    """Tell of each difference whether it is new, and close what earlier runs left open below."""
    now = dict(run.differences.values_list("key", "pk"))
    live = Difference.objects.filter(
        run__source=run.source_id,
        run__state=Run.State.DONE,
        org__path__startswith=run.org.path,
        state__in=rules.LIVE,
    )
    left = {
        key: _Earlier(pk, state, answer, is_corrected)
        for key, pk, state, answer, is_corrected in live.order_by("pk").values_list(
            "key", "pk", "state", "answer", "is_corrected"
        )
    }
    _mark(run, now, {**_settled(run, now), **left})
    _carry_answers(run, {key: one for key, one in left.items() if key in now})
    gone = list(live.values_list("pk", "key"))
    _close([pk for pk, key in gone if key in now], State.CARRIED, on=on)
    _close([pk for pk, key in gone if key not in now], State.SETTLED, on=on)


def _settled(run: models.Run, now: Mapping[str, int]) -> dict[str, _Earlier]:
    """Return what had been settled of the same things, by key."""
    found = {}
    for some in people.in_parts(now):
        rows = Difference.objects.filter(
            key__in=some, run__source=run.source_id, state=State.SETTLED
        )
        for key, pk, answer in rows.values_list("key", "pk", "answer"):
            found[key] = _Earlier(pk, State.SETTLED, answer, is_corrected=False)
    return found


def _mark(run: models.Run, now: Mapping[str, int], before: Mapping[str, _Earlier]) -> None:
    by_kind: dict[Recurs, list[int]] = {Recurs.AGAIN: [], Recurs.BACK: []}
    for key, pk in now.items():
        one = before.get(key)
        if one:
            known = rules.recurrence(
                state=one.state, answer=one.answer, is_corrected=one.is_corrected
            )
            by_kind[known].append(pk)
    for known, keys in by_kind.items():
        for some in people.in_parts(keys):
            Difference.objects.filter(pk__in=some).update(recurs=known)


def _carry_answers(run: models.Run, left: Mapping[str, _Earlier]) -> None:
    """Keep answers that still wait for the other side, so that nobody is asked twice."""
    told = {
        key: one.pk
        for key, one in left.items()
        if one.state in (State.ANSWERED, State.CONFIRMED)
        and rules.recurrence(state=one.state, answer=one.answer, is_corrected=one.is_corrected)
        == Recurs.AGAIN
    }
    said = {}
    for some in people.in_parts(told.values()):
        said.update(Difference.objects.in_bulk(some))
    changed = []
    for some_keys in people.in_parts(told):
        for one in run.differences.filter(key__in=some_keys):
            changed.append(_answered_as(one, said[told[one.key]]))
    Difference.objects.bulk_update(changed, ANSWERED, batch_size=100)


ANSWERED = [
    "state", "answer", "reason", "answered_by", "answered_at", "decided_by", "decided_at", "person",
]  # fmt: skip


def _answered_as(one: models.Difference, before: models.Difference) -> models.Difference:
    for name in ANSWERED:
        setattr(one, name, getattr(before, name))
    return one


def _close(keys: Iterable[int], state: State, *, on: date) -> None:
    for some in people.in_parts(keys):
        rows = Difference.objects.filter(pk__in=some)
        rows.filter(closed_on__isnull=True).update(closed_on=on)
        rows.update(state=state)


def _tallies(run: models.Run, *, on: date) -> list[models.BranchTally]:
    told: dict[int, Counter[str]] = {}
    rows = run.lines.order_by().values_list("org", "outcome").annotate(Count("pk"))
    for org, outcome, count in rows:
        told.setdefault(org, Counter())[outcome] += count
    waits = _waits(run)
    here = _members(run, on=on)
    return [
        _tally(run, org, told.get(org, Counter()), waits.get(org, {}), here.get(org, 0), on=on)
        for org in sorted({*told, *waits, *here})
    ]


def _waits(run: models.Run) -> dict[int, dict[str, int]]:
    counts = {name: Count("pk", filter=where) for name, where in WAITING.items()}
    asked = run.differences.order_by().values("org").annotate(**counts)
    rows = asked.values_list("org", *WAITING)
    return {org: dict(zip(WAITING, found, strict=True)) for org, *found in rows}


def _tally(
    run: models.Run,
    org: int,
    told: Mapping[str, int],
    asked: Mapping[str, int],
    members: int,
    *,
    on: date,
) -> models.BranchTally:
    counted = {name: told.get(name, 0) for name in ROWS}
    waits = {name: asked.get(name, 0) for name in WAITING}
    return Tally(
        run=run,
        org_id=org,
        members=members,
        rows=sum(counted.values()),
        compared_on=on,
        answered_on=on if waits["sent"] and not waits["to_answer"] else None,
        **counted,
        **waits,
    )


def _members(run: models.Run, *, on: date) -> dict[int, int]:
    rows = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=on),
        org__path__startswith=run.org.path,
        starts_on__lte=on,
    )
    return dict(rows.order_by().values_list("org").annotate(Count("pk")))


def _counts(run: models.Run) -> dict[str, int]:
    return dict(run.differences.order_by().values_list("kind").annotate(Count("pk")))
