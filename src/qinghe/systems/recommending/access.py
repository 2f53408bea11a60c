"""What may be done with recommendations, by whom, and how secret their columns are (S-37)."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.kernel.access.levels import Level, table


class Act(StrEnum):
    SEE = "recommending.see"
    PROPOSE = "recommending.propose"
    REVIEW = "recommending.review"
    SET_TERMS = "recommending.set_terms"
    NOMINATE = "recommending.nominate"


WORDS: dict[str, str] = {
    Act.SEE: "查看推优",
    Act.PROPOSE: "支委会提名、登记支部大会表决",
    Act.REVIEW: "团委同意、审定，登记党组织结果",
    Act.SET_TERMS: "调整推优参数",
    Act.NOMINATE: "办理推优入团",
}
SECRETARIES = (
    Role.STREET_SECRETARY,
    Role.COMMUNITY_SECRETARY,
    Role.SCHOOL_SECRETARY,
    Role.ENTERPRISE_SECRETARY,
)
GRANTS = [
    *[Grant(Role.DISTRICT_OFFICER, act, Reach.BELOW) for act in Act if act != Act.NOMINATE],
    *[
        Grant(role, act, Reach.BELOW)
        for role in SECRETARIES
        for act in (Act.SEE, Act.PROPOSE, Act.REVIEW)
    ],
    # Children's names stay in their school.
    Grant(Role.SCHOOL_SECRETARY, Act.NOMINATE, Reach.BELOW),
    *[Grant(Role.BRANCH_SECRETARY, act, Reach.OWN) for act in (Act.SEE, Act.PROPOSE)],
]
_RECOMMENDATION = {
    "org": "所在团支部", "committee": "审定团委", "way": "推荐方式", "aim": "推荐为",
    "applied_on": "递交入党申请书日期", "proposed_on": "支委会提名日期",
    "agreed_on": "团委同意日期", "voted_on": "支部大会日期", "entitled": "应到会人数",
    "present": "实到会人数", "votes": "赞成票", "recommended_on": "团委推荐日期",
    "valid_until": "推荐有效期至", "ended_on": "终止日期", "words": "意见",
    "source": "补录来源", "state": "状态", "person": "被推荐人",
}  # fmt: skip
_TERMS = {
    "starts_on": "施行日期", "league_months": "团龄", "application_months": "递交申请书时间",
    "validity_months": "推荐有效期", "cap_percent": "比例上限", "counted": "推优入党人数的口径",
    "source": "依据", "entered_by": "登记人",
}  # fmt: skip
DATA = (
    *table(
        "recommending.Recommendation",
        "办理推优入党",
        {name: (Level.INTERNAL, label) for name, label in _RECOMMENDATION.items()},
    ),
    *table(
        "recommending.RecommendingTerms",
        "调整推优参数",
        {name: (Level.INTERNAL, label) for name, label in _TERMS.items()},
    ),
    *table(
        "recommending.PartyResult",
        "登记党组织接收结果",
        {
            "recommendation": (Level.INTERNAL, "推荐"),
            "stage": (Level.INTERNAL, "接收为"),
            "on": (Level.INTERNAL, "接收日期"),
        },
    ),
    *table(
        "recommending.PioneerNomination",
        "办理推优入团",
        {
            "org": (Level.INTERNAL, "学校"),
            "school_year": (Level.INTERNAL, "学年"),
            "name": (Level.CHILD, "姓名"),
            "school_number": (Level.CHILD, "校内编号"),
            "squad": (Level.CHILD, "中队"),
            "nominated_on": (Level.INTERNAL, "提名日期"),
            "signed_on": (Level.INTERNAL, "大队签章日期"),
            "taken_up_on": (Level.INTERNAL, "团组织接收日期"),
            "ended_on": (Level.INTERNAL, "终止日期"),
            "words": (Level.INTERNAL, "意见"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
)
