from qinghe.edges.system import MenuItem, RecordKind, System

from . import access, api, facts, indicators, queries, sheets

SYSTEM = System(
    slug="volunteering",
    label="志愿服务",
    urls="qinghe.systems.volunteering.urls",
    menu=(
        MenuItem("志愿服务", "volunteering:board", access.Act.SEE),
        MenuItem("活动场次", "volunteering:sessions", access.Act.SEE),
        MenuItem("志愿者", "volunteering:volunteers", access.Act.SEE),
        MenuItem("志愿者队伍", "volunteering:teams", access.Act.SEE),
        MenuItem("待审核时长", "volunteering:hours", access.Act.APPROVE_HOURS),
    ),
    router=api.router,
    grants=tuple(access.GRANTS),
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    sheets=sheets.SHEETS,
    records=(
        RecordKind("volunteering.Attendance", "服务记录", queries.attendance_lines),
        RecordKind("volunteering.Session", "活动场次", queries.session_lines),
        RecordKind("volunteering.Volunteer", "志愿者", queries.volunteer_lines),
        RecordKind("volunteering.Team", "志愿者队伍", queries.team_lines),
    ),
    about_person=queries.about_person,
)
