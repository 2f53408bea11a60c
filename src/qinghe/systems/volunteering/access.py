"""What may be done in volunteering, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.kernel.access.levels import Level, table


class Act(StrEnum):
    SEE = "volunteering.see"
    REGISTER = "volunteering.register"
    APPROVE_VOLUNTEER = "volunteering.approve_volunteer"
    FOUND_TEAM = "volunteering.found_team"
    APPROVE_TEAM = "volunteering.approve_team"
    PUBLISH = "volunteering.publish"
    CHECK_IN = "volunteering.check_in"
    CORRECT = "volunteering.correct"
    APPROVE_HOURS = "volunteering.approve_hours"
    APPROVE_LONG_HOURS = "volunteering.approve_long_hours"
    UPLOAD = "volunteering.upload"


WORDS: dict[str, str] = {
    Act.SEE: "查看志愿服务",
    Act.REGISTER: "登记志愿者",
    Act.APPROVE_VOLUNTEER: "审核志愿者注册",
    Act.FOUND_TEAM: "申请成立队伍",
    Act.APPROVE_TEAM: "审核队伍",
    Act.PUBLISH: "发布活动场次",
    Act.CHECK_IN: "登记签到",
    Act.CORRECT: "更正签到",
    Act.APPROVE_HOURS: "审核时长",
    Act.APPROVE_LONG_HOURS: "审核超过12小时的时长",
    Act.UPLOAD: "导入志愿服务台账",
}


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


# V-31: a day of more than twelve hours is approved at the district, and nowhere below it.
_LOCAL = [act for act in Act if act is not Act.APPROVE_LONG_HOURS]

GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, Reach.BELOW, *Act),
    *_grants(Role.STREET_SECRETARY, Reach.BELOW, *_LOCAL),
    *_grants(Role.COMMUNITY_SECRETARY, Reach.BELOW, *_LOCAL),
    *_grants(Role.SCHOOL_SECRETARY, Reach.BELOW, *_LOCAL),
    *_grants(Role.ENTERPRISE_SECRETARY, Reach.BELOW, *_LOCAL),
    *_grants(Role.TEAM_LEADER, Reach.OWN, Act.SEE, Act.PUBLISH, Act.CHECK_IN),
]

_SERVICE = "计算服务时长、人次，出具证明"

DATA = (
    *table(
        "volunteering.Volunteer",
        "志愿者注册与审核",
        {
            "number": (Level.INTERNAL, "志愿者编号"),
            "person": (Level.INTERNAL, "本人"),
            "org": (Level.INTERNAL, "主组织"),
            "applied_on": (Level.INTERNAL, "申请日期"),
            "registered_on": (Level.INTERNAL, "注册日期"),
            "withdrawn_on": (Level.INTERNAL, "退出日期"),
            "guardian_agreed_on": (Level.INTERNAL, "监护人同意日期"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
    *table(
        "volunteering.Attendance",
        _SERVICE,
        {
            "session": (Level.INTERNAL, "场次"),
            "volunteer": (Level.INTERNAL, "志愿者"),
            "state": (Level.INTERNAL, "状态"),
            "minutes": (Level.INTERNAL, "分钟"),
            "how": (Level.INTERNAL, "登记方式"),
        },
    ),
    *table(
        "volunteering.Stay",
        _SERVICE,
        {
            "attendance": (Level.INTERNAL, "服务记录"),
            "came_at": (Level.INTERNAL, "签到时间"),
            "left_at": (Level.INTERNAL, "签退时间"),
            "recorded_at": (Level.INTERNAL, "登记时间"),
            "supersedes": (Level.INTERNAL, "更正自"),
            "superseded": (Level.INTERNAL, "是否已更正"),
            "reason": (Level.INTERNAL, "更正原因"),
            "approved_by": (Level.INTERNAL, "更正人"),
        },
    ),
)
