"""The pages of reconciling, and the words of its trail."""

from qinghe.edges.web import timeline

from .differences import (
    branch,
    difference,
    difference_answer,
    difference_choose,
    difference_confirm,
    difference_return,
    differences,
    run_differences,
)
from .runs import board, run, run_discard, run_rows, runs
from .sources import source, source_columns, source_new, source_upload, sources

timeline.DETAILS.update(
    {
        "reconciling.agreed": "一致",
        "reconciling.extra": "多出",
        "reconciling.missing": "缺少",
        "reconciling.unsure": "无法确定",
        "reconciling.changed": "变动",
    }
)
timeline.VERBS.update(
    {
        "reconciling.name_roll_source": "登记名册来源",
        "reconciling.keep_roll_columns": "对应各列",
        "reconciling.upload_run": "上传对账",
        "reconciling.keep_rows": "核对一批行",
        "reconciling.keep_extras": "列出多出的团员",
        "reconciling.finish_run": "完成对账",
        "reconciling.run_failed": "没有完成",
        "reconciling.run_discarded": "放弃",
        "reconciling.erase_rows": "清除原始行",
        "reconciling.answer_difference": "答复",
        "reconciling.confirm_answer": "确认答复",
        "reconciling.return_answer": "退回答复",
        "reconciling.choose_member": "选定本人",
        "reconciling.choose_nobody": "列入缺少",
    }
)

__all__ = [
    "board",
    "branch",
    "difference",
    "difference_answer",
    "difference_choose",
    "difference_confirm",
    "difference_return",
    "differences",
    "run",
    "run_differences",
    "run_discard",
    "run_rows",
    "runs",
    "source",
    "source_columns",
    "source_new",
    "source_upload",
    "sources",
]
