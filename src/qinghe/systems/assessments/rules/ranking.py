"""The ranking, from a frozen text to a frozen text: the same bytes whenever it is reckoned again."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from qinghe.lib.verdicts import Refused

from .scoring import Scored, total_of


@dataclass(frozen=True)
class FrozenItem:
    """What of an item its marks depend on."""

    number: str
    name: str
    sort: str
    full: int


@dataclass(frozen=True)
class FrozenMarks:
    """One organisation's marks, in the order of the items."""

    org: str
    name: str
    state: str
    late: bool
    marks: tuple[int, ...]


@dataclass(frozen=True)
class Place:
    """One line of a ranking. Ties share a rank, and the next rank follows without a gap."""

    rank: int
    tied: bool
    org: str
    name: str
    normal: int
    bonus: int
    deduction: int
    total: int


def frozen_text(
    *,
    scheme: dict[str, object],
    items: Iterable[FrozenItem],
    marks: Iterable[FrozenMarks],
    previous: str,
) -> str:
    """Return everything that a ranking depends on as one text, always in the same order.

    `previous` is the fingerprint of the ranking that this one takes over from: versions are a chain.
    """
    return _canonical(
        {
            "scheme": scheme,
            "items": [asdict(one) for one in items],
            "marks": [asdict(one) for one in sorted(marks, key=lambda one: one.org)],
            "previous": previous,
        }
    )


def reckon(inputs: str) -> list[Place]:
    """Return the ranking that follows from a frozen text, and from nothing else."""
    told = json.loads(inputs)
    sorts = [item["sort"] for item in told["items"]]
    caps = {name: told["scheme"][name] for name in ("bonus_cap", "deduction_cap")}
    found = []
    for one in told["marks"]:
        scored = [Scored(sort, each) for sort, each in zip(sorts, one["marks"], strict=True)]
        found.append((total_of(scored, **caps), one))
    totals = [total.whole for total, _ in found]
    ranks = dense_ranks(totals)
    places = [
        Place(
            rank=rank,
            tied=totals.count(total.whole) > 1,
            org=one["org"],
            name=one["name"],
            normal=total.normal,
            bonus=total.bonus,
            deduction=total.deduction,
            total=total.whole,
        )
        for rank, (total, one) in zip(ranks, found, strict=True)
    ]
    return sorted(places, key=lambda place: (place.rank, place.org))


def dense_ranks(totals: Sequence[int]) -> list[int]:
    """Return the rank of each total: the highest is 1, equals share one, no rank is left out."""
    order = {total: rank for rank, total in enumerate(sorted(set(totals), reverse=True), start=1)}
    return [order[total] for total in totals]


def outcome_text(places: Iterable[Place]) -> str:
    """Return a ranking as one text."""
    return _canonical([asdict(place) for place in places])


def places_in(outcome: str) -> list[Place]:
    """Return the ranking that an outcome text holds."""
    return [Place(**one) for one in json.loads(outcome)]


def fingerprint(inputs: str, outcome: str) -> str:
    """Return the SHA-256 over what a ranking was made from and what came of it."""
    return hashlib.sha256(f"{inputs}\n{outcome}".encode()).hexdigest()


def holds(*, inputs: str, outcome: str, sha256: str) -> bool:
    """Test if a ranking, reckoned again from its inputs, is to the byte what was kept."""
    again = outcome_text(reckon(inputs))
    return again == outcome and fingerprint(inputs, again) == sha256


def check_holds(*, inputs: str, outcome: str, sha256: str) -> None:
    """Refuse a ranking that was tampered with. Raises Refused: ranking_broken."""
    if not holds(inputs=inputs, outcome=outcome, sha256=sha256):
        raise Refused(
            "ranking_broken", "封存的排名与重新计算的结果不符，没有通报，请审计员核对后处理。"
        )


def _canonical(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
