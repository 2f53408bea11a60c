"""Parts: given, taken, handed in, accepted; what of the means each gets."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.projects import forms, queries, services
from qinghe.systems.projects.access import Act
from qinghe.systems.projects.queries import OPEN, Part, PartState, ProjectState

from .projects import back_to, found_project, named_part, url_of
from .tables import TONES, AllotmentTable, EventTable, PartTable


def part(request: Request, project_part_id: int) -> HttpResponse:
    """Show one part: what it is given, what was given on of it, what came of it."""
    found = _found(request, project_part_id)
    state = PartState(found.state)
    pieces = queries.parts_seen_by(request.actor).filter(parent=found).order_by("org__path", "pk")
    events = queries.events_seen_by(request.actor).filter(part=found).order_by("starts_at")
    return pages.record_page(
        request,
        title=f"{found.title}（{found.org.name}）",
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("项目", pages.Link(found.project.title, url_of(found.project))),
            (
                "上级分工",
                pages.Link(str(found.parent), _url(found.parent)) if found.parent else "—",
            ),
            ("承接单位", found.org.name),
            ("下达单位", found.above.name),
            ("起止", f"{found.starts_on.isoformat()} 至 {found.due_on.isoformat()}"),
            ("承接日期", found.taken_on.isoformat() if found.taken_on else "—"),
            ("交验日期", found.submitted_on.isoformat() if found.submitted_on else "—"),
            ("验收日期", found.accepted_on.isoformat() if found.accepted_on else "—"),
            ("完成情况", found.outcome or "—"),
            ("退回或取消原因", found.reason or "—"),
        ],
        actions=_actions(request, found),
        related=[
            pages.Related("分给下级", tables.short(PartTable, pieces), empty="没有分给下级"),
            pages.Related(
                "分到的资源",
                tables.short(AllotmentTable, queries.allotments_of(request.actor, found)),
                empty="没有分到资源",
            ),
            pages.Related("日程", tables.short(EventTable, events), empty="还没有排日程"),
        ],
        back=back_to(found.project),
    )


def _actions(request: Request, found: Part) -> list[pages.Action]:
    if found.project.is_over:
        return []
    is_running = found.project.state == ProjectState.RUNNING
    actions = []
    if is_running and actors.may(request.actor, Act.CARRY, at=found.org):
        actions = _carrying(request, found)
    if actors.may(request.actor, Act.LEAD, at=found.above):
        actions += _giving(request, found, is_running=is_running)
    return actions


def _carrying(request: Request, found: Part) -> list[pages.Action]:
    """Return what who carries it does next."""
    if found.state == PartState.OFFERED:
        return [
            pages.Action("承接", _to("part_take", found), primary=True, post=True),
            pages.Action("不承接", _to("part_decline", found)),
        ]
    if found.state != PartState.TAKEN:
        return []
    actions = [pages.Action("交验", _to("part_submit", found), primary=True)]
    if found.parent_id is None and actors.may(request.actor, Act.LEAD, at=found.org):
        url = f"{reverse('projects:part_new', args=[found.project_id])}?of={found.pk}"
        actions.append(pages.Action("分给下级", url))
    here = f"?part={found.pk}"
    for label, name in (("设定节点", "milestone_new"), ("排日程", "event_new")):
        url = f"{reverse(f'projects:{name}', args=[found.project_id])}{here}"
        actions.append(pages.Action(label, url))
    return actions


def _giving(request: Request, found: Part, *, is_running: bool) -> list[pages.Action]:
    """Return what who gave it does next."""
    if found.state not in OPEN:
        return []
    actions = []
    is_mine = found.submitted_by_id == request.actor.person_id
    if is_running and found.state == PartState.SUBMITTED and not is_mine:
        actions = [
            pages.Action("验收", _to("part_accept", found), primary=True, post=True),
            pages.Action("退回", _to("part_back", found)),
        ]
    actions.append(pages.Action("分配资源", _to("allot", found)))
    if found.state != PartState.SUBMITTED:
        actions.append(pages.Action("取消分工", _to("part_drop", found)))
    return actions


def part_new(request: Request, joint_project_id: int) -> HttpResponse:
    """Give a part of a project to somebody below, or of one's own part."""
    found = found_project(request, joint_project_id)
    parent = named_part(request, found, by="of")  # of which a piece is given
    giver = parent.org if parent else found.org
    actors.require(request.actor, Act.LEAD, at=giver)
    first, last = (parent.starts_on, parent.due_on) if parent else (found.starts_on, found.ends_on)
    form = forms.PartForm(
        request.POST or None,
        initial={"starts_on": first, "due_on": last},
        actor=request.actor,
        giver=giver,
    )

    def do() -> str:
        new = form.as_new(found, parent)
        return _url(services.offer_part(new=new, at=timezone.now(), by=request.actor))

    return pages.act_page(
        request,
        title=f"安排分工：{parent.title if parent else found.title}",
        form=form,
        do=do,
        note="项目立项后，承接单位在待办里看到，可以承接或说明原因不承接。",
        back=pages.Link(parent.title, _url(parent)) if parent else back_to(found),
    )


@require_POST
def part_take(request: Request, project_part_id: int) -> HttpResponse:
    """Say yes to a part."""
    found = _found(request, project_part_id)
    services.take_part(part=found, at=timezone.now(), by=request.actor)
    return redirect(_url(found))


def part_decline(request: Request, project_part_id: int) -> HttpResponse:
    """Say no to a part, and why."""
    found = _found(request, project_part_id)
    actors.require(request.actor, Act.CARRY, at=found.org)
    return pages.reason_page(
        request,
        title=f"不承接：{found.title}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.decline_part(
            part=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="不承接",
        back=pages.Link(found.title, _url(found)),
    )


def part_drop(request: Request, project_part_id: int) -> HttpResponse:
    """Take a part back, and say why."""
    found = _found(request, project_part_id)
    actors.require(request.actor, Act.LEAD, at=found.above)
    return pages.reason_page(
        request,
        title=f"取消分工：{found.title}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.drop_part(
            part=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="取消分工",
        note="分给下级的也一并取消，已填的内容保留可查。",
        back=pages.Link(found.title, _url(found)),
    )


def part_submit(request: Request, project_part_id: int) -> HttpResponse:
    """Hand a part in."""
    found = _found(request, project_part_id)
    actors.require(request.actor, Act.CARRY, at=found.org)
    allotments = list(queries.allotments_of(request.actor, found))
    initial = {"outcome": found.outcome}
    form = forms.SubmitForm(request.POST or None, initial=initial, allotments=allotments)

    def do() -> str:
        services.submit_part(
            part=found,
            outcome=form.cleaned_data["outcome"],
            used=form.used(),
            at=timezone.now(),
            by=request.actor,
        )
        return _url(found)

    return pages.act_page(
        request,
        title=f"交验：{found.title}",
        form=form,
        do=do,
        submit="交验",
        note=f"退回原因：{found.reason}" if found.reason else "材料可在分工页上作为附件上传。",
        back=pages.Link(found.title, _url(found)),
    )


@require_POST
def part_accept(request: Request, project_part_id: int) -> HttpResponse:
    """Accept what was handed in."""
    found = _found(request, project_part_id)
    services.accept_part(part=found, at=timezone.now(), by=request.actor)
    return redirect(_url(found))


def part_back(request: Request, project_part_id: int) -> HttpResponse:
    """Send back what is not done, and say why."""
    found = _found(request, project_part_id)
    actors.require(request.actor, Act.LEAD, at=found.above)
    return pages.reason_page(
        request,
        title=f"退回：{found.title}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.send_back_part(
            part=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="退回",
        note="退回后由对方补充再交，填过的内容都保留。",
        back=pages.Link(found.title, _url(found)),
    )


def allot(request: Request, project_part_id: int) -> HttpResponse:
    """Say how much of some means a part gets."""
    found = _found(request, project_part_id)
    actors.require(request.actor, Act.LEAD, at=found.above)
    form = forms.AllotForm(request.POST or None, actor=request.actor, part=found)

    def do() -> str:
        services.allot(part=found, **form.cleaned_data, at=timezone.now(), by=request.actor)
        return _url(found)

    return pages.act_page(
        request,
        title=f"分配资源：{found.title}（{found.org.name}）",
        form=form,
        do=do,
        note="社区的资源从它上级街道分到的数里分；一共不能超过登记的总数。",
        back=pages.Link(found.title, _url(found)),
    )


def _found(request: Request, project_part_id: int) -> Part:
    return get_object_or_404(queries.parts_seen_by(request.actor), pk=project_part_id)


def _url(found: Part) -> str:
    return reverse("projects:part", args=[found.pk])


def _to(name: str, found: Part) -> str:
    return reverse(f"projects:{name}", args=[found.pk])
