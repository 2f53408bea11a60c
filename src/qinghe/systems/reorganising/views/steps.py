"""Steps of a draft: added by a form of their kind, put in order, taken out."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.orgs.models import Org
from qinghe.systems.reorganising import forms, queries, services
from qinghe.systems.reorganising.access import Act
from qinghe.systems.reorganising.queries import Plan, Step

from . import shared


def step_new(request: Request, reorg_plan_id: int) -> HttpResponse:
    """Add steps of the kind that `?kind=` names."""
    plan = shared.planned_by(request, reorg_plan_id)
    kind = request.GET.get("kind", "")
    if kind not in forms.STEP_FORMS:
        raise Http404
    title, asked = forms.STEP_FORMS[kind]
    if kind == Step.Kind.MEMBERS:
        return _of_members(request, plan, title=title)
    form = asked(request.POST or None, actor=request.actor, plan=plan)
    return _page(request, plan, form=form, title=title)


@require_POST
def step_remove(request: Request, reorg_step_id: int) -> HttpResponse:
    """Take a step out."""
    step = _step(request, reorg_step_id)
    plan = services.remove_step(step=step, at=timezone.now(), by=request.actor)
    messages.success(request, "已删除这一步。")
    return redirect(shared.act_url("plan", plan))


@require_POST
def step_place(request: Request, reorg_step_id: int) -> HttpResponse:
    """Put a step at another place, which `place` says."""
    step = _step(request, reorg_step_id)
    wanted = request.POST.get("place", "")
    place = int(wanted) if wanted.isdecimal() else step.place
    plan = services.place_step(step=step, place=place, at=timezone.now(), by=request.actor)
    return redirect(shared.act_url("plan", plan))


def _of_members(request: Request, plan: Plan, *, title: str) -> HttpResponse:
    """Ask whose members first; then show them to be ticked."""
    code = request.GET.get("from", "")
    if not code:
        return _whose(request, plan, title=title)
    source = get_object_or_404(
        Org.objects.select_related("parent").filter(path__startswith=plan.org.path), code=code
    )
    form = forms.TickedForm(
        request.POST or None,
        source=source,
        members=queries.members_at(request.actor, source),
        actor=request.actor,
        plan=plan,
    )
    return _page(request, plan, form=form, title=f"{title}：{source.name}")


def _whose(request: Request, plan: Plan, *, title: str) -> HttpResponse:
    form = forms.SourceForm(request.POST or None, actor=request.actor, plan=plan)

    def onwards() -> str:
        asked = {"kind": Step.Kind.MEMBERS.value, "from": form.cleaned_data["source"]}
        return f"{shared.act_url('step_new', plan)}?{urlencode(asked)}"

    return pages.act_page(
        request,
        title=title,
        form=form,
        do=onwards,
        submit="下一步",
        back=shared.back_to(plan),
    )


def _page(request: Request, plan: Plan, *, form: forms.StepForm, title: str) -> HttpResponse:
    def do() -> str:
        services.add_steps(plan=plan, new=form.steps(), at=timezone.now(), by=request.actor)
        return shared.act_url("plan", plan)

    return pages.act_page(
        request,
        title=title,
        note=f"方案：{plan.title}。步骤按次序执行，能不能办以预览为准。",
        form=form,
        do=do,
        submit="加入方案",
        back=shared.back_to(plan),
    )


def _step(request: Request, step_id: int) -> Step:
    step = get_object_or_404(queries.steps_seen_by(request.actor), pk=step_id)
    actors.require(request.actor, Act.PLAN, at=step.plan.org)
    return step
