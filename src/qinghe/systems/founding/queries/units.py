"""The roll of units."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import F, QuerySet, Value
from django.db.models.functions import StrIndex
from django.urls import reverse

from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.founding import models
from qinghe.systems.founding.access import Act

Unit = models.Unit  # named here for the edges, which do not import models
UnitState = models.Unit.State
Way = models.Unit.Way
# Without a League organisation: what the list of white spots (空白点清单) shows.
BLANK = (UnitState.OPEN, UnitState.APPLYING, UnitState.NOT_FIT)
_OFFICERS = (Role.DISTRICT_OFFICER, Role.STREET_SECRETARY, Role.COMMUNITY_SECRETARY)


def orgs_for(actor: Actor, act: Act) -> QuerySet[Org]:
    """Return the open organisations in which this actor may do an act, for a form to offer."""
    return actors.orgs_where(actor, act).filter(closed_on__isnull=True)


def places_for(actor: Actor) -> QuerySet[Org]:
    """Return the streets and communities in which this actor may enter a unit."""
    return orgs_for(actor, Act.KEEP).filter(kind__in=[OrgKind.STREET, OrgKind.COMMUNITY])


def place_keys(actor: Actor) -> dict[str, Org]:
    """Return the streets and communities in which this actor may enter units, by code."""
    return {org.code: org for org in places_for(actor)}


def units_seen_by(actor: Actor) -> QuerySet[models.Unit]:
    """Return the units that lie where this actor may look."""
    seen = actors.within_reach(actor, Act.SEE)
    return models.Unit.objects.filter(seen).select_related("org", "officer", "league_org")


def units_coded(actor: Actor, codes: Collection[str]) -> dict[str, tuple[models.Unit, bool]]:
    """Return the units with these credit codes, each with whether this actor keeps it."""
    kept = set(actors.orgs_where(actor, Act.KEEP).values_list("pk", flat=True))
    known = models.Unit.objects.filter(credit_code__in=codes).select_related("org")
    return {one.credit_code: (one, one.org_id in kept) for one in known}


def people_numbered(actor: Actor, numbers: Collection[str]) -> list[Person]:
    """Return the persons with these numbers, for a form in which they were typed."""
    return list(Person.objects.filter(number__in=numbers).order_by("number"))


def officers_for(actor: Actor, unit: models.Unit, day: date) -> QuerySet[Person]:
    """Return who holds a post over a unit's place and could look after it."""
    held = access_queries.holdings_on(day).filter(role__in=[role.value for role in _OFFICERS])
    above = held.annotate(begins=StrIndex(Value(unit.org.path), F("org__path"))).filter(begins=1)
    return Person.objects.filter(pk__in=above.values("person")).order_by("name", "pk")


def unit_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return units behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.name,
            cells=(
                ("所在街道社区", one.org.name),
                ("类别", one.get_kind_display()),
                ("状态", one.get_state_display()),
            ),
            url=reverse("founding:unit", args=[one.pk]),
        )
        for one in units_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]
