"""Sign-ups: a session's list, one's own, what waits, what is due, the calendar."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.inbox import Item, Step
from qinghe.edges.system import Card, Line
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

SignUp = models.SignUp
SignUpState = models.SignUp.State
KEPT_IN_CALENDAR = timedelta(days=90)
LOOK_BACK = timedelta(days=7)  # who did not come is marked by then, also after a long stop


def sign_ups_seen_by(actor: Actor) -> QuerySet[models.SignUp]:
    """Return the sign-ups for sessions whose host this actor may see, in the order they came.

    `here` tells who has come since.
    """
    return (
        models.SignUp.objects.filter(post__session__org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("post__session__org", "volunteer__person", "volunteer__org")
        .annotate(here=_came())
        .order_by("pk")
    )


def sign_ups_of(actor: Actor, session: models.Session) -> QuerySet[models.SignUp]:
    """Return who signed up for a session or waits for it, in the order they came."""
    live = (*rules.LIVE, SignUpState.ABSENT)
    return sign_ups_seen_by(actor).filter(post__session=session, state__in=live)


def own_sign_ups(actor: Actor) -> QuerySet[models.SignUp]:
    """Return one's own sign-ups and those of the children beside one, soonest session last."""
    ward = Q(volunteer__beside=actor.person_id, volunteer__beside_until__gt=F("post__session__day"))
    return (
        models.SignUp.objects.filter(Q(volunteer__person=actor.person_id) | ward)
        .select_related("post__session__org", "post__session__activity", "volunteer__person")
        .annotate(here=_came())
        .order_by("-post__session__starts_at", "-pk")
    )


def own_ahead(actor: Actor, at: datetime) -> QuerySet[models.SignUp]:
    """Return one's own sign-ups for what is not over, soonest first."""
    return (
        own_sign_ups(actor)
        .filter(state__in=rules.LIVE, post__session__ends_at__gt=at)
        .order_by("post__session__starts_at", "pk")
    )


def own_offers(actor: Actor) -> QuerySet[models.SignUp]:
    """Return the places that are kept for this actor and wait for their word."""
    return own_sign_ups(actor).filter(state=SignUpState.OFFERED, offer_until__gt=timezone.now())


def offer_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show offers that wait as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"候补到名额，请确认：{one.post.session.title}·{one.post.name}",
            org=one.post.session.org.name,
            url=reverse("volunteering:own_sign_ups"),
            steps=(
                Step("确认参加", reverse("volunteering:own_sign_up_accept", args=[one.pk])),
                Step("放弃", reverse("volunteering:own_sign_up_decline", args=[one.pk])),
            ),
        )
        for one in own_offers(actor).filter(pk__in=ids)
    ]


def sign_up_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return sign-ups behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=levels.short_name(
                actor, one.volunteer.person, at=one.post.session.org, on=timezone.localdate()
            ),
            cells=(
                ("场次", one.post.session.title),
                ("岗位", one.post.name),
                ("主办组织", one.post.session.org.name),
                ("日期", one.post.session.day.isoformat()),
                ("到场", "是" if one.here else "否"),  # type: ignore[attr-defined]
            ),
            url=reverse("volunteering:session", args=[one.post.session_id]),
        )
        for one in sign_ups_seen_by(actor).filter(pk__in=ids)
    ]


def absences_of(actor: Actor, volunteer_ids: Sequence[int]) -> dict[int, int]:
    """Return how often some volunteers signed up and did not come, in sessions in sight."""
    counts: dict[int, int] = {}
    rows = sign_ups_seen_by(actor).filter(
        ~_came(), volunteer__in=volunteer_ids, state=SignUpState.ABSENT
    )
    for volunteer_id in rows.values_list("volunteer_id", flat=True):
        counts[volunteer_id] = counts.get(volunteer_id, 0) + 1
    return counts


def sign_up_card(actor: Actor, at: datetime) -> Card:
    """Return one's next shifts, for the first page of the phone."""
    ahead = own_ahead(actor, at)[:3]
    lines = tuple(
        Line(
            pk=one.pk,
            title=one.post.session.title,
            cells=(
                ("时间", f"{timezone.localtime(one.post.session.starts_at):%m-%d %H:%M}"),
                ("岗位", one.post.name),
                ("状态", one.get_state_display()),
            ),
            url=reverse("volunteering:own_sign_ups")
            if one.state == models.SignUp.State.OFFERED
            else reverse("volunteering:own_session", args=[one.post.session_id]),
        )
        for one in ahead
    )
    more = Line(
        pk=0,
        title="找活动",
        cells=(("说明", "按时间、距离、类别找能报名的活动"),),
        url=reverse("volunteering:own_find"),
    )
    mine = Line(
        pk=-1,
        title="我的报名",
        cells=(("说明", "确认、取消、日历订阅"),),
        url=reverse("volunteering:own_sign_ups"),
    )
    return Card(title="报名", lines=(*lines, more, mine))


def walked_in(actor: Actor) -> Q:
    """Return the condition under which somebody came to a session of posts without a sign-up."""
    posts = models.ServicePost.objects.filter(session=OuterRef("session"))
    held = models.SignUp.objects.filter(
        post__session=OuterRef("session"),
        volunteer=OuterRef("volunteer"),
        state__in=rules.HOLDING,
    )
    return Q(Exists(posts)) & ~Q(Exists(held))


# ── What is due by itself ────────────────────────────────────────────────────────────────────────


def posts_with_late_offers(actor: object, at: datetime) -> QuerySet[models.ServicePost]:
    """Return the posts with offers that ran out, for the job."""
    late = models.SignUp.objects.filter(state=SignUpState.OFFERED, offer_until__lte=at)
    return models.ServicePost.objects.filter(pk__in=late.values("post")).order_by("pk")


def sessions_to_remind(actor: object, at: datetime) -> QuerySet[models.Session]:
    """Return the sessions of the next two days for which somebody is to be reminded, perhaps."""
    signed = models.SignUp.objects.filter(
        post__session=OuterRef("pk"), state=SignUpState.SIGNED, told_soon=False
    )
    soon = Q(starts_at__lte=at + rules.SOON)
    return models.Session.objects.filter(
        Exists(signed.filter(told_evening=False)) | (soon & Exists(signed)),
        state=models.Session.State.PUBLISHED,
        starts_at__gt=at,
        starts_at__lte=at + timedelta(days=2),
    ).order_by("starts_at")


def sessions_to_call(actor: object, at: datetime) -> QuerySet[models.Session]:
    """Return the sessions that are over and have signed-up people who are not known to have come."""
    came = models.Attendance.objects.filter(
        session=OuterRef("post__session"), volunteer=OuterRef("volunteer")
    ).exclude(state=models.Attendance.State.VOID)
    signed = models.SignUp.objects.filter(
        ~Exists(came), post__session=OuterRef("pk"), state=SignUpState.SIGNED
    )
    return models.Session.objects.filter(
        Exists(signed),
        state=models.Session.State.PUBLISHED,
        ends_at__lte=at - rules.ABSENT_AFTER,
        starts_at__gt=at - LOOK_BACK,
    ).order_by("starts_at")


# ── The calendar ─────────────────────────────────────────────────────────────────────────────────


def has_feed(actor: Actor) -> bool:
    """Test if somebody has an address under which their shifts can be subscribed to."""
    return models.CalendarFeed.objects.filter(person_id=actor.person_id).exists()


def shifts_at(actor: object, code: str, at: datetime) -> list[models.SignUp] | None:
    """Return the shifts under a secret address, cancelled ones too; nothing when it is not one."""
    digest = hashlib.sha256(code.encode()).hexdigest()
    feed = models.CalendarFeed.objects.filter(code_hash=digest).first()
    if feed is None:
        return None
    shown = (SignUpState.SIGNED, SignUpState.CANCELLED, SignUpState.ABSENT)
    return list(
        models.SignUp.objects.filter(
            volunteer__person=feed.person_id,
            state__in=shown,
            post__session__starts_at__gt=at - KEPT_IN_CALENDAR,
        )
        .select_related("post__session__org", "post__session__activity")
        .order_by(F("post__session__starts_at"), "pk")
    )


def _came() -> Exists:
    return Exists(
        models.Attendance.objects.filter(
            session=OuterRef("post__session"), volunteer=OuterRef("volunteer")
        ).exclude(state=models.Attendance.State.VOID)
    )
