"""Which organisation and which period a page is about, and what the actor may choose from."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from qinghe.analytics import store
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org, Placement
from qinghe.lib import periods
from qinghe.lib.periods import Period
from qinghe.lib.verdicts import Refused

FIRST_YEAR = 2021
ORG_KEY, PERIOD_KEY = "scope_org", "scope_period"


@dataclass(frozen=True)
class Scope:
    """The organisation and the period chosen in the top bar."""

    org: Org
    period: Period

    @property
    def query(self) -> str:
        """Return the choice as a query string, for links that must not depend on the session."""
        return f"org={self.org.code}&period={self.period.name}"


def orgs_in_sight(actor: Actor) -> QuerySet[Org]:
    """Return the organisations an actor may choose: where they hold a role, and below if it reaches."""
    sight = Q(pk__in=[])
    for held in actor.holdings:
        if actors.reaches_below(held.role):
            sight |= Q(path__startswith=held.org_path)
        else:
            sight |= Q(path=held.org_path)
    return Org.objects.filter(sight)


def chosen(*, actor: Actor, query: QueryDict, session: SessionBase, today: date) -> Scope:
    """Return what the query string or else the session chooses, and remember it.

    Raises Refused: unknown_org, unknown_period.
    """
    period = _period(query, session, today)
    org = _org(actor, query, session)
    if session.get(ORG_KEY) != org.code:
        session[ORG_KEY] = org.code
    if "period" in query and session.get(PERIOD_KEY) != period.name:
        session[PERIOD_KEY] = period.name
    return Scope(org=org, period=period)


def default_period(today: date) -> Period:
    """Return the half-year of the newest record that is counted, or of today when none is."""
    try:
        loaded = [*store.current().loaded.values()]
    except Refused:
        loaded = []
    days = [fact.last_day for fact in loaded if fact.last_day]
    newest = min(max(days, default=today), today)
    return periods.half_year(newest.year, 1 if newest.month <= 6 else 2)


def offered_years(today: date) -> dict[int, list[list[Period]]]:
    """Return the periods to choose from, newest year first: halves, quarters, months in rows."""
    years: dict[int, list[list[Period]]] = defaultdict(list)
    for number in range(today.year, FIRST_YEAR - 1, -1):
        rows = [
            [periods.year(number), periods.half_year(number, 1), periods.half_year(number, 2)],
            [periods.quarter(number, place) for place in range(1, 5)],
            [periods.month(number, place) for place in range(1, 13)],
        ]
        years[number] = [[one for one in row if one.start <= today] for row in rows]
    return dict(years)


def children_on(org: Org, day: date) -> QuerySet[Org]:
    """Return the organisations directly below one as the tree stood on a day.

    As in the lineage, an organisation's first placement reaches back without limit.
    """
    earlier = Placement.objects.filter(org=OuterRef("org"), starts_on__lt=OuterRef("starts_on"))
    placed = Placement.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day), parent=org
    ).filter(Q(starts_on__lte=day) | ~Exists(earlier))
    return Org.objects.filter(pk__in=placed.values("org_id"))


def _org(actor: Actor, query: QueryDict, session: SessionBase) -> Org:
    seen = orgs_in_sight(actor)
    if "org" in query:
        found = seen.filter(code=query.get("org", "")).first()
        if found is None:
            raise Refused(
                "unknown_org",
                "没有找到这个组织，或者它不在您的工作范围内，没有切换；请在页面上方重新选择组织。",
            )
        return found
    remembered = seen.filter(code=session.get(ORG_KEY, "")).first()
    return remembered or seen.order_by("path")[0]


def _period(query: QueryDict, session: SessionBase, today: date) -> Period:
    if "period" in query:
        return periods.parse(query.get("period", ""))
    if session.get(PERIOD_KEY):
        return periods.parse(session[PERIOD_KEY])
    return default_period(today)
