"""How many lines of a branch wait, and since when none does."""

from datetime import date

from django.db.models import Count, Q

from qinghe.systems.reconciling import models
from qinghe.systems.reconciling.rules import Kind, State


def to_answer() -> Q:
    """Tell of a difference if its branch has to answer."""
    return Q(state=State.OPEN) & ~Q(kind=Kind.UNSURE)


def to_decide() -> Q:
    """Tell of a difference if whoever ran the comparison has to confirm it or to choose a person."""
    return Q(state=State.ANSWERED) | Q(state=State.OPEN, kind=Kind.UNSURE)


def recount(*, run: int, org: int, on: date) -> None:
    """Count anew what of a run waits in a branch."""
    counts = models.Difference.objects.filter(run=run, org=org).aggregate(
        to_answer=Count("pk", filter=to_answer()),
        to_decide=Count("pk", filter=to_decide()),
        sent=Count("pk", filter=~Q(kind=Kind.UNSURE)),
        extra=Count("pk", filter=Q(kind=Kind.EXTRA) & ~Q(state=State.SETTLED)),
    )
    tally = models.BranchTally.objects.select_for_update().get(run=run, org=org)
    for name, count in counts.items():
        setattr(tally, name, count)
    is_done = tally.sent and not tally.to_answer
    tally.answered_on = (tally.answered_on or on) if is_done else None
    tally.save(update_fields=[*counts, "answered_on"])


def recount_rows(*, run: int, org: int) -> None:
    """Count anew what the lines of a run came to in a branch."""
    rows = models.RunRow.objects.filter(run=run, org=org)
    counts = rows.aggregate(
        **{name: Count("pk", filter=Q(outcome=name)) for name in models.RunRow.Outcome.values}
    )
    models.BranchTally.objects.filter(run=run, org=org).update(**counts)
