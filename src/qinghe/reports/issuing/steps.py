"""The ways to a report's next step: its addresses, and the button on the page where it is written."""

from collections.abc import Sequence

from django.urls import reverse

from qinghe.edges.web.parts import Action
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.reports.drafting.models import Report

from .access import Act
from .models import Issue


def of_report(actor: Actor, report: Report) -> Sequence[Action]:
    """Return the way to a report's freezing, signing and issue, for who may follow it."""
    if not actors.may(actor, Act.SEE, at=report.org):
        return ()
    writing = report.state == Report.State.WRITING
    leads = writing and actors.may(actor, Act.SUBMIT, at=report.org)
    return (Action("封存与送审" if leads else "办理进度", way_url(report), primary=leads),)


def way_url(report: Report) -> str:
    """Return the address of a report's way."""
    return reverse("issuing:way", args=[report.pk])


def issue_url(issue: Issue) -> str:
    """Return the address of an issued report."""
    return reverse("issuing:issued", args=[issue.pk])
