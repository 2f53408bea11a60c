"""What fits what, and how much of it there is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qinghe.lib.verdicts import Refused


class Kind(StrEnum):
    """What sort of thing a resource is (S097)."""

    TEAM = "team"
    PEOPLE = "people"
    PROJECT = "project"
    THINGS = "things"
    PLACE = "place"

    @property
    def label(self) -> str:
        """Return what people call it."""
        return _LABELS[self]


_LABELS = {
    Kind.TEAM: "队伍",
    Kind.PEOPLE: "人才",
    Kind.PROJECT: "项目",
    Kind.THINGS: "物资",
    Kind.PLACE: "场地",
}
SAME_ORG, NEAR, ENOUGH, RIGHT_UNIT, FAMILIAR = 4, 3, 2, 2, 1  # what each reason weighs


@dataclass(frozen=True)
class Wanted:
    """What a need asks of a resource; `street` is the path of the street it lies in."""

    kind: str
    quantity: int
    unit: str
    needed_by: date
    org_id: int
    street: str


@dataclass(frozen=True)
class Offer:
    """What a resource can give; `known` tells that it has served this organisation before."""

    resource_id: int
    kind: str
    left: int
    unit: str
    free_until: date | None
    org_id: int
    street: str
    known: bool


@dataclass(frozen=True)
class Proposal:
    """A resource that would do, and why."""

    resource_id: int
    weight: int
    reasons: tuple[str, ...]


def propose(wanted: Wanted, offers: Iterable[Offer]) -> list[Proposal]:
    """Rank what fits a need, the best first; what cannot serve it at all is left out.

    It must be of the kind, have something left and be free on the day. More weighs: the same
    organisation, the same street, enough of it, the same unit, having served there before.
    """
    found = [_weighed(wanted, offer) for offer in offers if _possible(wanted, offer)]
    return sorted(found, key=lambda one: (-one.weight, one.resource_id))


def _possible(wanted: Wanted, offer: Offer) -> bool:
    free = offer.free_until is None or offer.free_until >= wanted.needed_by
    return offer.kind == wanted.kind and offer.left > 0 and free


def _weighed(wanted: Wanted, offer: Offer) -> Proposal:
    enough = offer.left >= wanted.quantity
    tests = (
        (offer.org_id == wanted.org_id, SAME_ORG, "本单位管理"),
        (offer.street == wanted.street and bool(offer.street), NEAR, "同一街道"),
        (enough, ENOUGH, f"余量{offer.left}{offer.unit}，够用"),
        (offer.unit == wanted.unit, RIGHT_UNIT, "计量单位一致"),
        (offer.known, FAMILIAR, "曾服务过本单位"),
    )
    reasons = [words for holds, _weight, words in tests if holds]
    if not enough:
        reasons.append(f"只余{offer.left}{offer.unit}，可分次调配")
    weight = sum(weight for holds, weight, _words in tests if holds)
    return Proposal(offer.resource_id, weight, tuple(reasons))


def check_enough(*, quantity: int, left: int, unit: str) -> None:
    """Refuse more than there is. Raises Refused: not_enough."""
    if quantity > left:
        raise Refused(
            "not_enough", f"只余{left}{unit}，不够{quantity}{unit}；请减少数量或另选资源。"
        )
