"""What volunteering does unasked: minds sign-ups all day, doubts recorded hours by night.

And what it does when somebody registers, or no longer agrees.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from qinghe.edges.jobs.runners import Result, Running
from qinghe.edges.system import Newcomer
from qinghe.edges.web import doors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.consent.models import Purpose
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import models, queries, services
from qinghe.systems.volunteering.access import Act

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


CHUNK = 200
OVERLAP = timedelta(days=2)  # what was under way when the checks last ran is looked at again
Progress = Callable[[int], object]


def sweep(*, whole: bool, at: datetime, by: Actor | str, progress: Progress) -> models.Sweep:
    """Doubt what is new, or everything, and hold what is doubted. Safe to repeat and to break off.

    Nothing is written before all has been read; each chunk of findings stands by itself.
    """
    last = queries.newest_sweep(by)
    since = None if whole or last is None else last.at - OVERLAP
    limits = queries.limits_on(by, queries.terms_on(by, local_day(at)))
    seen = 0

    def count(done: int) -> None:
        nonlocal seen
        seen = done
        progress(done)

    doubts = list(queries.doubts(by, limits=limits, since=since, progress=count))
    found = sum(
        services.hold_doubted(doubts=doubts[start : start + CHUNK], at=at, by=by)
        for start in range(0, len(doubts), CHUNK)
    )
    return services.note_sweep(whole=since is None, stays=seen, found=found, at=at, by=by)


def run_sweep(job: Running) -> Result:
    """Run the checks as the person who asked for them."""
    doors.require_anywhere(job.by, Act.SWEEP)
    told = 0

    def tell(done: int) -> None:
        nonlocal told
        if done - told >= 20_000:
            told = done
            job.progress(done, done)

    made = sweep(whole=job.arguments.get("whole") == 1, at=job.at, by=job.by, progress=tell)
    return Result(
        url=reverse("volunteering:findings"),
        words=f"核查签到 {made.stays:,} 次，新发现 {made.found:,} 件。",
    )


def take_newcomer(newcomer: Newcomer, at: datetime, by: Actor) -> None:
    """Let whoever registers apply as a volunteer."""
    if newcomer.guardian:
        return  # V-21: a child below 14 serves in the guardian's account
    new = services.OwnApplication(
        person=newcomer.person, org=newcomer.org, guardian_agreed_on=newcomer.guardian_agreed_on
    )
    services.apply_oneself(new=new, at=at, by=by)


def let_go(person: Person, purpose: str, at: datetime, by: Actor) -> None:
    """Let whoever no longer agrees leave."""
    if purpose == Purpose.VOLUNTEERING:
        services.leave(person=person, at=at, by=by)
