"""What schools put up: kept on one screen, handed in, decided."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.pioneers import forms, queries, rules, services
from qinghe.systems.pioneers.access import Act, judging
from qinghe.systems.pioneers.queries import Round, Slate, SlateState

from .tables import TONES, NominationTable, NomineeTable, SlateTable

MENDABLE = (SlateState.DRAFT, SlateState.SENT_BACK)


def slates(request: Request) -> HttpResponseBase:
    """Show the lists of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.slates_seen_by(request.actor)
    return pages.list_page(
        request,
        title="红领巾奖章申报",
        table=SlateTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        filterset=forms.SlateFilter,
        actions=[pages.Action("评选轮次", reverse("pioneers:rounds"), primary=True)],
    )


def slate(request: Request, slate_id: int) -> HttpResponse:
    """Show one list with its lines; who may not know the children sees no code."""
    found = _found(request, slate_id)
    state = SlateState(found.state)
    lines = queries.nominations_of(request.actor, found)
    children = queries.nominees_of(request.actor, found)
    related = [pages.Related("申报明细", tables.short(NominationTable, lines))]
    if children:
        related.append(pages.Related("二星以上个人", tables.short(NomineeTable, children)))
    return pages.record_page(
        request,
        title=str(found),
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("学校", found.org.name),
            ("层级", found.round.get_level_display()),
            ("申报枚数", sum(one.count for one in lines)),
            ("颁发枚数", sum(one.awarded for one in lines)),
            ("提交人", _name(found.submitted_by, at=found)),
            ("提交日期", found.submitted_on.isoformat() if found.submitted_on else "—"),
            ("评审人", _name(found.decided_by, at=found)),
            ("颁章日期", found.awarded_on.isoformat() if found.awarded_on else "—"),
            ("退回原因", found.reason or "—"),
        ],
        actions=_actions(request, found),
        related=related,
        back=pages.Link("红领巾奖章申报", reverse("pioneers:slates")),
    )


def nominate(request: Request, badge_round_id: int) -> HttpResponse:
    """Fill in the list of the chosen school on one screen; what is refused stays on it."""
    org, actor = request.scope.org, request.actor
    found = get_object_or_404(queries.rounds(actor), pk=badge_round_id)
    actors.require(actor, Act.NOMINATE, at=org)
    rules.check_nominating(is_school=queries.is_school(actor, org), name=org.name)
    mine = queries.slates_seen_by(actor).filter(round=found, org=org).first()
    if mine is not None and mine.state not in MENDABLE:
        return redirect(_url(mine))
    sheet = _sheet(request, found, mine)
    wrong = ""
    if request.method == "POST":
        wrong = "有填写不符合要求的，没有保存；已填的内容都还在，请按红字提示修改。"
        if sheet.is_valid():
            try:
                kept = services.keep_slate(
                    round=found, org=org, listed=sheet.as_listed(), at=timezone.now(), by=actor
                )
                return redirect(_url(kept))
            except Refused as refusal:
                wrong = refusal.reason
    return pages.page(
        request,
        "pioneers/nominate.html",
        status=422 if wrong else 200,
        title=f"{found.title}申报",
        round=found,
        org=org,
        sheet=sheet,
        wrong=wrong,
        back=pages.Link(found.title, reverse("pioneers:round", args=[found.pk])),
    )


@require_POST
def slate_submit(request: Request, slate_id: int) -> HttpResponse:
    """Hand a list in; what lacks is said on its page, and the draft stays."""
    found = _found(request, slate_id)
    actors.require(request.actor, Act.NOMINATE, at=found.org)
    try:
        services.submit_slate(slate=found, at=timezone.now(), by=request.actor)
        messages.success(request, "已提交，等待评审。")
    except Refused as refusal:
        messages.error(request, refusal.reason)
    return redirect(_url(found))


def slate_send_back(request: Request, slate_id: int) -> HttpResponse:
    """Send a list back to be mended."""
    found = _to_judge(request, slate_id)
    return pages.reason_page(
        request,
        title=f"退回{found}",
        note="退回后不计入申报枚数；提交人会收到通知，在申报截止前可修改后再次提交。",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.send_back_slate(
            slate=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="退回",
        back=_back(found),
    )


def slate_decide(request: Request, slate_id: int) -> HttpResponse:
    """Say what is given."""
    found = _to_judge(request, slate_id)
    form = forms.DecisionForm(
        request.POST or None,
        lines=queries.nominations_of(request.actor, found),
        children=queries.nominees_of(request.actor, found),
        initial={"awarded_on": timezone.localdate()},
    )
    if form.is_valid():
        with pages.refusals_on(form):
            services.decide_slate(
                slate=found,
                given=form.given(),
                children=form.chosen(),
                awarded_on=form.cleaned_data["awarded_on"],
                at=timezone.now(),
                by=request.actor,
            )
            return redirect(_url(found))
    return pages.page(
        request,
        "pioneers/decide.html",
        status=422 if form.errors else 200,
        title=f"评审：{found}",
        form=form,
        back=_back(found),
    )


def _sheet(request: Request, found: Round, mine: Slate | None) -> forms.SlateSheet:
    return forms.SlateSheet(
        request.POST if request.method == "POST" else None,
        badges=queries.badges_of(request.actor, found.level, on=timezone.localdate()),
        slate=mine,
        lines=queries.nominations_of(request.actor, mine) if mine else (),
        children=queries.nominees_of(request.actor, mine) if mine else (),
    )


def _found(request: Request, slate_id: int) -> Slate:
    return get_object_or_404(queries.slates_seen_by(request.actor), pk=slate_id)


def _to_judge(request: Request, slate_id: int) -> Slate:
    found = _found(request, slate_id)
    actors.require(request.actor, judging(found.round.level), at=found.org)
    return found


def _url(found: Slate) -> str:
    return reverse("pioneers:slate", args=[found.pk])


def _back(found: Slate) -> pages.Link:
    return pages.Link("申报表", _url(found))


def _name(person: Person | None, *, at: Slate) -> pages.Kept | str:
    return pages.Kept(person.name, levels.NAME, of=person, at=at.org) if person else "—"


def _actions(request: Request, found: Slate) -> list[pages.Action]:
    key, actions = [found.pk], []
    if found.state in MENDABLE and actors.may(request.actor, Act.NOMINATE, at=found.org):
        url = reverse("pioneers:slate_submit", args=key)
        actions.append(pages.Action("提交评审", url, post=True, primary=True))
        fill = reverse("pioneers:nominate", args=[found.round_id])
        actions.append(pages.Action("修改", f"{fill}?org={found.org.code}"))
    is_own = found.submitted_by_id == request.actor.person_id
    may_judge = actors.may(request.actor, judging(found.round.level), at=found.org)
    if found.state == SlateState.SUBMITTED and may_judge and not is_own:
        url = reverse("pioneers:slate_decide", args=key)
        actions.append(pages.Action("评审颁章", url, primary=True))
        actions.append(pages.Action("退回", reverse("pioneers:slate_send_back", args=key)))
    return actions
