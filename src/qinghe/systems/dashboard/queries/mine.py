"""The first page of a young person's phone: what the systems tell somebody about themself."""

from datetime import datetime

from qinghe.edges import system
from qinghe.edges.system import Card
from qinghe.kernel.access import actors
from qinghe.systems.dashboard.access import Act


def cards_of(actor: actors.Actor, at: datetime) -> list[Card] | None:
    """Return what the systems tell the actor of their own doings.

    It is the page of volunteers and of whoever has no post; to others nothing, theirs is the desk.
    """
    if actor.holdings and not actors.may_anywhere(actor, Act.SEE_OWN):
        return None
    tellers = [installed.about_me for installed in system.INSTALLED if installed.about_me]
    return [card for tell in tellers for card in tell(actor, at)]
