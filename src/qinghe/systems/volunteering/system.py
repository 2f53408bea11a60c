from datetime import datetime
from typing import cast

from qinghe.edges.inbox import Queue
from qinghe.edges.system import Attachable, MenuItem, Newcomer, RecordKind, System
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.consent.models import Purpose
from qinghe.kernel.consent.retention import Action, Retention
from qinghe.kernel.people.models import Person

from . import access, api, facts, indicators, queries, services, sheets


def _take_newcomer(newcomer: Newcomer, at: datetime, by: Actor) -> None:
    if newcomer.guardian:
        return  # V-21: a child below 14 serves in the guardian's account
    new = services.OwnApplication(
        person=newcomer.person, org=newcomer.org, guardian_agreed_on=newcomer.guardian_agreed_on
    )
    services.apply_oneself(new=new, at=at, by=by)


def _let_go(person: Person, purpose: str, at: datetime, by: Actor) -> None:
    if purpose == Purpose.VOLUNTEERING:
        services.leave(person=person, at=at, by=by)


SYSTEM = System(
    slug="volunteering",
    label="志愿服务",
    urls="qinghe.systems.volunteering.urls",
    menu=(
        MenuItem("志愿服务", "volunteering:board", access.Act.SEE),
        MenuItem("志愿服务活动", "volunteering:activities", access.Act.SEE),
        MenuItem("活动场次", "volunteering:sessions", access.Act.SEE),
        MenuItem("志愿者", "volunteering:volunteers", access.Act.SEE),
        MenuItem("找志愿者", "volunteering:findable", access.Act.PUBLISH),
        MenuItem("志愿者队伍", "volunteering:teams", access.Act.SEE),
        MenuItem("社区组织网", "volunteering:net", access.Act.SEE),
        MenuItem("培训和学时", "volunteering:trainings", access.Act.SEE),
        MenuItem("志愿者保险", "volunteering:policies", access.Act.SEE),
        MenuItem("星级评定", "volunteering:star_rounds", access.Act.PROPOSE_STAR),
        MenuItem("志愿服务证明", "volunteering:certificates", access.Act.CERTIFY),
        MenuItem("志愿者礼遇", "volunteering:courtesy_items", access.Act.KEEP_COURTESY),
        MenuItem("待审核时长", "volunteering:hours", access.Act.APPROVE_HOURS),
    ),
    router=api.router,
    grants=tuple(access.GRANTS),
    acts=access.WORDS,
    facts=tuple(facts.FACTS),
    indicators=tuple(indicators.INDICATORS),
    checks=tuple(facts.CHECKS),
    sheets=sheets.SHEETS,
    inbox=(
        Queue(
            code="volunteering.hours",
            label="服务时长审核",
            state="待审核",
            act=access.Act.APPROVE_HOURS,
            waiting=queries.hours_waiting_for,
            items=queries.hours_items,
            since="session__ends_at",
            org="session__org",
            days=7,
        ),
        Queue(
            code="volunteering.offers",
            label="候补名额确认",
            state="待确认",
            act="",
            waiting=queries.own_offers,
            items=queries.offer_items,
            since="moved_at",
            due="offer_until",
            org="post__session__org",
        ),
        Queue(
            code="volunteering.short_of_people",
            label="两天内的活动缺人",
            state="待招满",
            act=access.Act.KEEP_SIGN_UPS,
            waiting=queries.short_of_people,
            items=queries.short_of_people_items,
            since="starts_at",
            due="starts_at",
            org="org",
        ),
        Queue(
            code="volunteering.volunteers",
            label="志愿者注册申请",
            state="待审核",
            act=access.Act.APPROVE_VOLUNTEER,
            waiting=queries.volunteers_waiting_for,
            items=queries.volunteer_items,
            since="applied_on",
            org="org",
            days=7,
        ),
        Queue(
            code="volunteering.teams",
            label="队伍成立申请",
            state="待审核",
            act=access.Act.APPROVE_TEAM,
            waiting=queries.teams_waiting_for,
            items=queries.team_items,
            since="applied_on",
            org="org",
            days=15,
        ),
        Queue(
            code="volunteering.teams_noticed",
            label="队伍公示期满",
            state="待准予成立",
            act=access.Act.APPROVE_TEAM,
            waiting=queries.noticed_waiting_for,
            items=queries.noticed_items,
            since="notice_until",
            org="org",
            days=7,
        ),
        Queue(
            code="volunteering.team_objections",
            label="队伍公示异议",
            state="待核实",
            act=access.Act.APPROVE_TEAM,
            waiting=queries.team_objections_waiting_for,
            items=queries.team_objection_items,
            since="at",
            org="team__org",
            days=7,
        ),
        Queue(
            code="volunteering.team_joins",
            label="入队申请",
            state="申请加入",
            act=access.Act.KEEP_TEAM,
            waiting=queries.joins_waiting_for,
            items=queries.join_items,
            since="asked_on",
            org="team__org",
            days=7,
        ),
        Queue(
            code="volunteering.team_invitations",
            label="入队邀请",
            state="受邀待答复",
            act="",
            waiting=queries.invitations_waiting_for,
            items=queries.invitation_items,
            since="asked_on",
            org="team__org",
        ),
        Queue(
            code="volunteering.team_heads",
            label="队伍负责人变更",
            state="待审核",
            act=access.Act.APPROVE_TEAM,
            waiting=queries.heads_waiting_for,
            items=queries.head_items,
            since="applied_on",
            org="team__org",
            days=15,
        ),
        Queue(
            code="volunteering.team_confirmations",
            label="队伍年度确认",
            state="待审核",
            act=access.Act.APPROVE_TEAM,
            waiting=queries.confirmations_waiting_for,
            items=queries.confirmation_items,
            since="submitted_on",
            org="team__org",
            days=15,
        ),
        Queue(
            code="volunteering.teams_unconfirmed",
            label="未办年度确认的队伍",
            state="待提交",
            act=access.Act.KEEP_TEAM,
            waiting=queries.unconfirmed_waiting_for,
            items=queries.unconfirmed_items,
            since="approved_on",
            org="org",
        ),
        Queue(
            code="volunteering.heads_lacking",
            label="头雁学时不足的负责人",
            state="待培训",
            act=access.Act.TRAIN,
            waiting=queries.heads_lacking_for,
            items=queries.lacking_items,
            since="starts_on",
            org="team__org",
        ),
        Queue(
            code="volunteering.stars",
            label="星级申报审核",
            state="待审核",
            act=access.Act.REVIEW_STAR,
            waiting=queries.stars_waiting_for,
            items=queries.star_items,
            since="proposed_on",
            org="org",
            days=15,
        ),
        Queue(
            code="volunteering.star_objections",
            label="星级公示异议",
            state="待核实",
            act=access.Act.REVIEW_STAR,
            waiting=queries.objections_waiting_for,
            items=queries.objection_items,
            since="at",
            org="case__org",
            days=7,
        ),
        Queue(
            code="volunteering.stars_short",
            label="星级时长不足",
            state="待核减",
            act=access.Act.RUN_STARS,
            waiting=queries.short_waiting_for,
            items=queries.short_items,
            since="issued_on",
            org="org",
        ),
        Queue(
            code="volunteering.certificates",
            label="志愿服务证明盖章",
            state="单位内公示中",
            act=access.Act.CERTIFY,
            waiting=queries.certificates_waiting_for,
            items=queries.certificate_items,
            since="issued_at",
            due="notice_until",
            org="issuer",
        ),
        Queue(
            code="volunteering.sponsors",
            label="礼遇商家审核",
            state="待审核",
            act=access.Act.APPROVE_COURTESY,
            waiting=queries.sponsors_waiting_for,
            items=queries.sponsor_items,
            since="entered_on",
            org="org",
            days=15,
        ),
        Queue(
            code="volunteering.courtesies",
            label="礼遇项目审核",
            state="待审核",
            act=access.Act.APPROVE_COURTESY,
            waiting=queries.courtesies_waiting_for,
            items=queries.courtesy_inbox_items,
            since="entered_on",
            org="sponsor__org",
            days=15,
        ),
    ),
    records=(
        RecordKind("volunteering.Attendance", "服务记录", queries.attendance_lines),
        RecordKind("volunteering.Session", "活动场次", queries.session_lines),
        RecordKind("volunteering.Volunteer", "志愿者", queries.volunteer_lines),
        RecordKind("volunteering.SignUp", "志愿服务报名", queries.sign_up_lines),
        RecordKind("volunteering.ServicePost", "志愿服务岗位", queries.post_lines),
        RecordKind("volunteering.Activity", "志愿服务活动", queries.activity_lines),
        RecordKind("volunteering.Team", "志愿者队伍", queries.team_lines),
        RecordKind("volunteering.TeamStanding", "在册志愿队伍", queries.standing_lines),
        RecordKind("volunteering.Credit", "培训学时", queries.training_lines),
        RecordKind("volunteering.StarCase", "星级志愿者", queries.star_lines),
        RecordKind("volunteering.Certificate", "志愿服务证明", queries.certificate_lines),
        RecordKind("volunteering.CourtesyClaim", "礼遇领取", queries.courtesy_claim_lines),
        RecordKind("volunteering.CourtesyItem", "礼遇项目", queries.courtesy_item_lines),
        RecordKind("volunteering.Sponsor", "礼遇商家", queries.sponsor_lines),
    ),
    attachable=(
        Attachable(
            model="volunteering.Team",
            seen_by=queries.teams_seen_by,
            may_change=lambda actor, team: actors.may(
                actor, access.Act.FOUND_TEAM, at=cast(queries.Team, team).org
            ),
        ),
        Attachable(
            model="volunteering.Policy",
            seen_by=queries.policies_seen_by,
            may_change=lambda actor, policy: actors.may(
                actor, access.Act.INSURE, at=cast(queries.Policy, policy).org
            ),
        ),
        Attachable(
            model="volunteering.Session",
            seen_by=queries.sessions_seen_by,
            may_change=lambda actor, one: actors.may(
                actor, access.Act.PUBLISH, at=cast(queries.Session, one).org
            ),
        ),
    ),
    wall=("VOL-02", "VOL-03", "VOL-04", "VOL-08"),
    data=access.DATA,
    retention=(
        Retention(
            model="volunteering.Attendance",
            label="服务时长",
            days=0,
            starts="pk",
            action=Action.KEEP,
            why="出具证明的依据；注销后不能识别到个人",
        ),
    ),
    about_person=queries.about_person,
    about_me=queries.cards_of,
    on_registered=_take_newcomer,
    on_withdrawn=_let_go,
    people_at=facts.people_at,
)
