"""Stars given and certificates issued."""

from django.db.models import F, QuerySet

from qinghe.analytics.facts import REQUIRED, Fact, LocalDay
from qinghe.systems.volunteering.models import Certificate, StarCase


def _star_rows() -> QuerySet:
    given = StarCase.objects.filter(issued_on__isnull=False, lowered_from__isnull=True)
    return given.order_by().values(
        "org_id",
        "star",
        record_id=F("pk"),
        day=F("issued_on"),
        person_id=F("volunteer__person_id"),
    )


def _certificate_rows() -> QuerySet:
    issued = Certificate.objects.exclude(state=Certificate.State.REVOKED)
    return issued.order_by().values(
        "minutes", record_id=F("pk"), org_id=F("issuer_id"), day=LocalDay("issued_at")
    )


STAR = Fact(
    name="volunteering_star",
    label="星级志愿者认定",
    grain="one star given, on the day it was given, at the main organisation of its case",
    model="volunteering.StarCase",
    columns={**REQUIRED, "person_id": "int64", "star": "int64"},
    records=_star_rows,
)
CERTIFICATE = Fact(
    name="volunteering_certificate",
    label="志愿服务证明",
    grain="one record or certificate issued and not revoked, on its local day, at its issuer",
    model="volunteering.Certificate",
    columns={**REQUIRED, "minutes": "int64"},
    records=_certificate_rows,
)
