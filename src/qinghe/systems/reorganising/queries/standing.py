"""How the organisations that a plan names stand, and what is kept at them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from qinghe.edges import system
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.models import Holding
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.rules import codes_in
from qinghe.kernel.people.models import Membership, Post

MOST_LINES = 400


@dataclass(frozen=True)
class Stood:
    """One organisation at a moment: where, with how many members.

    `is_named` by the plan; `is_moving` if its own records may come to count elsewhere.
    """

    pk: int
    code: str
    name: str
    kind: str
    kind_label: str
    path: str
    above: str
    members: int
    closed: bool
    successor: str
    is_named: bool
    is_moving: bool

    @property
    def depth(self) -> int:
        """Return how far down the tree it stands."""
        return len(codes_in(self.path)) - 1


def standing(actor: Actor, codes: Mapping[str, bool]) -> list[Stood]:
    """Return the organisations of a plan with all above them and all below those acted on.

    `codes` says of each that the plan names if it is acted on.
    """
    named = list(Org.objects.filter(code__in=list(codes)))
    above = {code for org in named for code in codes_in(org.path)}
    wanted = Q(code__in=above | set(codes))
    acted_on = [org.path for org in named if codes[org.code]]
    for path in acted_on:
        wanted |= Q(path__startswith=path)
    rows = Org.objects.filter(wanted).select_related("parent", "successor").order_by("path")
    still = Count("memberships", filter=Q(memberships__ends_on__isnull=True))
    return [
        Stood(
            pk=org.pk,
            code=org.code,
            name=org.name,
            kind=org.kind,
            kind_label=org.get_kind_display(),
            path=org.path,
            above=org.parent.name if org.parent else "",
            members=org.members,
            closed=org.closed_on is not None,
            successor=org.successor.name if org.successor else "",
            is_named=org.code in codes,
            is_moving=org.code in codes or org.path.startswith(tuple(acted_on)),
        )
        for org in rows.annotate(members=still)[:MOST_LINES]
    ]


def touched(actor: Actor, codes: Sequence[str]) -> list[list[object]]:
    """Return whom and what is concerned at each organisation that is acted on.

    Members, posts and roles by the kernel's own books; then whatever the systems have open there.
    """
    rows = Org.objects.filter(code__in=list(codes))
    orgs = list(rows.order_by("path"))
    counts = [
        _counted(model.objects.filter(ends_on__isnull=True, org__in=orgs))
        for model in (Membership, Post, Holding)
    ]
    open_there: dict[int, list[str]] = {}
    for concern in system.concerned_by(rows):
        open_there.setdefault(concern.org_id, []).append(f"{concern.what}{concern.count}件")
    return [
        [
            org.name,
            *(counted.get(org.pk, 0) for counted in counts),
            "、".join(open_there.get(org.pk, [])),
        ]
        for org in orgs
    ]


def _counted(rows) -> dict[int, int]:
    return dict(rows.order_by().values_list("org").annotate(number=Count("pk")))
