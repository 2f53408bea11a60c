"""What may be done in training, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.kernel.access.levels import Level, table


class Act(StrEnum):
    SEE = "training.see"
    RUN = "training.run"
    ENROL = "training.enrol"
    SEND = "training.send"
    BOOK = "training.book"


WORDS: dict[str, str] = {
    Act.SEE: "查看培训与宣讲",
    Act.RUN: "办理培训项目、班次和线上期次",
    Act.ENROL: "代报名、点名、登记考核和发证",
    Act.SEND: "管理讲师、答复宣讲预约",
    Act.BOOK: "以组织名义预约宣讲",
}


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


# Whoever is signed in sees what can be signed up for, and signs up: no act for that.
GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, Reach.BELOW, *Act),
    *_grants(Role.STREET_SECRETARY, Reach.BELOW, *Act),
    *_grants(Role.COMMUNITY_SECRETARY, Reach.BELOW, *Act),
    *_grants(Role.SCHOOL_SECRETARY, Reach.BELOW, *Act),
    *_grants(Role.ENTERPRISE_SECRETARY, Reach.BELOW, *Act),
    *_grants(Role.TEAM_LEADER, Reach.OWN, Act.SEE),
]

DATA = (
    *table(
        "training.Lecturer",
        "建立讲师档案、派课",
        {
            "team": (Level.INTERNAL, "讲师队"),
            "person": (Level.INTERNAL, "讲师"),
            "name": (Level.INTERNAL, "外请讲师姓名"),
            "subjects": (Level.INTERNAL, "擅长领域"),
            "sender": (Level.INTERNAL, "派出单位"),
            "joined_on": (Level.INTERNAL, "入队日期"),
            "left_on": (Level.INTERNAL, "离队日期"),
        },
    ),
    *table(
        "training.Class",
        "安排讲师、办理开班",
        {
            "course": (Level.INTERNAL, "课程"),
            "title": (Level.INTERNAL, "班次"),
            "org": (Level.INTERNAL, "主办单位"),
            "lecturer": (Level.INTERNAL, "讲师"),
            "starts_at": (Level.INTERNAL, "开始时间"),
            "ends_at": (Level.INTERNAL, "结束时间"),
            "day": (Level.INTERNAL, "日期"),
            "place": (Level.INTERNAL, "地点"),
            "link": (Level.INTERNAL, "线上网址"),
            "capacity": (Level.INTERNAL, "名额"),
            "taken": (Level.INTERNAL, "已报名"),
            "youngest": (Level.INTERNAL, "最小年龄"),
            "oldest": (Level.INTERNAL, "最大年龄"),
            "called_at": (Level.INTERNAL, "点名时间"),
            "reason": (Level.INTERNAL, "取消原因"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
    *table(
        "training.Webcast",
        "登记线上期次的主讲",
        {
            "programme": (Level.INTERNAL, "线上学堂"),
            "number": (Level.INTERNAL, "期数"),
            "title": (Level.INTERNAL, "题目"),
            "org": (Level.INTERNAL, "开展单位"),
            "day": (Level.INTERNAL, "播出日期"),
            "lecturer": (Level.INTERNAL, "主讲"),
            "platform": (Level.INTERNAL, "平台"),
            "views": (Level.INTERNAL, "观看人次"),
            "replay": (Level.INTERNAL, "回放网址"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
    *table(
        "training.Enrolment",
        "办理报名、点名和考核",
        {
            "training_class": (Level.INTERNAL, "班次"),
            "person": (Level.INTERNAL, "学员"),
            "signed_at": (Level.INTERNAL, "报名时间"),
            "by_desk": (Level.INTERNAL, "窗口代报"),
            "by_guardian": (Level.INTERNAL, "监护人同意"),
            "result": (Level.INTERNAL, "考核结果"),
            "reason": (Level.INTERNAL, "取消原因"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
    *table(
        "training.Completion",
        "发放和查验结业证书",
        {
            "enrolment": (Level.INTERNAL, "学员"),
            "number": (Level.INTERNAL, "证书编号"),
            "check_code": (Level.INTERNAL, "查验码"),
            "issued_on": (Level.INTERNAL, "发放日期"),
            "revoked_at": (Level.INTERNAL, "撤销时间"),
            "reason": (Level.INTERNAL, "撤销原因"),
        },
    ),
    *table(
        "training.Lecture",
        "办理宣讲预约",
        {
            "team": (Level.INTERNAL, "讲师队"),
            "host": (Level.INTERNAL, "预约单位"),
            "topic": (Level.INTERNAL, "主题"),
            "audience": (Level.INTERNAL, "听众"),
            "expected": (Level.INTERNAL, "预计人数"),
            "first_day": (Level.INTERNAL, "希望最早日期"),
            "last_day": (Level.INTERNAL, "希望最晚日期"),
            "asked_by": (Level.INTERNAL, "预约人"),
            "asked_on": (Level.INTERNAL, "预约日期"),
            "lecturer": (Level.INTERNAL, "讲师"),
            "starts_at": (Level.INTERNAL, "宣讲时间"),
            "place": (Level.INTERNAL, "地点"),
            "people": (Level.INTERNAL, "人次"),
            "held_on": (Level.INTERNAL, "宣讲日期"),
            "stars": (Level.INTERNAL, "评价星级"),
            "words": (Level.INTERNAL, "评价"),
            "reason": (Level.INTERNAL, "原因"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
)
