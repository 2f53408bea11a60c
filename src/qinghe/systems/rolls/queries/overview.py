"""How healthy the rolls are: counts that lead to the lists they count."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count as Number
from django.db.models import Q
from django.urls import reverse

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.systems.rolls import rules

from .branches import BranchSize, branches_seen_by
from .leaving import LeavingState, leavings_seen_by
from .members import holding, members_seen_by
from .narrow import Gap, lacking


@dataclass(frozen=True)
class Count:
    """One count with the list of what it counts; `alarms` if it should be nought."""

    label: str
    value: int
    unit: str
    url: str
    alarms: bool = True


def health_of(actor: Actor, org: Org, day: date) -> list[Count]:
    """Count what is to be looked at below an organisation, in four questions."""
    return [*_members(actor, org, day), *_branches(actor, org, day), _waiting(actor, org)]


def _members(actor: Actor, org: Org, day: date) -> list[Count]:
    seen = members_seen_by(actor).filter(org__path__startswith=org.path).order_by()
    on_it = [gap for gap in Gap if gap is not Gap.OFF]
    found = seen.filter(holding(actor, day)).aggregate(
        all=Number("pk"),
        **{gap.value: Number("pk", filter=lacking(actor, gap, day=day)) for gap in on_it},
    )
    found[Gap.OFF.value] = seen.filter(lacking(actor, Gap.OFF, day=day)).count()
    counts = [Count("在册团员", found["all"], "人", _url("roll", org), alarms=False)]
    calm = {Gap.PARTY, Gap.SOON, Gap.NO_BRANCH}
    for gap in Gap:
        url = _url("of_age", org) if gap is Gap.OF_AGE else _url("roll", org, gap=gap.value)
        counts.append(Count(str(gap.label), found[gap.value], "人", url, alarms=gap not in calm))
    return counts


def _branches(actor: Actor, org: Org, day: date) -> list[Count]:
    rows = branches_seen_by(actor, day).filter(path__startswith=org.path).order_by()
    found = rows.aggregate(
        small=Number("pk", filter=Q(kind=OrgKind.BRANCH, members__lt=rules.FEWEST)),
        large=Number("pk", filter=Q(members__gt=rules.MOST)),
    )
    return [
        Count(str(size.label), found[size.value], "个", _url("branches", org, size=size.value))
        for size in (BranchSize.SMALL, BranchSize.LARGE)
    ]


def _waiting(actor: Actor, org: Org) -> Count:
    rows = leavings_seen_by(actor).filter(org__path__startswith=org.path)
    number = rows.filter(state=LeavingState.PROPOSED).count()
    return Count(
        "待审批的离团事项", number, "件", _url("leavings", org, state="proposed"), alarms=False
    )


def _url(name: str, org: Org, **chosen: str) -> str:
    return f"{reverse(f'rolls:{name}')}?{urlencode({'org': org.code, **chosen})}"
