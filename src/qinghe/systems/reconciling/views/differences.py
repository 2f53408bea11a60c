"""Differences: all in sight, those of a run or branch, one of them, and what is said of it."""

from functools import partial

from django.contrib import messages
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.systems.reconciling import forms, queries, services
from qinghe.systems.reconciling.access import Act
from qinghe.systems.reconciling.queries import (
    Answer,
    Difference,
    DifferenceField,
    DifferenceKind,
    DifferenceState,
)

from .tables import STATE_TONES, BranchDifferenceTable, DifferenceTable

LIST = "reconciling:differences"
FROM_MANY = "已逐条核对，批量答复"


def differences(request: Request) -> HttpResponseBase:
    """Show what differs at the chosen organisation and below, to be answered and confirmed."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = _named(request).filter(org__path__startswith=request.scope.org.path)
    return pages.list_page(
        request,
        title="退回核对",
        table=DifferenceTable,
        rows=rows,
        filterset=forms.DifferenceFilter,
        actions=[*_for_many(request), pages.Action("名册对账", reverse("reconciling:board"))],
    )


def run_differences(request: Request, run_id: int) -> HttpResponseBase:
    """Show all that one run found."""
    found = get_object_or_404(queries.runs_seen_by(request.actor), pk=run_id)
    return pages.list_page(
        request,
        title=f"{found.source.name}（{found.org.name}）差异",
        table=DifferenceTable,
        rows=_named(request).filter(run=found),
        filterset=forms.DifferenceFilter,
        actions=[
            *_for_many(request),
            pages.Action("返回这次对账", reverse("reconciling:run", args=[found.pk])),
        ],
    )


def branch(request: Request, branch_tally_id: int) -> HttpResponseBase:
    """Show what one run sends back to one branch: its work list."""
    found = get_object_or_404(queries.tallies_seen_by(request.actor), pk=branch_tally_id)
    return pages.list_page(
        request,
        title=f"{found.org.name}：{found.run.source.name}差异",
        table=BranchDifferenceTable,
        rows=_named(request).filter(run=found.run_id, org=found.org_id),
        filterset=forms.DifferenceFilter,
        actions=[*_for_many(request), pages.Action("全部退回核对", reverse(LIST))],
    )


def difference(request: Request, difference_id: int) -> HttpResponse:
    """Show one difference: both values, where it comes from, what was answered and what follows."""
    found = _found(request, difference_id)
    state = DifferenceState(found.state)
    row = queries.row_of(request.actor, found)
    return pages.record_page(
        request,
        title=f"{_who(request, found)}：{found.get_kind_display()}{found.get_field_display()}",
        record=found,
        state=pages.Tag(state.label, STATE_TONES[state]),
        facts=[
            ("负责核对", found.org.name),
            ("类别", found.get_kind_display()),
            ("项目", found.get_field_display()),
            ("本平台", _value(found, found.ours, "ours")),
            (found.run.source.name, _value(found, found.theirs, "theirs")),
            ("说明", found.words),
            ("与上次", found.get_recurs_display()),
            (
                "凭据",
                f"{found.run.file_name} 第{found.line}行" if found.line else found.run.file_name,
            ),
            ("文件中的证件号", _kept(found, row.shown, "RunRow.shown") if row else None),
            ("文件中的编号", _kept(found, row.number, "RunRow.number") if row else None),
            ("文件中的团支部", row.branch if row else None),
            ("匹配依据", row.get_how_display() if row else None),
            ("退回原因", found.returned),
            ("答复", found.get_answer_display()),
            ("理由", found.reason),
            ("答复人", found.answered_by.name if found.answered_by else None),
            ("确认人", found.decided_by.name if found.decided_by else None),
            (
                "接下来",
                queries.follows(request.actor, found, found.answer) if found.answer else None,
            ),
            ("本平台档案", "已按答复更正" if found.is_corrected else None),
        ],
        actions=_actions(request, found),
        back=pages.Link("退回核对", reverse(LIST)),
    )


def difference_answer(request: Request, difference_id: int) -> HttpResponse:
    """Answer one difference."""
    found = _found(request, difference_id)
    if not queries.may_answer(request.actor, found):
        actors.require(request.actor, Act.ANSWER, at=found.org)
    form = forms.AnswerForm(
        request.POST or None, initial={"answer": found.answer, "reason": found.reason}
    )

    def do() -> str:
        said = services.Said(**form.cleaned_data)
        services.answer_difference(difference=found, said=said, at=timezone.now(), by=request.actor)
        return _url(found)

    return pages.act_page(
        request,
        title=f"答复：{_who(request, found)}，{found.get_kind_display()}{found.get_field_display()}",
        form=form,
        do=do,
        submit="提交答复",
        note="姓名和证件号在全国系统中不能直接修改，选“本平台正确”的列入在那里更正的清单。",
        back=_link(found),
    )


@require_POST
def difference_confirm(request: Request, difference_id: int) -> HttpResponse:
    """Confirm an answer; where it says so, the file here is corrected."""
    found = _found(request, difference_id)
    actors.require(request.actor, Act.DECIDE, at=found.org)
    done = services.confirm_answer(difference=found, at=timezone.now(), by=request.actor)
    messages.success(
        request, "已确认，本平台的团员档案已更正。" if done.is_corrected else "已确认。"
    )
    return redirect(_url(found))


def difference_return(request: Request, difference_id: int) -> HttpResponse:
    """Send an answer back."""
    found = _found(request, difference_id)
    actors.require(request.actor, Act.DECIDE, at=found.org)
    return pages.reason_page(
        request,
        title="退回答复",
        form=forms.ReturnForm(request.POST or None),
        then=lambda reason: services.return_answer(
            difference=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="退回",
        note="退回后由支部重新答复，原来的答复保留在办理记录里。",
        back=_link(found),
    )


def difference_choose(request: Request, difference_id: int) -> HttpResponse:
    """Say whose an unsure line is."""
    found = _found(request, difference_id)
    actors.require(request.actor, Act.DECIDE, at=found.org)
    form = forms.ChooseMemberForm(
        request.POST or None,
        candidates=queries.candidates_of(request.actor, found),
        roll=queries.roll_below(request.actor, found),
    )

    def do() -> str:
        services.choose_member(
            difference=found,
            member=form.cleaned_data["member"],
            at=timezone.now(),
            by=request.actor,
        )
        return _url(found)

    return pages.act_page(
        request,
        title=f"选定本人：{found.run.file_name} 第{found.line}行",
        form=form,
        do=do,
        submit="选定",
        note="选定后，这一行与本人不一致的各项列为变动，由支部核对；下次对账记得这次选定。",
        back=_link(found),
    )


def _named(request: Request) -> QuerySet[Difference]:
    return queries.differences_seen_by(request.actor).annotate(
        told_name=Coalesce(F("person__name"), F("name"))
    )


def _for_many(request: Request) -> list[pages.Bulk]:
    many = []
    if any(actors.may_anywhere(request.actor, act) for act in (Act.ANSWER, Act.DECIDE)):
        many += [
            pages.Bulk(answer, f"答复：{answer.label}", partial(_answer, request, answer))
            for answer in (Answer.OURS, Answer.THEIRS)
        ]
    if actors.may_anywhere(request.actor, Act.DECIDE):
        many.append(
            pages.Bulk(
                "confirm",
                "确认所选答复",
                partial(_confirm, request),
                ask="确认后，答复为“来源正确”的入团日期和空缺的编号将按来源更正，确定吗？",
            )
        )
    return many


def _answer(request: Request, answer: str, row: Difference) -> None:
    said = services.Said(answer, FROM_MANY)
    services.answer_difference(difference=row, said=said, at=timezone.now(), by=request.actor)


def _confirm(request: Request, row: Difference) -> None:
    services.confirm_answer(difference=row, at=timezone.now(), by=request.actor)


def _found(request: Request, difference_id: int) -> Difference:
    return get_object_or_404(queries.differences_seen_by(request.actor), pk=difference_id)


def _who(request: Request, found: Difference) -> str:
    """Return the name of whom it is about, in full to those who may read it."""
    person = found.about
    person.name = person.name or found.name
    return levels.full_name(request.actor, person, at=found.org, on=timezone.localdate())


def _value(found: Difference, value: str, side: str) -> pages.Kept | str:
    if found.field in ("", DifferenceField.BRANCH, DifferenceField.STANDING):
        return value
    is_name = found.field == DifferenceField.NAME
    return _kept(found, value, "Difference.name" if is_name else f"Difference.{side}")


def _kept(found: Difference, value: str, column: str) -> pages.Kept | str:
    if not value:
        return ""
    return pages.Kept(value, f"reconciling.{column}", of=found.about, at=found.org)


def _actions(request: Request, found: Difference) -> list[pages.Action]:
    decides = actors.may(request.actor, Act.DECIDE, at=found.org)
    is_open, is_answered = (
        found.state == state for state in (DifferenceState.OPEN, DifferenceState.ANSWERED)
    )
    actions = []
    if found.kind == DifferenceKind.UNSURE:
        return [_to("选定本人", "choose", found, primary=True)] if is_open and decides else []
    if is_answered and decides and found.answered_by_id != request.actor.person_id:
        url = reverse("reconciling:difference_confirm", args=[found.pk])
        ask = queries.follows(request.actor, found, found.answer)
        actions.append(pages.Action("确认答复", url, primary=True, post=True, ask=ask))
    if is_answered and decides:
        actions.append(_to("退回", "return", found))
    if (is_open or is_answered) and queries.may_answer(request.actor, found):
        actions.append(_to("答复" if is_open else "改答", "answer", found, primary=is_open))
    return actions


def _to(label: str, step: str, found: Difference, *, primary: bool = False) -> pages.Action:
    return pages.Action(
        label, reverse(f"reconciling:difference_{step}", args=[found.pk]), primary=primary
    )


def _url(found: Difference) -> str:
    return reverse("reconciling:difference", args=[found.pk])


def _link(found: Difference) -> pages.Link:
    return pages.Link("返回这条差异", _url(found))
