"""What the directory tells analytics: who stood on which roll from when until when.

One rule for all three: `day` is the first day that counts and `until` the day on which it no longer
does. A branch closed on 30 June is not among the organisations of 30 June, and a member who leaves
one branch and enters another on the same day is counted once.
"""

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from qinghe.analytics.checks import Check, Severity
from qinghe.analytics.days import or_still
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.kernel.orgs import kinds
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership, Post

from . import rules


def _org_rows() -> QuerySet:
    return Org.objects.order_by().values(
        "kind",
        "level",
        "sector",
        "new_org_kind",
        "industry",
        record_id=F("pk"),
        org_id=F("pk"),
        day=F("opened_on"),
        until=or_still("closed_on"),
        counted=Case(
            When(kind__in=sorted(kinds.COUNTED), then=Value(1)),  # T-07
            default=Value(0),
            output_field=IntegerField(),
        ),
    )


def _member_rows() -> QuerySet:
    return Membership.objects.order_by().values(
        "org_id",
        "person_id",
        record_id=F("pk"),
        day=F("starts_on"),
        until=or_still("ends_on"),
        sector=F("org__sector"),
    )


def _cadre_rows() -> QuerySet:
    return Post.objects.order_by().values(
        "org_id",
        "person_id",
        "service",
        record_id=F("pk"),
        day=F("starts_on"),
        until=or_still("ends_on"),
    )


ORG = Fact(
    name="directory_org",
    label="组织",
    grain="one organisation, from the day it opens to the day it is closed",
    model="orgs.Org",
    columns={
        **REQUIRED,
        "until": "date",
        "kind": "string",
        "level": "string",
        "sector": "string",
        "new_org_kind": "string",
        "industry": "string",
        "counted": "int64",
    },
    records=_org_rows,
)

MEMBER = Fact(
    name="directory_member",
    label="团员名册",
    grain="one member on the roll of one organisation, from entry to end",
    model="people.Membership",
    columns={**REQUIRED, "until": "date", "person_id": "int64", "sector": "string"},
    records=_member_rows,
)

CADRE = Fact(
    name="directory_cadre",
    label="团干部任职",
    grain="one post held by one cadre, from appointment to leaving",
    model="people.Post",
    columns={**REQUIRED, "until": "date", "person_id": "int64", "service": "string"},
    records=_cadre_rows,
)

FACTS = [ORG, MEMBER, CADRE]


def _open_under_closed() -> QuerySet[Org]:
    return Org.objects.filter(closed_on__isnull=True, parent__closed_on__isnull=False)


def _small_branches() -> QuerySet[Org]:
    on_roll = Count("memberships", filter=Q(memberships__ends_on__isnull=True))
    branches = Org.objects.filter(kind=kinds.OrgKind.BRANCH, closed_on__isnull=True)
    return branches.annotate(on_roll=on_roll).filter(on_roll__lt=rules.FEWEST_IN_A_BRANCH)


def _communities_without_league() -> QuerySet[Org]:
    league = Org.objects.filter(
        kind__in=kinds.COUNTED, closed_on__isnull=True, parent__isnull=False
    )
    return Org.objects.filter(kind=kinds.OrgKind.COMMUNITY, closed_on__isnull=True).exclude(
        pk__in=league.values("parent_id")
    )


CHECKS = [
    Check(
        code="directory.open_under_closed",
        label="上级已撤销而本级仍在的组织",
        severity=Severity.ERROR,
        records=_open_under_closed,
        model="orgs.Org",
        advice="把这些组织移到仍在的上级之下，或一并撤销。",
    ),
    Check(
        code="directory.small_branch",
        label="团员不足3人的团支部",
        severity=Severity.WARNING,
        records=_small_branches,
        model="orgs.Org",
        advice="核对团员名册；确实不足3人的，并入其他团支部或改设联合团支部。",
    ),
    Check(
        code="directory.member_of_closed",
        label="名册仍在已撤销组织的团员",
        severity=Severity.ERROR,
        records=lambda: Membership.objects.filter(
            ends_on__isnull=True, org__closed_on__isnull=False
        ),
        model="people.Membership",
        advice="把这些团员转入仍在的团组织，或终止其团籍记录。",
    ),
    Check(
        code="directory.community_without_league",
        label="没有团组织的社区",
        severity=Severity.WARNING,
        records=_communities_without_league,
        model="orgs.Org",
        advice="核对是否漏录；确实没有的，列入建团计划。",
    ),
    Check(
        code="directory.post_in_closed",
        label="仍在已撤销组织任职的团干部",
        severity=Severity.ERROR,
        records=lambda: Post.objects.filter(ends_on__isnull=True, org__closed_on__isnull=False),
        model="people.Post",
        advice="填写离任日期，或重新任命到仍在的组织。",
    ),
]
