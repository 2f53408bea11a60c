"""The one rule for refusing a page (ADR 0024).

What an address names (a record, an organisation, a code) and the actor may not see is not there: 404.
A page that names nothing, or a record in sight that may not be acted on, is refused with its reason: 403.
"""

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused


def require_anywhere(actor: Actor, *acts: str) -> None:
    """Refuse a page to those who may do none of these acts anywhere. Raises Refused: not_allowed."""
    if not any(actors.may_anywhere(actor, act) for act in acts):
        raise closed()


def require_at(actor: Actor, act: str, *, org: Org) -> None:
    """Refuse a page to those who may not do this at an organisation. Raises Refused: not_allowed."""
    if not actors.may(actor, act, at=org):
        raise closed()


def may_for_the_house(actor: Actor, act: str) -> bool:
    """Test if somebody may do at the top of the tree what holds for the whole house."""
    root = orgs.root()
    return root is not None and actors.may(actor, act, at=root)


def closed() -> Refused:
    """Return the refusal of a page that is no part of the actor's work."""
    return Refused(
        "not_allowed",
        "您的岗位不使用这个页面，没有打开，也没有任何改动；确需使用的，请联系上级团组织。",
    )
