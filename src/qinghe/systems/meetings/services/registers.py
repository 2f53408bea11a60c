"""Instructions of leaders, experience shared above, and who may read what is internal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import check_not_future, local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.meetings import models, rules
from qinghe.systems.meetings.access import Act

from .common import Internal, _check_clear, _column_of, _name_first_reader

Instruction = models.Instruction
Talk = models.Talk
TalkPlatform = models.TalkPlatform


@dataclass(frozen=True)
class NewInstruction:
    """What a leader wrote, and who carries it out by when."""

    org: Org
    leader: str
    day: date
    subject: str
    words: str
    owner: Org | None = None
    due_on: date | None = None
    is_internal: bool = False


@dataclass(frozen=True)
class NewTalk:
    """Experience shared on a platform above."""

    platform: TalkPlatform
    org: Org
    day: date
    topic: str
    speaker: str


@transaction.atomic
def enter_instruction(*, new: NewInstruction, at: datetime, by: Actor) -> Instruction:
    """Register an instruction.

    Raises Refused: not_allowed, in_future, owner_needs_limit, wrong_order, not_below.
    """
    actors.require(by, Act.REGISTER, at=new.org)
    check_not_future(day=new.day, today=local_day(at), what="批示")
    rules.check_owner(has_owner=new.owner is not None, has_limit=new.due_on is not None)
    if new.due_on:
        rules.check_limit(due_on=new.due_on, made_on=new.day)
    if new.owner and not new.owner.path.startswith(new.org.path):
        raise Refused("not_below", "落实单位不在登记单位的范围内，没有保存。")
    made = Instruction.objects.create(
        org=new.org,
        leader=new.leader.strip(),
        day=new.day,
        subject=new.subject.strip(),
        words=new.words.strip(),
        owner=new.owner,
        due_on=new.due_on,
        is_internal=new.is_internal,
    )
    if new.is_internal:
        _name_first_reader(by, record=made)
    audit.record(by=by, verb="meetings.enter_instruction", subject=made, at=at)
    return made


@transaction.atomic
def close_instruction(
    *, instruction: Instruction, outcome: str, at: datetime, by: Actor
) -> Instruction:
    """Say what came of an instruction. Raises Refused: not_allowed, wrong_state, outcome_needed."""
    found = Instruction.objects.select_for_update(of=("self",)).select_related("org")
    kept = found.get(pk=instruction.pk)
    actors.require(by, Act.REGISTER, at=kept.org)
    _check_clear(by, [kept])
    rules.check_move(rules.INSTRUCTION_MOVES, now=kept.state, to="closed", what="批示")
    if not outcome.strip():
        raise Refused("outcome_needed", "请写明落实情况，没有办结。")
    kept.state, kept.outcome, kept.closed_on = "closed", outcome.strip(), local_day(at)
    kept.save(update_fields=["state", "outcome", "closed_on"])
    audit.record(by=by, verb="meetings.close_instruction", subject=kept, at=at)
    return kept


@transaction.atomic
def open_platform(
    *, name: str, host: str, is_counted: bool, at: datetime, by: Actor
) -> TalkPlatform:
    """Put a platform on the district's list. Raises Refused: not_allowed, name_taken."""
    _require_house(by)
    if TalkPlatform.objects.filter(name=name.strip()).exists():
        raise Refused("name_taken", f"“{name}”已经在名单上，没有重复保存。")
    made = TalkPlatform.objects.create(
        name=name.strip(), host=host.strip(), is_counted=is_counted, opened_on=local_day(at)
    )
    audit.record(by=by, verb="meetings.open_platform", subject=made, at=at)
    return made


@transaction.atomic
def end_platform(*, platform: TalkPlatform, reason: str, at: datetime, by: Actor) -> TalkPlatform:
    """Take a platform off the list; its talks stay. Raises: not_allowed, reason_needed, wrong_state."""
    _require_house(by)
    check_reason(reason)
    kept = TalkPlatform.objects.select_for_update().get(pk=platform.pk)
    if kept.ended_on:
        raise Refused("wrong_state", "这个平台已经停用，没有改动。")
    kept.ended_on = local_day(at)
    kept.save(update_fields=["ended_on"])
    audit.record(
        by=by, verb="meetings.end_platform", subject=kept, at=at, detail={"reason": reason}
    )
    return kept


@transaction.atomic
def enter_talk(*, new: NewTalk, at: datetime, by: Actor) -> Talk:
    """Register a talk. Raises Refused: not_allowed, in_future, platform_ended, entered_already."""
    actors.require(by, Act.REGISTER, at=new.org)
    check_not_future(day=new.day, today=local_day(at), what="交流")
    if new.platform.ended_on is not None and new.platform.ended_on <= new.day:
        raise Refused("platform_ended", f"“{new.platform}”已经停用，没有保存。")
    same = Talk.objects.filter(
        platform=new.platform, org=new.org, day=new.day, topic=new.topic.strip()
    )
    if same.filter(void_on__isnull=True).exists():
        raise Refused("entered_already", "这次交流已经登记，没有重复保存。")
    made = Talk.objects.create(
        platform=new.platform,
        org=new.org,
        day=new.day,
        topic=new.topic.strip(),
        speaker=new.speaker.strip(),
    )
    audit.record(by=by, verb="meetings.enter_talk", subject=made, at=at)
    return made


@transaction.atomic
def void_talk(*, talk: Talk, reason: str, at: datetime, by: Actor) -> Talk:
    """Take a talk out of the count. Raises Refused: not_allowed, reason_needed, wrong_state."""
    check_reason(reason)
    kept = Talk.objects.select_for_update(of=("self",)).select_related("org").get(pk=talk.pk)
    actors.require(by, Act.REGISTER, at=kept.org)
    if kept.void_on:
        raise Refused("wrong_state", "这条记录已经作废，没有改动。")
    kept.void_on, kept.reason = local_day(at), reason.strip()
    kept.save(update_fields=["void_on", "reason"])
    audit.record(by=by, verb="meetings.void_talk", subject=kept, at=at, detail={"reason": reason})
    return kept


@transaction.atomic
def name_readers(
    *, record: Internal, people: Sequence[Person], at: datetime, by: Actor
) -> Internal:
    """Make a record internal and say who may see it; whoever says so stays among them.

    Without anybody it is open again to whoever may look. Raises Refused: not_allowed.
    """
    org, act = _whose(record)
    actors.require(by, act, at=org)
    kept = type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
    column = _column_of(kept)
    _check_clear(by, [kept])
    kept.readers.all().delete()
    kept.is_internal = bool(people)
    kept.save(update_fields=["is_internal"])
    named = {one.pk for one in people} | ({by.person_id} if people else set())
    models.Reader.objects.bulk_create(
        models.Reader(person_id=key, **{column: kept}) for key in sorted(named)
    )
    detail = {"readers": len(named)}
    audit.record(by=by, verb="meetings.name_readers", subject=kept, at=at, detail=detail)
    return kept


def _whose(record: Internal) -> tuple[Org, Act]:
    if isinstance(record, Instruction):
        return record.org, Act.REGISTER
    body = record.body if isinstance(record, models.Sitting) else record.sitting.body
    return body.org, Act.REGISTER if body.is_above else Act.RUN


def _require_house(by: Actor) -> None:
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Act.SET, at=root)
