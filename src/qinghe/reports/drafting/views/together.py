from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.lib.verdicts import Refused
from qinghe.reports.drafting import forms, queries, services

from . import passages, side


@require_POST
def remark(request: Request, passage_id: int) -> HttpResponse:
    """Say something of a passage."""
    found = passages.passage_seen_by(request, passage_id)
    services.remark(
        passage=found, text=request.POST.get("text", ""), at=timezone.now(), by=request.actor
    )
    return passages.shown_again(request, found)


@require_POST
def settle_remark(request: Request, remark_id: int) -> HttpResponse:
    """Mark a remark as dealt with."""
    found = get_object_or_404(queries.remarks_seen_by(request.actor), pk=remark_id)
    services.settle_remark(remark=found, at=timezone.now(), by=request.actor)
    return side.answer(request, found.passage.report, tab="remarks")


@require_POST
def assign(request: Request, passage_id: int) -> HttpResponse:
    """Give a passage to a department or a street, or take it back."""
    found = passages.passage_seen_by(request, passage_id)
    form = side.assign_form(found, typed=request.POST)
    if not form.is_valid():
        raise Refused(
            "unknown_assignee", "请从列表中选择部门或街道，并填写有效的日期；没有任何改动。"
        )
    services.assign(
        passage=found,
        department=form.department,
        street=form.street,
        due_on=form.cleaned_data["due_on"],
        at=timezone.now(),
        by=request.actor,
    )
    return passages.shown_again(request, passages.passage_seen_by(request, passage_id))


@require_POST
def declare_fixed(request: Request, report_id: int) -> HttpResponse:
    """Vouch that words with digits in them are a name."""
    found = side.report_seen_by(request, report_id)
    services.declare_fixed(
        report=found,
        words=request.POST.get("words", ""),
        reason=request.POST.get("reason", ""),
        at=timezone.now(),
        by=request.actor,
    )
    return side.answer(request, found, tab="checked")


@require_POST
def withdraw_fixed(request: Request, wording_id: int) -> HttpResponse:
    """Take back that words are fixed."""
    found = get_object_or_404(queries.fixed_wordings_seen_by(request.actor), pk=wording_id)
    report = found.report
    services.withdraw_fixed(wording=found, at=timezone.now(), by=request.actor)
    return side.answer(request, report, tab="checked")


@require_POST
def take_proposal(request: Request, report_id: int) -> HttpResponse:
    """Put a proposed problem into the text, behind the last one there."""
    found = side.report_seen_by(request, report_id)
    form = forms.TakeForm(request.POST)
    if not form.is_valid():
        raise Refused("nothing_said", "请填写小标题和正文；没有写入正文。")
    made = services.take_proposal(
        report=found,
        wording=services.Wording(**form.cleaned_data),
        after=queries.place_for_problems(request.actor, found),
        at=timezone.now(),
        by=request.actor,
    )
    here = reverse("drafting:report", args=[found.pk])
    return redirect(f"{here}?tab=problems#passage-{made.pk}")


@require_POST
def plan(request: Request, report_id: int) -> HttpResponse:
    """Promise something for the next period."""
    found = side.report_seen_by(request, report_id)
    form = side.plan_form(request, found, typed=request.POST)
    if form.is_valid():
        with pages.refusals_on(form):
            services.plan(report=found, promise=form.promise(), at=timezone.now(), by=request.actor)
            return side.answer(request, found, tab="plan")
    return pages.form_page(request, title="写入工作思路", form=form, back=_back(found, tab="plan"))


def plan_change(request: Request, plan_item_id: int) -> HttpResponse:
    """Promise it otherwise."""
    found = _item(request, plan_item_id)
    kept = {
        "text": found.text,
        "org": found.org.code,
        "code": found.code,
        "target": found.target,
        "due_on": found.due_on,
    }
    form = side.plan_form(request, found.report, typed=request.POST or None, initial=kept)
    if form.is_valid():
        with pages.refusals_on(form):
            services.change_plan(
                item=found, promise=form.promise(), at=timezone.now(), by=request.actor
            )
            return redirect(_back(found.report, tab="plan").url)
    return pages.form_page(
        request, title="修改工作思路", form=form, back=_back(found.report, tab="plan")
    )


@require_POST
def drop_plan(request: Request, plan_item_id: int) -> HttpResponse:
    """Promise it no longer."""
    found = _item(request, plan_item_id)
    services.drop_plan(item=found, at=timezone.now(), by=request.actor)
    return side.answer(request, found.report, tab="plan")


def _item(request: Request, plan_item_id: int) -> queries.PlanItem:
    found = queries.plan_seen_by(request.actor).filter(pk=plan_item_id).first()
    if found is None:
        raise Http404
    return found


def _back(report: queries.Report, *, tab: str) -> pages.Link:
    return pages.Link("返回工作总结", f"{reverse('drafting:report', args=[report.pk])}?tab={tab}")
