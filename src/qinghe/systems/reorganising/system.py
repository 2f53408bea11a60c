from qinghe.edges.inbox import Queue
from qinghe.edges.system import LeagueWork, MenuItem, RecordKind, System
from qinghe.kernel.consent.retention import Action, Retention

from . import access, api, facts, indicators, queries, sheets
from .access import Act

SYSTEM = System(
    slug="reorganising",
    label="机构调整",
    urls="qinghe.systems.reorganising.urls",
    router=api.router,
    menu=(MenuItem("机构调整", "reorganising:plans", Act.SEE, LeagueWork.FOUNDING),),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    sheets=sheets.SHEETS,
    records=(
        RecordKind("reorganising.Plan", "机构调整方案", queries.plan_lines),
        RecordKind("reorganising.Step", "机构调整步骤", queries.step_lines),
    ),
    inbox=(
        Queue(
            code="reorganising.plans",
            label="机构调整方案",
            state="待审批",
            act=Act.APPROVE,
            waiting=queries.plans_waiting_for,
            items=queries.plan_items,
            since="submitted_at",
            org="org",
            days=7,
        ),
    ),
    data=access.DATA,
    retention=(
        Retention(
            model="reorganising.Plan",
            label="机构调整方案",
            days=0,
            starts="pk",
            action=Action.KEEP,
            why="组织沿革和各期数字隶属关系的依据",
        ),
    ),
)
