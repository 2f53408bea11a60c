"""Objections: the list, one of them, its answer."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.systems.assessments import forms, queries, rules, services
from qinghe.systems.assessments.access import Act
from qinghe.systems.assessments.queries import Objection, ObjectionState

from .tables import OBJECTION_TONES, ObjectionTable, step


def objections(request: Request) -> HttpResponse:
    """Show the objections in the reader's sight."""
    doors.require_anywhere(request.actor, Act.SEE)
    return pages.list_page(
        request,
        title="考核异议",
        table=ObjectionTable,
        rows=queries.objections_seen_by(request.actor),
        filterset=forms.ObjectionFilter,
    )


@require_safe
def objection(request: Request, assessment_objection_id: int) -> HttpResponse:
    """Show one objection with its answer."""
    found = _found(request, assessment_objection_id)
    sheet, item = found.mark.assessment, found.mark.item
    by = found.filed_by
    mark_url = reverse("assessments:mark", args=[found.mark_id])
    return pages.record_page(
        request,
        title=f"{sheet.org.name}对“{item.name}”的异议",
        record=found,
        state=pages.Tag(found.get_state_display(), OBJECTION_TONES[found.state]),
        facts=[
            ("项目", pages.Link(f"{item.number} {item.name}", mark_url)),
            ("异议理由", found.reason),
            ("提出人", pages.Kept(by.name, levels.NAME, of=by, at=sheet.org)),
            ("提出日期", found.filed_on.isoformat()),
            ("答复期限", found.answer_by.isoformat()),
            ("原分", rules.in_words(found.before)),
            ("答复后", rules.in_words(found.after)),
            ("答复", found.answer or "—"),
            ("答复日期", found.answered_on.isoformat() if found.answered_on else "—"),
        ],
        actions=_actions(request, found),
        back=pages.Link("考核异议", reverse("assessments:objections")),
    )


def answer(request: Request, assessment_objection_id: int) -> HttpResponse:
    """Answer an objection."""
    found = _found(request, assessment_objection_id)
    actors.require(request.actor, Act.REVIEW, at=found.mark.assessment.org)
    form = forms.AnswerForm(request.POST or None)

    def do() -> str:
        told = form.cleaned_data
        if told["decision"] == forms.UPHOLD:
            services.uphold(
                objection=found,
                marks=rules.in_hundredths(told["marks"]),
                answer=told["answer"],
                at=timezone.now(),
                by=request.actor,
            )
        else:
            services.reject(
                objection=found, answer=told["answer"], at=timezone.now(), by=request.actor
            )
        return _url(found)

    return pages.act_page(
        request,
        title=f"答复{found.mark.assessment.org.name}的异议",
        form=form,
        do=do,
        submit="答复",
        note=f"{found.mark.item.name}，满分{rules.in_words(found.mark.item.full)}，"
        f"原核定{rules.in_words(found.before)}分。异议理由：{found.reason}",
        back=pages.Link("异议", _url(found)),
    )


@require_POST
def withdraw(request: Request, assessment_objection_id: int) -> HttpResponse:
    """Take an objection back."""
    found = _found(request, assessment_objection_id)
    return step(
        request,
        do=lambda: services.withdraw(objection=found, at=timezone.now(), by=request.actor),
        said="异议已撤回。",
        to=_url(found),
    )


def _found(request: Request, assessment_objection_id: int) -> Objection:
    seen = queries.objections_seen_by(request.actor)
    return get_object_or_404(seen, pk=assessment_objection_id)


def _actions(request: Request, found: Objection) -> list[pages.Action]:
    if found.state != ObjectionState.OPEN:
        return []
    actions, key, org = [], [found.pk], found.mark.assessment.org
    if queries.to_answer(request.actor).filter(pk=found.pk).exists():
        actions.append(pages.Action("答复", reverse("assessments:answer", args=key), primary=True))
    if actors.may(request.actor, Act.SELF_SCORE, at=org):
        ask = "撤回后可以在期限内重新提出。确定撤回吗？"
        actions.append(
            pages.Action("撤回", reverse("assessments:withdraw", args=key), post=True, ask=ask)
        )
    return actions


def _url(found: Objection) -> str:
    return reverse("assessments:objection", args=[found.pk])
