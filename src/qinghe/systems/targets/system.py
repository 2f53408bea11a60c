from qinghe.edges.inbox import Queue
from qinghe.edges.system import MenuItem, RecordKind, System

from . import access, api, facts, indicators, queries, sheets
from .access import Act

SYSTEM = System(
    slug="targets",
    label="任务清单",
    urls="qinghe.systems.targets.urls",
    router=api.router,
    menu=(MenuItem("任务清单", "targets:lists", (Act.SEE, Act.CARRY)),),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    sheets=sheets.SHEETS,
    records=(
        RecordKind("targets.Item", "任务", queries.item_lines),
        RecordKind("targets.Share", "分解数", queries.share_lines),
        RecordKind("targets.Claim", "认领", queries.claim_lines),
    ),
    inbox=(
        Queue(
            code="targets.claims",
            label="任务认领",
            state="待确认",
            act=Act.KEEP,
            waiting=queries.claims_to_grant,
            items=queries.claim_items,
            since="asked_on",
            org="org",
        ),
        Queue(
            code="targets.adjustments",
            label="指标调整",
            state="待批准",
            act=Act.APPROVE,
            waiting=queries.adjustments_to_approve,
            items=queries.adjustment_items,
            since="asked_on",
            org="share__org",
        ),
    ),
    data=access.DATA,
    follows=queries.followed,
)
