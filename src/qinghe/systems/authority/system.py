from qinghe.edges.inbox import Queue
from qinghe.edges.system import MenuItem, System

from . import access, queries
from .access import Act

ADMIN = "管理"

SYSTEM = System(
    slug="authority",
    label="账号与授权",
    urls="qinghe.systems.authority.urls",
    menu=(
        MenuItem("任职与授权", "authority:holdings", Act.SEE, group=ADMIN),
        MenuItem("邀请", "authority:invitations", Act.SEE, group=ADMIN),
        MenuItem("账号", "authority:accounts", Act.SEE_ACCOUNTS, group=ADMIN),
        MenuItem("权限一览", "authority:rights", Act.SEE_GRANTS, group=ADMIN),
        MenuItem("支持会话", "authority:support", Act.SEE_SUPPORT, group=ADMIN),
    ),
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    inbox=(
        Queue(
            code="authority.ending_soon",
            label="即将到期的任职",
            state="待延期或移交",
            act=Act.APPOINT,
            waiting=queries.ending_soon,
            items=queries.ending_items,
            since="ends_on",
            org="org",
            due="ends_on",
        ),
        Queue(
            code="authority.invitations",
            label="未接受的邀请",
            state="待接受",
            act=Act.APPOINT,
            waiting=queries.open_invitations,
            items=queries.invitation_items,
            since="made_at",
            org="org",
            due="expires_at",
        ),
    ),
)
