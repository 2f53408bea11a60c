from typing import cast

from qinghe.edges.inbox import Queue
from qinghe.edges.system import Attachable, LeagueWork, MenuItem, RecordKind, System
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor

from . import access, api, facts, indicators, queries, sheets
from .access import Act


def _may_change(actor: Actor, record: object) -> bool:
    application = cast(queries.Application, record)
    return actors.may(actor, Act.APPLY, at=application.unit.org)


SYSTEM = System(
    slug="founding",
    label="两新建团",
    urls="qinghe.systems.founding.urls",
    router=api.router,
    menu=(
        MenuItem("建团进度", "founding:board", Act.SEE, LeagueWork.FOUNDING),
        MenuItem("两新单位", "founding:units", Act.SEE, LeagueWork.FOUNDING),
        MenuItem("建团申请", "founding:applications", Act.SEE, LeagueWork.FOUNDING),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    sheets=sheets.SHEETS,
    records=(
        RecordKind("founding.Target", "建团指标", queries.target_lines),
        RecordKind("founding.Hundred", "百分百项目", queries.hundred_lines),
        RecordKind("founding.Unit", "两新单位", queries.unit_lines),
        RecordKind("founding.Application", "建团申请", queries.application_lines),
    ),
    attachable=(
        Attachable(
            model="founding.Application",
            seen_by=queries.applications_seen_by,
            may_change=_may_change,
        ),
    ),
    inbox=(
        Queue(
            code="founding.street",
            label="建团申请",
            state="待街道同意",
            act=Act.AGREE,
            waiting=queries.applications_to_agree,
            items=queries.application_items,
            since="asked_on",
            org="unit__org",
            due="street_by",
        ),
        Queue(
            code="founding.district",
            label="建团申请",
            state="待批准",
            act=Act.APPROVE,
            waiting=queries.applications_to_approve,
            items=queries.application_items,
            since="agreed_on",
            org="unit__org",
            due="due_on",
        ),
    ),
    data=access.DATA,
)
