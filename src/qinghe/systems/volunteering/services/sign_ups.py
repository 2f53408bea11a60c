"""Signing up, answering an offer, letting go of a place, calling the roll."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.access import Act

from .attendances import How, check_in
from .places import Places
from .telling import Telling

State = models.SignUp.State


@transaction.atomic
def sign_up(*, post: models.ServicePost, vouched: bool, at: datetime, by: Actor) -> models.SignUp:
    """Sign oneself up for a post, or wait for it when it is full. Safe to repeat.

    Raises Refused: not_registered, guardian_signs, session_cancelled, begun, age_unknown, too_young,
    minors_not_taken, guardian_needed, age_outside, not_vouched, untrained, clashing.
    """
    volunteer = models.Volunteer.objects.filter(person=by.person_id).first()
    if volunteer is None:
        rules.check_on_the_roll(registered=False)
        raise LookupError("the rule has refused")
    if volunteer.is_child_on(local_day(at)):
        raise rules.ALONE
    made, new = _entered(post, volunteer, vouched=vouched, by_leader=False, at=at, by=by)
    if new:
        audit.record(by=by, verb="volunteering.sign_up", subject=made, at=at)
    return made


@transaction.atomic
def sign_up_ward(
    *,
    post: models.ServicePost,
    ward: models.Volunteer,
    vouched: bool,
    at: datetime,
    by: Actor,
) -> models.SignUp:
    """Sign up a child who serves beside oneself, where one has a place oneself. Safe to repeat.

    Raises Refused: not_allowed, children_not_taken, guardian_not_signed and what sign_up raises.
    """
    if ward.spoken_for_by(local_day(at)) != by.person_id or ward.beside_id != by.person_id:
        raise Refused("not_allowed", "只有监护人可以为孩子报名，没有报名。")
    made, new = _entered(post, ward, vouched=vouched, by_leader=False, at=at, by=by)
    if new:
        audit.record(by=by, verb="volunteering.sign_up_ward", subject=made, at=at)
    return made


@transaction.atomic
def sign_up_other(
    *,
    post: models.ServicePost,
    volunteer: models.Volunteer,
    vouched: bool,
    at: datetime,
    by: Actor,
) -> models.SignUp:
    """Sign up somebody who asked for it at the desk, and tell them. Safe to repeat.

    Raises Refused: not_allowed and what sign_up raises.
    """
    actors.require(by, Act.KEEP_SIGN_UPS, at=post.session.org)
    made, new = _entered(post, volunteer, vouched=vouched, by_leader=True, at=at, by=by)
    if new:
        audit.record(by=by, verb="volunteering.sign_up_other", subject=made, at=at)
        Telling(post.session, at).signed_by_leader(made)
    return made


@transaction.atomic
def accept_offer(*, sign_up: models.SignUp, at: datetime, by: Actor) -> models.SignUp:
    """Take the place that is kept for oneself. Safe to repeat.

    Raises Refused: not_allowed, wrong_state, offer_over, session_cancelled, begun, clashing.
    """
    places, sign_up = _locked_own(sign_up, by=by)
    if sign_up.state == State.SIGNED:
        return sign_up
    if sign_up.state == State.EXPIRED:
        rules.check_offer_stands(until=None, at=at)
    rules.check_move(rules.SIGN_UP_MOVES, now=sign_up.state, to=State.SIGNED, what="报名")
    rules.check_offer_stands(until=sign_up.offer_until, at=at)
    _check_open(places.session, at=at)
    _check_beside(sign_up.volunteer, places.session, by=by)
    _check_free(sign_up.volunteer, places.session, but=sign_up)
    sign_up.state, sign_up.moved_at, sign_up.offer_until = State.SIGNED, at, None
    sign_up.save(update_fields=["state", "moved_at", "offer_until"])
    audit.record(by=by, verb="volunteering.accept_offer", subject=sign_up, at=at)
    return sign_up


@transaction.atomic
def decline_offer(*, sign_up: models.SignUp, at: datetime, by: Actor) -> models.SignUp:
    """Let an offered place go to the next. Raises Refused: not_allowed, wrong_state."""
    places, sign_up = _locked_own(sign_up, by=by)
    places.leave(sign_up, to=State.DECLINED, at=at)
    places.settle(at=at)
    audit.record(by=by, verb="volunteering.decline_offer", subject=sign_up, at=at)
    return sign_up


@transaction.atomic
def cancel_sign_up(*, sign_up: models.SignUp, at: datetime, by: Actor) -> models.SignUp:
    """Let go of one's place until the activity's deadline, or of one's wait at any time.

    Raises Refused: not_allowed, wrong_state, too_late_to_cancel.
    """
    places, sign_up = _locked_own(sign_up, by=by)
    if sign_up.state == State.CANCELLED:
        return sign_up
    activity = places.session.activity
    if sign_up.state == State.SIGNED and activity:
        rules.check_may_cancel(
            starts_at=places.session.starts_at, hours=activity.cancel_hours, at=at
        )
    places.leave(sign_up, to=State.CANCELLED, at=at)
    places.settle(at=at)
    _leave_with(sign_up, places.session, at=at)
    audit.record(by=by, verb="volunteering.cancel_sign_up", subject=sign_up, at=at)
    return sign_up


@transaction.atomic
def release_sign_up(
    *, sign_up: models.SignUp, reason: str, at: datetime, by: Actor
) -> models.SignUp:
    """Take somebody off the list, also after the deadline, and tell them.

    Raises Refused: not_allowed, reason_needed, wrong_state, session_over.
    """
    rules.check_reason(reason)
    places = Places.locked(sign_up.post_id)
    actors.require(by, Act.KEEP_SIGN_UPS, at=places.session.org)
    sign_up = _again(sign_up)
    rules.check_may_release(ends_at=places.session.ends_at, at=at)
    places.leave(sign_up, to=State.CANCELLED, at=at, reason=reason.strip())
    places.settle(at=at)
    _leave_with(sign_up, places.session, at=at)
    Telling(places.session, at).released(sign_up, reason=reason.strip())
    audit.record(
        by=by,
        verb="volunteering.release_sign_up",
        subject=sign_up,
        at=at,
        detail={"reason": reason.strip()},
    )
    return sign_up


@transaction.atomic
def call_roll(*, session: models.Session, came: Collection[int], at: datetime, by: Actor) -> int:
    """Check in the ticked of those signed up, mark the others absent; return how many are absent.

    Whoever has been checked in already came, ticked or not. A later call may find somebody after
    all.
    Raises Refused: not_allowed, too_early, and what check_in raises.
    """
    actors.require(by, Act.CHECK_IN, at=session.org)
    rules.check_roll_call(starts_at=session.starts_at, at=at)
    absent = 0
    for one in _held(session):
        if one.pk in came and not one.here:  # type: ignore[attr-defined]
            check_in(session=session, volunteer=one.volunteer, how=How.ROSTER, at=at, by=by)
        here = one.pk in came or one.here  # type: ignore[attr-defined]
        _mark(one, State.SIGNED if here else State.ABSENT, at=at)
        absent += not here
    audit.record(
        by=by, verb="volunteering.call_roll", subject=session, at=at, detail={"absent": absent}
    )
    return absent


@transaction.atomic
def mark_absent(*, session: models.Session, at: datetime, by: object) -> int:
    """Mark who signed up for a session that is over and never came; return how many.

    Nothing follows from it but a count. Safe to repeat.
    """
    absent = [one for one in _held(session) if one.state == State.SIGNED and not one.here]  # type: ignore[attr-defined]
    for one in absent:
        _mark(one, State.ABSENT, at=at)
    if absent:
        audit.record(
            by=by,
            verb="volunteering.mark_absent",
            subject=session,
            at=at,
            detail={"absent": len(absent)},
        )
    return len(absent)


@transaction.atomic
def let_go(*, volunteer: models.Volunteer, at: datetime, by: object) -> int:
    """Give back every place of somebody who left the roll; return how many."""
    live = models.SignUp.objects.filter(
        volunteer=volunteer, state__in=rules.LIVE, post__session__starts_at__gt=at
    )
    found = list(live.order_by("post_id"))
    for sign_up in found:
        places = Places.locked(sign_up.post_id)
        places.leave(_again(sign_up), to=State.CANCELLED, at=at, reason="已退出志愿服务")
        places.settle(at=at)
        _leave_with(sign_up, places.session, at=at)
    if found:
        audit.record(by=by, verb="volunteering.let_go", subject=volunteer, at=at)
    return len(found)


def _entered(
    post: models.ServicePost,
    volunteer: models.Volunteer,
    *,
    vouched: bool,
    by_leader: bool,
    at: datetime,
    by: Actor,
) -> tuple[models.SignUp, bool]:
    """Return the sign-up of a volunteer for a post, and whether it is new.

    The volunteer's row is locked first: one person's times change one by one.
    """
    both = Q(pk=volunteer.pk) | Q(person=volunteer.beside_id)  # a guardian's place may go meanwhile
    locked = models.Volunteer.objects.select_for_update(of=("self",)).select_related("person")
    volunteer = {one.pk: one for one in locked.filter(both).order_by("pk")}[volunteer.pk]
    places = Places.locked(post.pk)
    session, post = places.session, places.post
    places.settle(at=at)
    there = post.sign_ups.filter(volunteer=volunteer, state__in=rules.LIVE).first()
    if there:
        return there, False
    rules.check_on_the_roll(registered=volunteer.state == models.Volunteer.State.REGISTERED)
    _check_open(session, at=at)
    _check_fits(volunteer, post, session, by=by)
    rules.check_vouched(asks=post.terms.asks, vouched=vouched)
    earned = queries.credits_of(by, [volunteer.pk], post.training, date.min)
    rules.check_trained(
        asks=post.get_training_display(), trained=not post.training or volunteer.pk in earned
    )
    _check_free(volunteer, session)
    full = post.left <= 0
    if not full:
        places.take()
    made = models.SignUp.objects.create(
        post=post,
        volunteer=volunteer,
        state=State.WAITING if full else State.SIGNED,
        signed_at=at,
        moved_at=at,
        by_leader=by_leader,
        vouched=post.terms.asks if vouched else "",
    )
    return made, True


def _check_fits(
    volunteer: models.Volunteer, post: models.ServicePost, session: models.Session, *, by: Actor
) -> None:
    if volunteer.is_child_on(session.day):
        rules.check_fits_child(post.terms)
        _check_beside(volunteer, session, by=by)
        return
    rules.check_fits(
        post.terms,
        birth_date=volunteer.person.birth_date,
        guardian_agreed_on=volunteer.guardian_agreed_on,
        on=local_day(session.starts_at),
    )


def _check_beside(volunteer: models.Volunteer, session: models.Session, *, by: Actor) -> None:
    """Refuse a child a place where the guardian has none (V-21)."""
    if volunteer.is_child_on(session.day):
        signed = queries.guardian_signed(by, volunteer, session)
        rules.check_guardian_signed(signed=signed)


def _leave_with(sign_up: models.SignUp, session: models.Session, *, at: datetime) -> None:
    """Let go of the places of the children who would have come with whoever lets go of theirs."""
    wards = models.SignUp.objects.filter(
        post__session=session,
        volunteer__beside=sign_up.volunteer.person_id,
        volunteer__beside_until__gt=session.day,
        state__in=rules.LIVE,
    )
    for one in list(wards.order_by("post_id", "pk")):
        places = Places.locked(one.post_id)
        places.leave(_again(one), to=State.CANCELLED, at=at, reason="监护人不再参加")
        places.settle(at=at)


def _check_open(session: models.Session, *, at: datetime) -> None:
    rules.check_open_for_sign_up(
        cancelled=session.state == models.Session.State.CANCELLED,
        starts_at=session.starts_at,
        at=at,
    )


def _check_free(
    volunteer: models.Volunteer, session: models.Session, *, but: models.SignUp | None = None
) -> None:
    others = models.SignUp.objects.filter(
        volunteer=volunteer,
        state__in=rules.LIVE,
        post__session__state=models.Session.State.PUBLISHED,
        post__session__starts_at__lt=session.ends_at,
        post__session__ends_at__gt=session.starts_at,
    ).exclude(pk=but.pk if but else 0)
    meetings = [
        rules.Meeting(one.post.session.title, one.post.session.starts_at, one.post.session.ends_at)
        for one in others.select_related("post__session")
    ]
    rules.check_free(starts_at=session.starts_at, ends_at=session.ends_at, others=meetings)


def _locked_own(sign_up: models.SignUp, *, by: Actor) -> tuple[Places, models.SignUp]:
    """Lock the places that one's own sign-up, or one's child's, is for. Raises Refused: not_allowed."""
    models.Volunteer.objects.select_for_update().get(pk=sign_up.volunteer_id)
    places = Places.locked(sign_up.post_id)
    sign_up = _again(sign_up)
    if by.person_id != sign_up.volunteer.spoken_for_by(places.session.day):
        raise Refused("not_allowed", "只能办理本人的报名，没有改动。")
    return places, sign_up


def _again(sign_up: models.SignUp) -> models.SignUp:
    found = models.SignUp.objects.select_for_update(of=("self",)).select_related("volunteer")
    return found.get(pk=sign_up.pk)


def _held(session: models.Session) -> list[models.SignUp]:
    """Return who held a place at a session, each told whether they are known to have come."""
    came = set(
        session.attendances.exclude(state=models.Attendance.State.VOID).values_list(
            "volunteer_id", flat=True
        )
    )
    held = models.SignUp.objects.select_for_update(of=("self",)).select_related("volunteer")
    found = list(held.filter(post__session=session, state__in=(State.SIGNED, State.ABSENT)))
    for one in found:
        one.here = one.volunteer_id in came  # type: ignore[attr-defined]
    return found


def _mark(one: models.SignUp, to: State, *, at: datetime) -> None:
    if one.state != to:
        rules.check_move(rules.SIGN_UP_MOVES, now=one.state, to=to, what="报名")
        one.state, one.moved_at = to, at
        one.save(update_fields=["state", "moved_at"])
