"""Service points: entered, changed, closed."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.inspections import models, rules
from qinghe.systems.inspections.access import Act

Point = models.Point


@dataclass(frozen=True)
class Particulars:
    """What can be said of a point and changed later."""

    name: str
    kind: models.Kind
    address: str
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@dataclass(frozen=True)
class NewPoint:
    """A point to be entered."""

    code: str
    org: Org
    opened_on: date
    told: Particulars


@transaction.atomic
def enter_point(*, new: NewPoint, at: datetime, by: Actor) -> Point:
    """Enter a point that an organisation cares for.

    Raises Refused: not_allowed, org_closed, code_unclear, code_taken, name_taken, half_a_place,
    day_to_come.
    """
    actors.require(by, Act.KEEP_POINTS, at=new.org)
    orgs.check_takes_new(org=new.org)
    rules.check_code(new.code)
    rules.check_map(latitude=new.told.latitude, longitude=new.told.longitude)
    rules.check_days(opened_on=new.opened_on, closed_on=None, today=local_day(at))
    if Point.objects.filter(code=new.code).exists():
        raise Refused("code_taken", f"点位编号{new.code}已经用过，没有保存，请换一个。")
    _check_name(new.told.name, org=new.org, own=None)
    point = Point.objects.create(
        code=new.code, org=new.org, opened_on=new.opened_on, **_columns(new.told)
    )
    audit.record(by=by, verb="inspections.enter_point", subject=point, at=at)
    return point


@transaction.atomic
def change_point(*, point: Point, told: Particulars, at: datetime, by: Actor) -> Point:
    """Correct what is said of a point.

    Raises Refused: not_allowed, half_a_place, name_taken.
    """
    point = _locked(point, by=by)
    rules.check_map(latitude=told.latitude, longitude=told.longitude)
    _check_name(told.name, org=point.org, own=point)
    columns = _columns(told)
    changed = [name for name, value in columns.items() if getattr(point, name) != value]
    for name in changed:
        setattr(point, name, columns[name])
    point.save(update_fields=changed)
    audit.record(
        by=by, verb="inspections.change_point", subject=point, at=at, detail={"changed": changed}
    )
    return point


@transaction.atomic
def close_point(*, point: Point, closed_on: date, reason: str, at: datetime, by: Actor) -> Point:
    """Close a point from a day on; its visits and figures stay.

    Raises Refused: not_allowed, reason_needed, wrong_state, day_to_come, wrong_order, inspected_since.
    """
    rules.check_reason(reason)
    point = _locked(point, by=by)
    if point.closed_on:
        raise Refused("wrong_state", "这个点位已经停用，没有改动。")
    rules.check_days(opened_on=point.opened_on, closed_on=closed_on, today=local_day(at))
    standing = [models.Visit.State.DRAFT, models.Visit.State.SUBMITTED]
    if point.visits.filter(day__gte=closed_on, state__in=standing).exists():
        raise Refused(
            "inspected_since", "停用日期当天或以后还有巡查，没有停用；请核对日期，或先处理草稿。"
        )
    point.closed_on = closed_on
    point.save(update_fields=["closed_on"])
    audit.record(
        by=by, verb="inspections.close_point", subject=point, at=at, detail={"reason": reason}
    )
    return point


def _columns(told: Particulars) -> dict[str, object]:
    return {field.name: getattr(told, field.name) for field in fields(told)}


def _check_name(name: str, *, org: Org, own: Point | None) -> None:
    named = Point.objects.filter(org=org, name=name).exclude(code=own.code if own else "")
    if named.exists():
        raise Refused("name_taken", f"{org.name}已经有点位“{name}”，没有保存，请换一个名称。")


def _locked(point: Point, *, by: Actor) -> Point:
    kept = Point.objects.select_for_update(of=("self",)).select_related("org").get(pk=point.pk)
    actors.require(by, Act.KEEP_POINTS, at=kept.org)
    return kept
