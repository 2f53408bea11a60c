"""The pages of pioneers: the board, ceremonies, schools, outlines."""

from qinghe.edges.web import timeline

from .board import board, schools
from .ceremonies import (
    ceremonies,
    ceremony,
    ceremony_accept,
    ceremony_cancel,
    ceremony_change,
    ceremony_new,
    ceremony_send_back,
    ceremony_submit,
)
from .outlines import outline_new, outlines

timeline.VERBS.update(
    {
        "pioneers.register_ceremony": "登记仪式",
        "pioneers.change_ceremony": "修改仪式",
        "pioneers.submit_ceremony": "提交审核",
        "pioneers.accept_ceremony": "审核通过",
        "pioneers.send_back_ceremony": "退回",
        "pioneers.cancel_ceremony": "取消登记",
        "pioneers.enter_many": "导入仪式",
        "pioneers.set_outline": "编制要点",
    }
)

__all__ = [
    "board",
    "ceremonies",
    "ceremony",
    "ceremony_accept",
    "ceremony_cancel",
    "ceremony_change",
    "ceremony_new",
    "ceremony_send_back",
    "ceremony_submit",
    "outline_new",
    "outlines",
    "schools",
]
