"""Posts: what is to be done at a session, by how many, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

from .places import Places


@dataclass(frozen=True)
class NewPost:
    """Work to be done at each session of an activity."""

    name: str
    capacity: int
    skills: str = ""
    training: str = ""
    min_age: int | None = None
    max_age: int | None = None
    minors: bool = False
    children: bool = False

    @classmethod
    def of(cls, post: models.ServicePost) -> NewPost:
        """Return a post as one to be made again."""
        return cls(
            name=post.name,
            capacity=post.capacity,
            skills=post.skills,
            training=post.training,
            min_age=post.min_age,
            max_age=post.max_age,
            minors=post.minors,
            children=post.children,
        )

    @property
    def terms(self) -> rules.Terms:
        """Return whom it may take, as the rules read it."""
        return rules.Terms(self.min_age, self.max_age, self.minors, self.skills, self.children)

    def at_session(self, session: models.Session) -> models.ServicePost:
        """Return it as a row of one session, not yet written."""
        return models.ServicePost(
            session=session,
            name=self.name,
            capacity=self.capacity,
            skills=self.skills,
            training=self.training,
            min_age=self.min_age,
            max_age=self.max_age,
            minors=self.minors,
            children=self.children,
        )


@transaction.atomic
def add_post(
    *, activity: models.Activity, new: NewPost, at: datetime, by: Actor
) -> list[models.ServicePost]:
    """Add a post to every session of an activity that is yet to begin.

    Raises Refused: not_allowed, no_session_ahead, post_there, no_places, minors_in_danger, no_range.
    """
    actors.require(by, Act.PUBLISH, at=activity.org)
    rules.check_capacity(capacity=new.capacity, taken=0)
    rules.check_terms(new.terms, dangerous=activity.dangerous)
    ahead = list(activity.sessions.filter(state=models.Session.State.PUBLISHED, starts_at__gt=at))
    if not ahead:
        raise Refused("no_session_ahead", "这个活动没有尚未开始的场次，不能增加岗位。")
    if models.ServicePost.objects.filter(session__in=ahead, name=new.name).exists():
        raise Refused("post_there", f"已有岗位“{new.name}”，请改动它的人数，或换一个名称。")
    made = models.ServicePost.objects.bulk_create(new.at_session(one) for one in ahead)
    audit.record(
        by=by,
        verb="volunteering.add_post",
        subject=activity,
        at=at,
        detail={"post": new.name, "sessions": len(made)},
    )
    return made


@transaction.atomic
def resize_post(
    *, post: models.ServicePost, capacity: int, at: datetime, by: Actor
) -> models.ServicePost:
    """Take more or fewer people for a post; new places are offered to those who wait.

    Raises Refused: not_allowed, no_places, places_taken.
    """
    places = Places.locked(post.pk)
    post = places.post
    actors.require(by, Act.PUBLISH, at=post.session.org)
    rules.check_capacity(capacity=capacity, taken=post.taken)
    was, post.capacity = post.capacity, capacity
    post.save(update_fields=["capacity"])
    places.promote(at=at)
    audit.record(
        by=by,
        verb="volunteering.resize_post",
        subject=post,
        at=at,
        detail={"was": was, "capacity": capacity},
    )
    return post
