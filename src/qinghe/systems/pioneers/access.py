"""What may be done in pioneers, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.kernel.access.levels import Level, table


class Act(StrEnum):
    SEE = "pioneers.see"
    REGISTER = "pioneers.register"
    REVIEW = "pioneers.review"
    KEEP_OUTLINES = "pioneers.keep_outlines"
    NOMINATE = "pioneers.nominate"
    JUDGE = "pioneers.judge"
    AWARD = "pioneers.award"
    KEEP_BADGES = "pioneers.keep_badges"


WORDS: dict[str, str] = {
    Act.SEE: "查看少先队工作",
    Act.REGISTER: "登记入团教育、入队仪式",
    Act.REVIEW: "审核入团教育、入队仪式",
    Act.KEEP_OUTLINES: "编制仪式要点",
    Act.NOMINATE: "申报红领巾奖章",
    Act.JUDGE: "评审校级红领巾奖章",
    Act.AWARD: "评审区级以上红领巾奖章",
    Act.KEEP_BADGES: "维护章目、轮次和比例",
}


def _grants(role: Role, *acts: Act) -> list[Grant]:
    return [Grant(role, act, Reach.BELOW) for act in acts]


# Only a school puts its children up, for only it may know their codes (S-04: least privilege).
GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, *(act for act in Act if act is not Act.NOMINATE)),
    *_grants(Role.STREET_SECRETARY, Act.SEE, Act.REGISTER, Act.REVIEW, Act.JUDGE),
    *_grants(Role.SCHOOL_SECRETARY, Act.SEE, Act.REGISTER, Act.NOMINATE),
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
    *table(
        "pioneers.Slate",
        "申报和评审红领巾奖章",
        {
            "round": (Level.INTERNAL, "轮次"),
            "org": (Level.INTERNAL, "学校"),
            "submitted_by": (Level.INTERNAL, "提交人"),
            "submitted_on": (Level.INTERNAL, "提交日期"),
            "decided_by": (Level.INTERNAL, "评审人"),
            "decided_on": (Level.INTERNAL, "评审日期"),
            "awarded_on": (Level.INTERNAL, "颁章日期"),
            "reason": (Level.INTERNAL, "退回原因"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
    *table(
        "pioneers.StarTerms",
        "施行星级章比例",
        {
            "title": (Level.INTERNAL, "名称"),
            "starts_on": (Level.INTERNAL, "施行日期"),
            "star1": (Level.INTERNAL, "一星章比例"),
            "star2": (Level.INTERNAL, "二星章比例"),
            "star3": (Level.INTERNAL, "三星章比例"),
            "star4": (Level.INTERNAL, "四星章比例"),
            "star5": (Level.INTERNAL, "五星章比例"),
            "within_days": (Level.INTERNAL, "上一星级的有效天数"),
            "source": (Level.INTERNAL, "依据"),
            "reason": (Level.INTERNAL, "调整原因"),
            "entered_by": (Level.INTERNAL, "录入人"),
        },
    ),
    *table(
        "pioneers.Eligible",
        "按年级达标人数核对一星章比例",
        {
            "slate": (Level.INTERNAL, "申报表"),
            "grade": (Level.INTERNAL, "年级"),
            "people": (Level.INTERNAL, "达标队员数"),
            "troops": (Level.INTERNAL, "达标中队数"),
        },
    ),
    *table(
        "pioneers.Nomination",
        "申报和颁发红领巾奖章，只记枚数",
        {
            "slate": (Level.INTERNAL, "申报表"),
            "troop": (Level.INTERNAL, "中队"),
            "grade": (Level.INTERNAL, "年级"),
            "badge": (Level.INTERNAL, "奖章"),
            "count": (Level.INTERNAL, "申报枚数"),
            "awarded": (Level.INTERNAL, "颁发枚数"),
            "consented_on": (Level.INTERNAL, "监护人同意日期"),
        },
    ),
    *table(
        "pioneers.Nominee",
        "申报二星以上红领巾奖章，只记校内编号和首字母",
        {
            "nomination": (Level.INTERNAL, "申报"),
            "code": (Level.CHILD, "校内编号"),
            "initial": (Level.CHILD, "姓氏首字母"),
            "consented_on": (Level.INTERNAL, "监护人同意日期"),
            "is_awarded": (Level.INTERNAL, "已颁章"),
        },
    ),
)


def judging(level: str) -> Act:
    """Return by which act a list of a level is decided: a school's by the street, others above."""
    return Act.JUDGE if level == "school" else Act.AWARD
