"""The roll as of any day, and the branches by size."""

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.rolls import forms, queries
from qinghe.systems.rolls.access import Act

from .tables import BranchTable, RollTable


def roll(request: Request) -> HttpResponseBase:
    """Show the roll of the chosen organisation and of all below it, as of a day."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.list_page(
        request,
        title="团员名册",
        table=RollTable,
        rows=queries.members_seen_by(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.RollFilter,
        sheet="rolls.files",
        actions=[
            pages.Action("超龄团员", reverse("rolls:of_age")),
            pages.Action("团支部", reverse("rolls:branches")),
        ],
        totals=lambda rows: [
            pages.Total("人数", rows.values("person").distinct().count(), "人"),
        ],
    )


def branches(request: Request) -> HttpResponseBase:
    """Show the branches below, with how many stand on each roll today."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    today = timezone.localdate()
    rows = queries.branches_seen_by(request.actor, today)
    return pages.list_page(
        request,
        title="团支部",
        table=BranchTable,
        rows=rows.filter(path__startswith=request.scope.org.path),
        filterset=forms.BranchFilter,
        actions=[pages.Action("团员名册", reverse("rolls:roll"))],
    )
