from typing import cast

from qinghe.edges.inbox import Queue
from qinghe.edges.system import Attachable, MenuItem, RecordKind, System
from qinghe.kernel.access.actors import Actor

from . import access, api, facts, indicators, queries, sheets
from .access import Act, Charging
from .queries import charges, holders
from .rules.progress import MENDABLE


def _may_attach(actor: Actor, record: object) -> bool:
    told = cast(charges.Progress, record)
    return told.state in MENDABLE and holders.may_tell(actor, told.charge.org)


SYSTEM = System(
    slug="targets",
    label="任务清单",
    urls="qinghe.systems.targets.urls",
    router=api.router,
    menu=(
        MenuItem("任务清单", "targets:lists", (Act.SEE, Act.CARRY)),
        MenuItem("督办清单", "targets:charges", (Act.SEE, Act.CARRY)),
    ),
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
        RecordKind("targets.Charge", "责任事项", charges.charge_lines),
        RecordKind("targets.LightSpan", "红灯事项", charges.span_lines),
    ),
    attachable=(
        Attachable(
            model="targets.Progress",
            seen_by=charges.progress_seen_by,
            may_change=_may_attach,
        ),
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
        Queue(
            code="targets.tell",
            label="任务进度",
            state="待填报",
            act=Charging.FILE,
            waiting=charges.charges_to_tell,
            items=charges.telling_items,
            since="asked_on",
            org="org",
            due="file_by",
        ),
        Queue(
            code="targets.accept",
            label="任务进度和销号",
            state="待审核",
            act=Charging.ACCEPT,
            waiting=charges.progress_to_accept,
            items=charges.accepting_items,
            since="filed_on",
            org="charge__org",
            days=5,
        ),
        Queue(
            code="targets.red",
            label="红灯任务",
            state="待办理",
            act=Charging.FILE,
            waiting=charges.red_charges_of,
            items=charges.red_items,
            since="since",
            org="charge__org",
        ),
    ),
    data=access.DATA,
    follows=queries.followed,
)
