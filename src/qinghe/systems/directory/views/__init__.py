"""The pages of the directory: the board, organisations, members and cadres."""

from qinghe.edges.web import timeline

from .board import board
from .cadres import cadre, cadre_end, cadre_new, cadres
from .changes import org_close, org_merge, org_move
from .child_access import (
    child_access,
    child_access_approve,
    child_access_ask,
    child_access_refuse,
    child_accesses,
)
from .members import member, member_end, member_new, members
from .orgs import org, org_change, org_new, orgs
from .persons import person, person_contact, person_show

__all__ = [
    "board",
    "cadre",
    "cadre_end",
    "cadre_new",
    "cadres",
    "child_access",
    "child_access_approve",
    "child_access_ask",
    "child_access_refuse",
    "child_accesses",
    "member",
    "member_end",
    "member_new",
    "members",
    "org",
    "org_change",
    "org_close",
    "org_merge",
    "org_move",
    "org_new",
    "orgs",
    "person",
    "person_contact",
    "person_show",
]

timeline.VERBS.update(
    {
        "people.transfer_roll": "成批转入接收组织名册",
        "people.end_posts_of": "随组织撤并离任",
        "people.keep_contact": "登记联系方式",
        "people.erase_contact": "清除联系方式",
        "people.reveal": "查看敏感信息",
        "people.copy_own_contact": "本人查看联系方式",
        "people.ask_child_access": "申请查看未成年人信息",
        "people.approve_child_access": "批准查看未成年人信息",
        "people.refuse_child_access": "不予批准查看未成年人信息",
        "secrets.reseal": "更换密钥重新加密",
    }
)
timeline.DETAILS.update(
    {
        "into": "并入",
        "files.name": "文件名",
        "changed": "改动",
        "field": "内容",
        "asked_by": "申请人",
    }
)
