"""What may be done in volunteering, and by whom."""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol, cast

from django.db.models import Model

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor, Grant, Reach, Role
from qinghe.kernel.orgs.models import Org


class Act(StrEnum):
    SEE = "volunteering.see"
    REGISTER = "volunteering.register"
    APPROVE_VOLUNTEER = "volunteering.approve_volunteer"
    FOUND_TEAM = "volunteering.found_team"
    APPROVE_TEAM = "volunteering.approve_team"
    KEEP_TEAM = "volunteering.keep_team"
    TRAIN = "volunteering.train"
    INSURE = "volunteering.insure"
    PUBLISH = "volunteering.publish"
    KEEP_SIGN_UPS = "volunteering.keep_sign_ups"
    CHECK_IN = "volunteering.check_in"
    CORRECT = "volunteering.correct"
    APPROVE_HOURS = "volunteering.approve_hours"
    APPROVE_LONG_HOURS = "volunteering.approve_long_hours"
    UPLOAD = "volunteering.upload"
    APPROVE_CARRIED = "volunteering.approve_carried"
    ENTER_LATE = "volunteering.enter_late"
    APPROVE_LATE = "volunteering.approve_late"
    RAISE_LATE = "volunteering.raise_late"
    REVIEW_FINDING = "volunteering.review_finding"
    ANSWER_DISPUTE = "volunteering.answer_dispute"
    SWEEP = "volunteering.sweep"
    SET_HOURS_TERMS = "volunteering.set_hours_terms"
    CERTIFY = "volunteering.certify"
    PROPOSE_STAR = "volunteering.propose_star"
    REVIEW_STAR = "volunteering.review_star"
    RUN_STARS = "volunteering.run_stars"
    KEEP_COURTESY = "volunteering.keep_courtesy"
    APPROVE_COURTESY = "volunteering.approve_courtesy"
    KEEP_SKILLS = "volunteering.keep_skills"
    EVALUATE = "volunteering.evaluate"
    ANSWER_FEEDBACK = "volunteering.answer_feedback"


WORDS: dict[str, str] = {
    Act.SEE: "查看志愿服务",
    Act.REGISTER: "登记志愿者",
    Act.APPROVE_VOLUNTEER: "审核志愿者注册",
    Act.FOUND_TEAM: "申请成立队伍",
    Act.APPROVE_TEAM: "审核队伍",
    Act.KEEP_TEAM: "管理队伍成员和年度确认",
    Act.TRAIN: "登记培训和学时",
    Act.INSURE: "登记保险",
    Act.PUBLISH: "发布活动场次",
    Act.KEEP_SIGN_UPS: "管理活动报名",
    Act.CHECK_IN: "登记签到",
    Act.CORRECT: "更正签到",
    Act.APPROVE_HOURS: "审核时长",
    Act.APPROVE_LONG_HOURS: "审核超过12小时的时长",
    Act.UPLOAD: "导入志愿服务台账",
    Act.APPROVE_CARRIED: "审核其他平台时长",
    Act.ENTER_LATE: "申请补录时长",
    Act.APPROVE_LATE: "审核补录时长",
    Act.RAISE_LATE: "调高下级的补录额度",
    Act.REVIEW_FINDING: "处理异常核查",
    Act.ANSWER_DISPUTE: "答复时长异议",
    Act.SWEEP: "启动异常核查",
    Act.SET_HOURS_TERMS: "调整时长核查参数",
    Act.CERTIFY: "出具志愿服务证明",
    Act.PROPOSE_STAR: "申报星级志愿者",
    Act.REVIEW_STAR: "审核星级志愿者",
    Act.RUN_STARS: "组织星级评定和认定",
    Act.KEEP_COURTESY: "登记礼遇商家和项目",
    Act.APPROVE_COURTESY: "审核并发布礼遇",
    Act.KEEP_SKILLS: "维护技能列表",
    Act.EVALUATE: "评价志愿者的服务",
    Act.ANSWER_FEEDBACK: "答复对评价的异议",
}


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


# V-31: a day of more than twelve hours is approved at the district, and nowhere below it.
# Stars are given by the district; below it they are proposed and reviewed (rules.md 2.5).
_DISTRICT = frozenset(
    {Act.APPROVE_LONG_HOURS, Act.RUN_STARS, Act.KEEP_SKILLS, Act.SWEEP, Act.SET_HOURS_TERMS}
)
_STREET = [act for act in Act if act not in _DISTRICT]
# A courtesy is published by the street or the district, whoever entered it (rules.md 2.7).
_LOCAL = [act for act in _STREET if act != Act.APPROVE_COURTESY]
GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, Reach.BELOW, *Act),
    *_grants(Role.STREET_SECRETARY, Reach.BELOW, *_STREET),
    *_grants(Role.COMMUNITY_SECRETARY, Reach.BELOW, *_LOCAL),
    *_grants(Role.SCHOOL_SECRETARY, Reach.BELOW, *_LOCAL),
    *_grants(Role.ENTERPRISE_SECRETARY, Reach.BELOW, *_LOCAL),
    *_grants(
        Role.TEAM_LEADER,
        Reach.OWN,
        Act.SEE,
        Act.PUBLISH,
        Act.KEEP_SIGN_UPS,
        Act.CHECK_IN,
        Act.KEEP_TEAM,
        Act.ENTER_LATE,
        Act.EVALUATE,
    ),
]


class Placed(Protocol):
    """A record that belongs to an organisation."""

    org: Org


def may_at(act: Act) -> Callable[[Actor, Model], bool]:
    """Return the test whether an actor may do an act where a record belongs."""
    return lambda actor, one: actors.may(actor, act, at=cast(Placed, one).org)
