"""The roll of units and applications for other programs: the same queries and services as the pages."""

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.lib.verdicts import Refused
from qinghe.systems.founding import queries, services
from qinghe.systems.founding.access import Act

router = Router(tags=["两新建团"])


class UnitOut(Schema):
    id: int
    name: str
    credit_code: str
    kind: str
    is_internet: bool
    industry: str
    org: Code
    way: str
    employees: int
    youths: int
    members: int
    visited_on: date | None
    next_on: date | None
    state: str
    league_org: str | None

    @staticmethod
    def resolve_league_org(unit: queries.Unit) -> str | None:
        """Name the League organisation by its code."""
        return unit.league_org.code if unit.league_org else None


class FoundingApplicationIn(Schema):
    credit_code: str
    kind: str
    name: str
    parent: str
    members: int = 0
    listed: list[str] = []
    others: list[str] = []
    secretary: str = ""
    evidence: str


class FoundingApplicationOut(Schema):
    id: int
    unit: str
    kind: str
    name: str
    parent: Code
    members: int
    asked_on: date
    due_on: date
    state: str
    founded: str | None

    @staticmethod
    def resolve_unit(application: queries.Application) -> str:
        """Name the unit by its credit code."""
        return application.unit.credit_code

    @staticmethod
    def resolve_founded(application: queries.Application) -> str | None:
        """Name what was founded by its code."""
        return application.founded.code if application.founded else None


@router.get("/units", response=list[UnitOut])
@paginate(ByKey, order=["-pk"])
def units(request: Request) -> object:
    """List the units in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.units_seen_by(request.actor)


@router.get("/applications", response=list[FoundingApplicationOut])
@paginate(ByKey, order=["-pk"])
def founding_applications(request: Request) -> object:
    """List the applications in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.applications_seen_by(request.actor)


@router.post("/applications", response=FoundingApplicationOut)
def apply_to_found(request: Request, body: FoundingApplicationIn) -> object:
    """Ask for a League organisation in a unit, named by its credit code."""
    doors.require_anywhere(request.actor, Act.APPLY)
    seen = queries.units_seen_by(request.actor)
    unit = get_object_or_404(seen, credit_code=body.credit_code)
    listed = queries.people_numbered(request.actor, body.listed)
    secretary = queries.people_numbered(request.actor, [body.secretary])
    others = list(seen.filter(credit_code__in=body.others))
    if len(listed) < len(set(body.listed)) or len(others) < len(set(body.others)):
        raise Refused("listed_wrong", "名单里有不认识的人员编号或单位代码，没有提交，请核对。")
    if body.secretary and not secretary:
        raise Refused("listed_wrong", "没有拟任书记的人员编号，没有提交，请核对。")
    new = services.NewApplication(
        unit=unit,
        kind=body.kind,
        name=body.name,
        parent=get_object_or_404(queries.parents_for(request.actor, unit), code=body.parent),
        evidence=body.evidence,
        told=body.members,
        listed=listed,
        others=others,
        secretary=secretary[0] if secretary else None,
    )
    return services.apply(new=new, at=timezone.now(), by=request.actor)
