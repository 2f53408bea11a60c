"""Plans to reorganise: a branch renamed by plan in early 2022, two small branches to be merged.

No figure of the half-year moves by it: a name is not counted, and the merger is a draft of today.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, Q

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.reorganising import models, services

from . import cast

STREET = "440307017"
RENAMED_ON = date(2022, 2, 21)
SOON = timedelta(days=14)
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Let one plan be carried out in February 2022 and another be drawn up today; once."""
    if models.Plan.objects.exists():
        return
    street = cast.place(STREET)
    branches = list(_smallest(street)[:3])
    if len(branches) < 3:
        raise ValueError("the street of the story has too few branches")
    renamed, small, smallest = branches[2], branches[1], branches[0]
    _rename(renamed, by=cast.officer(), agreeing=cast.officer(second=True))
    _merge(street, smallest, small, now=now, by=cast.officer())
    say(f"机构调整：{models.Plan.objects.count()} 个方案")


def _smallest(street: Org) -> list[Org]:
    """Return the open branches below a street, the fewest members first."""
    still = Count("memberships", filter=Q(memberships__ends_on__isnull=True))
    below = Org.objects.filter(
        kind=OrgKind.BRANCH, path__startswith=street.path, closed_on__isnull=True,
        opened_on__lt=RENAMED_ON,
    )  # fmt: skip
    return list(below.annotate(members=still).filter(members__gt=0).order_by("members", "code"))


def _rename(branch: Org, *, by: Actor, agreeing: Actor) -> None:
    at = datetime.combine(RENAMED_ON, time(10), tzinfo=TZ).astimezone(UTC)
    new = services.NewPlan(
        title="团支部名称规范方案",
        reason="名称与单位现用名称不一致，按单位申请更名",
        on=RENAMED_ON,
        document="龙团〔2022〕6号",
    )
    plan = services.draw_up(org=cast.place("440307"), new=new, at=at, by=by)
    name = f"{branch.name.removesuffix('团支部')}青年团支部"
    step = services.NewStep(kind="change", code=branch.code, name=name)
    services.add_steps(plan=plan, new=[step], at=at, by=by)
    services.submit_plan(plan=plan, at=at, by=by)
    services.approve_plan(plan=plan, at=at + timedelta(hours=5), by=agreeing)


def _merge(street: Org, org: Org, into: Org, *, now: datetime, by: Actor) -> None:
    new = services.NewPlan(
        title=f"{street.name}人数较少团支部合并方案",
        reason="团员人数偏少，组织生活难以正常开展，拟合并后配齐支委会",
        on=local_day(now) + SOON,
    )
    plan = services.draw_up(org=street, new=new, at=now, by=by)
    step = services.NewStep(kind="merge", code=org.code, to_code=into.code)
    services.add_steps(plan=plan, new=[step], at=now, by=by)
    services.preview_plan(plan=plan, at=now, by=by)
