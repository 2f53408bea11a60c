from qinghe.edges.inbox import Queue
from qinghe.edges.system import LeagueWork, MenuItem, RecordKind, System

from . import access, api, facts, indicators, queries, services, tasks
from .access import Act

SYSTEM = System(
    slug="reconciling",
    label="名册对账",
    urls="qinghe.systems.reconciling.urls",
    router=api.router,
    menu=(
        MenuItem("名册对账", "reconciling:board", Act.SEE, LeagueWork.MEMBERS),
        MenuItem("退回核对", "reconciling:differences", Act.SEE, LeagueWork.MEMBERS),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    records=(
        RecordKind("reconciling.Run", "对账", queries.run_records),
        RecordKind("reconciling.BranchTally", "支部对账结果", queries.tally_records),
        RecordKind("reconciling.Difference", "对账差异", queries.difference_records),
    ),
    inbox=(
        Queue(
            code="reconciling.answer",
            label="退回核对的差异",
            state="待答复",
            act=Act.ANSWER,
            waiting=queries.to_answer_for,
            items=queries.answer_items,
            since="compared_on",
            org="org",
            days=15,
        ),
        Queue(
            code="reconciling.decide",
            label="对账答复",
            state="待确认",
            act=Act.DECIDE,
            waiting=queries.to_decide_for,
            items=queries.decide_items,
            since="compared_on",
            org="org",
            days=30,
        ),
    ),
    data=access.DATA,
    retention=services.RETENTION,
    jobs=(tasks.COMPARE,),
)
