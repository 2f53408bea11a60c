from typing import cast

from qinghe.edges.handing import Source
from qinghe.edges.inbox import Queue
from qinghe.edges.system import Attachable, MenuItem, RecordKind, System
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor

from . import access, api, facts, indicators, queries, sheets
from .access import Act

SEEN = (Act.SEE, Act.ANSWER)


def _may_add_to_sitting(actor: Actor, record: object) -> bool:
    body = cast(queries.Sitting, record).body
    return actors.may(actor, Act.REGISTER if body.is_above else Act.RUN, at=body.org)


def _may_add_to_decision(actor: Actor, record: object) -> bool:
    decision = cast(queries.Decision, record)
    return actors.may(actor, Act.ANSWER, at=decision.owner) or actors.may(
        actor, Act.RUN, at=decision.owner
    )


def _may_add_to_register(actor: Actor, record: object) -> bool:
    return actors.may(actor, Act.REGISTER, at=cast(queries.Talk, record).org)


SYSTEM = System(
    slug="meetings",
    label="会议",
    urls="qinghe.systems.meetings.urls",
    router=api.router,
    menu=(
        MenuItem("会议概况", "meetings:board", Act.SEE),
        MenuItem("会议", "meetings:sittings", SEEN),
        MenuItem("议定事项", "meetings:decisions", SEEN),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    sheets=sheets.SHEETS,
    records=(
        RecordKind("meetings.Sitting", "会议", queries.sitting_lines),
        RecordKind("meetings.Decision", "议定事项", queries.decision_lines),
        RecordKind("meetings.Talk", "经验交流", queries.talk_lines),
        RecordKind("meetings.Body", "议事机构", queries.body_lines),
    ),
    inbox=(
        Queue(
            code="meetings.calls",
            label="议题征集",
            state="待报议题",
            act=Act.ANSWER,
            waiting=queries.calls_waiting_for,
            items=queries.call_items,
            since="prepared_on",
            org="body__org",
            due="items_by",
        ),
        Queue(
            code="meetings.replies",
            label="会议通知",
            state="待回执",
            act=Act.ANSWER,
            waiting=queries.replies_waiting_for,
            items=queries.reply_items,
            since="sent_on",
            org="sitting__body__org",
            due="sitting__reply_by",
        ),
        Queue(
            code="meetings.chores",
            label="会务清单",
            state="到期未办",
            act=Act.ANSWER,
            waiting=queries.chores_waiting_for,
            items=queries.chore_items,
            since="due_on",
            org="sitting__body__org",
            due="due_on",
        ),
        Queue(
            code="meetings.decisions",
            label="议定事项",
            state="待办理",
            act=Act.ANSWER,
            waiting=queries.decisions_waiting_for,
            items=queries.decision_items,
            since="made_on",
            org="owner",
            due="due_on",
        ),
        Queue(
            code="meetings.reports",
            label="议定事项",
            state="待验收",
            act=Act.RUN,
            waiting=queries.reports_waiting_for,
            items=queries.decision_items,
            since="reported_on",
            org="owner",
            due="accept_by",
        ),
    ),
    attachable=(
        Attachable("meetings.Sitting", queries.sittings_seen_by, _may_add_to_sitting),
        Attachable("meetings.Decision", queries.decisions_seen_by, _may_add_to_decision),
        Attachable("meetings.Instruction", queries.instructions_seen_by, _may_add_to_register),
        Attachable("meetings.Talk", queries.talks_seen_by, _may_add_to_register),
    ),
    data=access.DATA,
    gives=(Source("meetings.decision", "会议议定事项", queries.offers),),
)
