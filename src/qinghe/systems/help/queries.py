"""What the manual shows first. Every function starts from an actor."""

from qinghe.kernel.access.actors import Actor

from . import rules


def pages_seen_by(actor: Actor) -> list[rules.Page]:
    """Return the pages of the manual, those for the actor's own posts first."""
    return rules.pages_for([held.role.value for held in actor.holdings])


def own_pages(actor: Actor) -> list[rules.Page]:
    """Return the pages written for the actor's own posts."""
    held = {held.role.value for held in actor.holdings}
    return [page for page in rules.PAGES if page.roles & held]
