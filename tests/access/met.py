"""What meetings leave at every organisation.

A sitting that has been held, so that nothing waits for anybody; its unit is the organisation itself.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.meetings.models import (
    AgendaItem,
    Body,
    Decision,
    Instruction,
    MemberUnit,
    Representative,
    Sitting,
    Summons,
    Talk,
    TalkPlatform,
)

DAY, LAST = date(2022, 3, 1), date(2099, 12, 31)
STARTS = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person


def _body(at: Stands) -> Body:
    return Body.objects.get_or_create(
        org=at.org, name=f"联席会议{at.mark}",
        defaults={"kind": "volunteer", "convener": at.mark, "office": at.mark, "founded_on": DAY},
    )[0]  # fmt: skip


def _unit(at: Stands) -> MemberUnit:
    found, _ = MemberUnit.objects.get_or_create(
        body=_body(at), name=f"单位{at.mark}", defaults={"unit": at.org, "joined_on": DAY}
    )
    Representative.objects.get_or_create(
        member=found, role="delegate",
        defaults={"person": at.person, "duty": at.mark, "starts_on": DAY},
    )  # fmt: skip
    return found


def _sitting(at: Stands) -> Sitting:
    return Sitting.objects.get_or_create(
        body=_body(at), kind="plenary", number=1,
        defaults={
            "title": f"会议{at.mark}", "prepared_on": DAY, "starts_at": STARTS, "day": DAY,
            "place": at.mark, "items_by": DAY, "reply_by": DAY, "due": 1, "came": 1,
            "quorum_percent": 50, "settled_on": DAY, "state": "held", "minutes": at.mark,
        },
    )[0]  # fmt: skip


def _item(at: Stands) -> AgendaItem:
    return AgendaItem.objects.get_or_create(
        sitting=_sitting(at), title=f"议题{at.mark}",
        defaults={
            "about": at.mark, "theme": "youth", "member": _unit(at), "place": 1,
            "proposed_on": DAY, "state": "listed",
        },
    )[0]  # fmt: skip


def _summons(at: Stands) -> Summons:
    unit = _unit(at)
    return Summons.objects.get_or_create(
        sitting=_sitting(at), member=unit,
        defaults={
            "representative": unit.people.get(), "sent_on": DAY, "reply": "coming",
            "came_at": STARTS,
        },
    )[0]  # fmt: skip


def _decision(at: Stands) -> Decision:
    return Decision.objects.get_or_create(
        sitting=_sitting(at), place=1,
        defaults={
            "text": f"议定{at.mark}", "owner": at.org, "made_on": DAY, "due_on": LAST,
            "item": _item(at),
        },
    )[0]  # fmt: skip


def _instruction(at: Stands) -> Instruction:
    return Instruction.objects.get_or_create(
        org=at.org, subject=f"材料{at.mark}",
        defaults={"leader": at.mark, "day": DAY, "words": at.mark},
    )[0]  # fmt: skip


def _platform() -> TalkPlatform:
    return TalkPlatform.objects.get_or_create(
        name="改革沙龙", defaults={"host": "上级", "opened_on": DAY}
    )[0]


def _talk(at: Stands) -> Talk:
    return Talk.objects.get_or_create(
        platform=_platform(), org=at.org, day=DAY, topic=f"交流{at.mark}",
        defaults={"speaker": at.mark},
    )[0]  # fmt: skip


MAKERS: dict[str, Callable[[Stands], object]] = {
    "body_id": lambda at: _body(at).pk,
    "member_unit_id": lambda at: _unit(at).pk,
    "sitting_id": lambda at: _sitting(at).pk,
    "agenda_item_id": lambda at: _item(at).pk,
    "summons_id": lambda at: _summons(at).pk,
    "decision_id": lambda at: _decision(at).pk,
    "instruction_id": lambda at: _instruction(at).pk,
    "talk_id": lambda at: _talk(at).pk,
    "talk_platform_id": lambda at: _platform().pk,
}
FIXED: dict[str, object] = {"sitting_code": "1.i.1.AAAAAAAAAAAAAAAAAAAAAA"}
BODIES: dict[str, Callable[[Stands], object]] = {
    "api:report_decision": lambda at: {"evidence": "已办结"},
}
