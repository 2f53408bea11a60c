"""Who may have been entered twice, and two rows side by side."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qinghe.edges.web import doors, pages, tables, watching
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.lib.verdicts import Refused
from qinghe.systems.merging import forms, queries, services
from qinghe.systems.merging.access import Act
from qinghe.systems.merging.queries import Pair

from .tables import CandidateTable

LIST = "merging:candidates"


@require_safe
def candidates(request: Request) -> HttpResponse:
    """Show who may have been entered twice below the chosen organisation."""
    doors.require_at(request.actor, Act.SEE, org=request.scope.org)
    actions = [pages.Action("合并事项", reverse("merging:merges"))]
    if actors.may_anywhere(request.actor, Act.PROPOSE):
        actions.insert(0, pages.Action("按编号提请", reverse("merging:pair_new"), primary=True))
    found = queries.candidates(request.actor, request.scope.org)
    return pages.page(
        request,
        "merging/candidates.html",
        title="疑似重复的人员",
        table=tables.paged(request, CandidateTable, found),
        actions=actions,
    )


def pair_new(request: Request) -> HttpResponse:
    """Choose two rows by their numbers."""
    doors.require_anywhere(request.actor, Act.PROPOSE)
    form = forms.PairForm(request.POST or None)

    def do() -> str:
        found = [
            queries.person_to_merge(request.actor, form.cleaned_data[name])
            for name in ("kept", "duplicate")
        ]
        if None in found:
            raise Refused(
                "unknown_person", "没有找到其中一个编号，或者此人不在您的名册上，请核对。"
            )
        return reverse("merging:pair", args=[one.pk for one in found if one])

    return pages.act_page(
        request,
        title="按编号提请合并",
        note="填写两份档案的人员编号。下一步先核对两份档案有什么，再提请，由另一位干部审批。",
        form=form,
        do=do,
        submit="下一步",
        back=pages.Link("疑似重复的人员", reverse(LIST)),
    )


def pair(request: Request, kept_id: int, duplicate_id: int) -> HttpResponse:
    """Show two rows side by side, and ask to merge them."""
    found = _found(request, kept_id, duplicate_id)
    watching.note_person(request.actor, at=timezone.now())
    may = actors.may(request.actor, Act.PROPOSE, at=found.org)
    if request.method == "POST":
        actors.require(request.actor, Act.PROPOSE, at=found.org)
    choices = queries.choices(request.actor, found)
    form = forms.MergeForm(request.POST or None, choices=choices)
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.propose_merge(
                new=form.as_new(found), at=timezone.now(), by=request.actor
            )
            return redirect("merging:merge", made.pk)
    return pages.page(
        request,
        "merging/pair.html",
        title=f"核对：{_name(request, found)}",
        pair=found,
        likenesses=queries.compared(request.actor, found),
        counts=queries.what_each_has(request.actor, found),
        clashes=queries.clashes(request.actor, found, chosen=choices),
        form=form,
        fields=list(form),
        may_propose=may,
        back=pages.Link("疑似重复的人员", reverse(LIST)),
        status=422 if form.is_bound else 200,
    )


def pair_apart(request: Request, kept_id: int, duplicate_id: int) -> HttpResponse:
    """Write down that two are not one."""
    found = _found(request, kept_id, duplicate_id)
    actors.require(request.actor, Act.PROPOSE, at=found.org)
    return pages.reason_page(
        request,
        title="不是同一人",
        note="登记后不再提示这两份档案；两份档案都不改动。",
        form=forms.ApartForm(request.POST or None),
        then=lambda reason: services.tell_apart(
            one=found.kept,
            other=found.duplicate,
            reason=reason,
            at=timezone.now(),
            by=request.actor,
        ),
        submit="确定不是同一人",
        back=pages.Link("疑似重复的人员", reverse(LIST)),
    )


def _found(request: Request, kept_id: int, duplicate_id: int) -> Pair:
    found = queries.pair_seen_by(request.actor, kept_id, duplicate_id)
    if found is None:
        raise Http404
    return found


def _name(request: Request, found: Pair) -> str:
    return levels.short_name(request.actor, found.kept, at=found.org, on=timezone.localdate())
