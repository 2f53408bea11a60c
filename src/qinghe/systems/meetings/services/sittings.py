"""A sitting from its planning to its minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.lib.periods import check_not_future, local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.meetings import models, queries, rules
from qinghe.systems.meetings.access import Act

from .chores import _lay
from .common import _body_of, _name_first_reader, _sitting_of

AgendaItem = models.AgendaItem
Sitting = models.Sitting
State = models.Sitting.State
Summons = models.Summons


@dataclass(frozen=True)
class NewSitting:
    """A sitting to be prepared. A plenary gets the next number; a special one says what it is on."""

    body: models.Body
    kind: str
    starts_at: datetime
    place: str
    items_by: date
    topic: str = ""
    is_internal: bool = False


@dataclass(frozen=True)
class NewTopic:
    """A topic that was on the agenda of a body above."""

    title: str
    theme: str
    about: str = ""


@dataclass(frozen=True)
class NewAbove:
    """A sitting of a body above, with what concerned youth work there (S025)."""

    body: models.Body
    title: str
    day: date
    topics: Sequence[NewTopic]
    is_internal: bool = False


@transaction.atomic
def plan_sitting(*, new: NewSitting, at: datetime, by: Actor) -> Sitting:
    """Begin to prepare a sitting, call for items and lay the list of what it needs (S088).

    Raises Refused: not_allowed, body_ended, only_registered, in_the_past, wrong_order, one_ahead,
    topic_needed.
    """
    body = _body_of(new.body, act=Act.RUN, by=by)
    rules.check_runs(kind=body.kind)
    rules.check_still_there(ended_on=body.ended_on, name=body.name)
    rules.check_ahead(starts_at=new.starts_at, at=at)
    rules.check_before(day=new.items_by, starts_at=new.starts_at, what="议题报送截止日期")
    number = None
    if new.kind == Sitting.Kind.PLENARY:
        number = _next_number(body)
    elif not new.topic.strip():
        raise Refused("topic_needed", "专题会议请写明专题，没有保存。")
    made = Sitting.objects.create(
        body=body,
        kind=new.kind,
        number=number,
        title=rules.title_of(body=body.name, kind=new.kind, number=number, topic=new.topic.strip()),
        prepared_on=local_day(at),
        starts_at=new.starts_at,
        day=local_day(new.starts_at),
        place=new.place.strip(),
        items_by=new.items_by,
        is_internal=new.is_internal,
        state=State.PREPARING,
    )
    if new.is_internal:
        _name_first_reader(by, record=made)
    _lay(made, today=local_day(at))
    audit.record(by=by, verb="meetings.plan_sitting", subject=made, at=at)
    return made


@transaction.atomic
def register_sitting(*, new: NewAbove, at: datetime, by: Actor) -> Sitting:
    """Register a sitting of a body above with the topics that concerned youth work.

    Raises Refused: not_allowed, body_ended, not_above, in_future, topic_needed, entered_already.
    """
    body = _body_of(new.body, act=Act.REGISTER, by=by)
    rules.check_above(kind=body.kind)
    rules.check_still_there(ended_on=body.ended_on, name=body.name)
    check_not_future(day=new.day, today=local_day(at), what="开会")
    if not new.topics:
        raise Refused("topic_needed", "请至少登记一个议题，没有保存。")
    if body.sittings.filter(day=new.day, title=new.title.strip()).exists():
        raise Refused("entered_already", "这次会议已经登记，没有重复保存；请在会议页上补议题。")
    made = Sitting.objects.create(
        body=body,
        kind=Sitting.Kind.ABOVE,
        title=new.title.strip(),
        prepared_on=new.day,
        day=new.day,
        settled_on=new.day,
        is_internal=new.is_internal,
        state=State.REGISTERED,
    )
    if new.is_internal:
        _name_first_reader(by, record=made)
    for place, topic in enumerate(new.topics, start=1):
        _listed(made, topic, place=place, on=new.day)
    audit.record(
        by=by,
        verb="meetings.register_sitting",
        subject=made,
        at=at,
        detail={"items": len(new.topics)},
    )
    return made


@transaction.atomic
def register_topic(*, sitting: Sitting, new: NewTopic, at: datetime, by: Actor) -> AgendaItem:
    """Add a topic to a registered sitting. Raises Refused: not_allowed, not_above, item_already."""
    kept = _sitting_of(sitting, act=Act.REGISTER, by=by)
    rules.check_above(kind=kept.body.kind)
    if kept.items.filter(title=new.title.strip()).exists():
        raise Refused("item_already", "这个议题已经登记，没有重复保存。")
    made = _listed(kept, new, place=kept.items.count() + 1, on=kept.day)
    audit.record(by=by, verb="meetings.register_topic", subject=made, at=at)
    return made


@transaction.atomic
def call_sitting(*, sitting: Sitting, at: datetime, by: Actor) -> Sitting:
    """Close the call for items and invite every unit of the body; their people are told.

    Raises Refused: not_allowed, wrong_state, in_the_past, no_agenda, no_units.
    """
    kept = _sitting_of(sitting, by=by)
    rules.check_move(rules.SITTING_MOVES, now=kept.state, to="called", what="会议")
    starts_at = _beginning(kept)
    rules.check_ahead(starts_at=starts_at, at=at)
    listed = kept.items.filter(state=AgendaItem.State.LISTED).count()
    units = list(kept.body.units.filter(left_on__isnull=True))
    rules.check_has_agenda(listed=listed, units=len(units))
    today = local_day(at)
    delegates = _delegates(kept.body)
    Summons.objects.bulk_create(
        Summons(sitting=kept, member=unit, representative=delegates.get(unit.pk), sent_on=today)
        for unit in units
    )
    terms = queries.terms_on(by, today)
    limit = date.fromordinal(kept.day.toordinal() - terms.reply_days)
    kept.state, kept.reply_by = State.CALLED, max(today, limit)
    kept.save(update_fields=["state", "reply_by"])
    audit.record(
        by=by, verb="meetings.call_sitting", subject=kept, at=at, detail={"units": len(units)}
    )
    _tell(kept, at=at)
    return kept


@transaction.atomic
def cancel_sitting(*, sitting: Sitting, reason: str, at: datetime, by: Actor) -> Sitting:
    """Call a sitting off before it is held; a plenary's number goes to the next one.

    Raises Refused: not_allowed, wrong_state, reason_needed.
    """
    check_reason(reason)
    kept = _sitting_of(sitting, by=by)
    rules.check_move(rules.SITTING_MOVES, now=kept.state, to="cancelled", what="会议")
    kept.state, kept.reason, kept.settled_on = State.CANCELLED, reason.strip(), local_day(at)
    kept.save(update_fields=["state", "reason", "settled_on"])
    audit.record(by=by, verb="meetings.cancel_sitting", subject=kept, at=at)
    return kept


@transaction.atomic
def hold_sitting(*, sitting: Sitting, host: str, at: datetime, by: Actor) -> Sitting:
    """Declare a sitting held when enough units have signed in (T-83: by the dated parameter).

    Raises Refused: not_allowed, wrong_state, too_early, no_quorum.
    """
    kept = _sitting_of(sitting, by=by)
    rules.check_move(rules.SITTING_MOVES, now=kept.state, to="held", what="会议")
    rules.check_begun(starts_at=kept.starts_at, at=at)
    invited = kept.summonses.filter(member__isnull=False)
    due, came = invited.count(), invited.filter(came_at__isnull=False).count()
    percent = queries.terms_on(by, kept.day).quorum_percent
    rules.check_quorum(came=came, due=due, percent=percent)
    kept.host, kept.due, kept.came = host.strip(), due, came
    kept.quorum_percent, kept.state, kept.settled_on = percent, State.HELD, kept.day
    kept.save(update_fields=["host", "due", "came", "quorum_percent", "state", "settled_on"])
    detail = {"units": due, "came": came}
    audit.record(by=by, verb="meetings.hold_sitting", subject=kept, at=at, detail=detail)
    return kept


@transaction.atomic
def write_minutes(*, sitting: Sitting, text: str, number: str, at: datetime, by: Actor) -> Sitting:
    """Keep the text of the minutes while it is written.

    Raises Refused: not_allowed, wrong_state.
    """
    kept = _sitting_of(sitting, by=by)
    if kept.state != State.HELD:
        raise Refused("wrong_state", "会议召开后、纪要定稿前才能写纪要，没有改动。")
    kept.minutes, kept.minutes_number = text.strip(), number.strip()
    kept.save(update_fields=["minutes", "minutes_number"])
    audit.record(by=by, verb="meetings.write_minutes", subject=kept, at=at)
    return kept


@transaction.atomic
def issue_minutes(*, sitting: Sitting, at: datetime, by: Actor) -> Sitting:
    """Settle the minutes; text and those present no longer change.

    Raises Refused: not_allowed, wrong_state, minutes_needed.
    """
    kept = _sitting_of(sitting, by=by)
    rules.check_move(rules.SITTING_MOVES, now=kept.state, to="minuted", what="会议")
    undecided = kept.items.filter(state=AgendaItem.State.PROPOSED).count()
    rules.check_minutes(text=kept.minutes, undecided=undecided)
    kept.state, kept.minuted_on = State.MINUTED, local_day(at)
    kept.save(update_fields=["state", "minuted_on"])
    audit.record(by=by, verb="meetings.issue_minutes", subject=kept, at=at)
    return kept


def _next_number(body: models.Body) -> int:
    """Return the number after the last that stands: none is left out, none is given twice."""
    plenary = body.sittings.filter(kind=Sitting.Kind.PLENARY).exclude(state=State.CANCELLED)
    rules.check_none_ahead(ahead=plenary.filter(state__in=rules.AHEAD).count())
    return plenary.count() + 1


def _listed(sitting: Sitting, topic: NewTopic, *, place: int, on: date) -> AgendaItem:
    return AgendaItem.objects.create(
        sitting=sitting,
        title=topic.title.strip(),
        about=topic.about.strip(),
        theme=topic.theme,
        place=place,
        proposed_on=on,
        state=AgendaItem.State.LISTED,
    )


def _beginning(sitting: Sitting) -> datetime:
    if sitting.starts_at is None:
        raise Refused("wrong_state", "这次会议只作登记，没有改动。")
    return sitting.starts_at


def _delegates(body: models.Body) -> dict[int, models.Representative]:
    found = models.Representative.objects.filter(
        member__body=body, role=models.Representative.Role.DELEGATE, ends_on__isnull=True
    )
    return {one.member_id: one for one in found}


def _tell(sitting: Sitting, *, at: datetime) -> None:
    """Tell those of the units' people who have an account; of an internal sitting only readers."""
    people = models.Representative.objects.filter(
        member__body=sitting.body, ends_on__isnull=True, person__isnull=False
    ).values_list("person_id", flat=True)
    named = set(sitting.readers.values_list("person_id", flat=True))
    told = [one for one in people if not sitting.is_internal or one in named]
    notices.notify(
        person_ids=told,
        kind=Kind.TODO,
        title="会议通知",
        text=f"{sitting.title}定于{sitting.day.isoformat()}召开，请在截止前回执。",
        url=f"/meetings/sittings/{sitting.pk}/",
        at=at,
    )
