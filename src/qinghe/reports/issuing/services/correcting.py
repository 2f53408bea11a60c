"""Mending what was issued: by a further version, never in place."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.reports.drafting import services as drafting
from qinghe.reports.drafting.models import Report
from qinghe.reports.issuing import models
from qinghe.reports.issuing.access import Act


@transaction.atomic
def correct(*, issue: models.Issue, reason: str, at: datetime, by: Actor) -> Report:
    """Begin the version that corrects an issued report; it is frozen and signed like any other.

    Raises Refused: not_allowed, not_issued, reason_needed, already_begun.
    """
    actors.require(by, Act.SUBMIT, at=issue.report.org)
    report = drafting.begin_correction(report=issue.report, reason=reason, at=at, by=by)
    detail = {"corrects": issue.report_id, "number": issue.number, "reason": report.reason}
    audit.record(by=by, verb="issuing.correct", subject=report, at=at, detail=detail)
    return report
