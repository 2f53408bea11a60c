from typing import cast

from django.db.models import Model

from qinghe.edges.inbox import Queue
from qinghe.edges.system import Attachable, MenuItem, RecordKind, System
from qinghe.kernel.access.actors import Actor

from . import access, api, facts, indicators, queries, sheets
from .access import Act


def _is_own_draft(actor: Actor, record: Model) -> bool:
    return queries.own_answers(actor).filter(pk=cast(queries.Answer, record).pk).exists()


SYSTEM = System(
    slug="inspections",
    label="巡查督导",
    urls="qinghe.systems.inspections.urls",
    router=api.router,
    menu=(
        MenuItem("巡查督导", "inspections:board", Act.SEE),
        MenuItem("去巡查", "inspections:round", Act.INSPECT),
        MenuItem("点位台账", "inspections:points", Act.SEE),
        MenuItem("问题整改", "inspections:findings", Act.SEE),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    sheets=sheets.SHEETS,
    records=(
        RecordKind("inspections.Point", "志愿服务点位", queries.point_lines),
        RecordKind("inspections.Visit", "点位巡查", queries.visit_lines),
        RecordKind("inspections.Finding", "问题", queries.finding_lines),
        RecordKind("inspections.Guidance", "联系指导", queries.guidance_lines),
        RecordKind("inspections.Exchange", "交流互动", queries.exchange_lines),
    ),
    inbox=(
        Queue(
            code="inspections.findings",
            label="问题整改",
            state="待整改",
            act=Act.RECTIFY,
            waiting=queries.findings_waiting_for,
            items=queries.finding_items,
            since="found_on",
            due="due_on",
            org="org",
        ),
        Queue(
            code="inspections.rechecks",
            label="整改复查",
            state="待复查",
            act=Act.RECHECK,
            waiting=queries.rechecks_waiting_for,
            items=queries.recheck_items,
            since="rectified_on",
            org="org",
            days=5,
        ),
    ),
    attachable=(
        Attachable(
            model="inspections.Answer",
            seen_by=queries.answers_seen_by,
            may_change=_is_own_draft,
        ),
        Attachable(
            model="inspections.Rectification",
            seen_by=queries.rectifications_seen_by,
            may_change=lambda actor, attempt: False,
        ),
    ),
    data=access.DATA,
    about_person=queries.about_person,
)
