"""One member in a campaign: all that was said of them, and what may be changed."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.systems.appraisals import forms, queries, rules, services
from qinghe.systems.appraisals.access import Act
from qinghe.systems.appraisals.queries import Grade, Line, RollState

from .rolls import PEERS_HIDDEN
from .steps import votes_of
from .tables import GRADE_TONES, LineTable

NO_GRADE = "还没有等次"


def lines(request: Request) -> HttpResponseBase:
    """Show the members of the chosen organisation and all below it, in all years."""
    doors.require_at(request.actor, Act.SEE, org=request.scope.org)
    rows = queries.lines_seen_by(request.actor)
    return pages.list_page(
        request,
        title="团员评议名单",
        table=LineTable,
        rows=rows.filter(roll__org__path__startswith=request.scope.org.path).order_by(
            "-campaign__year", "roll__org__path"
        ),
        filterset=forms.LineFilter,
        actions=[pages.Action("支部评议", reverse("appraisals:rolls"))],
        sheet="appraisals.grades",
    )


def unregistered(request: Request) -> HttpResponseBase:
    """Show who has not been registered for more than a year (T-43)."""
    doors.require_at(request.actor, Act.SEE, org=request.scope.org)
    rows = queries.long_unregistered(request.actor, timezone.localdate())
    return pages.list_page(
        request,
        title="超过一年未注册",
        table=LineTable,
        rows=rows.filter(roll__org__path__startswith=request.scope.org.path),
        actions=[pages.Action("支部评议", reverse("appraisals:rolls"))],
    )


def line(request: Request, line_id: int) -> HttpResponse:
    """Show one member's review and registration."""
    found = _found(request, line_id)
    name = levels.full_name(request.actor, found.person, at=found.roll.org, on=timezone.localdate())
    grade = Grade(found.grade) if found.grade else None
    state = pages.Tag(grade.label, GRADE_TONES[grade]) if grade else pages.Tag(NO_GRADE)
    return pages.record_page(
        request,
        title=f"{name}：{found.campaign.year}年度评议",
        record=found,
        state=state,
        facts=_facts(request, found),
        actions=_actions(request, found),
        back=_back(found),
    )


def line_place(request: Request, line_id: int) -> HttpResponse:
    """Say whether a member is under review, and why not."""
    found = _found(request, line_id)
    actors.require(request.actor, Act.KEEP, at=found.roll.org)
    initial = {"standing": found.standing, "reason": found.reason}
    form = forms.PlaceForm(request.POST or None, initial=initial)

    def do() -> str:
        services.place(line=found, **form.cleaned_data, at=timezone.now(), by=request.actor)
        return reverse("appraisals:roll", args=[found.roll_id])

    return pages.act_page(
        request,
        title="调整参评情况",
        note="经同意不参加的和保留团籍的党员不计入应评议人数；未参加的计入，但没有等次。",
        form=form,
        do=do,
        back=_to_line(found),
    )


def line_move(request: Request, line_id: int) -> HttpResponse:
    """Move the line of somebody who moved to the branch that they belong to now."""
    found = _found(request, line_id)
    actors.require(request.actor, Act.KEEP, at=found.roll.org)
    form = forms.MoveForm(request.POST or None, actor=request.actor, line=found)

    def do() -> str:
        into = form.cleaned_data["into"]
        services.move_line(line=found, into=into, at=timezone.now(), by=request.actor)
        messages.success(request, f"已移到{into.org.name}的名单。")
        return reverse("appraisals:roll", args=[found.roll_id])

    return pages.act_page(
        request,
        title="移到转入支部",
        note="先办理组织关系转接；两个支部都还没有上报等次时才能移动。自评带走，互评和票数不带走。",
        form=form,
        do=do,
        submit="移动",
        back=_to_line(found),
    )


def line_correct(request: Request, line_id: int) -> HttpResponse:
    """Correct a final grade."""
    found = _found(request, line_id)
    actors.require(request.actor, Act.APPROVE, at=found.roll.org.parent or found.roll.org)
    form = forms.CorrectForm(request.POST or None)

    def do() -> str:
        services.correct_grade(line=found, **form.cleaned_data, at=timezone.now(), by=request.actor)
        messages.success(request, "等次已更正，原等次保留在记录中。")
        return reverse("appraisals:line", args=[found.pk])

    return pages.act_page(
        request,
        title="更正等次",
        note=f"现为{found.get_grade_display() or NO_GRADE}；更正为不合格的，同时取消本年度注册。",
        form=form,
        do=do,
        submit="更正",
        back=_to_line(found),
    )


@require_POST
def line_register(request: Request, line_id: int) -> HttpResponse:
    """Register one member after the branch was."""
    found = _found(request, line_id)
    services.register_line(line=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已注册。")
    return redirect("appraisals:line", found.pk)


def _facts(request: Request, found: Line) -> list[tuple[str, pages.Cell | pages.Kept]]:
    org, person = found.roll.org, found.person

    def kept(value: str, name: str) -> pages.Kept:
        return pages.Kept(value or "—", f"appraisals.Line.{name}", of=person, at=org)

    peers = rules.Votes(found.peers_top, found.peers_good, found.peers_basic, found.peers_failed)
    hidden = found.roll.state in PEERS_HIDDEN
    return [
        ("团支部", pages.Link(org.name, _back(found).url)),
        ("人员编号", person.number),
        ("参评情况", found.get_standing_display()),
        ("原因", kept(found.reason, "reason")),
        ("自我评价", kept(found.own_words, "own_words")),
        ("自评等次", kept(found.get_own_grade_display(), "own_grade")),
        ("互评票", "支部大会后显示" if hidden else kept(_told(peers), "peers_top")),
        ("测评票", kept(_told(votes_of(found)), "votes_top")),
        ("等次", kept(found.get_grade_display(), "grade")),
        ("定等次日期", found.final_on.isoformat() if found.final_on else "—"),
        ("注册日期", found.registered_on.isoformat() if found.registered_on else "—"),
        ("暂缓注册", kept(_deferral(found), "deferred_for")),
        *(
            (f"{one.approved_on.isoformat()}更正", kept(_changed(one), "grade"))
            for one in queries.changes_of(request.actor, found)
        ),
    ]


def _told(votes: rules.Votes) -> str:
    return f"优秀{votes.top}、合格{votes.good}、基本合格{votes.basic}、不合格{votes.failed}"


def _deferral(found: Line) -> str:
    return f"到{found.deferred_until}：{found.deferred_for}" if found.deferred_until else ""


def _changed(one: object) -> str:
    before, after = one.get_before_display(), one.get_after_display()  # type: ignore[attr-defined]
    who = one.approved_by.name  # type: ignore[attr-defined]
    return f"{before} → {after}：{one.reason}（{who}）"  # type: ignore[attr-defined]


def _actions(request: Request, found: Line) -> list[pages.Action]:
    key, roll, made = [found.pk], found.roll, []
    if actors.may(request.actor, Act.KEEP, at=roll.org):
        if rules.is_open(roll.state):
            made.append(pages.Action("调整参评情况", reverse("appraisals:line_place", args=key)))
            made.append(pages.Action("移到转入支部", reverse("appraisals:line_move", args=key)))
        passes = found.grade in rules.PASSING and not found.registered_on
        if roll.state == RollState.REGISTERED and passes:
            url = reverse("appraisals:line_register", args=key)
            made.append(pages.Action("补办注册", url, primary=True, post=True))
    decides = actors.may(request.actor, Act.APPROVE, at=roll.org.parent or roll.org)
    if found.final_on and decides:
        made.append(pages.Action("更正等次", reverse("appraisals:line_correct", args=key)))
    return made


def _found(request: Request, line_id: int) -> Line:
    return get_object_or_404(queries.lines_seen_by(request.actor), pk=line_id)


def _to_line(found: Line) -> pages.Link:
    return pages.Link(found.person.number, reverse("appraisals:line", args=[found.pk]))


def _back(found: Line) -> pages.Link:
    return pages.Link(found.roll.org.name, reverse("appraisals:roll", args=[found.roll_id]))
