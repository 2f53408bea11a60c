"""The pages of volunteering: the board, sessions, volunteers, teams, attendances and hours."""

from qinghe.edges.web import timeline

from .attendances import attendance, attendance_check_out, attendance_void, stay_correct
from .board import board
from .certificates import (
    certificate,
    certificate_announce,
    certificate_new,
    certificate_paper,
    certificate_revoke,
    certificate_seal,
    certificates,
)
from .hours import hours, hours_approve, hours_refuse
from .own_certificates import (
    check,
    own_certificate_paper,
    own_certificates,
)
from .own_stars import (
    own_star_apply,
    own_star_object,
    own_star_withdraw,
    own_stars,
    star_notice,
)
from .sessions import (
    session,
    session_cancel,
    session_check_in,
    session_new,
    session_roster,
    sessions,
)
from .star_cases import (
    star_agree,
    star_case,
    star_lower,
    star_objection,
    star_refuse,
)
from .stars import (
    star_candidates,
    star_issue,
    star_round,
    star_round_close,
    star_round_new,
    star_rounds,
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
    "certificate",
    "certificate_announce",
    "certificate_new",
    "certificate_paper",
    "certificate_revoke",
    "certificate_seal",
    "certificates",
    "check",
    "hours",
    "hours_approve",
    "hours_refuse",
    "own_certificate_paper",
    "own_certificates",
    "own_star_apply",
    "own_star_object",
    "own_star_withdraw",
    "own_stars",
    "session",
    "session_cancel",
    "session_check_in",
    "session_new",
    "session_roster",
    "sessions",
    "star_agree",
    "star_candidates",
    "star_case",
    "star_issue",
    "star_lower",
    "star_notice",
    "star_objection",
    "star_refuse",
    "star_round",
    "star_round_close",
    "star_round_new",
    "star_rounds",
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
        "volunteering.open_star_round": "建立评定批次",
        "volunteering.close_star_round": "归档评定批次",
        "volunteering.carry_hours": "结转平台启用前时长",
        "volunteering.propose_star": "组织申报星级",
        "volunteering.apply_for_star": "本人申请星级",
        "volunteering.agree_star": "同意星级申报",
        "volunteering.refuse_star": "不同意星级申报",
        "volunteering.withdraw_star": "撤回星级申报",
        "volunteering.object_to_star": "提出公示异议",
        "volunteering.answer_objection": "核实公示异议",
        "volunteering.issue_stars": "认定星级",
        "volunteering.lower_star": "核减星级",
        "volunteering.certify": "开具服务记录",
        "volunteering.announce_certificate": "受理并公示",
        "volunteering.seal_certificate": "盖章出具证明",
        "volunteering.revoke_certificate": "撤销证明",
    }
)
timeline.DETAILS.update(
    {
        "stay": "签到号",
        "minutes": "分钟",
        "state": "状态",
        "supersedes": "代替签到号",
        "star": "星级",
        "sessions": "次数",
        "words": "说明",
        "round": "批次号",
        "source": "来源",
        "rows": "行数",
    }
)
