"""Who and what stands, from when until when."""

from django.db.models import Case, F, Q, QuerySet, When

from qinghe.analytics.days import or_still
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.kernel.orgs.models import Org
from qinghe.systems.volunteering.models import Team, Volunteer


def _volunteer_rows() -> QuerySet:
    registered = Volunteer.objects.filter(registered_on__isnull=False)
    grown = Q(beside_until__gt=F("registered_on"))  # V-21: a child counts once they are fourteen
    gone = Q(withdrawn_on__isnull=False, beside_until__gte=F("withdrawn_on"))
    return (
        registered.exclude(gone)
        .order_by()
        .values(
            "org_id",
            "person_id",
            record_id=F("pk"),
            day=Case(When(grown, then=F("beside_until")), default=F("registered_on")),
            until=or_still("withdrawn_on"),
        )
    )


def _team_rows() -> QuerySet:
    approved = Team.objects.filter(approved_on__isnull=False)
    return approved.order_by().values(
        "org_id", record_id=F("pk"), day=F("approved_on"), until=or_still("closed_on")
    )


VOLUNTEER = Fact(
    name="volunteering_volunteer",
    label="注册志愿者",
    grain="one registered volunteer, from registration until withdrawal",
    model="volunteering.Volunteer",
    columns={**REQUIRED, "until": "date", "person_id": "int64"},
    records=_volunteer_rows,
)
TEAM = Fact(
    name="volunteering_team",
    label="团体志愿者队伍",
    grain="one approved team, from approval until it is closed",
    model="volunteering.Team",
    columns={**REQUIRED, "until": "date"},
    records=_team_rows,
)


def people_at(orgs: QuerySet[Org]) -> QuerySet:
    """Return the keys of those who volunteer, or have asked to, at some organisations."""
    states = [Volunteer.State.APPLIED, Volunteer.State.REGISTERED]
    kept = Volunteer.objects.order_by().filter(org__in=orgs.order_by(), state__in=states)
    return kept.values("person")
