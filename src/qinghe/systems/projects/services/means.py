"""Means: entered with the project, given to parts, and by streets on to their communities."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.verdicts import Refused
from qinghe.systems.projects import rules
from qinghe.systems.projects.access import Act
from qinghe.systems.projects.models import OPEN, Allotment, JointProject, Means, Part

from .common import _led_project, _part_in

MOST = 100_000_000


@transaction.atomic
def add_means(
    *,
    project: JointProject,
    kind: str,
    name: str,
    quantity: int,
    unit: str,
    at: datetime,
    by: Actor,
) -> Means:
    """Enter what a project has to work with, or how much of it there is now.

    Raises Refused: not_allowed, over, wrong_number, given_on.
    """
    kept = _led_project(project, by=by)
    if not 1 <= quantity <= MOST:
        raise Refused("wrong_number", f"数量应在1至{MOST}之间，没有保存，请改正。")
    known = kept.means.filter(name=name.strip()).first() or Means(project=kept, name=name.strip())
    given = [one.quantity for one in _top(known)] if known.pk else []
    if sum(given) > quantity:
        raise Refused("given_on", f"已经分出{sum(given)}{known.unit}，不能少于这个数，没有保存。")
    known.kind, known.quantity, known.unit = kind, quantity, unit.strip()
    known.save()
    detail = {"quantity": f"{known.name}{quantity}{known.unit}"}
    audit.record(by=by, verb="projects.add_means", subject=kept, at=at, detail=detail)
    return known


@transaction.atomic
def allot(*, means: Means, part: Part, quantity: int, at: datetime, by: Actor) -> Allotment | None:
    """Give so much of some means to a part, out of the project's or of its street's; nought ends it.

    Raises Refused: not_allowed, over, wrong_state, other_project, nothing_to_share, too_much, given_on.
    """
    kept = _part_in(part)
    actors.require(by, Act.LEAD, at=kept.above)
    if kept.state not in OPEN:
        raise Refused("wrong_state", "这项分工已经办结，没有改动。")
    means = Means.objects.select_for_update(of=("self",)).get(pk=means.pk)
    if means.project_id != kept.project_id:
        raise Refused("other_project", "这项资源属于另一个项目，没有保存。")
    others = [one.quantity for one in _beside(means, kept) if one.part_id != kept.pk]
    below = means.allotments.filter(part__parent=kept)
    rules.check_shares(
        given=quantity,
        whole=_whole(means, kept),
        others=others,
        below=sum(one.quantity for one in below),
        unit=means.unit,
    )
    made = None
    if quantity:
        made, _ = means.allotments.update_or_create(part=kept, defaults={"quantity": quantity})
    else:
        means.allotments.filter(part=kept).delete()
    detail = {"quantity": f"{means.name}{quantity}{means.unit}"}
    audit.record(by=by, verb="projects.allot", subject=kept, at=at, detail=detail)
    return made


def _whole(means: Means, part: Part) -> int:
    """Return what there is to share: the project's, or what the part above was given."""
    if part.parent_id is None:
        return means.quantity
    given = means.allotments.filter(part_id=part.parent_id).first()
    if given is None:
        raise Refused("nothing_to_share", "上级分工没有分到这项资源，没有保存。")
    return given.quantity


def _beside(means: Means, part: Part) -> list[Allotment]:
    return list(means.allotments.filter(part__parent=part.parent_id))


def _top(means: Means) -> list[Allotment]:
    return list(means.allotments.filter(part__parent=None))
