"""The pages of signing, freezing and issuing."""

from qinghe.edges.web import timeline

from .freezings import figure, freeze, freezing, freezings, recount
from .issued import changes, correct, differing, file, issued, issued_list, print_pdf
from .ways import agree, issue, send_back, signing, submit, way, withdraw

timeline.VERBS.update(
    {
        "analytics.freeze": "封存数字",
        "issuing.submit": "送签",
        "issuing.sign": "审签",
        "issuing.withdraw": "撤回",
        "issuing.issue": "印发",
        "issuing.print": "生成PDF",
        "issuing.correct": "发起更正",
    }
)
timeline.DETAILS.update(
    {
        "issuing.annex": "附件校验值",
        "issuing.corrects": "更正的总结序号",
        "issuing.freezing": "封存校验值",
        "issuing.lacking": "数据不全的指标",
        "issuing.round": "第几轮",
        "issuing.step": "环节",
        "issuing.words": "意见",
    }
)

__all__ = [
    "agree",
    "changes",
    "correct",
    "differing",
    "figure",
    "file",
    "freeze",
    "freezing",
    "freezings",
    "issue",
    "issued",
    "issued_list",
    "print_pdf",
    "recount",
    "send_back",
    "signing",
    "submit",
    "way",
    "withdraw",
]
