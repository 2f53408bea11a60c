"""What may be done with returns, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.kernel.access.levels import Level, table


class Act(StrEnum):
    SEE = "returns.see"
    FILL = "returns.fill"
    REVIEW = "returns.review"
    DESIGN = "returns.design"
    OPEN = "returns.open"


WORDS: dict[str, str] = {
    Act.SEE: "查看统计报送",
    Act.FILL: "填报本组织的报表",
    Act.REVIEW: "审核报送、催报",
    Act.DESIGN: "设计报表和指标",
    Act.OPEN: "开放报送期",
}

# Each fills for the organisation whose post they hold, and for no other.
FILLING = (
    Role.DISTRICT_OFFICER,
    Role.STREET_SECRETARY,
    Role.COMMUNITY_SECRETARY,
    Role.SCHOOL_SECRETARY,
    Role.ENTERPRISE_SECRETARY,
    Role.BRANCH_SECRETARY,
)

GRANTS = [
    *[Grant(role, Act.FILL, Reach.OWN) for role in FILLING],
    *[Grant(role, Act.SEE, Reach.BELOW) for role in FILLING],
    Grant(Role.STREET_SECRETARY, Act.REVIEW, Reach.BELOW),
    Grant(Role.DISTRICT_OFFICER, Act.REVIEW, Reach.BELOW),
    Grant(Role.DISTRICT_OFFICER, Act.DESIGN, Reach.OWN),
    Grant(Role.DISTRICT_OFFICER, Act.OPEN, Reach.OWN),
]

_INTERNAL = Level.INTERNAL

# Who filled, reviewed, reminded: signatures of office, not lists of persons.
DATA = (
    *table(
        "returns.Answer",
        "说明填报数字的来由",
        {
            "filing": (_INTERNAL, "报送"),
            "question_key": (_INTERNAL, "提问代号"),
            "asked": (_INTERNAL, "提问"),
            "text": (_INTERNAL, "说明"),
            "at": (_INTERNAL, "说明时间"),
            "by": (_INTERNAL, "说明人"),
        },
    ),
    *table(
        "returns.Dispute",
        "核对系统数字并答复异议",
        {
            "filing": (_INTERNAL, "报送"),
            "cell": (_INTERNAL, "指标格"),
            "shown": (_INTERNAL, "显示的数字"),
            "reason": (_INTERNAL, "异议"),
            "at": (_INTERNAL, "提出时间"),
            "by": (_INTERNAL, "提出人"),
            "person_id": (_INTERNAL, "提出人编号"),
            "verdict": (_INTERNAL, "结论"),
            "words": (_INTERNAL, "答复"),
            "settled_at": (_INTERNAL, "答复时间"),
            "settled_by": (_INTERNAL, "答复人"),
        },
    ),
    *table(
        "returns.Reminder",
        "催报留痕，一天只提醒一次",
        {
            "round": (_INTERNAL, "报送期"),
            "org": (_INTERNAL, "被催报组织"),
            "on": (_INTERNAL, "日期"),
            "at": (_INTERNAL, "时间"),
            "by": (_INTERNAL, "催报人"),
        },
    ),
    *table(
        "returns.Review",
        "审核留痕，本人不审本人",
        {
            "filing": (_INTERNAL, "报送"),
            "verdict": (_INTERNAL, "结论"),
            "reason": (_INTERNAL, "原因"),
            "at": (_INTERNAL, "审核时间"),
            "by": (_INTERNAL, "审核人"),
            "person_id": (_INTERNAL, "审核人编号"),
        },
    ),
    *table(
        "returns.ValueChange",
        "每个数字的修改可查",
        {
            "value": (_INTERNAL, "填报值"),
            "at": (_INTERNAL, "修改时间"),
            "by": (_INTERNAL, "填报人"),
            "old": (_INTERNAL, "原值"),
            "new": (_INTERNAL, "新值"),
            "reason": (_INTERNAL, "原因"),
        },
    ),
)
