"""What may be done with two rows about one person, by whom, and how secret the columns are (S-37)."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.kernel.access.levels import Level, table


class Act(StrEnum):
    SEE = "merging.see"
    PROPOSE = "merging.propose"
    DECIDE = "merging.decide"


WORDS: dict[str, str] = {
    Act.SEE: "查看疑似重复的人员和合并事项",
    Act.PROPOSE: "提请合并重复人员，登记不是同一人",
    Act.DECIDE: "审批人员合并",
}
COMMITTEES = (
    Role.DISTRICT_OFFICER,
    Role.STREET_SECRETARY,
    Role.COMMUNITY_SECRETARY,
    Role.SCHOOL_SECRETARY,
    Role.ENTERPRISE_SECRETARY,
)
GRANTS = [
    *[Grant(role, act, Reach.BELOW) for role in COMMITTEES for act in Act],
    Grant(Role.BRANCH_SECRETARY, Act.SEE, Reach.OWN),
    Grant(Role.BRANCH_SECRETARY, Act.PROPOSE, Reach.OWN),
]
_MERGE = {
    "kept": "保留的人员", "duplicate": "重复的人员", "org": "共同上级组织", "reason": "合并理由",
    "branch": "以哪个团组织为准", "stands": "以哪一份为准", "proposed_by": "提请人",
    "proposed_at": "提请时间", "decided_by": "审批人", "decided_at": "办结时间", "answer": "答复",
    "merged_on": "合并日期", "moved": "转入记录", "dropped": "没有保留的内容", "state": "状态",
}  # fmt: skip
_APART = {
    "first": "一人", "second": "另一人", "reason": "理由", "said_by": "登记人", "said_at": "登记时间",
}  # fmt: skip
DATA = (
    *table(
        "merging.Merge",
        "一个人只有一份档案",
        {name: (Level.INTERNAL, label) for name, label in _MERGE.items()},
    ),
    *table(
        "merging.Apart",
        "不再提示已核实不是同一人的两份档案",
        {name: (Level.INTERNAL, label) for name, label in _APART.items()},
    ),
)
