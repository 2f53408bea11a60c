from datetime import date, datetime

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.volunteering import queries, services
from qinghe.systems.volunteering.access import Act

router = Router()


class LateEntryOut(Schema):
    id: int
    org: str
    session_id: int | None
    title: str
    day: date
    minutes: int
    asked_at: datetime
    state: str

    @staticmethod
    def resolve_org(entry: queries.LateEntry) -> str:
        """Name the organisation by its code."""
        return entry.org.code


class FindingOut(Schema):
    id: int
    kind: str
    org: str
    words: str
    found_at: datetime
    state: str

    @staticmethod
    def resolve_org(finding: queries.Finding) -> str:
        """Name the host by its code."""
        return finding.org.code


@router.get("/late-entries", response=list[LateEntryOut])
@paginate(ByKey, order=["-pk"])
def late_entries(request: Request) -> object:
    """List the late entries in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.late_seen_by(request.actor)


@router.post("/late-entries/{int:late_entry_id}/approve", response=LateEntryOut)
def late_approve(request: Request, late_entry_id: int) -> object:
    """Agree to a late entry that another asked for."""
    found = get_object_or_404(queries.late_seen_by(request.actor), pk=late_entry_id)
    return services.approve_late(entry=found, at=timezone.now(), by=request.actor)


@router.get("/findings", response=list[FindingOut])
@paginate(ByKey, order=["-pk"])
def findings(request: Request) -> object:
    """List what the checks of hours found in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.findings_seen_by(request.actor)
