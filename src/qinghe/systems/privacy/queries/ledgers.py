"""Ledgers of those who oversee: consents, minors, reads of minors' data, assessments."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from qinghe.edges import standing
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.models import Account, Holding
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.consent.models import Consent, Guardianship, Notice, Purpose
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership, Person
from qinghe.lib.periods import TZ
from qinghe.systems.privacy import models
from qinghe.systems.privacy.access import Act

CHILD_VERBS = (
    "people.reveal",
    "people.ask_child_access",
    "people.approve_child_access",
    "people.refuse_child_access",
)


@dataclass(frozen=True)
class AgeBand:
    """People of some ages: younger than `under`, but not than `least`."""

    label: str
    least: int
    under: int


AGE_BANDS = (
    AgeBand("未满14周岁", 0, 14),
    AgeBand("14至17周岁", 14, 18),
    AgeBand("18周岁及以上", 18, 200),
)


@dataclass(frozen=True)
class Counted:
    """Standing consents of one age band by purpose."""

    band: AgeBand
    people: int
    by_purpose: tuple[tuple[str, int], ...]


def notices_seen_by(actor: Actor) -> QuerySet[Notice]:
    """Return all versions of all notices for those who oversee them."""
    found = Notice.objects.order_by("purpose", "-version")
    return found if actors.may_anywhere(actor, Act.SEE) else found.none()


def consents_seen_by(actor: Actor) -> QuerySet[Consent]:
    """Return the consents of people in the organisations this actor oversees, newest first."""
    return (
        Consent.objects.filter(_overseen(actor, person="person"))
        .select_related("person", "notice")
        .order_by("-given_at", "-pk")
    )


def consent_counts(actor: Actor, on: date) -> list[Counted]:
    """Return, by age, how many people gave any consent and how many stand for each purpose."""
    standing = Consent.objects.filter(
        _overseen(actor, person="person"), withdrawn_at__isnull=True
    ).annotate(band=_band_on(on))
    people = dict(
        standing.order_by().values_list("band").annotate(number=Count("person", distinct=True))
    )
    by_purpose = {
        (band, purpose): number
        for band, purpose, number in standing.order_by()
        .values_list("band", "notice__purpose")
        .annotate(number=Count("person", distinct=True))
    }
    return [
        Counted(
            band=band,
            people=people.get(place, 0),
            by_purpose=tuple(
                (Purpose(one).label, by_purpose.get((place, one), 0)) for one in Purpose.values
            ),
        )
        for place, band in enumerate(AGE_BANDS)
    ]


def minors_without_guardian(actor: Actor, on: date) -> QuerySet[Person]:
    """Return minors with an account for whom no guardian's consent stands, or with no guardian."""
    agreed = Consent.objects.filter(
        person=OuterRef("pk"), by_guardian=True, withdrawn_at__isnull=True
    )
    beside = Guardianship.objects.filter(ward=OuterRef("pk"))
    child = _born("birth_date", AGE_BANDS[0], on)
    # From the accounts to their people: there are far fewer of them than there are people.
    users = Account.objects.filter(
        user__is_active=True, person__birth_date__gt=_years_before(on, AGE_BANDS[1].under)
    )
    return (
        Person.objects.filter(pk__in=users.values("person"))
        .filter(_overseen(actor, person="pk"))
        .filter(child | _born("birth_date", AGE_BANDS[1], on))
        .filter(~Exists(agreed) | (child & ~Exists(beside)))
        .order_by("-birth_date", "pk")
    )


def minors_reads(actor: Actor, year: int) -> QuerySet[Entry]:
    """Return who asked for, was given and used access to the data of minors in a year (S-05).

    A minor is here whoever was under 18 on any day of it.
    """
    begins, ends = (datetime(number, 1, 1, tzinfo=TZ) for number in (year, year + 1))
    born_after = date(year - AGE_BANDS[1].under, 1, 1)
    minors = Person.objects.filter(_overseen(actor, person="pk"), birth_date__gt=born_after)
    return (
        Entry.objects.filter(
            verb__in=CHILD_VERBS,
            subject_kind="people.Person",
            at__gte=begins,
            at__lt=ends,
            first_id__in=minors.values("pk"),
        )
        .annotate(
            person_name=Subquery(Person.objects.filter(pk=OuterRef("first_id")).values("name")[:1]),
            person_number=Subquery(
                Person.objects.filter(pk=OuterRef("first_id")).values("number")[:1]
            ),
        )
        .order_by("at", "pk")
    )


def assessments_seen_by(actor: Actor) -> QuerySet[models.Assessment]:
    """Return the register of assessments for those who oversee it."""
    found = models.Assessment.objects.order_by("-done_on", "-pk")
    return found if actors.may_anywhere(actor, Act.SEE) else found.none()


def _overseen(actor: Actor, *, person: str) -> Q:
    """Tell of each row's person if they belong to an organisation overseen; of the only tree, all."""
    orgs = actors.orgs_where(actor, Act.SEE)
    roots = Org.objects.filter(parent__isnull=True)
    if roots.count() == 1 and orgs.filter(pk__in=roots).exists():
        return Q()
    places, theirs = orgs.order_by().values("pk"), {"person": OuterRef(person)}
    found = standing.stands_at(orgs, person=person)
    found |= Q(Exists(Holding.objects.filter(org__in=places, **theirs)))
    found |= Q(Exists(Membership.objects.filter(org__in=places, **theirs)))
    return found | Q(Exists(Guardianship.objects.filter(org__in=places, ward=OuterRef(person))))


def _band_on(on: date) -> Case:
    """Return the place of a consent's person among the age bands; none where no day is known."""
    return Case(
        *[
            When(_born("person__birth_date", band, on), then=Value(place))
            for place, band in enumerate(AGE_BANDS)
        ],
        default=None,
        output_field=IntegerField(),
    )


def _born(field: str, band: AgeBand, on: date) -> Q:
    after = _years_before(on, band.under)
    until = _years_before(on, band.least)
    return Q(**{f"{field}__gt": after, f"{field}__lte": until})


def _years_before(on: date, years: int) -> date:
    if (on.month, on.day) == (2, 29):  # I-07
        leap = (on.year - years) % 4 == 0
        return date(on.year - years, 2, 29 if leap and years % 100 else 28)
    return on.replace(year=on.year - years)
