"""What may be done in inspections, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.kernel.access.levels import Level, table


class Act(StrEnum):
    SEE = "inspections.see"
    KEEP_POINTS = "inspections.keep_points"
    KEEP_CHECKLISTS = "inspections.keep_checklists"
    INSPECT = "inspections.inspect"
    RECTIFY = "inspections.rectify"
    RECHECK = "inspections.recheck"
    GUIDE = "inspections.guide"
    EXCHANGE = "inspections.exchange"


WORDS: dict[str, str] = {
    Act.SEE: "查看点位、巡查和整改",
    Act.KEEP_POINTS: "登记和停用点位",
    Act.KEEP_CHECKLISTS: "编制检查表",
    Act.INSPECT: "到点位巡查",
    Act.RECTIFY: "整改问题",
    Act.RECHECK: "复查整改、转交问题、作废巡查",
    Act.GUIDE: "登记联系指导",
    Act.EXCHANGE: "登记交流和经验",
}


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


_CARING = (Act.SEE, Act.RECTIFY)
_WATCHING = (Act.SEE, Act.INSPECT, Act.RECHECK)

# The district puts right what is its own; what is a street's waits there, and in nobody else's 待办.
GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, Reach.BELOW, *(act for act in Act if act is not Act.RECTIFY)),
    *_grants(Role.DISTRICT_OFFICER, Reach.OWN, Act.RECTIFY),
    *_grants(Role.STREET_SECRETARY, Reach.BELOW, *_WATCHING, Act.RECTIFY, Act.KEEP_POINTS),
    *_grants(Role.STREET_SECRETARY, Reach.BELOW, Act.EXCHANGE),
    *_grants(Role.COMMUNITY_SECRETARY, Reach.BELOW, *_CARING, Act.KEEP_POINTS),
    *_grants(Role.SCHOOL_SECRETARY, Reach.BELOW, *_CARING),
    *_grants(Role.ENTERPRISE_SECRETARY, Reach.BELOW, *_CARING),
    *_grants(Role.INSPECTOR, Reach.BELOW, *_WATCHING),
    *_grants(Role.SUPERVISOR, Reach.BELOW, *_WATCHING),
]

DATA = (
    *table(
        "inspections.Visit",
        "记录点位巡查",
        {
            "point": (Level.INTERNAL, "点位"),
            "org": (Level.INTERNAL, "责任单位"),
            "checklist": (Level.INTERNAL, "检查表"),
            "inspector": (Level.INTERNAL, "巡查人"),
            "begun_at": (Level.INTERNAL, "开始时间"),
            "day": (Level.INTERNAL, "巡查日期"),
            "submitted_at": (Level.INTERNAL, "提交时间"),
            "notes": (Level.INTERNAL, "巡查说明"),
            "latitude": (Level.INTERNAL, "巡查位置纬度"),
            "longitude": (Level.INTERNAL, "巡查位置经度"),
            "scored": (Level.INTERNAL, "得分"),
            "full": (Level.INTERNAL, "满分"),
            "passed": (Level.INTERNAL, "达标"),
            "reason": (Level.INTERNAL, "作废原因"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
    *table(
        "inspections.Answer",
        "记录点位巡查",
        {
            "visit": (Level.INTERNAL, "巡查"),
            "item": (Level.INTERNAL, "检查项"),
            "verdict": (Level.INTERNAL, "结论"),
            "note": (Level.INTERNAL, "问题说明"),
        },
    ),
    *table(
        "inspections.Finding",
        "督办问题整改",
        {
            "answer": (Level.INTERNAL, "不达标的检查项"),
            "guidance": (Level.INTERNAL, "联系指导"),
            "org": (Level.INTERNAL, "责任单位"),
            "words": (Level.INTERNAL, "问题"),
            "found_on": (Level.INTERNAL, "发现日期"),
            "due_on": (Level.INTERNAL, "整改期限"),
            "returned": (Level.INTERNAL, "退回次数"),
            "rectified_on": (Level.INTERNAL, "整改日期"),
            "closed_on": (Level.INTERNAL, "办结日期"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
    *table(
        "inspections.Rectification",
        "督办问题整改",
        {
            "finding": (Level.INTERNAL, "问题"),
            "words": (Level.INTERNAL, "整改情况"),
            "done_by": (Level.INTERNAL, "整改人"),
            "done_at": (Level.INTERNAL, "整改时间"),
            "checked_by": (Level.INTERNAL, "复查人"),
            "checked_at": (Level.INTERNAL, "复查时间"),
            "reason": (Level.INTERNAL, "退回原因"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
)
