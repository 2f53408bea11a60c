"""Who is on duty: shifts are laid, taken, swapped, signed on and off. V-34: none of it is hours."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from qinghe.edges import standing
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.venues import models, queries, rules
from qinghe.systems.venues.access import Act
from qinghe.systems.venues.rules import Stretch

Shift = models.Shift
State = models.Shift.State
OWN = "/venues/mine/"
WORKING = (State.TAKEN, State.ON, State.DONE)


@dataclass(frozen=True)
class Laying:
    """The shifts of some days: one for each opening stretch, or at the times that are named."""

    first: date
    last: date
    places: int = 1
    stretch: Stretch | None = None


@transaction.atomic
def lay_shifts(*, venue: models.Venue, laying: Laying, at: datetime, by: Actor) -> int:
    """Lay free shifts on the days on which a place opens; return how many are new. Safe to repeat.

    Raises Refused: not_allowed, day_is_over, too_many, not_open_then.
    """
    venue = models.Venue.objects.held(venue.pk)
    actors.require(by, Act.KEEP, at=venue.org)
    rules.check_laying(
        first=laying.first, last=laying.last, today=local_day(at), places=laying.places
    )
    wanted = _wanted(venue, laying, by=by)
    there = Shift.objects.filter(venue=venue, day__range=(laying.first, laying.last)).exclude(
        state=State.CANCELLED
    )
    laid = [(one.day, one.starts, one.ends) for one in there]
    fresh = [
        Shift(venue=venue, day=day, starts=one.opens, ends=one.closes)
        for day, one in wanted
        for _ in range(laying.places - laid.count((day, one.opens, one.closes)))
    ]
    made = Shift.objects.bulk_create(fresh)
    audit.record_many(
        by=by, verb="venues.lay_shifts", model=Shift, ids=[one.pk for one in made], at=at
    )
    return len(made)


@transaction.atomic
def take_shift(*, shift: Shift, at: datetime, by: Actor) -> Shift:
    """Take a free shift oneself, as somebody of the place's part of the tree.

    Raises Refused: not_one_of_us, wrong_state, day_is_over, busy_then.
    """
    shift = _held(shift)
    person = Person.objects.get(pk=by.person_id)
    _put(shift, person=person, at=at)
    audit.record(by=by, verb="venues.take_shift", subject=shift, at=at)
    return shift


@transaction.atomic
def set_shift(*, shift: Shift, person: Person, at: datetime, by: Actor) -> Shift:
    """Put somebody on a free shift. Raises Refused: not_allowed, not_one_of_us, wrong_state,
    day_is_over, busy_then.
    """
    shift = _held(shift)
    actors.require(by, Act.KEEP, at=shift.venue.org)
    _put(shift, person=person, at=at)
    audit.record(by=by, verb="venues.set_shift", subject=shift, at=at)
    return shift


@transaction.atomic
def free_shift(*, shift: Shift, reason: str, at: datetime, by: Actor) -> Shift:
    """Take somebody off a shift, by who keeps the place. Raises Refused: not_allowed,
    reason_needed, wrong_state.
    """
    rules.check_reason(reason)
    shift = _held(shift)
    actors.require(by, Act.KEEP, at=shift.venue.org)
    rules.check_move(rules.SHIFT_MOVES, now=shift.state, to=State.FREE, what="个班次")
    _end_swaps(shift, at=at)
    shift.person, shift.state = None, State.FREE
    shift.save(update_fields=["person", "state"])
    detail = {"reason": reason}
    audit.record(by=by, verb="venues.free_shift", subject=shift, at=at, detail=detail)
    return shift


@transaction.atomic
def cancel_shift(*, shift: Shift, at: datetime, by: Actor) -> Shift:
    """Do without a free shift. Raises Refused: not_allowed, wrong_state."""
    shift = _held(shift)
    actors.require(by, Act.KEEP, at=shift.venue.org)
    if shift.state != State.FREE:
        raise Refused("wrong_state", "只有空缺的班次可以取消；已排人的请先撤下，没有改动。")
    shift.state = State.CANCELLED
    shift.save(update_fields=["state"])
    audit.record(by=by, verb="venues.cancel_shift", subject=shift, at=at)
    return shift


@transaction.atomic
def sign_on(*, shift: Shift, at: datetime, by: Actor) -> Shift:
    """Say that one is there. Safe to repeat. Raises Refused: not_yours, wrong_state, too_early,
    shift_over.
    """
    shift = _own(shift, by=by)
    if shift.state == State.ON:
        return shift
    rules.check_move(rules.SHIFT_MOVES, now=shift.state, to=State.ON, what="个班次")
    today = local_day(at)
    rules.check_sign_on(
        day=shift.day,
        starts=shift.starts,
        ends=shift.ends,
        today=today,
        minute=rules.minute_within(at, day=today),
    )
    _end_swaps(shift, at=at)
    shift.state, shift.on_at = State.ON, at
    shift.save(update_fields=["state", "on_at"])
    audit.record(by=by, verb="venues.sign_on", subject=shift, at=at)
    return shift


@transaction.atomic
def sign_off(*, shift: Shift, at: datetime, by: Actor) -> Shift:
    """Say that one leaves. Safe to repeat. Raises Refused: not_yours, wrong_state."""
    shift = _own(shift, by=by)
    if shift.state == State.DONE:
        return shift
    rules.check_move(rules.SHIFT_MOVES, now=shift.state, to=State.DONE, what="个班次")
    shift.state, shift.off_at = State.DONE, at
    shift.save(update_fields=["state", "off_at"])
    audit.record(by=by, verb="venues.sign_off", subject=shift, at=at)
    return shift


@transaction.atomic
def ask_swap(
    *, shift: Shift, other: Person, words: str = "", at: datetime, by: Actor
) -> models.Swap:
    """Ask somebody to stand in for oneself; the other is told.

    Raises Refused: not_yours, wrong_state, asked_already, asks_oneself, not_one_of_us, busy_then.
    """
    shift = _own(shift, by=by)
    if shift.state != State.TAKEN:
        raise Refused("wrong_state", "只有还没有签到的班次可以换，没有改动。")
    if other.pk == by.person_id:
        raise Refused("asks_oneself", "不能和自己换班，请填写另一位值班人。")
    if shift.swaps.filter(state=models.Swap.State.ASKED).exists():
        raise Refused("asked_already", "这个班次已经在等一位同志答复，请先撤回再换别人。")
    _check_can_stand(shift, person=other, at=at)
    swap = shift.swaps.create(asker_id=by.person_id, other=other, words=words, asked_at=at)
    audit.record(by=by, verb="venues.ask_swap", subject=swap, at=at)
    _tell(other.pk, title="有一个换班请求等您答复", shift=shift, at=at)
    return swap


@transaction.atomic
def accept_swap(*, swap: models.Swap, at: datetime, by: Actor) -> models.Swap:
    """Stand in for who asked; the place is shown it.

    Raises Refused: not_yours, wrong_state, not_one_of_us, busy_then, day_is_over.
    """
    swap, shift = _held_swap(swap)
    if not by.person_id or swap.other_id != by.person_id:
        raise Refused("not_yours", "这个换班请求不是给您的，没有改动。")
    rules.check_move(rules.SWAP_MOVES, now=swap.state, to="accepted", what="个换班请求")
    _check_can_stand(shift, person=swap.other, at=at)
    shift.person = swap.other
    shift.save(update_fields=["person"])
    _answer(swap, to=models.Swap.State.ACCEPTED, at=at)
    audit.record(by=by, verb="venues.accept_swap", subject=swap, at=at)
    _tell(swap.asker_id, title="换班已成功", shift=shift, at=at)
    return swap


@transaction.atomic
def refuse_swap(*, swap: models.Swap, at: datetime, by: Actor) -> models.Swap:
    """Not stand in. Raises Refused: not_yours, wrong_state."""
    swap, shift = _held_swap(swap)
    if not by.person_id or swap.other_id != by.person_id:
        raise Refused("not_yours", "这个换班请求不是给您的，没有改动。")
    rules.check_move(rules.SWAP_MOVES, now=swap.state, to="refused", what="个换班请求")
    _answer(swap, to=models.Swap.State.REFUSED, at=at)
    audit.record(by=by, verb="venues.refuse_swap", subject=swap, at=at)
    _tell(swap.asker_id, title="换班请求未被同意", shift=shift, at=at)
    return swap


@transaction.atomic
def withdraw_swap(*, swap: models.Swap, at: datetime, by: Actor) -> models.Swap:
    """Take one's question back. Raises Refused: not_yours, wrong_state."""
    swap, _ = _held_swap(swap)
    if not by.person_id or swap.asker_id != by.person_id:
        raise Refused("not_yours", "这不是您提出的换班请求，没有改动。")
    rules.check_move(rules.SWAP_MOVES, now=swap.state, to="withdrawn", what="个换班请求")
    _answer(swap, to=models.Swap.State.WITHDRAWN, at=at)
    audit.record(by=by, verb="venues.withdraw_swap", subject=swap, at=at)
    return swap


@transaction.atomic
def note_swap(*, swap: models.Swap, at: datetime, by: Actor) -> models.Swap:
    """Say, as who keeps the place, that one has seen a swap. Raises Refused: not_allowed,
    wrong_state.
    """
    swap, shift = _held_swap(swap)
    actors.require(by, Act.KEEP, at=shift.venue.org)
    if swap.state != models.Swap.State.ACCEPTED:
        raise Refused("wrong_state", "这次换班还没有办成，没有改动。")
    if swap.seen_at is None:
        swap.seen_at = at
        swap.save(update_fields=["seen_at"])
        audit.record(by=by, verb="venues.note_swap", subject=swap, at=at)
    return swap


def _held_swap(swap: models.Swap) -> tuple[models.Swap, Shift]:
    """Return both rows held, the shift first: whoever changes a shift holds it before its swaps."""
    shift = _held(swap.shift)
    found = models.Swap.objects.select_for_update(of=("self",)).select_related("other")
    return found.get(pk=swap.pk), shift


def _answer(swap: models.Swap, *, to: models.Swap.State, at: datetime) -> None:
    swap.state, swap.answered_at = to, at
    swap.save(update_fields=["state", "answered_at"])


def _tell(person_id: int, *, title: str, shift: Shift, at: datetime) -> None:
    when = f"{shift.day:%-m}月{shift.day:%-d}日 {Stretch(shift.starts, shift.ends)}"
    notices.notify(
        person_ids=[person_id],
        kind=Kind.RESULT,
        title=title,
        text=f"{shift.venue.name} {when}",
        url=OWN,
        at=at,
    )


def _wanted(venue: models.Venue, laying: Laying, *, by: Actor) -> list[tuple[date, Stretch]]:
    hours = queries.hours_of(by, [venue.pk])[venue.pk]
    days = [
        laying.first + timedelta(days=ahead)
        for ahead in range((laying.last - laying.first).days + 1)
    ]
    found = [
        (day, one)
        for day in days
        for one in hours.on(day)
        if laying.stretch is None or one == laying.stretch or _holds(one, laying.stretch)
    ]
    if laying.stretch is not None:
        found = [(day, laying.stretch) for day, _ in found]
    if not found:
        raise Refused("not_open_then", "这些天的这个时间都不开放，没有排班；请先核对开放时间。")
    return found


def _holds(outer: Stretch, inner: Stretch) -> bool:
    return outer.opens <= inner.opens and inner.closes <= outer.closes


def _put(shift: Shift, *, person: Person, at: datetime) -> None:
    rules.check_move(rules.SHIFT_MOVES, now=shift.state, to=State.TAKEN, what="个班次")
    _check_can_stand(shift, person=person, at=at)
    shift.person, shift.state = person, State.TAKEN
    shift.save(update_fields=["person", "state"])


def _check_can_stand(shift: Shift, *, person: Person, at: datetime) -> None:
    """Refuse who is not of the place's part of the tree, or is on duty elsewhere at that time."""
    held = Person.objects.select_for_update().get(pk=person.pk)
    if not standing.persons_at(orgs.below(shift.venue.org)).filter(pk=held.pk).exists():
        raise Refused(
            "not_one_of_us",
            f"值班人要是{shift.venue.org.name}及其下级的志愿者、团员或干部，没有排上。",
        )
    now = rules.minute_within(at, day=shift.day)
    rules.check_shift(
        starts=shift.starts,
        ends=shift.ends,
        is_over=shift.day < local_day(at) or (shift.day == local_day(at) and now >= shift.ends),
    )
    others = Shift.objects.filter(person=held, day=shift.day, state__in=WORKING)
    rules.check_free_then(
        [Stretch(*one) for one in others.values_list("starts", "ends")],
        starts=shift.starts,
        ends=shift.ends,
    )


def _end_swaps(shift: Shift, *, at: datetime) -> None:
    shift.swaps.filter(state=models.Swap.State.ASKED).update(
        state=models.Swap.State.WITHDRAWN, answered_at=at
    )


def _held(shift: Shift) -> Shift:
    found = Shift.objects.select_for_update(of=("self",)).select_related("venue__org")
    return found.get(pk=shift.pk)


def _own(shift: Shift, *, by: Actor) -> Shift:
    shift = _held(shift)
    if not by.person_id or shift.person_id != by.person_id:
        raise Refused("not_yours", "这不是您的班次，没有改动。")
    return shift
