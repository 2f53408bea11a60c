"""Certificates of service: who sees which, what they rest on, what the public page tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.rules import codes_in
from qinghe.kernel.people import queries as people
from qinghe.kernel.people.models import Person
from qinghe.lib import identifiers
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

Certificate = models.Certificate
CertificateState = models.Certificate.State


@dataclass(frozen=True)
class Served:
    """What somebody served with one organisation and those below it."""

    minutes: int
    sessions: int


@dataclass(frozen=True)
class Checked:
    """What the public page tells of a certificate: nothing beyond what its paper shows (V-14)."""

    certificate: models.Certificate
    name: str
    hours: str
    hours_now: str
    changed: bool
    revoked: bool


def certificates_seen_by(actor: Actor) -> QuerySet[models.Certificate]:
    """Return the certificates of the organisations in sight, newest first."""
    return (
        models.Certificate.objects.filter(issuer__in=actors.orgs_where(actor, Act.SEE))
        .select_related("issuer", "volunteer__person", "volunteer__org")
        .order_by("-issued_at", "-pk")
    )


def own_certificates(actor: Actor) -> QuerySet[models.Certificate]:
    """Return a volunteer's own certificates, newest first."""
    return (
        models.Certificate.objects.filter(volunteer__person=actor.person_id)
        .select_related("issuer", "volunteer__person", "volunteer__org")
        .order_by("-issued_at", "-pk")
    )


def certificates_waiting_for(actor: Actor) -> QuerySet[models.Certificate]:
    """Return the certificates on notice whose seal is this actor's to set."""
    return models.Certificate.objects.filter(
        issuer__in=actors.orgs_where(actor, Act.CERTIFY), state=CertificateState.NOTICED
    ).select_related("issuer", "volunteer__person")


def volunteers_served_for(actor: Actor, act: str) -> QuerySet[models.Volunteer]:
    """Return who is on the roll, or served, where this actor may do an act."""
    reach = actors.orgs_where(actor, act)
    served = models.Attendance.objects.filter(session__org__in=reach).values("volunteer")
    on_the_roll = models.Volunteer.objects.filter(registered_on__isnull=False)
    return on_the_roll.filter(Q(org__in=reach) | Q(pk__in=served))


def own_volunteer(actor: Actor) -> models.Volunteer | None:
    """Return who this actor is as a volunteer; a child is none by themself (V-21)."""
    found = models.Volunteer.objects.filter(person=actor.person_id, registered_on__isnull=False)
    found = found.exclude(beside_until__gt=timezone.localdate())
    return found.select_related("org", "person").first()


def served_with(
    actor: Actor, volunteer: models.Volunteer, *, issuer: Org, first: date, last: date
) -> QuerySet[models.Attendance]:
    """Return the effective services that an organisation may speak of: who records, certifies."""
    return (
        models.Attendance.objects.filter(
            volunteer=volunteer,
            state=models.Attendance.State.EFFECTIVE,
            session__day__range=(first, last),
            session__org__path__startswith=issuer.path,
        )
        .select_related("session__org")
        .order_by("session__starts_at", "pk")
    )


def sum_of(actor: Actor, rows: QuerySet[models.Attendance]) -> Served:
    """Add up services."""
    sums = rows.order_by().aggregate(minutes=Sum("minutes"), sessions=Count("pk"))
    return Served(sums["minutes"] or 0, sums["sessions"])


def rows_of(actor: Actor, certificate: models.Certificate) -> QuerySet[models.Attendance]:
    """Return what a certificate rests on, as it stands today."""
    return served_with(
        actor,
        certificate.volunteer,
        issuer=certificate.issuer,
        first=certificate.served_from,
        last=certificate.served_to,
    )


def issuers_for(actor: Actor, volunteer: models.Volunteer) -> QuerySet[Org]:
    """Return who may certify for somebody: the hosts of their service, and all above these."""
    paths = (
        models.Attendance.objects.filter(
            volunteer=volunteer, state=models.Attendance.State.EFFECTIVE
        )
        .order_by()
        .values_list("session__org__path", flat=True)
        .distinct()
    )
    codes = {code for path in paths for code in codes_in(path)}
    return Org.objects.filter(code__in=codes, closed_on__isnull=True).order_by("path")


def checked(actor: Actor, number: str, *, code: str, today: date) -> Checked | None:
    """Return what a number and its check code open to anybody, or nothing."""
    found = Certificate.objects.select_related("volunteer__person", "issuer").filter(
        number=number.strip().upper()
    )
    certificate = found.first()
    typed = code.strip().upper()
    if certificate is None or not constant_time_compare(certificate.check_code, typed):
        return None
    now = sum_of(actor, rows_of(actor, certificate))
    return Checked(
        certificate=certificate,
        name=public_name(actor, certificate.volunteer.person, today=today),
        hours=rules.tenths_of_hours(certificate.minutes),
        hours_now=rules.tenths_of_hours(now.minutes),
        changed=(now.minutes, now.sessions) != (certificate.minutes, certificate.sessions),
        revoked=certificate.state == CertificateState.REVOKED,
    )


def public_name(actor: Actor, person: Person, *, today: date) -> str:
    """Return a name as a page without sign-in shows it."""
    if people.is_minor(person, today):
        return identifiers.mask_child_name(person.name)
    return identifiers.mask_name(person.name)


def certificate_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return certificates behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.number,
            cells=(
                ("出具单位", one.issuer.name),
                ("服务时长", f"{rules.tenths_of_hours(one.minutes)} 小时"),
                ("状态", one.get_state_display()),
            ),
            url=reverse("volunteering:certificate", args=[one.pk]),
        )
        for one in certificates_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]
