"""What happens to sign-ups by itself: offers run out, reminders go, who did not come is marked.

Each is safe to repeat and catches up after a stop: what is due is found by its state, not by the
moment at which somebody looked.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.systems.volunteering import models, rules

from .places import Places
from .telling import Telling

State = models.SignUp.State


@transaction.atomic
def settle_post(*, post: models.ServicePost, at: datetime, by: object) -> int:
    """Let the offers of one post go that nobody answered in time, each once; return how many."""
    places = Places.locked(post.pk)
    gone = places.settle(at=at)
    if gone:
        audit.record(
            by=by,
            verb="volunteering.expire_offers",
            subject=places.post,
            at=at,
            detail={"expired": gone},
        )
    return gone


@transaction.atomic
def remind_session(*, session: models.Session, at: datetime, by: object) -> int:
    """Remind those signed up, on the evening before and two hours before, each time once.

    After a stop only the reminder of now is given, and none once the session has begun. `by` is
    not written down: a reminder changes no record.
    """
    rows = models.SignUp.objects.select_for_update(of=("self",)).filter(
        post__session=session, state=State.SIGNED, told_soon=False
    )
    due: dict[str, list[models.SignUp]] = {"evening": [], "soon": [], "": []}
    for one in rows.select_related("volunteer"):
        due[
            rules.reminder_due(
                starts_at=session.starts_at,
                told_evening=one.told_evening,
                told_soon=one.told_soon,
                at=at,
            )
        ].append(one)
    _told(due["evening"], soon=False)
    _told(due["soon"], soon=True)
    told = due["evening"] + due["soon"]
    Telling(session, at).reminded(told)
    return len(told)


@transaction.atomic
def make_feed(*, at: datetime, by: Actor) -> str:
    """Give oneself a new secret address of one's shifts and return its code; the old one ends."""
    code = secrets.token_urlsafe(24)
    feed, _ = models.CalendarFeed.objects.update_or_create(
        person_id=by.person_id,
        defaults={"code_hash": hashlib.sha256(code.encode()).hexdigest(), "made_at": at},
    )
    audit.record(by=by, verb="volunteering.make_feed", subject=feed, at=at)
    return code


@transaction.atomic
def end_feed(*, at: datetime, by: Actor) -> None:
    """Take one's secret address back: whoever has it is answered no more."""
    feed = models.CalendarFeed.objects.filter(person_id=by.person_id).first()
    if feed:
        audit.record(by=by, verb="volunteering.end_feed", subject=feed, at=at)
        feed.delete()


def _told(sign_ups: Sequence[models.SignUp], *, soon: bool) -> None:
    for one in sign_ups:
        one.told_evening = True
        one.told_soon = soon
    models.SignUp.objects.bulk_update(sign_ups, ["told_evening", "told_soon"])
