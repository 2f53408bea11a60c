"""The pages of volunteering: the board, sessions, volunteers, teams, attendances and hours."""

from .activities import (activities, activity, activity_amend, activity_cancel, activity_from_template, activity_new, activity_post, activity_sitting)
from .attendances import (attendance, attendance_check_out, attendance_void, stay_correct)
from .board import (board)
from .certificates import (certificate, certificate_announce, certificate_new, certificate_paper, certificate_revoke, certificate_seal, certificates)
from .courtesies import (courtesy_claim, courtesy_claim_revoke, courtesy_claims, courtesy_item, courtesy_item_new, courtesy_items, courtesy_open, courtesy_refuse, courtesy_terms, courtesy_unusual, courtesy_withdraw)
from .hours import (hours, hours_approve, hours_refuse)
from .insurance import (policies, policy, policy_end, policy_new)
from .net import (net, net_board, net_streets)
from .own_certificates import (check, own_certificate_paper, own_certificates)
from .own_courtesy import (own_courtesy, own_courtesy_cancel, own_courtesy_claim, own_courtesy_code)
from .own_scans import (own_card, own_scan, own_scan_code)
from .own_sign_ups import (calendar, own_calendar_end, own_calendar_make, own_find, own_session, own_sign_up, own_sign_up_accept, own_sign_up_cancel, own_sign_up_decline, own_sign_ups)
from .own_stars import (own_star_apply, own_star_object, own_star_withdraw, own_stars, star_notice)
from .own_teams import (own_team_accept, own_team_ask, own_team_decline, own_team_leave, own_team_object, own_teams, team_notice)
from .profiles import (could_come, findable, own_profile, skill_word_retire, skill_words)
from .projects import (activity_templates, project, project_new, projects)
from .sessions import (session, session_cancel, session_check_in, session_new, session_roster, sessions)
from .sign_ups import (post_resize, session_move, session_roll, session_sign_ups, sign_up_other, sign_up_release)
from .sponsors import (sponsor, sponsor_approve, sponsor_end, sponsor_key_new, sponsor_key_revoke, sponsor_new, sponsor_refuse, sponsors)
from .spot import (spot, spot_kept, spot_place, spot_screen, spot_worker)
from .star_cases import (star_agree, star_case, star_lower, star_objection, star_refuse)
from .stars import (star_candidates, star_issue, star_round, star_round_close, star_round_new, star_rounds)
from .team_people import (head_approve, head_refuse, member, member_appoint, member_dismiss, member_invite, member_lead, member_let_in, member_take_out, member_turn_away, team_members)
from .team_years import (confirmation_accept, confirmation_return, team_confirm, team_objection, team_resume, team_suspend)
from .teams import (team, team_approve, team_close, team_new, team_refuse, team_stand, team_withdraw, teams)
from .tills import (courtesy_code, till)
from .training import (credit_strike, heads_lacking, training, training_cancel, training_credit, training_new, training_roster, trainings)
from .volunteers import (volunteer, volunteer_approve, volunteer_new, volunteer_refuse, volunteer_withdraw, volunteers)
from qinghe.edges.web import (timeline)

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
        "volunteering.announce_team": "审核通过并公示",
        "volunteering.refuse_team": "审核未通过",
        "volunteering.withdraw_team": "撤回成立申请",
        "volunteering.object_to_team": "提出公示异议",
        "volunteering.answer_team_objection": "核实公示异议",
        "volunteering.ask_to_join": "申请加入",
        "volunteering.invite_member": "邀请加入",
        "volunteering.accept_invitation": "接受邀请",
        "volunteering.decline_invitation": "谢绝或撤回",
        "volunteering.let_in": "同意入队",
        "volunteering.turn_away": "不同意入队",
        "volunteering.leave_team": "退出队伍",
        "volunteering.take_out": "移出队伍",
        "volunteering.appoint_deputy": "任副负责人",
        "volunteering.dismiss_deputy": "卸任副负责人",
        "volunteering.ask_for_head": "申请变更负责人",
        "volunteering.approve_head": "同意变更负责人",
        "volunteering.refuse_head": "不同意变更负责人",
        "volunteering.confirm_team": "提交年度确认",
        "volunteering.accept_confirmation": "年度确认通过",
        "volunteering.return_confirmation": "退回年度确认",
        "volunteering.suspend_team": "停止发布活动",
        "volunteering.resume_team": "恢复发布活动",
        "volunteering.enter_training": "登记培训",
        "volunteering.credit": "登记学时",
        "volunteering.strike_credit": "取消学时",
        "volunteering.cancel_training": "取消培训",
        "volunteering.enter_policy": "登记保单",
        "volunteering.end_policy": "提前终止保单",
        "volunteering.close_team": "注销队伍",
        "volunteering.found_many": "台账导入队伍",
        "volunteering.publish_session": "发布活动",
        "volunteering.cancel_session": "取消活动",
        "volunteering.publish_many": "台账导入场次",
        "volunteering.open_project": "设立项目",
        "volunteering.publish_activity": "发布活动",
        "volunteering.plan_many": "计划表导入活动",
        "volunteering.add_sitting": "增加场次",
        "volunteering.amend_activity": "改活动说明",
        "volunteering.move_sitting": "改时间地点",
        "volunteering.cancel_activity": "取消活动",
        "volunteering.keep_template": "保存模板",
        "volunteering.drop_template": "删除模板",
        "volunteering.add_post": "增加岗位",
        "volunteering.resize_post": "改招募人数",
        "volunteering.sign_up": "报名",
        "volunteering.sign_up_other": "代为报名",
        "volunteering.accept_offer": "确认候补名额",
        "volunteering.decline_offer": "放弃候补名额",
        "volunteering.cancel_sign_up": "取消报名",
        "volunteering.release_sign_up": "负责人取消报名",
        "volunteering.expire_offers": "候补逾期顺延",
        "volunteering.call_roll": "点名",
        "volunteering.mark_absent": "标记未到场",
        "volunteering.let_go": "退出后取消报名",
        "volunteering.make_feed": "生成日历订阅",
        "volunteering.end_feed": "停用日历订阅",
        "volunteering.check_in": "签到",
        "volunteering.check_out": "签退",
        "volunteering.correct_stay": "更正签到签退",
        "volunteering.record_scans": "批量扫码签到签退",
        "volunteering.set_place_check": "设置签到位置",
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
        "volunteering.keep_profile": "更新志愿档案",
        "volunteering.call_to_session": "邀请志愿者",
        "volunteering.add_skill_word": "添加技能",
        "volunteering.retire_skill_word": "停用技能",
        "volunteering.set_courtesy_terms": "设定礼遇年度上限",
        "volunteering.enter_sponsor": "登记礼遇商家",
        "volunteering.approve_sponsor": "审核商家通过",
        "volunteering.refuse_sponsor": "审核商家未通过",
        "volunteering.end_sponsor": "终止合作",
        "volunteering.make_sponsor_key": "生成核销地址",
        "volunteering.revoke_sponsor_key": "停用核销地址",
        "volunteering.offer_courtesy": "提交礼遇项目",
        "volunteering.open_courtesy": "发布礼遇",
        "volunteering.refuse_courtesy": "审核礼遇未通过",
        "volunteering.withdraw_courtesy": "下架礼遇",
        "volunteering.claim_courtesy": "领取礼遇",
        "volunteering.cancel_courtesy": "取消领取",
        "volunteering.revoke_courtesy": "取消志愿者的礼遇",
        "volunteering.redeem_courtesy": "核销礼遇",
    }
)
timeline.DETAILS.update(
    {
        "stay": "签到号",
        "scan": "扫码号",
        "how": "方式",
        "session": "场次",
        "metres": "签到范围（米）",
        "minutes": "分钟",
        "state": "状态",
        "supersedes": "代替签到号",
        "star": "星级",
        "sessions": "次数",
        "words": "说明",
        "round": "批次号",
        "source": "来源",
        "rows": "行数",
        "till": "核销点",
        "findable": "同意被找到",
        "volunteer": "志愿者",
        "claims": "次数上限",
        "fen": "价值上限（分）",
        "days": "有效天数",
        "year": "年度",
        "post": "岗位",
        "was": "原人数",
        "capacity": "招募人数",
        "expired": "逾期人数",
        "absent": "未到场人数",
        "place": "地点",
        "starts_at": "开始时间",
    }
)

__all__ = ["activities", "activity", "activity_amend", "activity_cancel", "activity_from_template", "activity_new", "activity_post", "activity_sitting", "activity_templates", "attendance", "attendance_check_out", "attendance_void", "board", "calendar", "certificate", "certificate_announce", "certificate_new", "certificate_paper", "certificate_revoke", "certificate_seal", "certificates", "check", "confirmation_accept", "confirmation_return", "could_come", "courtesy_claim", "courtesy_claim_revoke", "courtesy_claims", "courtesy_code", "courtesy_item", "courtesy_item_new", "courtesy_items", "courtesy_open", "courtesy_refuse", "courtesy_terms", "courtesy_unusual", "courtesy_withdraw", "credit_strike", "findable", "head_approve", "head_refuse", "heads_lacking", "hours", "hours_approve", "hours_refuse", "member", "member_appoint", "member_dismiss", "member_invite", "member_lead", "member_let_in", "member_take_out", "member_turn_away", "net", "net_board", "net_streets", "own_calendar_end", "own_calendar_make", "own_card", "own_certificate_paper", "own_certificates", "own_courtesy", "own_courtesy_cancel", "own_courtesy_claim", "own_courtesy_code", "own_find", "own_profile", "own_scan", "own_scan_code", "own_session", "own_sign_up", "own_sign_up_accept", "own_sign_up_cancel", "own_sign_up_decline", "own_sign_ups", "own_star_apply", "own_star_object", "own_star_withdraw", "own_stars", "own_team_accept", "own_team_ask", "own_team_decline", "own_team_leave", "own_team_object", "own_teams", "policies", "policy", "policy_end", "policy_new", "post_resize", "project", "project_new", "projects", "session", "session_cancel", "session_check_in", "session_move", "session_new", "session_roll", "session_roster", "session_sign_ups", "sessions", "sign_up_other", "sign_up_release", "skill_word_retire", "skill_words", "sponsor", "sponsor_approve", "sponsor_end", "sponsor_key_new", "sponsor_key_revoke", "sponsor_new", "sponsor_refuse", "sponsors", "spot", "spot_kept", "spot_place", "spot_screen", "spot_worker", "star_agree", "star_candidates", "star_case", "star_issue", "star_lower", "star_notice", "star_objection", "star_refuse", "star_round", "star_round_close", "star_round_new", "star_rounds", "stay_correct", "team", "team_approve", "team_close", "team_confirm", "team_members", "team_new", "team_notice", "team_objection", "team_refuse", "team_resume", "team_stand", "team_suspend", "team_withdraw", "teams", "till", "training", "training_cancel", "training_credit", "training_new", "training_roster", "trainings", "volunteer", "volunteer_approve", "volunteer_new", "volunteer_refuse", "volunteer_withdraw", "volunteers"]
