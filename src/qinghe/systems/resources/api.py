"""The pool and the drives for other programs: the same queries and services as the pages."""

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.resources import queries, services
from qinghe.systems.resources.access import Act

router = Router(tags=["资源统筹"])


class ResourceOut(Schema):
    id: int
    title: str
    kind: str
    org: str
    left: int
    unit: str
    free_until: date | None
    state: str

    @staticmethod
    def resolve_org(resource: queries.Resource) -> str:
        """Name the organisation by its code."""
        return resource.org.code


class NeedOut(Schema):
    id: int
    title: str
    kind: str
    org: str
    quantity: int
    unit: str
    needed_by: date
    state: str

    @staticmethod
    def resolve_org(need: queries.Need) -> str:
        """Name the organisation by its code."""
        return need.org.code


class DriveOut(Schema):
    id: int
    title: str
    org: str
    item: str
    unit: str
    opens_on: date
    closes_on: date
    collected: int
    stock: int
    state: str

    @staticmethod
    def resolve_org(drive: queries.Drive) -> str:
        """Name the organisation by its code."""
        return drive.org.code


class DonationIn(Schema):
    org: str
    quantity: int
    donor: str = ""


class DonationOut(Schema):
    id: int
    drive_id: int
    org: str
    quantity: int
    accepted: int | None
    brought_on: date
    state: str

    @staticmethod
    def resolve_org(donation: queries.Donation) -> str:
        """Name the organisation by its code."""
        return donation.org.code


@router.get("/pool", response=list[ResourceOut])
@paginate(ByKey, order=["-pk"])
def pool(request: Request) -> object:
    """List the resources in the caller's sight or open to them, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.resources_seen_by(request.actor)


@router.get("/needs", response=list[NeedOut])
@paginate(ByKey, order=["-pk"])
def needs(request: Request) -> object:
    """List the needs in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.needs_seen_by(request.actor)


@router.get("/drives", response=list[DriveOut])
@paginate(ByKey, order=["-pk"])
def drives(request: Request) -> object:
    """List the drives that concern the caller, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.drives_seen_by(request.actor)


@router.post("/drives/{int:drive_id}/donations", response=DonationOut)
def donate(request: Request, drive_id: int, body: DonationIn) -> object:
    """Write down what was brought to an organisation; it counts once it was looked over."""
    doors.require_anywhere(request.actor, Act.TAKE_DONATION)
    new = services.NewDonation(
        drive=get_object_or_404(queries.drives_seen_by(request.actor), pk=drive_id),
        org=get_object_or_404(queries.orgs_for(request.actor, Act.TAKE_DONATION), code=body.org),
        quantity=body.quantity,
        donor=body.donor,
    )
    return services.take_donation(new=new, at=timezone.now(), by=request.actor)
