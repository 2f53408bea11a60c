"""Saying that one has looked at what cards and typed numbers brought in (bar 14)."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act


@transaction.atomic
def look_at_standing(*, session: models.Session, at: datetime, by: Actor) -> int:
    """Note that somebody looked at a session's scans of cards and numbers; return how many.

    Whom they name wrongly is corrected or voided on the record itself. What comes in later waits anew.
    Raises Refused: not_allowed, not_over, nothing_to_look_at, own_hours, own_scans.
    """
    actors.require(by, Act.CORRECT, at=session.org)
    if session.ends_at > at:
        raise Refused("not_over", "活动还没有结束，没有改动；请在结束后核对。")
    due = models.Scan.objects.filter(session=session, look_due__isnull=False)
    rows = list(due.select_for_update(of=("self",)).select_related("volunteer").order_by("pk"))
    if not rows:
        raise Refused(
            "nothing_to_look_at", "没有待核对的扫卡签到，可能已由别人核对，请刷新后再看。"
        )
    rules.check_looker(
        looker_id=by.person_id,
        kept_by={one.by_person_id for one in rows},
        whose={one.volunteer.person_id for one in rows},
    )
    keys = [one.pk for one in rows]
    models.Scan.objects.filter(pk__in=keys).update(
        look_due=None, looked_at=at, looked_by=str(by)[:80]
    )
    detail = {"scans": len(keys), "first": keys[0], "last": keys[-1]}
    audit.record(by=by, verb="volunteering.look_at_scans", subject=session, at=at, detail=detail)
    return len(keys)
