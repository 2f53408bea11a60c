"""Finding what an address names, as far as the one who asks may see it."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.reports.circulars import queries
from qinghe.reports.circulars.queries import Addressee, Circular

State = Circular.State
TONES: dict[str, pages.Tone] = {
    State.DRAFT: pages.Tone.PLAIN,
    State.REVIEWING: pages.Tone.WAIT,
    State.REVIEWED: pages.Tone.INFO,
    State.ISSUED: pages.Tone.GOOD,
}
ANSWER_TONES: dict[str, pages.Tone] = {
    Addressee.State.NOTED: pages.Tone.PLAIN,
    Addressee.State.WAITING: pages.Tone.WAIT,
    Addressee.State.ANSWERED: pages.Tone.INFO,
    Addressee.State.AGAIN: pages.Tone.LATE,
    Addressee.State.ACCEPTED: pages.Tone.GOOD,
}


def seen(request: Request, circular_id: int) -> Circular:
    """Return a circular that the actor sees. Raises Http404."""
    return get_object_or_404(queries.circulars_seen_by(request.actor), pk=circular_id)


def permitted(request: Request, circular_id: int, act: str) -> Circular:
    """Return a circular that the actor sees and may do something with.

    Raises Http404; Refused: not_allowed.
    """
    found = seen(request, circular_id)
    actors.require(request.actor, act, at=found.org)
    return found


def addressed(request: Request, addressee_id: int) -> Addressee:
    """Return a street's place in a circular that the actor sees. Raises Http404."""
    return get_object_or_404(queries.addressees_seen_by(request.actor), pk=addressee_id)


def require_any(request: Request, *acts: str) -> None:
    """Hide a page from those whom it is not for. Raises Http404."""
    if not any(actors.may_anywhere(request.actor, act) for act in acts):
        raise Http404
