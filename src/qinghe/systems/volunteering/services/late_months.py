"""How much of a month one organisation may enter late, and who may let it be more (bar 17)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.access import Act


@dataclass(frozen=True)
class NewQuota:
    """How many minutes of a month an organisation may enter late from now on."""

    org: Org
    month: date
    minutes: int
    reason: str


@transaction.atomic
def raise_late_quota(*, new: NewQuota, at: datetime, by: Actor) -> models.LateMonth:
    """Let an organisation enter more late in one month: the word of its parent, with a reason.

    Raises Refused: not_allowed, reason_needed, not_raised.
    """
    rules.check_reason(new.reason)
    actors.require(by, Act.RAISE_LATE, at=new.org.parent or new.org)
    month = _locked_month(new.org, day=new.month, by=by)
    rules.check_raise(allowed=new.minutes, now=month.allowed)
    before, month.allowed = month.allowed, new.minutes
    month.save(update_fields=["allowed"])
    detail = {"before": before, "minutes": new.minutes, "reason": new.reason.strip()}
    audit.record(by=by, verb="volunteering.raise_late_quota", subject=month, at=at, detail=detail)
    return month


@transaction.atomic
def take_from_quota(*, org: Org, day: date, minutes: int, at: datetime, by: Actor) -> None:
    """Use some of a month's quota; a step of approving, whose rights were asked for before.

    The row is locked, and its own constraint holds where a database cannot lock a row.
    Raises Refused: quota_spent.
    """
    month = _locked_month(org, day=day, by=by)
    rules.check_quota(allowed=month.allowed, used=month.used, wanted=minutes)
    models.LateMonth.objects.filter(pk=month.pk).update(used=F("used") + minutes)


def _locked_month(org: Org, *, day: date, by: Actor) -> models.LateMonth:
    allowed = queries.terms_on(by, day).late_minutes
    month, _ = models.LateMonth.objects.get_or_create(
        org=org, month=rules.month_of(day), defaults={"allowed": allowed}
    )
    return models.LateMonth.objects.select_for_update().get(pk=month.pk)
