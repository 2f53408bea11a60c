from qinghe.edges.inbox import Queue
from qinghe.edges.system import MenuItem, RecordKind, System
from qinghe.kernel.consent.retention import Action, Retention

from . import access, facts, indicators, queries
from .access import Act

SYSTEM = System(
    slug="merging",
    label="人员合并",
    urls="qinghe.systems.merging.urls",
    menu=(MenuItem("重复人员", "merging:candidates", Act.SEE, "管理"),),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    records=(RecordKind("merging.Merge", "人员合并", queries.merge_lines),),
    inbox=(
        Queue(
            code="merging.merges",
            label="重复人员合并",
            state="待审批",
            act=Act.DECIDE,
            waiting=queries.merges_waiting_for,
            items=queries.merge_items,
            since="proposed_at",
            org="org",
            days=15,
        ),
    ),
    data=access.DATA,
    retention=(
        Retention(
            model="merging.Merge",
            label="人员合并事项",
            days=0,
            starts="pk",
            action=Action.KEEP,
            why="说明两份档案何以是同一人，与保留的档案同存",
        ),
    ),
)
