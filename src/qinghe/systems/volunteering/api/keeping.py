"""The roll, certificates, trainings and skills as the desk keeps them, by a program."""

from datetime import date
from typing import Literal

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Number, ReasonIn
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.kernel.people import services as people
from qinghe.systems.volunteering import queries, services
from qinghe.systems.volunteering.access import Act

from . import deciding, own, teams
from .deciding import VolunteerOut
from .stars import CertificateOut
from .teams import TrainingOut

# An address is one router's: these join those that read under the same ones.
roll, papers, teaching = deciding.router, own.router, teams.router
CERTIFICATE = "/certificates/{int:certificate_id}"


class NewVolunteerIn(Schema):
    number: str = Field(min_length=1, max_length=20, description="志愿者编号")
    person: str = Field(min_length=1, max_length=20, description="人员编号")
    name: str = Field(min_length=1, max_length=40)
    sex: Literal["", "male", "female"] = ""
    birth_date: date | None = None
    org: str = Field(description="主组织代码")
    guardian_agreed_on: date | None = Field(None, description="未满18周岁的必填")


class SealIn(Schema):
    head: str = Field(min_length=1, max_length=60)
    handler: str = Field(min_length=1, max_length=60)
    contact: str = Field(min_length=1, max_length=60)


class CreditOut(Schema):
    id: int
    training_id: int
    volunteer: Number
    quarters: int


@roll.post("/volunteers", response=VolunteerOut)
def register_volunteer(request: Request, body: NewVolunteerIn) -> object:
    """Enter an application at the desk; the person is entered too, or found again by number."""
    doors.require_anywhere(request.actor, Act.REGISTER)
    new = services.NewVolunteer(
        number=body.number,
        person=people.NewPerson(
            number=body.person, name=body.name, sex=body.sex, birth_date=body.birth_date
        ),
        org=get_object_or_404(queries.orgs_for(request.actor, Act.REGISTER), code=body.org),
        guardian_agreed_on=body.guardian_agreed_on,
    )
    return services.register_volunteer(new=new, at=timezone.now(), by=request.actor)


@roll.post("/volunteers/{int:volunteer_id}/withdraw", response=VolunteerOut)
def withdraw_volunteer(request: Request, volunteer_id: int, body: ReasonIn) -> object:
    """Take a volunteer off the roll from today; what they did stays counted."""
    return services.withdraw_volunteer(
        volunteer=get_object_or_404(queries.volunteers_seen_by(request.actor), pk=volunteer_id),
        reason=body.reason,
        at=timezone.now(),
        by=request.actor,
    )


@papers.get("/certificates/own", response=list[CertificateOut])
@paginate(ByKey, order=["-issued_at"])
def own_certificates(request: Request) -> object:
    """List the caller's own certificates, newest first."""
    return queries.own_certificates(request.actor)


@papers.post(f"{CERTIFICATE}/announce", response=CertificateOut)
def announce_certificate(request: Request, certificate_id: int) -> object:
    """Put a certificate on notice inside the unit before it is sealed (V-11)."""
    found = _certificate(request, certificate_id)
    return services.announce_certificate(certificate=found, at=timezone.now(), by=request.actor)


@papers.post(f"{CERTIFICATE}/seal", response=CertificateOut)
def seal_certificate(request: Request, certificate_id: int, body: SealIn) -> object:
    """Answer for a certificate whose notice is over."""
    return services.seal_certificate(
        certificate=_certificate(request, certificate_id),
        seal=services.Seal(body.head, body.handler, body.contact),
        at=timezone.now(),
        by=request.actor,
    )


@papers.post(f"{CERTIFICATE}/revoke", response=CertificateOut)
def revoke_certificate(request: Request, certificate_id: int, body: ReasonIn) -> object:
    """Let a certificate count no more; the public page says so."""
    return services.revoke_certificate(
        certificate=_certificate(request, certificate_id),
        reason=body.reason,
        at=timezone.now(),
        by=request.actor,
    )


@teaching.get("/trainings/{int:training_id}/credits", response=list[CreditOut])
@paginate(ByKey, order=["pk"])
def credits_of(request: Request, training_id: int) -> object:
    """List who was credited for a training in sight."""
    found = _training(request, training_id)
    return queries.credits_seen_by(request.actor).filter(training=found)


@teaching.post("/credits/{int:credit_id}/strike", response=CreditOut)
def strike_credit(request: Request, credit_id: int, body: ReasonIn) -> object:
    """Take a credit back; it stays on record, with its reason."""
    return services.strike_credit(
        found=get_object_or_404(queries.credits_seen_by(request.actor), pk=credit_id),
        reason=body.reason,
        at=timezone.now(),
        by=request.actor,
    )


@teaching.post("/trainings/{int:training_id}/cancel", response=TrainingOut)
def cancel_training(request: Request, training_id: int, body: ReasonIn) -> object:
    """Say that a training did not take place."""
    return services.cancel_training(
        training=_training(request, training_id),
        reason=body.reason,
        at=timezone.now(),
        by=request.actor,
    )


def _certificate(request: Request, certificate_id: int) -> queries.Certificate:
    return get_object_or_404(queries.certificates_seen_by(request.actor), pk=certificate_id)


def _training(request: Request, training_id: int) -> queries.Training:
    return get_object_or_404(queries.trainings_seen_by(request.actor), pk=training_id)
