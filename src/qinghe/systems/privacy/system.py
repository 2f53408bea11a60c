from qinghe.edges.inbox import Queue
from qinghe.edges.system import MenuItem, System

from . import access, queries, services
from .access import Act

SYSTEM = System(
    slug="privacy",
    label="个人信息",
    urls="qinghe.systems.privacy.urls",
    menu=(
        MenuItem("个人信息", "privacy:home", Act.SEE, group="管理"),
        MenuItem("更正删除申请", "privacy:requests", (Act.ANSWER, Act.SEE), group="管理"),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    inbox=(
        Queue(
            code="privacy.requests",
            label="个人信息更正、删除申请",
            state="待答复",
            act=Act.ANSWER,
            waiting=queries.requests_waiting_for,
            items=queries.request_items,
            since="asked_at",
            org="org",
            due="due_on",
        ),
    ),
    data=access.DATA,
    retention=services.RETENTION,
)
