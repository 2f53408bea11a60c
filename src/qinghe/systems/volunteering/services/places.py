"""The places of one post, held alone while they change hands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qinghe.systems.volunteering import models, rules

from .telling import Telling

State = models.SignUp.State


@dataclass(frozen=True)
class Places:
    """A post whose row is locked until the transaction ends, and what may be done to its places.

    Two people for the last place stand in line here: PostgreSQL lets one of them hold the row,
    SQLite lets one of them write. Were that to fail, `post_is_never_oversold` refuses the second.
    The session is held too: nobody signs up for it while it is called off or moved.
    """

    post: models.ServicePost

    @classmethod
    def locked(cls, post_id: int) -> Places:
        """Return the places of a post, read anew once nobody else holds them."""
        found = models.ServicePost.objects.select_for_update(of=("self", "session"))
        return cls(found.select_related("session__activity", "session__org").get(pk=post_id))

    @property
    def session(self) -> models.Session:
        """Return the session of the post."""
        return self.post.session

    def settle(self, *, at: datetime) -> int:
        """Let offers go that were not answered in time, and offer what is free; count the expired.

        Whoever comes to the post does this first, so that it is right also while no job runs.
        """
        late = self.post.sign_ups.filter(state=State.OFFERED, offer_until__lte=at)
        gone = list(late.select_related("volunteer"))
        for sign_up in gone:
            self.leave(sign_up, to=State.EXPIRED, at=at)
            Telling(self.session, at).expired(sign_up)
        self.promote(at=at)
        return len(gone)

    def take(self) -> None:
        """Take one place."""
        self.post.taken += 1
        self.post.save(update_fields=["taken"])

    def leave(self, sign_up: models.SignUp, *, to: State, at: datetime, reason: str = "") -> None:
        """End a sign-up, and give back the place that it held."""
        rules.check_move(rules.SIGN_UP_MOVES, now=sign_up.state, to=to, what="报名")
        if sign_up.state in rules.HOLDING:
            self.post.taken -= 1
            self.post.save(update_fields=["taken"])
        sign_up.state, sign_up.moved_at, sign_up.offer_until = to, at, None
        sign_up.reason = reason
        sign_up.save(update_fields=["state", "moved_at", "offer_until", "reason"])

    def promote(self, *, at: datetime) -> None:
        """Offer each free place to whoever waits longest; none once the session has begun."""
        if self.session.state != models.Session.State.PUBLISHED or self.post.left <= 0:
            return
        activity = self.session.activity
        until = rules.offer_until(
            starts_at=self.session.starts_at,
            minutes=activity.offer_minutes if activity else 0,
            at=at,
        )
        if until is None:
            return
        waiting = self.post.sign_ups.filter(state=State.WAITING).select_related("volunteer")
        for sign_up in waiting.order_by("pk")[: self.post.left]:
            self.take()
            sign_up.state, sign_up.moved_at, sign_up.offer_until = State.OFFERED, at, until
            sign_up.save(update_fields=["state", "moved_at", "offer_until"])
            Telling(self.session, at).offered(sign_up)
