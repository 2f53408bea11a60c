"""A circular as it stands when something is done with it."""

from datetime import datetime

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import local_day

from . import queries, rules
from .models import Circular


def locked(circular: Circular, *, act: str, by: Actor) -> Circular:
    """Return a circular as it stands now, nobody else's until the transaction ends.

    Raises Refused: not_allowed.
    """
    actors.require(by, act, at=circular.org)
    return Circular.objects.select_for_update().select_related(None).get(pk=circular.pk)


def check_whole(circular: Circular, *, at: datetime, by: Actor) -> None:
    """Refuse a circular that lacks something, or that says a number nobody can trace."""
    kept = list(circular.addressees.all())
    asked = sum(each.state != each.State.NOTED for each in kept)
    rules.check_ready(
        figures=circular.chosen.count(),
        addressees=len(kept),
        open_answers=asked,
        answer_by=circular.answer_by,
    )
    rules.check_answer_by(answer_by=circular.answer_by, open_answers=asked, today=local_day(at))
    rules.check_words([fault.words for fault in queries.words_of(by, circular).faults])
