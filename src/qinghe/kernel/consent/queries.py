"""Reads of notices and consents that have no viewer: services and pages above use them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, QuerySet
from django.utils import timezone

from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused

from . import models
from .retention import Retention


def current_notice(purpose: str, *, on: date | None = None) -> models.Notice:
    """Return the version in force, today if no day is named. Raises Refused: no_notice."""
    found = _in_force(purpose, on).order_by("-version").first()
    if found is None:
        raise Refused("no_notice", "还没有发布这项告知书，暂不能办理；请联系所在社区团组织。")
    return found


def current_notices(purposes: Iterable[str], *, on: date | None = None) -> list[models.Notice]:
    """Return the versions in force of several purposes, in the order asked. Raises no_notice."""
    return [current_notice(purpose, on=on) for purpose in purposes]


def holds(person: Person, purpose: str, *, on: date | None = None) -> bool:
    """Test if a person's consent to a purpose stands and still fits what they were told.

    A notice that asks anew (`renews`) ends what was agreed to before it.
    """
    renewed = _in_force(purpose, on).filter(renews=True).aggregate(last=Max("version"))["last"]
    return models.Consent.objects.filter(
        person=person,
        notice__purpose=purpose,
        notice__version__gte=renewed or 1,
        withdrawn_at__isnull=True,
    ).exists()


def lacking(person: Person, purposes: Iterable[str], *, on: date) -> tuple[models.Notice, ...]:
    """Return the notices of those purposes to which a person's consent does not stand on a day."""
    return tuple(
        current_notice(purpose, on=on) for purpose in purposes if not holds(person, purpose, on=on)
    )


def consents_of(person: Person) -> QuerySet[models.Consent]:
    """Return all that a person agreed to and took back, newest first."""
    return (
        models.Consent.objects.filter(person=person)
        .select_related("notice")
        .order_by("-given_at", "-pk")
    )


def standing_consent(person: Person, purpose: str) -> models.Consent | None:
    """Return the newest consent to a purpose that was not taken back."""
    return consents_of(person).filter(notice__purpose=purpose, withdrawn_at__isnull=True).first()


def guardian_person_of(person: Person) -> Person | None:
    """Return the guardian beside whom a child is on the books."""
    kept = models.Guardianship.objects.filter(ward=person).select_related("guardian").first()
    return kept.guardian if kept else None


def wards_of(person: Person) -> QuerySet[models.Guardianship]:
    """Return the children on the books beside a person."""
    return models.Guardianship.objects.filter(guardian=person).select_related("ward")


def days_kept(entry: Retention, *, on: date) -> int:
    """Return for how many days records of an entity are kept by the term in force on a day."""
    return terms_kept([entry], on=on)[entry.label]


def terms_kept(entries: Iterable[Retention], *, on: date) -> dict[str, int]:
    """Return for how many days each kind of record is kept on a day, by its label."""
    wanted = list(entries)
    terms = models.RetentionTerm.objects.filter(
        entity__in=[entry.label for entry in wanted], starts_on__lte=on
    ).order_by("starts_on")
    in_force = dict(terms.values_list("entity", "days"))  # of one entity, the last one stands
    return {
        entry.label: max(in_force.get(entry.label, entry.days), entry.least) for entry in wanted
    }


def _in_force(purpose: str, on: date | None) -> QuerySet[models.Notice]:
    day = on or local_day(timezone.now())
    return models.Notice.objects.filter(purpose=purpose, starts_on__lte=day)
