"""What happens to organisations within the invented half-year."""

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import queries as orgs
from qinghe.systems.directory import services as directory

from .plan.organisations import Change
from .sizes import TOLD_AT


def change_org(change: Change, *, by: Actor) -> None:
    """Move, merge or close one organisation on its day, unless that has been done."""
    org, to = orgs.by_code(change.code), orgs.by_code(change.to)
    if org is None or org.closed_on or (change.verb == "move" and org.parent == to):
        return
    if to is None:
        directory.close_org(org=org, on=change.on, at=TOLD_AT, by=by)
    elif change.verb == "merge":
        directory.merge_org(org=org, into=to, on=change.on, at=TOLD_AT, by=by)
    else:
        directory.move_org(org=org, parent=to, on=change.on, at=TOLD_AT, by=by)
