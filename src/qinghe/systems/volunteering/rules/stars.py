"""What a star asks, whose word it needs, and how it is lost again (rules.md 2.5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from qinghe.lib.periods import months_after
from qinghe.lib.verdicts import Moves, Refused

TIERS = ("community", "street", "district")
STAR_MOVES: Moves = {
    "reviewing": frozenset({"reviewing", "noticed", "refused", "withdrawn"}),
    "noticed": frozenset({"issued", "refused", "withdrawn"}),
    "issued": frozenset({"lowered"}),
}


@dataclass(frozen=True)
class Level:
    """One star of a scheme, as rules read it."""

    star: int
    minutes: int
    months: int
    route: tuple[str, ...]
    own_application: bool


@dataclass(frozen=True)
class Standing:
    """What a volunteer brings: minutes, since when on the roll, and the star held already."""

    minutes: int
    registered_on: date
    star: int = 0


@dataclass(frozen=True)
class Way:
    """How far it is to the next star."""

    star: int
    minutes: int
    lacking: int
    ready_on: date

    @property
    def percent(self) -> int:
        """Return how much of the hours is there, in whole percent."""
        return 100 * (self.minutes - self.lacking) // self.minutes


def star_for(standing: Standing, *, levels: Iterable[Level], on: date) -> Level | None:
    """Return the highest star that somebody may have on a day, above the one they hold."""
    fit = [
        level
        for level in levels
        if level.star > standing.star
        and standing.minutes >= level.minutes
        and months_after(standing.registered_on, months=level.months) <= on
    ]
    return max(fit, key=lambda level: level.star, default=None)


def star_borne_by(minutes: int, *, levels: Iterable[Level], at_most: int) -> int:
    """Return the highest star, up to one, that so many minutes bear; 0 for none."""
    stars = [one.star for one in levels if one.star <= at_most and one.minutes <= minutes]
    return max(stars, default=0)


def way_to_next(standing: Standing, *, levels: Iterable[Level]) -> Way | None:
    """Tell what the next star still asks; nothing for who holds the highest."""
    above = sorted(
        (level for level in levels if level.star > standing.star), key=lambda level: level.star
    )
    if not above:
        return None
    level = above[0]
    return Way(
        star=level.star,
        minutes=level.minutes,
        lacking=max(0, level.minutes - standing.minutes),
        ready_on=months_after(standing.registered_on, months=level.months),
    )


def deciders(route: Sequence[str], *, tiers: Sequence[tuple[int, str]]) -> tuple[int, ...]:
    """Return who has a word on a star, first word first.

    `tiers` are the organisations from the volunteer's own upwards, each with its level. A tier that
    the volunteer's branch of the tree does not have is passed to the next above it; nobody is asked
    twice.
    """
    found: list[int] = []
    for tier in route:
        wanted = TIERS[TIERS.index(tier) :]
        org = next((pk for pk, level in tiers if level in wanted), None)
        if org is not None and org not in found:
            found.append(org)
    return tuple(found)


def check_in_season(*, opens_on: date, closes_on: date, today: date) -> None:
    """Refuse what comes outside the days of a round. Raises Refused: out_of_season."""
    if not opens_on <= today <= closes_on:
        raise Refused(
            "out_of_season",
            f"本批次申报时间为{opens_on.isoformat()}至{closes_on.isoformat()}，没有提交；"
            "请在申报时间内办理。",
        )


def check_not_own_star(*, decider_id: int, person_id: int, proposer_id: int) -> None:
    """Refuse who would decide their own star or proposal. Raises Refused: own_star."""
    if decider_id == person_id:
        raise Refused("own_star", "不能审核本人的星级，没有改动，请由他人审核。")
    if decider_id == proposer_id:
        raise Refused("own_proposal", "不能审核自己提交的申报，没有改动，请由本单位他人审核。")


def check_notice_over(*, until: date | None, today: date) -> None:
    """Refuse to give a star before its notice is over. Raises Refused: on_notice."""
    if until is None or today <= until:
        shown = f"，公示至{until.isoformat()}" if until else ""
        raise Refused("on_notice", f"公示尚未期满{shown}，期满次日起可以认定。")
