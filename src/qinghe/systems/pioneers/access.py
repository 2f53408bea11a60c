"""What may be done in pioneers, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.kernel.access.levels import Level, table


class Act(StrEnum):
    SEE = "pioneers.see"
    REGISTER = "pioneers.register"
    REVIEW = "pioneers.review"
    KEEP_OUTLINES = "pioneers.keep_outlines"


WORDS: dict[str, str] = {
    Act.SEE: "查看少先队工作",
    Act.REGISTER: "登记入团教育、入队仪式",
    Act.REVIEW: "审核入团教育、入队仪式",
    Act.KEEP_OUTLINES: "编制仪式要点",
}


def _grants(role: Role, *acts: Act) -> list[Grant]:
    return [Grant(role, act, Reach.BELOW) for act in acts]


GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, *Act),
    *_grants(Role.STREET_SECRETARY, Act.SEE, Act.REGISTER, Act.REVIEW),
    *_grants(Role.SCHOOL_SECRETARY, Act.SEE, Act.REGISTER),
    *_grants(Role.AUDITOR, Act.SEE),
]

DATA = (
    *table(
        "pioneers.Ceremony",
        "登记和审核入团教育、入队仪式",
        {
            "kind": (Level.INTERNAL, "类别"),
            "org": (Level.INTERNAL, "学校"),
            "day": (Level.INTERNAL, "日期"),
            "place": (Level.INTERNAL, "地点"),
            "people": (Level.INTERNAL, "参加人数"),
            "leaders": (Level.INTERNAL, "主持和领誓人员"),
            "again": (Level.INTERNAL, "同日另有一场的说明"),
            "outline": (Level.INTERNAL, "要点模板"),
            "submitted_by": (Level.INTERNAL, "提交人"),
            "submitted_on": (Level.INTERNAL, "提交日期"),
            "reviewed_by": (Level.INTERNAL, "审核人"),
            "reviewed_on": (Level.INTERNAL, "审核日期"),
            "reason": (Level.INTERNAL, "退回或取消原因"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
    *table(
        "pioneers.Ceremony_steps",
        "登记和审核入团教育、入队仪式",
        {
            "ceremony": (Level.INTERNAL, "仪式"),
            "step": (Level.INTERNAL, "已做要点"),
        },
    ),
)
