"""Support sessions: list, record with what was done, asking, ending."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, doors, pages, tables, timeline
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Role
from qinghe.kernel.access.models import SupportSession
from qinghe.systems.authority import forms, queries, services
from qinghe.systems.authority.access import Act
from qinghe.systems.authority.queries import SupportState

MOST_SHOWN = 200
TONES: dict[str, pages.Tone] = {
    SupportState.OPEN: pages.Tone.WAIT,
    SupportState.ENDED: pages.Tone.PLAIN,
}


class SupportTable(Table):
    """Which role was lent to whom, where and why."""

    org = Column(
        "组织",
        accessor="org__name",
        order_by="org__path",
        linkify=("authority:support_session", {"session_id": A("pk")}),
    )
    admin = Column("系统管理员", accessor="admin__name")
    role = Column("借用角色", accessor="get_role_display", order_by="role")
    reason = Column("事由")
    starts_at = columns.Moment(verbose_name="开始")
    until = columns.Moment(verbose_name="结束")
    state = columns.State(verbose_name="状态", labels=dict(SupportState.choices), tones=TONES)


class DoneTable(Table):
    """What was done through a support session."""

    at = columns.Moment(verbose_name="时间")
    verb = Column("操作")
    subject = Column("对象", accessor="first_id")

    def render_verb(self, value: str) -> str:
        """Say it in words."""
        return timeline.VERBS.get(value, value)


def support(request: Request) -> HttpResponseBase:
    """Show the support sessions of the chosen organisation and of all below it."""
    doors.require_at(request.actor, Act.SEE_SUPPORT, org=request.scope.org)
    asks = actors.may(request.actor, Act.ASK_SUPPORT, at=request.scope.org)
    new = pages.Action("发起支持会话", reverse("authority:support_new"), primary=True)
    return pages.list_page(
        request,
        title="支持会话",
        table=SupportTable,
        rows=queries.support_seen_by(request.actor, timezone.now()).filter(
            org__path__startswith=request.scope.org.path
        ),
        actions=[new] if asks else [],
    )


def support_session(request: Request, session_id: int) -> HttpResponse:
    """Show one support session and everything that was done through it."""
    found = _found(request, session_id)
    done = queries.done_through(request.actor, found)
    return pages.record_page(
        request,
        title=f"{found.org.name}的支持会话",
        record=found,
        state=pages.Tag(SupportState(found.state).label, TONES[found.state]),
        facts=[
            ("系统管理员", found.admin.name),
            ("借用角色", found.get_role_display()),
            ("组织", found.org.name),
            ("事由", found.reason),
            ("开始", f"{timezone.localtime(found.starts_at):%Y-%m-%d %H:%M}"),
            ("结束", f"{timezone.localtime(found.until):%Y-%m-%d %H:%M}"),
        ],
        related=[
            pages.Related(
                "会话中办理的事",
                tables.short(DoneTable, done[:MOST_SHOWN]),
                empty="会话中没有改动任何记录。",
            )
        ],
        actions=_actions(request, found),
        back=pages.Link("支持会话", reverse("authority:support")),
    )


def support_new(request: Request) -> HttpResponse:
    """Borrow a role at an organisation."""
    doors.require_anywhere(request.actor, Act.ASK_SUPPORT)
    form = forms.SupportForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        with pages.refusals_on(form):
            typed = form.cleaned_data
            made = services.start_support(
                org=typed["org"],
                role=Role(typed["role"]),
                reason=typed["reason"],
                minutes=typed["minutes"],
                at=timezone.now(),
                by=request.actor,
            )
            shown = reverse("authority:support_session", args=[made.pk])
            return redirect(f"{shown}?org={made.org.code}")  # the work is there
    return pages.form_page(
        request,
        title="发起支持会话",
        form=form,
        note="会话期间每一步都署名留痕，该组织的书记会收到通知并能看到您办理的全部事项；到时自动结束。",
        submit="开始",
        back=pages.Link("支持会话", reverse("authority:support")),
    )


@require_POST
def support_end(request: Request, session_id: int) -> HttpResponse:
    """End a support session before its time."""
    found = _found(request, session_id)
    services.end_support(session=found, at=timezone.now(), by=request.actor)
    return redirect("authority:support_session", found.pk)


def _found(request: Request, session_id: int) -> SupportSession:
    seen = queries.support_seen_by(request.actor, timezone.now())
    return get_object_or_404(seen, pk=session_id)


def _actions(request: Request, found: SupportSession) -> list[pages.Action]:
    own = found.admin_id == request.actor.person_id
    may_end = own or actors.may(request.actor, Act.APPOINT, at=found.org)
    if found.state != SupportState.OPEN or not may_end:
        return []
    url = reverse("authority:support_end", args=[found.pk])
    return [pages.Action("结束会话", url, post=True, primary=True)]
