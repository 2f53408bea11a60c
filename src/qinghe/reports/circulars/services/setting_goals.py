"""Setting goals: typed by a person from a paper, handed over in equal shares or one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from qinghe.analytics import catalogue
from qinghe.analytics.indicators import Ratio
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import Period
from qinghe.reports.circulars import rules
from qinghe.reports.circulars.access import Act
from qinghe.reports.circulars.models import Goal


@dataclass(frozen=True)
class About:
    """Which goal: of which figure, for which period, by which paper of which day."""

    code: str
    period: Period
    source: str
    set_on: date


@transaction.atomic
def set_goals(
    *,
    org: Org,
    about: About,
    own: Decimal | None,
    streets: Mapping[Org, Decimal | None],
    at: datetime,
    by: Actor,
) -> list[Goal]:
    """Set the goals of a district and its streets, one by one. None takes a goal back.

    Raises Refused: not_allowed, unknown_indicator, goal_too_fine, source_needed.
    """
    decimals = catalogue.indicator(about.code).decimals
    for value in (own, *streets.values()):
        rules.check_goal(value, decimals=decimals)
    return _keep(org, {org: own, **streets}, about=about, how=Goal.How.HAND, at=at, by=by)


@transaction.atomic
def share_out(
    *, org: Org, about: About, own: Decimal, streets: Sequence[Org], at: datetime, by: Actor
) -> list[Goal]:
    """Hand a district's goal over to its streets: equal shares that add up, of a ratio the same.

    Raises Refused: not_allowed, unknown_indicator, goal_too_fine, source_needed.
    """
    declared = catalogue.indicator(about.code)
    rules.check_goal(own, decimals=declared.decimals)
    parts = (
        [own] * len(streets)
        if isinstance(declared, Ratio)
        else rules.equal_shares(total=own, count=len(streets), decimals=declared.decimals)
    )
    values: dict[Org, Decimal | None] = {org: own, **dict(zip(streets, parts, strict=True))}
    return _keep(org, values, about=about, how=Goal.How.EQUAL, at=at, by=by)


def _keep(
    org: Org,
    values: Mapping[Org, Decimal | None],
    *,
    about: About,
    how: Goal.How,
    at: datetime,
    by: Actor,
) -> list[Goal]:
    actors.require(by, Act.WRITE, at=org)
    rules.check_source(about.source)
    made = Goal.objects.bulk_create(
        Goal(
            code=about.code,
            period=about.period.name,
            org=each,
            value=value or None,
            source=about.source.strip(),
            set_on=about.set_on,
            how=how,
            at=at,
            by=str(by),
        )
        for each, value in values.items()
    )
    audit.record_many(
        by=by,
        verb="circulars.set_goals",
        model=Goal,
        ids=[goal.pk for goal in made],
        at=at,
        detail={"code": about.code, "period": about.period.name},
    )
    return made
