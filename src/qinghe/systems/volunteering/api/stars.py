from datetime import date, datetime

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code, Number
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.volunteering import queries, services
from qinghe.systems.volunteering.access import Act

router = Router()


class StarCaseOut(Schema):
    id: int
    round_id: int
    volunteer: Number
    org: Code
    star: int
    minutes: int
    state: str
    notice_until: date | None
    issued_on: date | None


class CertificateOut(Schema):
    id: int
    number: str
    volunteer: Number
    issuer: Code
    served_from: date
    served_to: date
    minutes: int
    sessions: int
    issued_at: datetime
    state: str


class CertificateIn(Schema):
    volunteer: str
    issuer: str
    served_from: date
    served_to: date


@router.get("/star-cases", response=list[StarCaseOut])
@paginate(ByKey, order=["-pk"])
def star_cases(request: Request) -> object:
    """List the star cases in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.cases_seen_by(request.actor)


@router.post("/star-cases/{int:star_case_id}/agree", response=StarCaseOut)
def star_agree(request: Request, star_case_id: int) -> object:
    """Agree to a case that waits for the caller's organisation."""
    (decided,) = services.decide_stars(
        cases=[get_object_or_404(queries.cases_seen_by(request.actor), pk=star_case_id)],
        verdict=queries.StarVerdict.AGREED,
        words="",
        at=timezone.now(),
        by=request.actor,
    )
    return decided


@router.get("/certificates", response=list[CertificateOut])
@paginate(ByKey, order=["-issued_at"])
def certificates(request: Request) -> object:
    """List the certificates of the organisations in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.certificates_seen_by(request.actor)


@router.post("/certificates", response=CertificateOut)
def certify(request: Request, body: CertificateIn) -> object:
    """Write down what somebody served with an organisation, at once."""
    doors.require_anywhere(request.actor, Act.CERTIFY)
    new = services.NewCertificate(
        volunteer=get_object_or_404(
            queries.volunteers_served_for(request.actor, Act.CERTIFY), number=body.volunteer
        ),
        issuer=get_object_or_404(queries.orgs_for(request.actor, Act.CERTIFY), code=body.issuer),
        served_from=body.served_from,
        served_to=body.served_to,
    )
    return services.certify(new=new, at=timezone.now(), by=request.actor)
