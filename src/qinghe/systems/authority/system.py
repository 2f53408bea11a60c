from qinghe.edges.inbox import Queue
from qinghe.edges.system import FirstStep, MenuItem, System

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
    first_steps=(
        FirstStep(
            place=10,
            label="请来团区委干部",
            note="组织、团员和各项业务由团区委干部办理。填姓名和出生日期，得到一份邀请码，当面交给本人。",
            url_name="authority:appoint",
            done=queries.officer_is_in,
        ),
        FirstStep(
            place=20,
            label="请来审计员",
            note="系统管理员、安全管理员、审计员由不同的人担任；每个人做过什么，由审计员查看。",
            url_name="authority:appoint",
            done=queries.auditor_is_in,
        ),
        FirstStep(
            place=40,
            label="请来下级组织的书记",
            note="授予街道、社区、学校、企业团组织书记；他们进来后，录入自己的团员、活动和报表。",
            url_name="authority:appoint",
            done=queries.secretaries_are_in,
        ),
    ),
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
