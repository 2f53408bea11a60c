"""The pages of merging: who may be one person, two rows side by side, what was proposed."""

from qinghe.edges.web import timeline

from .merges import merge, merge_approve, merge_refuse, merge_withdraw, merges
from .pairs import candidates, pair, pair_apart, pair_new

timeline.VERBS.update(
    {
        "people.merge_persons": "合并人员档案",
        "merging.propose_merge": "提请合并重复人员",
        "merging.approve_merge": "批准合并",
        "merging.refuse_merge": "不批准合并",
        "merging.withdraw_merge": "撤回合并",
        "merging.tell_apart": "登记不是同一人",
    }
)
timeline.DETAILS.update(
    {
        "people.into": "并入人员编号",
        "people.moved": "转入记录数",
        "people.dropped": "没有保留的内容",
        "merging.kept": "保留的人员编号",
        "merging.duplicate": "重复的人员编号",
        "merging.moved": "转入记录数",
    }
)

__all__ = [
    "candidates",
    "merge",
    "merge_approve",
    "merge_refuse",
    "merge_withdraw",
    "merges",
    "pair",
    "pair_apart",
    "pair_new",
]
