"""What volunteering does by itself, whoever looks after the clock."""

from dataclasses import dataclass
from datetime import datetime

from . import queries, services

CLOCK = "定时任务"


@dataclass(frozen=True)
class Kept:
    """What was due on sign-ups and is done."""

    expired: int
    reminded: int
    absent: int


def keep_sign_ups(*, at: datetime) -> Kept:
    """Let late offers go, remind, mark who did not come. Safe to repeat, also side by side.

    Each post and session is a transaction of its own, which looks again at what it holds; what a
    stop has left undone is done the next time.
    """
    return Kept(
        expired=sum(
            services.settle_post(post=post, at=at, by=CLOCK)
            for post in queries.posts_with_late_offers(CLOCK, at)
        ),
        reminded=sum(
            services.remind_session(session=session, at=at, by=CLOCK)
            for session in queries.sessions_to_remind(CLOCK, at)
        ),
        absent=sum(
            services.mark_absent(session=session, at=at, by=CLOCK)
            for session in queries.sessions_to_call(CLOCK, at)
        ),
    )
