"""What may be done at places, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.kernel.access.levels import Level, table


class Act(StrEnum):
    SEE = "venues.see"
    KEEP = "venues.keep"
    BOOK = "venues.book"
    COUNT = "venues.count"


WORDS: dict[str, str] = {
    Act.SEE: "查看阵地",
    Act.KEEP: "管理阵地、值班和预约",
    Act.BOOK: "以组织名义预约场地",
    Act.COUNT: "登记服务量和现场使用",
}


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


# Whoever is signed in sees open places, books for themself, takes a free shift: no act for that.
GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, Reach.BELOW, *Act),
    *_grants(Role.STREET_SECRETARY, Reach.BELOW, *Act),
    *_grants(Role.COMMUNITY_SECRETARY, Reach.BELOW, *Act),
    *_grants(Role.SCHOOL_SECRETARY, Reach.BELOW, *Act),
    *_grants(Role.ENTERPRISE_SECRETARY, Reach.BELOW, *Act),
    *_grants(Role.TEAM_LEADER, Reach.OWN, Act.SEE, Act.BOOK),
]

DATA = (
    *table(
        "venues.Shift",
        "安排和记录值班",
        {
            "venue": (Level.INTERNAL, "阵地"),
            "day": (Level.INTERNAL, "日期"),
            "starts": (Level.INTERNAL, "开始"),
            "ends": (Level.INTERNAL, "结束"),
            "person": (Level.INTERNAL, "值班人"),
            "on_at": (Level.INTERNAL, "签到时间"),
            "off_at": (Level.INTERNAL, "签退时间"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
    *table(
        "venues.Swap",
        "办理换班",
        {
            "shift": (Level.INTERNAL, "班次"),
            "asker": (Level.INTERNAL, "提出人"),
            "other": (Level.INTERNAL, "替班人"),
            "words": (Level.INTERNAL, "说明"),
            "asked_at": (Level.INTERNAL, "提出时间"),
            "answered_at": (Level.INTERNAL, "答复时间"),
            "seen_at": (Level.INTERNAL, "阵地已阅"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
    *table(
        "venues.Booking",
        "办理场地预约",
        {
            "room": (Level.INTERNAL, "房间"),
            "for_org": (Level.INTERNAL, "预约单位"),
            "person": (Level.INTERNAL, "预约人"),
            "purpose": (Level.INTERNAL, "用途"),
            "people": (Level.INTERNAL, "人数"),
            "starts_at": (Level.INTERNAL, "开始时间"),
            "ends_at": (Level.INTERNAL, "结束时间"),
            "day": (Level.INTERNAL, "日期"),
            "series": (Level.INTERNAL, "重复预约"),
            "walk_in": (Level.INTERNAL, "现场使用"),
            "asked_at": (Level.INTERNAL, "提出时间"),
            "decided_at": (Level.INTERNAL, "办理时间"),
            "reason": (Level.INTERNAL, "原因"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
)
