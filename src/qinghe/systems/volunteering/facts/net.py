"""The net of teams and federations, as it stood from when until when; and what was learnt."""

from django.db.models import CharField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from qinghe.analytics.days import or_still
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.systems.volunteering.models import Credit, TeamStanding, Training


def _standing_rows() -> QuerySet:
    community = (
        Org.objects.filter(kind=OrgKind.COMMUNITY)
        .alias(host_path=ExpressionWrapper(OuterRef("team__org__path"), output_field=CharField()))
        .filter(host_path__startswith=F("path"))
    )
    return TeamStanding.objects.order_by().values(
        "team_id",
        record_id=F("pk"),
        org_id=F("team__org_id"),
        day=F("starts_on"),
        until=or_still("ends_on"),
        kind=F("team__kind"),
        community_id=Coalesce(Subquery(community.values("pk")[:1]), 0),
    )


def _community_rows() -> QuerySet:
    return (
        Org.objects.filter(kind=OrgKind.COMMUNITY)
        .order_by()
        .values(record_id=F("pk"), org_id=F("pk"), day=F("opened_on"), until=or_still("closed_on"))
    )


def _federation_rows() -> QuerySet:
    return (
        Org.objects.filter(kind=OrgKind.VOLUNTEER_FEDERATION)
        .order_by()
        .values(
            "level",
            record_id=F("pk"),
            org_id=F("pk"),
            day=F("opened_on"),
            until=or_still("closed_on"),
            area_id=Coalesce(F("parent_id"), 0),
        )
    )


def _credit_rows() -> QuerySet:
    counting = Credit.objects.filter(struck_at__isnull=True, training__state=Training.State.HELD)
    return counting.order_by().values(
        "quarters",
        record_id=F("pk"),
        org_id=F("training__org_id"),
        day=F("training__day"),
        person_id=F("volunteer__person_id"),
        kind=F("training__kind"),
    )


STANDING = Fact(
    name="volunteering_team_standing",
    label="在册志愿队伍",
    grain="one span of days in which a team was in good standing: founded, not suspended or closed",
    model="volunteering.TeamStanding",
    columns={
        **REQUIRED,
        "until": "date",
        "team_id": "int64",
        "kind": "string",
        "community_id": "int64",
    },
    records=_standing_rows,
)
COMMUNITY = Fact(
    name="volunteering_community",
    label="社区",
    grain="one community, from its opening until its closing",
    model="orgs.Org",
    columns={**REQUIRED, "until": "date"},
    records=_community_rows,
)
FEDERATION = Fact(
    name="volunteering_federation",
    label="义工联和志愿者联合会",
    grain="one federation of volunteers, from its opening until its closing, with its area",
    model="orgs.Org",
    columns={**REQUIRED, "until": "date", "level": "string", "area_id": "int64"},
    records=_federation_rows,
)
CREDIT = Fact(
    name="volunteering_credit",
    label="培训学时",
    grain="one volunteer credited at one training that was held, on its day, at its organiser",
    model="volunteering.Credit",
    columns={**REQUIRED, "quarters": "int64", "person_id": "int64", "kind": "string"},
    records=_credit_rows,
)
