"""The pages of the directory: the board, organisations, members and cadres."""

from qinghe.edges.web import timeline

from .board import board
from .cadres import cadre, cadre_end, cadre_new, cadres
from .changes import org_close, org_merge, org_move
from .members import member, member_end, member_new, members
from .orgs import org, org_change, org_new, orgs

__all__ = [
    "board",
    "cadre",
    "cadre_end",
    "cadre_new",
    "cadres",
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
]

timeline.VERBS.update(
    {
        "people.transfer_roll": "随合并转入接收组织名册",
        "people.end_posts_of": "随组织撤并离任",
    }
)
timeline.DETAILS.update({"into": "并入", "name": "文件名", "changed": "改动"})
