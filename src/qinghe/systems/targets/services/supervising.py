"""Pressing what organisations carry: milestones, pauses and the papers that press."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices.kinds import Kind
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.targets.access import Charging
from qinghe.systems.targets.models import Charge, Item, LightSpan, Milestone, Pause, Slip
from qinghe.systems.targets.queries import holders
from qinghe.systems.targets.rules import ladder, pace
from qinghe.systems.targets.rules import progress as rules

from .telling import SHORT, Telling
from .watching import look


@transaction.atomic
def set_milestones(
    *, item: Item, points: Sequence[pace.Point], reason: str, at: datetime, by: Actor
) -> Item:
    """Say how much of an item is due by which days; none at all means an even line.

    Raises Refused: not_allowed, reason_needed, wrong_milestones.
    """
    actors.require(by, Charging.SUPERVISE, at=item.task_list.org)
    check_reason(reason)
    due = item.due_on or item.task_list.ends_on
    start = min(item.starts_on or item.task_list.starts_on, due)
    pace.check_points(points, start=start, due=due)
    item.milestones.all().delete()
    Milestone.objects.bulk_create(
        Milestone(item=item, day=point.day, percent=point.percent) for point in points
    )
    detail = {
        "points": "、".join(f"{point.day.isoformat()} {point.percent}%" for point in points),
        "reason": reason.strip(),
    }
    audit.record(by=by, verb="targets.set_milestones", subject=item, at=at, detail=detail)
    look(items=[item.pk], at=at, by=by)
    return item


@transaction.atomic
def pause(*, charge: Charge, until: date, reason: str, at: datetime, by: Actor) -> Pause:
    """Leave a charge unwatched until a day.

    Raises Refused: not_allowed, reason_needed, wrong_order, too_long, struck_off, over, paused.
    """
    charge = _locked(charge, by=by)
    check_reason(reason)
    rules.check_running(is_struck=charge.struck_on is not None, is_over=charge.is_over)
    ladder.check_pause(until=until, today=local_day(at))
    if charge.pauses.filter(ended_on__isnull=True).exists():
        raise Refused("paused", "这项任务已经暂停督办，没有重复办理；要改期限的请先恢复。")
    made = Pause.objects.create(
        charge=charge,
        starts_on=local_day(at),
        until=until,
        reason=reason.strip(),
        entered_by_id=by.person_id,
    )
    detail = {"reason": made.reason, "until": until.isoformat()}
    audit.record(by=by, verb="targets.pause", subject=charge, at=at, detail=detail)
    look(items=[charge.item_id], at=at, by=by)
    return made


@transaction.atomic
def resume(*, charge: Charge, at: datetime, by: Actor) -> Charge:
    """Watch a charge again before its pause ends. Raises Refused: not_allowed, not_paused."""
    charge = _locked(charge, by=by)
    ended = charge.pauses.filter(ended_on__isnull=True).update(ended_on=local_day(at))
    if not ended:
        raise Refused("not_paused", "这项任务没有暂停督办，没有改动。")
    audit.record(by=by, verb="targets.resume", subject=charge, at=at)
    look(items=[charge.item_id], at=at, by=by)
    return charge


@transaction.atomic
def issue_slip(*, charge: Charge, words: str, answer_by: date, at: datetime, by: Actor) -> Slip:
    """Send a paper that presses a charge; it is numbered within the year of who sends it.

    Raises Refused: not_allowed, reason_needed, wrong_order, struck_off, over.
    """
    charge = _locked(charge, by=by)
    today = local_day(at)
    check_reason(words)
    rules.check_running(is_struck=charge.struck_on is not None, is_over=charge.is_over)
    if answer_by <= today:
        raise Refused("wrong_order", "反馈期限须在今天之后，没有发出，请改正。")
    sent = Slip.objects.select_for_update().filter(issuer_id=charge.above_id, year=today.year)
    last = sent.aggregate(last=Max("number"))["last"] or 0
    made = Slip.objects.create(
        charge=charge,
        issuer_id=charge.above_id,
        year=today.year,
        number=last + 1,
        day=today,
        answer_by=answer_by,
        words=words.strip(),
        stood=_stood(charge, today),
        issued_by_id=by.person_id,
    )
    detail = {"slip": made.printed}
    audit.record(by=by, verb="targets.issue_slip", subject=charge, at=at, detail=detail)
    people = holders.people_at(str(by), [charge.org], act=Charging.FILE, day=today)
    Telling(at).say(
        people.get(charge.org_id, []),
        title=f"收到督办单{made}：{charge.item.title[:SHORT]}",
        text=f"请于{answer_by.isoformat()}前反馈办理情况。{made.words[:200]}",
        url=reverse("targets:charge", args=[charge.pk]),
        kind=Kind.TODO,
    )
    return made


def _stood(charge: Charge, today: date) -> str:
    """Say how the charge stood when it was pressed: the paper keeps saying so."""
    unit = charge.unit
    points = [pace.Point(one.day, one.percent) for one in charge.item.milestones.all()]
    course = charge.course(points)
    done = "无数据" if charge.done is None else f"{charge.done.normalize():f}{unit}"
    lit = LightSpan.objects.filter(charge=charge, ended_on__isnull=True).first()
    light = f"，{lit.since.isoformat()}起亮{lit.get_light_display()}" if lit else ""
    return (
        f"目标{course.target.normalize():f}{unit}，截至{today.isoformat()}应完成"
        f"{course.expected(today).normalize():f}{unit}，已完成{done}{light}"
    )


def _locked(charge: Charge, *, by: Actor) -> Charge:
    kept = Charge.objects.select_for_update(of=("self",))
    found = kept.select_related("item__task_list", "org", "above", "share").get(pk=charge.pk)
    actors.require(by, Charging.SUPERVISE, at=found.above)
    return found
