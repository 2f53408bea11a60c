"""What may be done with roles and accounts, and by whom (S-35, S-49, S-50).

Which roles somebody may give is not here but in kernel.access.rules.APPOINTS.
"""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role


class Act(StrEnum):
    SEE = "authority.see"
    APPOINT = "authority.appoint"
    SEE_GRANTS = "authority.see_grants"
    SEE_ACCOUNTS = "authority.see_accounts"
    KEEP_ACCOUNTS = "authority.keep_accounts"
    ASK_SUPPORT = "authority.ask_support"
    SEE_SUPPORT = "authority.see_support"


WORDS: dict[str, str] = {
    Act.SEE: "查看任职与邀请",
    Act.APPOINT: "授予、延期、移交、结束角色",
    Act.SEE_GRANTS: "查看权限一览和冲突",
    Act.SEE_ACCOUNTS: "查看账号",
    Act.KEEP_ACCOUNTS: "停用、启用账号，重置密码和第二重验证",
    Act.ASK_SUPPORT: "发起支持会话",
    Act.SEE_SUPPORT: "查看支持会话",
    # of the kernel and of analytics, which plug in no system
    "data.see_sensitive": "查看敏感信息",
    "data.see_child": "查看儿童信息",
    "data.see_counselling": "查看心理记录",
    "analytics.freeze": "封存数字",
}
_APPOINTERS = (
    Role.DISTRICT_OFFICER,
    Role.STREET_SECRETARY,
    Role.COMMUNITY_SECRETARY,
    Role.SCHOOL_SECRETARY,
    Role.ENTERPRISE_SECRETARY,
)


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


GRANTS = [
    *[
        grant
        for role in _APPOINTERS
        for grant in _grants(role, Reach.BELOW, Act.SEE, Act.APPOINT, Act.SEE_SUPPORT)
    ],
    *_grants(Role.BRANCH_SECRETARY, Reach.OWN, Act.SEE_SUPPORT),
    *_grants(Role.SECADMIN, Reach.BELOW, Act.SEE, Act.APPOINT, Act.SEE_GRANTS, Act.SEE_SUPPORT),
    *_grants(
        Role.SYSADMIN,
        Reach.BELOW,
        Act.SEE_ACCOUNTS,
        Act.KEEP_ACCOUNTS,
        Act.ASK_SUPPORT,
        Act.SEE_SUPPORT,
    ),
]
