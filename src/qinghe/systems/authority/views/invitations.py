"""Invitations: list, record, withdrawing, a new code."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access.models import Invitation
from qinghe.systems.authority import forms, queries, services
from qinghe.systems.authority.access import Act
from qinghe.systems.authority.queries import InvitationState

from . import codes
from .names import name_of

TONES: dict[str, pages.Tone] = {
    InvitationState.WAITING: pages.Tone.WAIT,
    InvitationState.ACCEPTED: pages.Tone.GOOD,
    InvitationState.WITHDRAWN: pages.Tone.PLAIN,
    InvitationState.EXPIRED: pages.Tone.LATE,
}


class InvitationTable(Table):
    """Who was invited to what, with names masked."""

    name = columns.MaskedName(
        verbose_name="姓名",
        accessor="person__name",
        linkify=("authority:invitation", {"invitation_id": A("pk")}),
    )
    role = Column("角色", accessor="get_role_display", order_by="role")
    org = Column("组织", accessor="org__name", order_by="org__path")
    made_by = Column("邀请人", accessor="made_by__name")
    made_at = columns.Moment(verbose_name="发出时间")
    expires_at = columns.Moment(verbose_name="有效至")
    state = columns.State(verbose_name="状态", labels=dict(InvitationState.choices), tones=TONES)


def invitations(request: Request) -> HttpResponseBase:
    """Show the invitations of the chosen organisation and of all below it."""
    doors.require_at(request.actor, Act.SEE, org=request.scope.org)
    return pages.list_page(
        request,
        title="邀请",
        table=InvitationTable,
        rows=queries.invitations_seen_by(request.actor, timezone.now()).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.InvitationFilter,
        actions=[pages.Action("新建邀请", reverse("authority:appoint"), primary=True)],
    )


def invitation(request: Request, invitation_id: int) -> HttpResponse:
    """Show one invitation in full; its code is not kept."""
    found = _found(request, invitation_id)
    return pages.record_page(
        request,
        title=f"邀请{name_of(request, found)}",
        record=found,
        state=pages.Tag(InvitationState(found.state).label, TONES[found.state]),
        facts=[
            ("人员编号", found.person.number),
            ("角色", found.get_role_display()),
            ("组织", found.org.name),
            ("部门", found.get_department_display()),
            ("任职到期日", found.ends_on.isoformat() if found.ends_on else "长期"),
            ("邀请人", found.made_by.name),
            ("发出时间", f"{timezone.localtime(found.made_at):%Y-%m-%d %H:%M}"),
            ("有效至", f"{timezone.localtime(found.expires_at):%Y-%m-%d %H:%M}"),
        ],
        actions=_actions(request, found),
        back=pages.Link("邀请", reverse("authority:invitations")),
    )


@require_POST
def invitation_withdraw(request: Request, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    found = _found(request, invitation_id)
    services.withdraw_invitation(invitation=found, at=timezone.now(), by=request.actor)
    return redirect("authority:invitation", found.pk)


@require_POST
def invitation_reissue(request: Request, invitation_id: int) -> HttpResponse:
    """Give out a new code in place of the old one."""
    found = _found(request, invitation_id)
    made, code = services.reissue_invitation(invitation=found, at=timezone.now(), by=request.actor)
    return codes.shown_once(request, made, code)


def _found(request: Request, invitation_id: int) -> Invitation:
    seen = queries.invitations_seen_by(request.actor, timezone.now())
    return get_object_or_404(seen, pk=invitation_id)


def _actions(request: Request, found: Invitation) -> list[pages.Action]:
    if found.state == InvitationState.ACCEPTED or not queries.may_invite(request.actor, found):
        return []
    again = pages.Action(
        "重新发码",
        reverse("authority:invitation_reissue", args=[found.pk]),
        post=True,
        ask="原来的邀请码将失效，确定重新发码吗？",
    )
    if found.state != InvitationState.WAITING:
        return [again]
    withdraw = pages.Action(
        "撤回",
        reverse("authority:invitation_withdraw", args=[found.pk]),
        post=True,
        ask="邀请码将失效，确定撤回这份邀请吗？",
    )
    return [again, withdraw]
