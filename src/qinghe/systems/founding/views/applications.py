"""Applications: asked for, mended, agreed, decided; the paper of approval."""

from pathlib import Path

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from qinghe.edges import papers
from qinghe.edges.web import pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import day_in_words, local_day
from qinghe.systems.founding import forms, queries, rules, services
from qinghe.systems.founding.access import Act
from qinghe.systems.founding.queries import Application, ApplicationState

from .tables import APPLICATION_TONES, ApplicationTable, ListedTable, UnitsOfOneTable
from .units import name_of

PAPER = Path(__file__).parents[1] / "templates" / "founding" / "approval.typ"
LIST = "建团申请"
FIRST = 20
_TURNS = {ApplicationState.SUBMITTED: Act.AGREE, ApplicationState.AGREED: Act.APPROVE}


def applications(request: Request) -> HttpResponseBase:
    """Show the applications of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.applications_seen_by(request.actor)
    return pages.list_page(
        request,
        title=LIST,
        table=ApplicationTable,
        rows=rows.filter(unit__org__path__startswith=request.scope.org.path),
        filterset=forms.ApplicationFilter,
        totals=_totals,
    )


def _totals(rows: QuerySet) -> list[pages.Total]:
    waiting = rows.filter(state__in=_TURNS)
    late = waiting.filter(due_on__lt=local_day(timezone.now()))
    return [
        pages.Total("在办", waiting.count(), "件"),
        pages.Total("其中超期", late.count(), "件"),
    ]


def application(request: Request, founding_id: int) -> HttpResponse:
    """Show one application, whom it lists and which other units share in it."""
    found = _found(request, founding_id)
    state = ApplicationState(found.state)
    listed = found.listed.select_related("person", "application__unit__org").order_by("pk")
    others = queries.units_seen_by(request.actor).filter(joins__application=found)
    return pages.record_page(
        request,
        title=found.name,
        record=found,
        state=pages.Tag(state.label, APPLICATION_TONES[state]),
        facts=_facts(request, found),
        actions=_actions(request, found),
        related=[
            pages.Related(
                "一起组建的单位", tables.short(UnitsOfOneTable, others), empty="没有其他单位"
            ),
            pages.Related(
                "团员名单",
                tables.short(ListedTable, listed[:FIRST]),
                note=f"共{found.members}名" if listed else "",
                empty="没有列名单，按单位告知的人数计",
            ),
        ],
        back=pages.Link(LIST, reverse("founding:applications")),
    )


def _facts(request: Request, found: Application) -> list[tuple[str, pages.Cell]]:
    unit = pages.Link(found.unit.name, reverse("founding:unit", args=[found.unit_id]))
    advice = rules.advise(rules.Planned(found.kind, found.members, 0))
    facts: list[tuple[str, pages.Cell]] = [
        ("单位", unit),
        ("类型", found.get_kind_display()),
        ("上级组织", found.parent.name),
        ("团员数", found.members),
        ("拟任书记", name_of(request, found.secretary, at=found.unit.org)),
        ("依据和说明", found.evidence),
        ("申请日期", found.asked_on.isoformat()),
        ("街道办理期限", found.street_by.isoformat()),
        ("办结期限", found.due_on.isoformat()),
        ("街道同意日期", found.agreed_on.isoformat() if found.agreed_on else "—"),
        ("办结日期", found.decided_on.isoformat() if found.decided_on else "—"),
    ]
    if found.reason:
        facts.append(("原因", found.reason))
    if found.founded:
        facts.append(("建成的团组织", f"{found.founded.name}（{found.founded.code}）"))
    if advice:
        facts.append(("提示", advice))
    return facts


def _actions(request: Request, found: Application) -> list[pages.Action]:
    actions = [*_deciding(request.actor, found), *_asking(request.actor, found)]
    if found.state == ApplicationState.APPROVED:
        actions.append(_to(found, "批复", "paper"))
    return actions


def _deciding(me: Actor, found: Application) -> list[pages.Action]:
    """Return what whose turn it is may do; their own they may only stop."""
    if found.state not in _TURNS or not actors.may(me, _turn(found), at=found.unit.org):
        return []
    actions = [_to(found, "退回补正", "send_back"), _to(found, "不予批准", "refuse")]
    if me.person_id in {found.applicant_id, found.agreed_by_id}:
        return actions
    if found.state == ApplicationState.SUBMITTED:
        url = reverse("founding:agree", args=[found.pk])
        return [pages.Action("同意", url, primary=True, post=True), *actions]
    url = reverse("founding:approve", args=[found.pk])
    return [pages.Action("批准建团", url, primary=True), *actions]


def _asking(me: Actor, found: Application) -> list[pages.Action]:
    if found.state not in rules.APPLICATION_MOVES or not actors.may(
        me, Act.APPLY, at=found.unit.org
    ):
        return []
    actions = [_to(found, "撤回", "withdraw")]
    if found.state == ApplicationState.SENT_BACK:
        url = reverse("founding:application_again", args=[found.pk])
        actions.insert(0, pages.Action("补正后提交", url, primary=True))
    return actions


def _turn(found: Application) -> Act:
    """Return the act of whose turn it is: the street's first, then the district's."""
    return _TURNS.get(ApplicationState(found.state), Act.APPROVE)


def _to(found: Application, label: str, name: str) -> pages.Action:
    return pages.Action(label, reverse(f"founding:{name}", args=[found.pk]))


def application_new(request: Request, unit_id: int) -> HttpResponse:
    """Ask for a League organisation."""
    unit = get_object_or_404(queries.units_seen_by(request.actor), pk=unit_id)
    actors.require(request.actor, Act.APPLY, at=unit.org)
    initial = {"told": unit.members, "parent": unit.org.code, "name": f"{unit.name}团支部"}
    form = forms.ApplicationForm(
        request.POST or None, initial=initial, actor=request.actor, unit=unit
    )
    return pages.act_page(
        request,
        title=f"{unit.name}申请建团",
        form=form,
        do=lambda: _url(services.apply(new=form.as_new(), at=timezone.now(), by=request.actor)),
        submit="提交申请",
        note="社区提出的先由街道同意，再由团区委批准；街道提出的直接报团区委批准。",
        back=pages.Link(unit.name, reverse("founding:unit", args=[unit.pk])),
    )


def application_again(request: Request, founding_id: int) -> HttpResponse:
    """Send in what was sent back."""
    found = _found(request, founding_id)
    actors.require(request.actor, Act.APPLY, at=found.unit.org)
    initial = {
        "kind": found.kind,
        "name": found.name,
        "parent": found.parent.code,
        "told": found.unit.members,
        "evidence": found.evidence,
        "secretary": found.secretary.number if found.secretary else "",
        "listed": " ".join(found.listed.values_list("person__number", flat=True)),
        "others": " ".join(found.joined.values_list("unit__credit_code", flat=True)),
    }
    form = forms.ApplicationForm(
        request.POST or None, initial=initial, actor=request.actor, unit=found.unit
    )
    return pages.act_page(
        request,
        title=f"补正：{found.name}",
        form=form,
        do=lambda: _url(
            services.submit_again(
                application=found, new=form.as_new(), at=timezone.now(), by=request.actor
            )
        ),
        submit="重新提交",
        note=f"退回原因：{found.reason}",
        back=pages.Link(found.name, _url(found)),
    )


@require_POST
def agree(request: Request, founding_id: int) -> HttpResponse:
    """Agree for the street."""
    found = _found(request, founding_id)
    services.agree(application=found, at=timezone.now(), by=request.actor)
    return redirect(_url(found))


def approve(request: Request, founding_id: int) -> HttpResponse:
    """Approve: the organisation stands, the unit is founded."""
    found = _found(request, founding_id)
    actors.require(request.actor, Act.APPROVE, at=found.unit.org)
    # An unticked box sends nothing, and is an answer too.
    form = forms.ApproveForm(request.POST if request.method == "POST" else None)

    def do() -> str:
        secretary = found.secretary if form.cleaned_data["appoint"] else None
        services.approve(
            application=found, secretary=secretary, at=timezone.now(), by=request.actor
        )
        return _url(found)

    return pages.act_page(
        request,
        title=f"批准建立{found.name}",
        form=form,
        do=do,
        submit="批准建团",
        note=f"批准后，{found.name}即在{found.parent.name}之下成立，成立日期为今天。",
        back=pages.Link(found.name, _url(found)),
    )


def send_back(request: Request, founding_id: int) -> HttpResponse:
    """Send an application back to be mended."""
    found = _found(request, founding_id)
    actors.require(request.actor, _turn(found), at=found.unit.org)
    return pages.reason_page(
        request,
        title=f"退回{found.name}的申请",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.send_back(
            application=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="退回补正",
        back=pages.Link(found.name, _url(found)),
    )


def refuse(request: Request, founding_id: int) -> HttpResponse:
    """Refuse an application for good."""
    found = _found(request, founding_id)
    actors.require(request.actor, _turn(found), at=found.unit.org)
    return pages.reason_page(
        request,
        title=f"不予批准{found.name}的申请",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.refuse(
            application=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="不予批准",
        note="单位退回未建，条件具备后可以重新申请。",
        back=pages.Link(found.name, _url(found)),
    )


def withdraw(request: Request, founding_id: int) -> HttpResponse:
    """Take an application back."""
    found = _found(request, founding_id)
    actors.require(request.actor, Act.APPLY, at=found.unit.org)
    return pages.reason_page(
        request,
        title=f"撤回{found.name}的申请",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.withdraw(
            application=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定撤回",
        back=pages.Link(found.name, _url(found)),
    )


@require_safe
def paper(request: Request, founding_id: int) -> HttpResponse:
    """Send the approval as a paper; what was not approved has none."""
    found = _found(request, founding_id)
    if found.founded is None or found.decided_on is None:
        raise Http404
    data = {
        "unit": found.unit.name,
        "org": found.founded.name,
        "code": found.founded.code,
        "parent": found.parent.name,
        "issuer": queries.issuer(request.actor),
        "kind": found.get_kind_display(),
        "members": found.members,
        "asked": day_in_words(found.asked_on),
        "day": day_in_words(found.decided_on),
    }
    response = HttpResponse(papers.pdf_of(PAPER, data=data), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.founded.code}.pdf"'
    return response


def _found(request: Request, founding_id: int) -> Application:
    return get_object_or_404(queries.applications_seen_by(request.actor), pk=founding_id)


def _url(found: Application) -> str:
    return reverse("founding:application", args=[found.pk])
