"""Branches with how many stand on their rolls (T-02, T-04)."""

from datetime import date

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, TextChoices
from django.db.models.functions import Coalesce

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import BRANCHES, OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership
from qinghe.systems.rolls import rules
from qinghe.systems.rolls.access import Act


class BranchSize(TextChoices):
    SMALL = "small", f"不足{rules.FEWEST}人的团支部"
    LARGE = "large", f"超过{rules.MOST}人的团支部"
    EMPTY = "empty", "名册上没有人"


def branches_seen_by(actor: Actor, day: date) -> QuerySet[Org]:
    """Return the branches that stood on a day, with how many members each had and lacked."""
    still = Q(closed_on__isnull=True) | Q(closed_on__gt=day)
    rows = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day), org=OuterRef("pk"), starts_on__lte=day
    )
    return (
        actors.orgs_where(actor, Act.SEE)
        .filter(still, opened_on__lte=day, kind__in=sorted(BRANCHES))
        .select_related("parent")
        .annotate(
            members=_number(rows),
            without_file=_number(rows.filter(person__league_file__isnull=True)),
        )
        .order_by("path")
    )


def of_size(actor: Actor, rows: QuerySet, size: BranchSize) -> QuerySet:
    """Narrow branches by size. Below three only a 团支部 is: others are made for the few (T-04)."""
    if size is BranchSize.LARGE:
        return rows.filter(members__gt=rules.MOST)
    if size is BranchSize.EMPTY:
        return rows.filter(members=0)
    return rows.filter(kind=OrgKind.BRANCH, members__lt=rules.FEWEST)


def _number(rows: QuerySet[Membership]) -> Coalesce:
    numbers = rows.order_by().values("org").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(numbers, output_field=IntegerField()), 0)
