"""When a notice may leave the house, and when to try again. Values in, verdicts out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from qinghe.lib.periods import TZ

from .kinds import Channel, Kind

MOST_TRIES = 8  # the last one 20 hours after the first: a gateway may be away for a working day
LONGEST_REST = 6 * 60  # minutes
LEASE = timedelta(minutes=5)  # how long one attempt may keep a delivery to itself


@dataclass(frozen=True)
class Wish:
    """How one person wants to be told. Nothing chosen: nothing leaves the house."""

    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    quiet_from: time | None = None
    quiet_until: time | None = None
    digest_at: time | None = None

    def channels_for(self, kind: Kind) -> list[Channel]:
        """Return the channels that may carry one kind, in the house's order."""
        named = self.chosen.get(kind.value, ())
        return [channel for channel in Channel if channel.value in named]


def send_at(*, wish: Wish, kind: Kind, at: datetime) -> datetime:
    """Tell when a notice may leave: now, with the day's digest, or after the quiet hours.

    What concerns the safety of an account never waits.
    """
    if kind is Kind.SECURITY:
        return at
    moment = _next(wish.digest_at, after=at) if wish.digest_at else at
    return _after_quiet(wish, moment)


def next_try(*, tries: int, at: datetime) -> datetime | None:
    """Tell when to try again after so many failures: 1, 5, 25, 125 minutes, 6 hours; then never."""
    if tries >= MOST_TRIES:
        return None
    return at + timedelta(minutes=min(5 ** (tries - 1), LONGEST_REST))


def _after_quiet(wish: Wish, moment: datetime) -> datetime:
    if wish.quiet_from is None or wish.quiet_until is None:
        return moment
    clock = moment.astimezone(TZ).time()
    over_midnight = wish.quiet_from > wish.quiet_until
    quiet = (
        clock >= wish.quiet_from or clock < wish.quiet_until
        if over_midnight
        else wish.quiet_from <= clock < wish.quiet_until
    )
    return _next(wish.quiet_until, after=moment) if quiet else moment


def _next(clock: time, *, after: datetime) -> datetime:
    """Return the first moment after another at which local clocks show a time."""
    local = after.astimezone(TZ)
    today = datetime.combine(local.date(), clock, tzinfo=TZ)
    return today if today > local else today + timedelta(days=1)
