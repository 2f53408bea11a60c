"""The pages of volunteering: the board, sessions, volunteers, teams, attendances and hours."""

from qinghe.edges.web import timeline

from .attendances import attendance, attendance_check_out, attendance_void, stay_correct
from .board import board
from .hours import hours, hours_approve, hours_refuse
from .sessions import (
    session,
    session_cancel,
    session_check_in,
    session_new,
    session_roster,
    sessions,
)
from .teams import team, team_approve, team_close, team_new, team_refuse, teams
from .volunteers import (
    volunteer,
    volunteer_approve,
    volunteer_new,
    volunteer_refuse,
    volunteer_withdraw,
    volunteers,
)

__all__ = [
    "attendance",
    "attendance_check_out",
    "attendance_void",
    "board",
    "hours",
    "hours_approve",
    "hours_refuse",
    "session",
    "session_cancel",
    "session_check_in",
    "session_new",
    "session_roster",
    "sessions",
    "stay_correct",
    "team",
    "team_approve",
    "team_close",
    "team_new",
    "team_refuse",
    "teams",
    "volunteer",
    "volunteer_approve",
    "volunteer_new",
    "volunteer_refuse",
    "volunteer_withdraw",
    "volunteers",
]

timeline.VERBS.update(
    {
        "volunteering.register_volunteer": "申请注册",
        "volunteering.apply_oneself": "自行申请注册",
        "volunteering.approve_volunteer": "审核通过",
        "volunteering.refuse_volunteer": "审核未通过",
        "volunteering.withdraw_volunteer": "退出",
        "volunteering.leave": "本人退出",
        "volunteering.register_many": "台账导入志愿者",
        "volunteering.found_team": "申请成立队伍",
        "volunteering.approve_team": "审核成立",
        "volunteering.refuse_team": "审核未通过",
        "volunteering.close_team": "注销队伍",
        "volunteering.found_many": "台账导入队伍",
        "volunteering.publish_session": "发布活动",
        "volunteering.cancel_session": "取消活动",
        "volunteering.publish_many": "台账导入场次",
        "volunteering.check_in": "签到",
        "volunteering.check_out": "签退",
        "volunteering.correct_stay": "更正签到签退",
        "volunteering.void_attendance": "作废记录",
        "volunteering.approve_hours": "审核时长通过",
        "volunteering.refuse_hours": "审核时长未通过",
        "volunteering.record_many": "台账导入签到",
    }
)
timeline.DETAILS.update(
    {"stay": "签到号", "minutes": "分钟", "state": "状态", "supersedes": "代替签到号"}
)
