from qinghe.edges.inbox import Queue
from qinghe.edges.system import MenuItem, RecordKind, System

from . import access, api, facts, indicators, queries
from .access import Act, NumberAct

SYSTEM = System(
    slug="joining",
    label="发展团员",
    urls="qinghe.systems.joining.urls",
    router=api.router,
    menu=(
        MenuItem("发展团员", "joining:home", Act.SEE),
        MenuItem("团员编号", "joining:numbers", NumberAct.SEE),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    records=(
        RecordKind("joining.Quota", "编号配额", queries.quota_lines),
        RecordKind("joining.Number", "发展团员编号", queries.number_lines),
    ),
    inbox=(
        Queue(
            code="joining.number_requests",
            label="编号申请",
            state="待答复",
            act=NumberAct.HAND,
            waiting=queries.number_requests_waiting_for,
            items=queries.number_request_items,
            since="asked_on",
            org="giver",
            days=7,
        ),
    ),
    data=access.DATA,
)
