from qinghe.edges.inbox import Queue
from qinghe.edges.system import MenuItem, RecordKind, System

from . import access, api, facts, indicators, queries
from .access import Act

SYSTEM = System(
    slug="resources",
    label="资源统筹",
    urls="qinghe.systems.resources.urls",
    router=api.router,
    menu=(
        MenuItem("资源统筹", "resources:board", Act.SEE),
        MenuItem("专库", "resources:resources", Act.SEE),
        MenuItem("资源需求", "resources:needs", Act.SEE),
        MenuItem("募集", "resources:drives", Act.SEE),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    records=(
        RecordKind("resources.Provider", "爱心单位", queries.provider_lines),
        RecordKind("resources.Resource", "资源", queries.resource_lines),
        RecordKind("resources.Need", "资源需求", queries.need_lines),
        RecordKind("resources.Allocation", "资源调配", queries.allocation_lines),
        RecordKind("resources.Donation", "捐赠", queries.donation_lines),
        RecordKind("resources.Room", "图书室", queries.room_lines),
    ),
    inbox=(
        Queue(
            code="resources.requests",
            label="资源申请",
            state="待同意",
            act=Act.ALLOCATE,
            waiting=queries.allocations_waiting_for,
            items=queries.allocation_items,
            since="asked_on",
            org="need__org",
            days=7,
        ),
        Queue(
            code="resources.arrivals",
            label="资源到位",
            state="待到位",
            act=Act.ASK,
            waiting=queries.arrivals_waiting_for,
            items=queries.arrival_items,
            since="agreed_on",
            org="need__org",
            days=15,
        ),
        Queue(
            code="resources.donations",
            label="捐赠验收",
            state="待验收",
            act=Act.TAKE_DONATION,
            waiting=queries.donations_waiting_for,
            items=queries.donation_items,
            since="brought_on",
            org="org",
            days=7,
        ),
    ),
    data=access.DATA,
)
