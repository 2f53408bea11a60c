"""The pages of roles and accounts."""

from qinghe.edges.web import timeline

from .accounts import (
    account,
    account_disable,
    account_enable,
    account_factors,
    account_link,
    accounts,
)
from .changes import depute, end, extend, hand_over
from .holdings import appoint, holding, holdings
from .invitations import invitation, invitation_reissue, invitation_withdraw, invitations
from .joining import join
from .rights import rights
from .support import support, support_end, support_new, support_session

__all__ = [
    "account",
    "account_disable",
    "account_enable",
    "account_factors",
    "account_link",
    "accounts",
    "appoint",
    "depute",
    "end",
    "extend",
    "hand_over",
    "holding",
    "holdings",
    "invitation",
    "invitation_reissue",
    "invitation_withdraw",
    "invitations",
    "join",
    "rights",
    "support",
    "support_end",
    "support_new",
    "support_session",
]

timeline.VERBS.update(
    {
        "access.extend_role": "延期",
        "access.end_role": "结束任职",
        "access.invite": "发出邀请",
        "access.withdraw_invitation": "撤回邀请",
        "access.accept_invitation": "接受邀请",
        "access.follow_invitations": "邀请随移交转给接任人",
        "access.disable_account": "停用账号",
        "access.enable_account": "启用账号",
        "access.start_support": "发起支持会话",
        "access.end_support": "结束支持会话",
    }
)
timeline.DETAILS.update(
    {
        "before": "变更前",
        "after": "变更后",
        "department": "部门",
        "deputy_for": "代理",
        "invited_by": "邀请人",
        "username": "账号名",
    }
)
