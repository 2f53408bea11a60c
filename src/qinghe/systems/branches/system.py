from typing import cast

from qinghe.edges.inbox import Queue
from qinghe.edges.system import Attachable, LeagueWork, MenuItem, RecordKind, System
from qinghe.kernel.access import actors

from . import access, api, facts, indicators, queries, sheets
from .access import Act

SYSTEM = System(
    slug="branches",
    label="支部工作",
    urls="qinghe.systems.branches.urls",
    router=api.router,
    menu=(
        MenuItem("支部工作", "branches:board", Act.SEE, LeagueWork.BRANCHES),
        MenuItem("对标定级", "branches:rounds", Act.SEE, LeagueWork.BRANCHES),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    sheets=sheets.SHEETS,
    records=(
        RecordKind("branches.Meeting", "支部会议", queries.meeting_lines),
        RecordKind("branches.Grading", "支部定级", queries.grading_lines),
    ),
    inbox=(
        Queue(
            code="branches.reviews",
            label="支部自评复核",
            state="待复核",
            act=Act.REVIEW_GRADING,
            waiting=queries.reviews_waiting_for,
            items=queries.review_items,
            since="witnessed_at",
            org="org",
            days=15,
        ),
    ),
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
    about_me=queries.cards_of,
)
