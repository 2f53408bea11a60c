"""One attendance: every check-in, the rule behind its minutes, and what may be done with it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import Column, Table

from qinghe.edges.web import columns, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.systems.volunteering import forms, queries, rules, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import Attendance, State

from .sessions import ATTENDANCE_TONES

WHY = {
    rules.Approval.NONE: "当天合计不超过8小时，签退即生效",
    rules.Approval.PARENT: "当天合计超过8小时、不超过12小时，须主办组织的上级审核",
    rules.Approval.DISTRICT: "当天合计超过12小时，须区级审核",
}


class StayTable(Table):
    """Every check-in with its check-out; what was corrected stays in the list."""

    came_at = columns.Moment(verbose_name="签到")
    left_at = columns.Moment(verbose_name="签退", default="未签退")
    recorded_at = columns.Moment(verbose_name="登记时间")
    standing = columns.State(
        verbose_name="效力",
        accessor="standing",
        labels={"stands": "有效", "superseded": "已被更正"},
        tones={"stands": pages.Tone.GOOD},
    )
    reason = Column("更正原因")
    approved_by = Column("更正人")


class CorrectableStayTable(StayTable):
    """The same, with the way to correct."""

    correct = Column("更正", empty_values=(), orderable=False)

    def render_correct(self, record: object) -> pages.Cell:
        """Offer the way to correct what still stands."""
        if record.superseded:
            return ""
        return pages.Link("更正", reverse("volunteering:stay_correct", args=[record.pk])).__html__()


def attendance(request: Request, attendance_id: int) -> HttpResponse:
    """Show who came when to which session, and why it counts what it counts."""
    found = _found(request, attendance_id)
    state = State(found.state)
    settlement = queries.settlement_of(request.actor, found)
    return pages.record_page(
        request,
        title=f"{_name(request, found)}的服务记录",
        record=found,
        state=pages.Tag(state.label, ATTENDANCE_TONES[state]),
        facts=[
            ("志愿者", _volunteer(request, found)),
            (
                "场次",
                pages.Link(
                    found.session.title, reverse("volunteering:session", args=[found.session_id])
                ),
            ),
            ("主办组织", found.session.org.name),
            ("计入日期", found.session.day.isoformat()),
            ("登记方式", found.get_how_display()),
            ("暂停计入原因", _held(request, found)),
            ("服务分钟", found.minutes),
            ("让位于此的重复签到", _superseded(request, found)),
            ("当天合计分钟", settlement.longest_day),
            ("确认人", queries.confirmed_by(request.actor, found)),
            ("审核路径", _way(found, settlement)),
            ("时长规则", WHY[settlement.approval] if settlement.closed else "未签退的签到不计时长"),
        ],
        actions=_actions(request, found),
        related=[_stays(request, found)],
        back=pages.Link(
            found.session.title, reverse("volunteering:session", args=[found.session_id])
        ),
    )


def _superseded(request: Request, found: queries.Attendance) -> str:
    gave_way = queries.superseded_by(request.actor, found)
    return "；".join(f"{one.get_how_display()}（已作废）" for one in gave_way) or "没有"


@require_POST
def attendance_check_out(request: Request, attendance_id: int) -> HttpResponse:
    """Let a volunteer go."""
    found = _found(request, attendance_id)
    services.check_out(attendance=found, at=timezone.now(), by=request.actor)
    return redirect("volunteering:session", found.session_id)


def attendance_void(request: Request, attendance_id: int) -> HttpResponse:
    """Strike an attendance out."""
    found = _found(request, attendance_id)
    actors.require(request.actor, Act.CORRECT, at=found.session.org)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title="作废服务记录",
        note="作废后不计人次和时长，签到签退的原始记录保留；不能恢复。",
        submit="确定作废",
        back=_back(found.pk),
        then=lambda reason: services.void_attendance(
            attendance=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def stay_correct(request: Request, stay_id: int) -> HttpResponse:
    """Put other times in the place of recorded ones."""
    stay = get_object_or_404(queries.stays_seen_by(request.actor), pk=stay_id)
    actors.require(request.actor, Act.CORRECT, at=stay.attendance.session.org)
    initial = {"came_at": stay.came_at, "left_at": stay.left_at}
    form = forms.CorrectionForm(request.POST or None, initial=initial)
    if form.is_valid():
        with pages.refusals_on(form):
            services.correct_stay(
                stay=stay, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
            return redirect("volunteering:attendance", stay.attendance_id)
    return pages.form_page(
        request,
        title="更正签到签退",
        form=form,
        note="更正另存一条，原来的时间保留并标明已被更正；更正原因和更正人一并留存。",
        submit="确定更正",
        back=_back(stay.attendance_id),
    )


def _held(request: Request, found: Attendance) -> pages.Cell:
    """Say which open finding holds it; the way there is open to those who see the reviewer."""
    if found.state != State.HELD:
        return None
    holding = queries.open_findings_of(request.actor, found)
    if len(holding) == 1 and actors.may(request.actor, Act.SEE, at=holding[0].reviewer):
        url = reverse("volunteering:finding", args=[holding[0].pk])
        return pages.Link(holding[0].get_kind_display(), url)
    return "、".join(one.get_kind_display() for one in holding)


def _way(found: Attendance, settlement: rules.Settlement) -> str | None:
    """Say whose word waiting hours need: the host's parent up to twelve hours, then the district."""
    if found.state != State.PENDING:
        return None
    parent = found.session.org.parent or found.session.org
    if settlement.approval is rules.Approval.DISTRICT:
        return f"{parent.name}（12小时以内）→ 区级（超过12小时，现在这一级）"
    return f"{parent.name}（12小时以内，现在这一级）→ 区级（超过12小时）"


def _found(request: Request, attendance_id: int) -> Attendance:
    return get_object_or_404(queries.attendances_seen_by(request.actor), pk=attendance_id)


def _back(attendance_id: int) -> pages.Link:
    return pages.Link("服务记录", reverse("volunteering:attendance", args=[attendance_id]))


def _name(request: Request, found: Attendance) -> str:
    return levels.short_name(
        request.actor, found.volunteer.person, at=found.session.org, on=timezone.localdate()
    )


def _volunteer(request: Request, found: Attendance) -> pages.Cell:
    """Name the volunteer by number; the way to them is open to those who may see their org."""
    number = found.volunteer.number
    if not actors.may(request.actor, Act.SEE, at=found.volunteer.org):
        return number
    return pages.Link(number, reverse("volunteering:volunteer", args=[found.volunteer_id]))


def _stays(request: Request, found: Attendance) -> pages.Related:
    stays = queries.stays_seen_by(request.actor).filter(attendance=found)
    may = actors.may(request.actor, Act.CORRECT, at=found.session.org)
    table = CorrectableStayTable if may and found.state in rules.ATTENDANCE_MOVES else StayTable
    return pages.Related("签到签退", tables.short(table, stays))


def _actions(request: Request, found: Attendance) -> list[pages.Action]:
    key, actions = [found.pk], []
    if found.state == State.PENDING and queries.hours_waiting_for(request.actor).filter(
        pk=found.pk
    ):
        actions += [
            pages.Action(
                "通过时长", reverse("volunteering:hours_approve", args=key), primary=True, post=True
            ),
            pages.Action("不通过", reverse("volunteering:hours_refuse", args=key)),
        ]
    if found.state in rules.ATTENDANCE_MOVES and actors.may(
        request.actor, Act.CORRECT, at=found.session.org
    ):
        actions.append(pages.Action("作废", reverse("volunteering:attendance_void", args=key)))
    if _may_be_evaluated(request, found):
        actions.append(pages.Action("评价", reverse("volunteering:evaluate", args=key)))
    return actions


def _may_be_evaluated(request: Request, found: Attendance) -> bool:
    over = found.state in (State.EFFECTIVE, State.PENDING)
    own = found.volunteer.person_id == request.actor.person_id
    may = over and not own and actors.may(request.actor, Act.EVALUATE, at=found.session.org)
    return may and not queries.evaluations_seen_by(request.actor).filter(attendance=found).exists()
