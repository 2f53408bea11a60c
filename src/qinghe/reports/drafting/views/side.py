"""The panel beside the sheet: what the checker says, remarks, problems, plans, and one passage."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse

from qinghe.edges.web import pages, scope
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.reports.drafting import forms, queries
from qinghe.reports.drafting.access import Act
from qinghe.reports.drafting.queries import Choice, Page
from qinghe.reports.drafting.rules.findings import Code, Finding

from . import sheet

FIRST = "checked"


@dataclass(frozen=True)
class Tab:
    """One tab of the panel, and how much is in it."""

    name: str
    label: str
    count: int = 0


@dataclass(frozen=True)
class Found:
    """A finding with its number on the page, and the figures that may stand in its place."""

    number: int
    finding: Finding
    words: str  # as a reader knows them: a figure by its name
    candidates: list[Choice]


@dataclass(frozen=True)
class Group:
    """What was found in several places and asks for the same."""

    first: Finding
    found: list[Found]


def report_seen_by(request: Request, report_id: int) -> queries.Report:
    """Return a report that the reader may see, or answer that there is none."""
    found = queries.reports_seen_by(request.actor).filter(pk=report_id).first()
    if found is None:
        raise Http404
    return found


def tab_of(request: Request) -> str:
    """Return the name of the tab that is asked for."""
    name = request.GET.get("tab", FIRST)
    return name if name in PANELS else FIRST


def context(request: Request, page: Page, *, tab: str) -> dict[str, object]:
    """Return all that the panel shows under one of its tabs."""
    return {
        "report": page.report,
        "tab": tab,
        "may_lead": may_lead(request, page.report),
        "panel": TEMPLATES[tab],
        "tabs": _tabs(request, page),
        **counts(page),
        **PANELS[tab](request, page),
    }


def counts(page: Page) -> dict[str, int]:
    """Return how much of each sort was found."""
    blocking = page.blocking
    return {"blocking": blocking, "doubts": len(page.findings) - blocking}


def checked(request: Request, page: Page) -> dict[str, object]:
    """Return what the checker says, what blocks first, each with its number on the page."""
    return {
        "report": page.report,
        "may_lead": may_lead(request, page.report),
        "groups": _groups(_found(request, page)),
        "places": sheet.places(page.findings),
        "fixed": queries.fixed_wordings_seen_by(request.actor).filter(report=page.report),
        **counts(page),
    }


def said(request: Request, page: Page) -> dict[str, object]:
    """Return what a page that is written on has to know after each change."""
    return {
        "findings": sheet.places(page.findings),
        "counts": render_to_string("drafting/side/counts.html", counts(page)),
        "checked": render_to_string("drafting/side/checked.html", checked(request, page), request),
    }


def may_lead(request: Request, report: queries.Report) -> bool:
    """Test if the reader writes the report as a whole, now."""
    return report.state == report.State.WRITING and actors.may(
        request.actor, Act.WRITE, at=report.org
    )


def answer(request: Request, report: queries.Report, *, tab: str) -> HttpResponse:
    """Show the panel again after something was done there."""
    if request.htmx:
        page = queries.page_of(request.actor, report)
        return pages.page(
            request,
            "drafting/report.html",
            part="side",
            status=200,
            **context(request, page, tab=tab),
        )
    return redirect(f"{reverse('drafting:report', args=[report.pk])}?tab={tab}")


def orgs_of(report: queries.Report) -> list[Org]:
    """Return whose figures a report may name: its own organisation's and those right below."""
    return [report.org, *scope.children_on(report.org, report.span.end)]


def streets_of(report: queries.Report) -> list[Org]:
    """Return the streets that a district's report may be shared with."""
    if report.org.kind != OrgKind.DISTRICT:
        return []
    return [
        org for org in scope.children_on(report.org, report.span.end) if org.kind == OrgKind.STREET
    ]


def _found(request: Request, page: Page) -> list[Found]:
    candidates = queries.candidates(request.actor, page.report, found=page.findings)
    labels = {one.code: one.label for one in queries.choices(request.actor, page.report)}
    return [
        Found(number, each, sheet.named(each.words, labels), candidates.get(each, []))
        for number, each in enumerate(page.findings)
    ]


def _urgency(one: Found) -> tuple[bool, bool]:
    return (not one.finding.blocking, one.finding.code is not Code.UNTRACED)


def _groups(found: Sequence[Found]) -> list[Group]:
    """Return what was found, what blocks first; numbers typed by hand stand each alone."""
    groups: dict[object, Group] = {}
    for each in sorted(found, key=_urgency):
        finding = each.finding
        alone = each.number if finding.code is Code.UNTRACED else -1
        key = (finding.blocking, finding.code, finding.advice, alone)
        groups.setdefault(key, Group(finding, [])).found.append(each)
    return list(groups.values())


def _remarks(request: Request, page: Page) -> dict[str, object]:
    return {"remarks": _remarks_on(request, page).order_by("settled_at", "-at")}


def _remarks_on(request: Request, page: Page) -> QuerySet[queries.Remark]:
    return queries.remarks_seen_by(request.actor).filter(passage__report=page.report)


def _problems(request: Request, page: Page) -> dict[str, object]:
    return {"proposals": queries.proposals(request.actor, page.report)}


def _plan(request: Request, page: Page) -> dict[str, object]:
    form = plan_form(request, page.report) if may_lead(request, page.report) else None
    items = queries.plan_seen_by(request.actor).filter(report=page.report)
    return {"items": queries.followed(request.actor, items), "form": form}


def plan_form(
    request: Request,
    report: queries.Report,
    *,
    typed: Mapping[str, str] | None = None,
    initial: Mapping[str, object] | None = None,
) -> forms.PlanForm:
    """Return the form of one promise."""
    return forms.PlanForm(
        typed,
        initial=initial,
        orgs=orgs_of(report),
        choices=queries.choices(request.actor, report),
    )


def assign_form(
    passage: queries.Passage, *, typed: Mapping[str, str] | None = None
) -> forms.AssignForm:
    """Return the form of who writes a passage by when."""
    report = passage.report
    who = passage.street.code if passage.street else passage.department
    return forms.AssignForm(
        typed,
        initial={"who": who, "due_on": passage.due_on},
        streets=streets_of(report),
        departments=report.org.kind == OrgKind.DISTRICT,
    )


def _tabs(request: Request, page: Page) -> list[Tab]:
    still_open = _remarks_on(request, page).filter(settled_at__isnull=True).count()
    return [
        Tab("checked", "检查", page.blocking),
        Tab("remarks", "意见", still_open),
        Tab("problems", "问题"),
        Tab("plan", "思路"),
    ]


TEMPLATES: Mapping[str, str] = {
    "checked": "drafting/side/checked.html",
    "remarks": "drafting/side/remarks.html",
    "problems": "drafting/side/problems.html",
    "plan": "drafting/side/plan.html",
}
PANELS: Mapping[str, Callable[[Request, Page], dict[str, object]]] = {
    "checked": checked,
    "remarks": _remarks,
    "problems": _problems,
    "plan": _plan,
}
