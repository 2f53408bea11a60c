from qinghe.edges.inbox import Queue
from qinghe.edges.system import LeagueWork, MenuItem, RecordKind, System
from qinghe.kernel.consent.retention import Action, Retention

from . import access, api, facts, indicators, queries, sheets, tasks
from .access import Act

SYSTEM = System(
    slug="appraisals",
    label="评议注册",
    urls="qinghe.systems.appraisals.urls",
    router=api.router,
    menu=(
        MenuItem("评议注册", "appraisals:board", Act.SEE, LeagueWork.BRANCHES),
        MenuItem("支部评议", "appraisals:rolls", Act.SEE, LeagueWork.BRANCHES),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    sheets=sheets.SHEETS,
    records=(
        RecordKind("appraisals.Line", "团员评议", queries.line_lines),
        RecordKind("appraisals.Roll", "支部评议", queries.roll_lines),
        RecordKind("appraisals.GradeChange", "等次更正", queries.change_lines),
    ),
    inbox=(
        Queue(
            code="appraisals.proposed",
            label="评议等次",
            state="待审批",
            act=Act.APPROVE,
            waiting=queries.rolls_waiting_for,
            items=queries.roll_items,
            since="proposed_at",
            org="org",
            days=15,
        ),
    ),
    data=access.DATA,
    jobs=(tasks.LIST_MEMBERS, tasks.REGISTER_MANY),
    retention=(
        Retention(
            model="appraisals.Line",
            label="团员评议和年度团籍注册",
            days=0,
            starts="pk",
            action=Action.KEEP,
            why="团籍的依据；等次和注册随团员档案保存",
        ),
    ),
    about_person=queries.about_person,
    about_me=queries.cards_of,
)
