from qinghe.edges.inbox import Queue
from qinghe.edges.system import LeagueWork, MenuItem, RecordKind, System

from . import access, api, facts, indicators, queries
from .access import Act

SYSTEM = System(
    slug="recommending",
    label="推优",
    urls="qinghe.systems.recommending.urls",
    router=api.router,
    menu=(
        MenuItem("推优入党", "recommending:recommendations", Act.SEE, LeagueWork.JOINING),
        MenuItem("推优入团", "recommending:pioneers", Act.NOMINATE, LeagueWork.JOINING),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    records=(
        RecordKind("recommending.PartyResult", "党组织接收", queries.result_lines),
        RecordKind("recommending.PioneerNomination", "推优入团", queries.pioneer_lines),
    ),
    inbox=(
        Queue(
            code="recommending.recommendations",
            label="推优入党",
            state="待团委办理",
            act=Act.REVIEW,
            waiting=queries.recommendations_waiting_for,
            items=queries.recommendation_items,
            since="proposed_on",
            org="committee",
            days=30,
        ),
    ),
    data=access.DATA,
)
