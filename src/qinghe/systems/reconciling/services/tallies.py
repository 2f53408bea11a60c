"""How many lines of a branch wait, and since when none does."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from qinghe.systems.reconciling import models
from qinghe.systems.reconciling.rules import Kind, State

# What is asked of a difference: its branch has to answer; whoever ran the comparison has to confirm
# it or to choose a person; it was sent back to its branch at all.
WAITING = {
    "to_answer": Q(state=State.OPEN) & ~Q(kind=Kind.UNSURE),
    "to_decide": Q(state=State.ANSWERED) | Q(state=State.OPEN, kind=Kind.UNSURE),
    "extra": Q(kind=Kind.EXTRA) & ~Q(state=State.SETTLED),
    "sent": ~Q(kind=Kind.UNSURE),
}


@dataclass(frozen=True)
class Counting:
    """What of one run is counted anew for one organisation."""

    run: int
    org: int

    def waiting(self, *, on: date) -> None:
        """Count what waits, and note the day on which nothing has to be answered any more."""
        found = models.Difference.objects.filter(run=self.run, org=self.org)
        counts = found.aggregate(
            **{name: Count("pk", filter=where) for name, where in WAITING.items()}
        )
        rows = models.BranchTally.objects.select_for_update()
        tally = rows.get(run=self.run, org=self.org)
        for name, count in counts.items():
            setattr(tally, name, count)
        is_done = tally.sent and not tally.to_answer
        tally.answered_on = (tally.answered_on or on) if is_done else None
        tally.save(update_fields=[*counts, "answered_on"])

    def rows(self) -> None:
        """Count what the lines came to."""
        outcomes = models.RunRow.Outcome.values
        rows = models.RunRow.objects.filter(run=self.run, org=self.org)
        counts = rows.aggregate(**{name: Count("pk", filter=Q(outcome=name)) for name in outcomes})
        models.BranchTally.objects.filter(run=self.run, org=self.org).update(**counts)
