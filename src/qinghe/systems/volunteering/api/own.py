"""A volunteer's own service, star and courtesies by a program, as on the phone."""

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import queries, services

from .courtesy import CourtesyClaimOut
from .doors import AttendanceOut
from .stars import CertificateOut, StarCaseOut

router = Router()


class OpenCourtesyOut(Schema):
    """What a volunteer may read of a courtesy before claiming it."""

    id: int
    title: str
    about: str
    sponsor: str
    area: Code
    opens_on: date
    closes_on: date
    star: int
    minutes: int

    @staticmethod
    def resolve_sponsor(item: queries.CourtesyItem) -> str:
        """Name the sponsor."""
        return item.sponsor.name


class OwnServiceOut(AttendanceOut):
    title: str
    org: str
    day: date
    how: str

    @staticmethod
    def resolve_title(attendance: queries.Attendance) -> str:
        """Name the session."""
        return attendance.session.title

    @staticmethod
    def resolve_org(attendance: queries.Attendance) -> str:
        """Name the host by its code."""
        return attendance.session.org.code

    @staticmethod
    def resolve_day(attendance: queries.Attendance) -> date:
        """Tell the session's own day."""
        return attendance.session.day


class RuleOut(Schema):
    words: str
    held: list[str]


class OwnCertificateIn(Schema):
    issuer: str
    served_from: date
    served_to: date


class OwnCertificateOut(CertificateOut):
    check_code: str


@router.get("/services/own", response=list[OwnServiceOut])
@paginate(ByKey, order=["-pk"])
def own_services(request: Request) -> object:
    """List one's own records, newest first."""
    return queries.own_services(request.actor)


@router.get("/services/own/{int:attendance_id}/rule", response=RuleOut)
def own_rule(request: Request, attendance_id: int) -> object:
    """Tell by which rule one's own record came to its number."""
    found = get_object_or_404(queries.own_services(request.actor), pk=attendance_id)
    (told,) = queries.explained(request.actor, [found])
    return {"words": told.words, "held": list(told.held)}


@router.post("/certificates/own", response=OwnCertificateOut)
def certify_oneself(request: Request, body: OwnCertificateIn) -> object:
    """Make a record of one's own service, at once and free."""
    volunteer = queries.own_volunteer(request.actor)
    if volunteer is None:
        raise doors.closed()
    issuers = queries.issuers_for(request.actor, volunteer)
    new = services.NewCertificate(
        volunteer=volunteer,
        issuer=get_object_or_404(issuers, code=body.issuer),
        served_from=body.served_from,
        served_to=body.served_to,
    )
    return services.certify_oneself(new=new, at=timezone.now(), by=request.actor)


@router.post("/star-rounds/{int:star_round_id}/apply", response=StarCaseOut)
def apply_for_star(request: Request, star_round_id: int) -> object:
    """Ask for the star that one's own hours bear."""
    season = get_object_or_404(queries.rounds_open(request.actor), pk=star_round_id)
    return services.apply_for_star(found=season, at=timezone.now(), by=request.actor)


@router.get("/courtesy-claims/own", response=list[CourtesyClaimOut])
@paginate(ByKey, order=["-pk"])
def own_claims(request: Request) -> object:
    """List the courtesies one took; their codes stand on the phone only."""
    return queries.own_claims(request.actor).select_related("org")


@router.get("/courtesy-items/open", response=list[OpenCourtesyOut])
@paginate(ByKey, order=["-pk"])
def open_courtesies(request: Request) -> object:
    """List what volunteers may take, to volunteers."""
    if queries.own_volunteer(request.actor) is None:
        raise doors.closed()
    return queries.open_items(request.actor, local_day(timezone.now()))


@router.post("/courtesy-items/{int:courtesy_item_id}/claim", response=CourtesyClaimOut)
def claim_courtesy(request: Request, courtesy_item_id: int) -> object:
    """Take one courtesy for oneself."""
    today = local_day(timezone.now())
    item = get_object_or_404(queries.open_items(request.actor, today), pk=courtesy_item_id)
    return services.claim_courtesy(item=item, at=timezone.now(), by=request.actor)
