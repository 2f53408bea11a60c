"""Who may send a report round, sign it, issue it and read what was issued."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.kernel.access.levels import Level, table


class Act(StrEnum):
    SEE = "issuing.see"
    SUBMIT = "issuing.submit"
    SIGN = "issuing.sign"
    ISSUE = "issuing.issue"


WORDS: dict[str, str] = {
    Act.SEE: "查看印发的工作总结",
    Act.SUBMIT: "送签和更正工作总结",
    Act.SIGN: "核稿、会签、签发工作总结",
    Act.ISSUE: "编号印发工作总结",
}


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, Reach.BELOW, Act.SEE, Act.SIGN),
    *_grants(Role.DISTRICT_OFFICER, Reach.OWN, Act.SUBMIT, Act.ISSUE),
    *_grants(Role.STREET_SECRETARY, Reach.BELOW, Act.SEE, Act.SIGN),
    *_grants(Role.STREET_SECRETARY, Reach.OWN, Act.SUBMIT, Act.ISSUE),
    *_grants(Role.COMMUNITY_SECRETARY, Reach.OWN, Act.SEE, Act.SIGN, Act.SUBMIT, Act.ISSUE),
]

PURPOSE = "工作总结的审签与印发"
_INTERNAL = Level.INTERNAL

DATA = (
    *table(
        "analytics.Freezing",
        "报告期数字的封存",
        {
            "period": (_INTERNAL, "期间"),
            "number": (_INTERNAL, "次序"),
            "at": (_INTERNAL, "封存时间"),
            "person_id": (_INTERNAL, "封存人编号"),
            "by": (_INTERNAL, "封存人"),
            "as_of": (_INTERNAL, "数据截至"),
            "tree_on": (_INTERNAL, "组织树日期"),
            "figures": (_INTERNAL, "数字个数"),
            "facts": (_INTERNAL, "事实行数"),
            "folder": (_INTERNAL, "文件夹"),
            "sha256": (_INTERNAL, "校验值"),
            "reason": (_INTERNAL, "再次封存的原因"),
            "corrects": (_INTERNAL, "更正自"),
            "gathering": (_INTERNAL, "取数"),
        },
    ),
    *table(
        "analytics.FrozenIndicator",
        "报告期数字的封存",
        {
            "freezing": (_INTERNAL, "封存"),
            "code": (_INTERNAL, "指标"),
            "version": (_INTERNAL, "版本"),
            "label": (_INTERNAL, "名称"),
            "unit": (_INTERNAL, "单位"),
            "decimals": (_INTERNAL, "小数位数"),
            "kind": (_INTERNAL, "算法"),
            "meaning": (_INTERNAL, "口径"),
        },
    ),
    *table(
        "analytics.Gathering",
        "报告期数字的封存",
        {"at": (_INTERNAL, "取数时间")},
    ),
    *table(
        "analytics.FrozenFigure",
        "报告期数字的封存",
        {
            "gathering": (_INTERNAL, "取数"),
            "code": (_INTERNAL, "指标"),
            "org": (_INTERNAL, "组织"),
            "value": (_INTERNAL, "印发值"),
            "exact": (_INTERNAL, "精确值"),
            "state": (_INTERNAL, "数据状态"),
            "records": (_INTERNAL, "记录数"),
            "sha256": (_INTERNAL, "记录指纹"),
        },
    ),
    *table(
        "issuing.Circulation",
        PURPOSE,
        {
            "report": (_INTERNAL, "工作总结"),
            "number": (_INTERNAL, "轮次"),
            "freezing": (_INTERNAL, "所用封存"),
            "text": (_INTERNAL, "正文"),
            "sha256": (_INTERNAL, "正文校验值"),
            "lacking": (_INTERNAL, "数据不全的指标"),
            "owned_reason": (_INTERNAL, "数据不全的说明"),
            "state": (_INTERNAL, "状态"),
            "begun_at": (_INTERNAL, "送签时间"),
            "begun_by": (_INTERNAL, "拟稿人"),
            "ended_at": (_INTERNAL, "办结时间"),
        },
    ),
    *table(
        "issuing.Signing",
        PURPOSE,
        {
            "circulation": (_INTERNAL, "审签轮次"),
            "step": (_INTERNAL, "环节"),
            "place": (_INTERNAL, "次序"),
            "person": (_INTERNAL, "签署人"),
            "department": (_INTERNAL, "部门"),
            "asked_at": (_INTERNAL, "送达时间"),
            "verdict": (_INTERNAL, "意见"),
            "words": (_INTERNAL, "意见内容"),
            "at": (_INTERNAL, "签署时间"),
        },
    ),
    *table(
        "issuing.Numbering",
        PURPOSE,
        {
            "word": (_INTERNAL, "机关代字"),
            "year": (_INTERNAL, "年份"),
            "last": (_INTERNAL, "已用序号"),
        },
    ),
    *table(
        "issuing.Issue",
        PURPOSE,
        {
            "report": (_INTERNAL, "工作总结"),
            "circulation": (_INTERNAL, "审签轮次"),
            "freezing": (_INTERNAL, "所用封存"),
            "word": (_INTERNAL, "机关代字"),
            "year": (_INTERNAL, "年份"),
            "serial": (_INTERNAL, "序号"),
            "dated_on": (_INTERNAL, "成文日期"),
            "issued_at": (_INTERNAL, "印发时间"),
            "issued_by": (_INTERNAL, "印发人"),
            "text": (_INTERNAL, "正文"),
            "sha256": (_INTERNAL, "正文校验值"),
            "document": (_INTERNAL, "文档"),
            "document_sha256": (_INTERNAL, "文档校验值"),
            "annex": (_INTERNAL, "附件"),
            "annex_sha256": (_INTERNAL, "附件校验值"),
        },
    ),
    *table(
        "issuing.Printed",
        PURPOSE,
        {
            "issue": (_INTERNAL, "印发件"),
            "file": (_INTERNAL, "文件"),
            "sha256": (_INTERNAL, "校验值"),
            "at": (_INTERNAL, "生成时间"),
        },
    ),
)
