from typing import cast

from qinghe.edges.system import Attachable, MenuItem, RecordKind, System
from qinghe.kernel.access import actors

from . import access, api, facts, indicators, queries, sheets
from .access import Act

SYSTEM = System(
    slug="branches",
    label="支部工作",
    urls="qinghe.systems.branches.urls",
    router=api.router,
    menu=(MenuItem("支部工作", "branches:board", Act.SEE, "团务"),),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    sheets=sheets.SHEETS,
    records=(RecordKind("branches.Meeting", "支部会议", queries.meeting_lines),),
    attachable=(
        Attachable(
            model="branches.Meeting",
            seen_by=queries.meetings_seen_by,
            may_change=lambda actor, meeting: actors.may(
                actor, Act.RECORD, at=cast(queries.Meeting, meeting).org
            ),
        ),
    ),
    data=access.DATA,
)
