"""The reserve of cadres: searched, nominated for, examined, decided, let out."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import doors, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.systems.cadres import forms, queries, services
from qinghe.systems.cadres.access import Act
from qinghe.systems.cadres.queries import Candidate, CandidateState

from .tables import TONES, CandidateTable, ExaminationTable

BACK = "储备库"


def reserve(request: Request) -> HttpResponseBase:
    """Show the reserve at and below the chosen organisation, to be searched by conditions."""
    actors.require(request.actor, Act.SEE_RESERVE, at=request.scope.org)
    rows = queries.candidates_seen_by(request.actor)
    actions = []
    if actors.may(request.actor, Act.KEEP_RESERVE, at=request.scope.org):
        url = reverse("cadres:candidate_new")
        actions.append(pages.Action("提名", url, primary=True))
    return pages.list_page(
        request,
        title="团干部储备库",
        table=CandidateTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        filterset=forms.CandidateFilter,
        actions=actions,
        totals=lambda found: [
            pages.Total("在库", found.filter(state=CandidateState.IN).count(), "人")
        ],
    )


def candidate(request: Request, candidate_id: int) -> HttpResponse:
    """Show one candidate; each look is counted (bar 27)."""
    found = _found(request, candidate_id)
    examined = queries.examinations_of(request.actor, found)
    return pages.record_page(
        request,
        title=levels.full_name(request.actor, found.person, at=found.org, on=timezone.localdate()),
        record=found,
        state=pages.Tag(CandidateState(found.state).label, TONES[found.state]),
        facts=_facts(found),
        actions=_actions(request, found),
        related=[
            pages.Related(
                "考察意见",
                tables.short(ExaminationTable, examined),
                empty="还没有组成考察组。",
            )
        ],
        back=pages.Link(BACK, reverse("cadres:reserve")),
    )


def candidate_new(request: Request) -> HttpResponse:
    """Propose somebody."""
    doors.require_anywhere(request.actor, Act.KEEP_RESERVE)
    form = forms.NominationForm(request.POST or None, actor=request.actor)

    def do() -> str:
        made = services.nominate(new=form.as_new(), at=timezone.now(), by=request.actor)
        messages.success(request, "已提名，等本人在自己的页面确认；本人同意前不考察。")
        return _url(made)

    return pages.act_page(
        request,
        title="提名储备人选",
        form=form,
        do=do,
        submit="提名",
        note="只列入已满18周岁的人选。本人同意后，由提名人以外的至少两人考察，再审定。",
        back=pages.Link(BACK, reverse("cadres:reserve")),
    )


def candidate_group(request: Request, candidate_id: int) -> HttpResponse:
    """Say who examines."""
    found = _to_keep(request, candidate_id)
    form = forms.GroupForm(request.POST or None)
    return pages.act_page(
        request,
        title="组织考察",
        form=form,
        do=lambda: _url(
            services.form_group(
                candidate=found,
                examiners=form.examiners(),
                at=timezone.now(),
                by=request.actor,
            )
        ),
        note="考察人在自己的页面提交意见，须有账号；提名人和人选本人不能参加。已提交的意见不变。",
        back=pages.Link("返回", _url(found)),
    )


def candidate_admit(request: Request, candidate_id: int) -> HttpResponse:
    """Take a candidate in."""
    found = _to_keep(request, candidate_id)
    form = forms.WordsForm(request.POST or None)
    return pages.act_page(
        request,
        title="审定入库",
        form=form,
        do=lambda: _url(
            services.admit(
                candidate=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
        ),
        submit="入库",
        back=pages.Link("返回", _url(found)),
    )


def candidate_turn_down(request: Request, candidate_id: int) -> HttpResponse:
    """Not take a candidate in."""
    found = _to_keep(request, candidate_id)
    form = forms.WordsForm(request.POST or None)
    return pages.act_page(
        request,
        title="不列入储备库",
        form=form,
        do=lambda: _url(
            services.turn_down(
                candidate=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
        ),
        submit="确定不列入",
        back=pages.Link("返回", _url(found)),
    )


def candidate_out(request: Request, candidate_id: int) -> HttpResponse:
    """Let somebody out."""
    found = _to_keep(request, candidate_id)
    form = forms.LetOutForm(request.POST or None)
    return pages.act_page(
        request,
        title="出库",
        form=form,
        do=lambda: _url(
            services.let_out(
                candidate=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
        ),
        submit="确定出库",
        note="任用的，任职仍在组织名册或换届中登记。",
        back=pages.Link("返回", _url(found)),
    )


def _facts(found: Candidate) -> list[tuple[str, pages.Cell | pages.Kept]]:
    def kept(value: str, name: str) -> pages.Kept:
        return pages.Kept(value, f"cadres.Candidate.{name}", of=found.person, at=found.org)

    return [
        ("所在组织", found.org.name),
        ("政治面貌", kept(found.get_politics_display(), "politics")),
        ("学历", kept(found.get_education_display(), "education")),
        ("专长", kept(found.strengths or "—", "strengths")),
        ("推荐理由", kept(found.reason, "reason")),
        ("提名", found.nominated_on.isoformat()),
        ("本人同意", _day(found.agreed_on)),
        ("在库", f"{_day(found.in_on)} 至 {_day(found.expires_on)}" if found.in_on else "—"),
        ("审定意见", kept(found.words or "—", "words")),
        ("出库", f"{_day(found.out_on)} {found.get_out_as_display()}" if found.out_on else "—"),
    ]


def _actions(request: Request, found: Candidate) -> list[pages.Action]:
    if not actors.may(request.actor, Act.KEEP_RESERVE, at=found.org):
        return []
    steps = {
        CandidateState.AGREED: [
            ("审定入库", "admit"),
            ("组织考察", "group"),
            ("不列入", "turn_down"),
        ],
        CandidateState.IN: [("出库", "out")],
    }
    return [
        pages.Action(label, reverse(f"cadres:candidate_{step}", args=[found.pk]))
        for label, step in steps.get(CandidateState(found.state), [])
    ]


def _day(day: object) -> str:
    return str(day) if day else "—"


def _found(request: Request, candidate_id: int) -> Candidate:
    return get_object_or_404(queries.candidates_seen_by(request.actor), pk=candidate_id)


def _to_keep(request: Request, candidate_id: int) -> Candidate:
    found = _found(request, candidate_id)
    actors.require(request.actor, Act.KEEP_RESERVE, at=found.org)
    return found


def _url(found: Candidate) -> str:
    return reverse("cadres:candidate", args=[found.pk])
