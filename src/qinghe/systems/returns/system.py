from typing import cast

from qinghe.edges.inbox import Queue
from qinghe.edges.system import Attachable, MenuItem, RecordKind, System
from qinghe.kernel.consent.retention import Action, Retention

from . import access, api, facts, indicators, queries, tasks

SYSTEM = System(
    slug="returns",
    label="统计报送",
    urls="qinghe.systems.returns.urls",
    menu=(
        MenuItem("我的报表", "returns:to_fill", access.Act.FILL),
        MenuItem("待审核报送", "returns:to_review", access.Act.REVIEW),
        MenuItem("报送进度", "returns:progress", access.Act.REVIEW),
        MenuItem("报表", "returns:forms", access.Act.DESIGN),
    ),
    router=api.router,
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    defines=indicators.defined,
    checks=tuple(facts.CHECKS),
    inbox=(
        Queue(
            code="returns.fill",
            label="统计报送",
            state="待填报",
            act=access.Act.FILL,
            waiting=queries.to_fill,
            items=queries.fill_items,
            since="round__opens_on",
            org="org",
            due="round__closes_on",
        ),
        Queue(
            code="returns.review",
            label="报送审核",
            state="待审核",
            act=access.Act.REVIEW,
            waiting=queries.to_review,
            items=queries.review_items,
            since="submitted_at",
            org="org",
            days=3,
        ),
        Queue(
            code="returns.disputes",
            label="数据异议",
            state="待答复",
            act=access.Act.REVIEW,
            waiting=queries.disputes_to_settle,
            items=queries.dispute_items,
            since="at",
            org="filing__org",
            days=7,
        ),
    ),
    records=(
        RecordKind("returns.Value", "填报值", queries.value_lines),
        RecordKind("returns.Filing", "报送", queries.filing_lines),
        RecordKind("returns.Dispute", "数据异议", queries.dispute_lines),
    ),
    attachable=(
        Attachable(
            model="returns.Value",
            seen_by=queries.values_seen_by,
            may_change=lambda actor, one: queries.may_attach(actor, cast(queries.Value, one)),
        ),
    ),
    jobs=(tasks.ACCEPT_MANY,),
    data=access.DATA,
    retention=(
        Retention(
            model="returns.Filing",
            label="统计报送",
            days=0,
            starts="pk",
            action=Action.KEEP,
            why="统计数字的依据，附填报人、审核人和修改记录；不含个人名单",
        ),
    ),
)
