"""What the page of one team tells: its facts, its people, what it asked for and confirmed."""

from django.urls import reverse
from django.utils import timezone
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import queries
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import (
    ConfirmationState,
    HeadChangeState,
    MemberState,
    Team,
    TeamPost,
    TeamState,
)

from .sessions import written
from .team_people import MemberTable

SHOWN = 10
CONFIRMED: dict[str, pages.Tone] = {
    ConfirmationState.SUBMITTED: pages.Tone.WAIT,
    ConfirmationState.ACCEPTED: pages.Tone.GOOD,
    ConfirmationState.RETURNED: pages.Tone.LATE,
}
CHANGED: dict[str, pages.Tone] = {
    HeadChangeState.APPLIED: pages.Tone.WAIT,
    HeadChangeState.APPROVED: pages.Tone.GOOD,
    HeadChangeState.REFUSED: pages.Tone.LATE,
}


class PostTable(Table):
    """Who led a team, and who stood in."""

    name = columns.MaskedName(
        verbose_name="姓名", accessor="volunteer__person__name", at="team__org"
    )
    post = Column("职务", accessor="get_post_display")
    starts_on = columns.Day(verbose_name="任职日期")
    ends_on = columns.Day(verbose_name="卸任日期")


class HeadChangeTable(Table):
    """What was asked for a team's head."""

    name = columns.MaskedName(
        verbose_name="拟任负责人", accessor="volunteer__person__name", at="team__org"
    )
    reason = Column("原因")
    applied_on = columns.Day(verbose_name="申请日期")
    decided_on = columns.Day(verbose_name="审核日期")
    words = Column("审核说明")
    state = columns.State(verbose_name="状态", labels=dict(HeadChangeState.choices), tones=CHANGED)


class ConfirmationTable(Table):
    """What a team confirmed, year by year."""

    year = Column("年度")
    name = columns.MaskedName(verbose_name="负责人", accessor="head__person__name", at="team__org")
    members = columns.Number(verbose_name="成员数")
    sessions = columns.Number(verbose_name="活动场次")
    submitted_on = columns.Day(verbose_name="提交日期")
    reason = Column("退回原因")
    state = columns.State(
        verbose_name="状态", labels=dict(ConfirmationState.choices), tones=CONFIRMED
    )


class TeamObjectionTable(Table):
    """What was held against it."""

    words = Column("异议内容", linkify=("volunteering:team_objection", [A("pk")]))
    state = Column("状态", accessor="get_state_display")
    answer = Column("核实情况")
    at = columns.Moment(verbose_name="提出时间")


def facts_of(request: Request, found: Team) -> list[tuple[str, pages.Cell]]:
    """Return what a team's page says of it."""
    standing = found.members.filter(state__in=[MemberState.MEMBER, MemberState.FOUNDING])
    return [
        ("队伍编号", found.code),
        ("类别", found.get_kind_display()),
        ("小区", found.compound or "—"),
        ("主组织", found.org.name),
        ("服务范围", found.scope or "—"),
        ("负责人", _head(request, found)),
        ("成员", standing.count()),
        ("申请日期", found.applied_on.isoformat()),
        ("公示", _span(found)),
        ("审核日期", written(found.approved_on)),
        ("停止发布活动日期", written(found.suspended_on)),
        ("注销日期", written(found.closed_on)),
    ]


def related_of(request: Request, found: Team) -> list[pages.Related]:
    """Return the lists beside a team's facts; objections to those alone who look into them."""
    actor = request.actor
    related = [
        pages.Related(
            "成员",
            tables.short(MemberTable, queries.members_of(actor, found)[:SHOWN]),
            url=reverse("volunteering:team_members", args=[found.pk]),
            empty="还没有成员",
        ),
        pages.Related(
            "负责人和副负责人",
            tables.short(PostTable, queries.team_posts_of(actor, found)[:SHOWN]),
            empty="还没有任职记录",
        ),
        pages.Related(
            "负责人变更",
            tables.short(
                HeadChangeTable, queries.head_changes_seen_by(actor).filter(team=found)[:SHOWN]
            ),
            empty="没有变更申请",
        ),
        pages.Related(
            "年度确认",
            tables.short(
                ConfirmationTable, queries.confirmations_seen_by(actor).filter(team=found)[:SHOWN]
            ),
            empty="还没有年度确认",
        ),
    ]
    if actors.may(actor, Act.APPROVE_TEAM, at=found.org.parent or found.org):
        held = queries.team_objections_seen_by(actor).filter(team=found)
        if found.notice_from:
            table = tables.short(TeamObjectionTable, held)
            related.insert(0, pages.Related("公示异议", table, empty="没有异议"))
    return related


def _head(request: Request, found: Team) -> str:
    today = local_day(timezone.now())
    post: TeamPost | None = queries.head_of(request.actor, found)
    if post is None:
        return "没有负责人" if found.state == TeamState.APPROVED else "—"
    name = levels.short_name(request.actor, post.volunteer.person, at=found.org, on=today)
    if queries.head_has_role(request.actor, post, today):
        return name
    return f"{name}（账号尚未授予“志愿队伍负责人”，请由街道或社区在授权管理中办理）"


def _span(found: Team) -> str:
    if found.notice_from is None or found.notice_until is None:
        return "—"
    return f"{found.notice_from.isoformat()} 至 {found.notice_until.isoformat()}"
