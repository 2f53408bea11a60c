"""Targets: handed down for a year, shared out below, corrected with a reason that is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib import sharing
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.founding import models, queries, rules
from qinghe.systems.founding.access import Act

Target = models.Target


@dataclass(frozen=True)
class NewTarget:
    """The district's own target of a year, and the paper that says it."""

    year: int
    number: int
    source: str
    handed_on: date


@transaction.atomic
def hand_down(*, new: NewTarget, at: datetime, by: Actor) -> Target:
    """Set the district's target of a year.

    Raises Refused: not_allowed, wrong_number, reason_needed, wrong_order, in_future, already_set.
    """
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Act.SET, at=root)
    rules.check_number(new.number)
    check_reason(new.source)
    first = date(new.year - 1, 1, 1)
    rules.check_day(day=new.handed_on, first=first, today=local_day(at), what="下达日期")
    if Target.objects.filter(year=new.year, org=root).exists():
        raise Refused("already_set", f"{new.year}年指标已经下达，没有重复下达；要改请用“调整”。")
    made = Target.objects.create(
        year=new.year,
        org=root,
        number=new.number,
        day=date(new.year, 1, 1),
        handed_on=new.handed_on,
        source=new.source.strip(),
    )
    _note(made, before=0, reason=f"下达：{new.source.strip()}", at=at, by=by)
    audit.record(
        by=by, verb="founding.hand_down", subject=made, at=at, detail={"number": new.number}
    )
    return made


@transaction.atomic
def share_equally(*, target: Target, reason: str, at: datetime, by: Actor) -> Target:
    """Share a target out evenly among all right below.

    Raises Refused: not_allowed, reason_needed, nobody_below.
    """
    target = _locked(target, by=by)
    below = list(queries.sharing(by, target.org))
    numbers = sharing.equally(target.number, among=len(below))
    return _share(target, dict(zip(below, numbers, strict=True)), reason=reason, at=at, by=by)


@transaction.atomic
def share_by_base(*, target: Target, reason: str, at: datetime, by: Actor) -> Target:
    """Share a target out by how many units without an organisation each right below has.

    Raises Refused: not_allowed, reason_needed, nobody_below.
    """
    target = _locked(target, by=by)
    below = list(queries.sharing(by, target.org))
    bases = queries.open_units_at(by, below)
    numbers = sharing.by_base(target.number, bases=[bases[org.pk] for org in below])
    return _share(target, dict(zip(below, numbers, strict=True)), reason=reason, at=at, by=by)


@transaction.atomic
def share_by_hand(
    *, target: Target, numbers: Mapping[Org, int], reason: str, at: datetime, by: Actor
) -> Target:
    """Share a target out as was agreed; the shares need not add up to it, what lacks is shown.

    Raises Refused: not_allowed, reason_needed, wrong_number, wrong_place, nobody_below.
    """
    target = _locked(target, by=by)
    return _share(target, numbers, reason=reason, at=at, by=by)


@transaction.atomic
def adjust(*, target: Target, number: int, reason: str, at: datetime, by: Actor) -> Target:
    """Correct one target, by whoever shares out the one above it; what it was stays in its history.

    Raises Refused: not_allowed, reason_needed, wrong_number, nothing_changed.
    """
    check_reason(reason)
    rules.check_number(number)
    kept = Target.objects.select_for_update(of=("self",)).select_related("org", "parent__org")
    target = kept.get(pk=target.pk)
    if target.parent is None:
        actors.require(by, Act.SET, at=target.org)
    else:
        actors.require(by, Act.SHARE, at=target.parent.org)
    if number == target.number:
        raise Refused("nothing_changed", f"指标本来就是{number}，没有改动。")
    before, target.number = target.number, number
    target.save(update_fields=["number"])
    _note(target, before=before, reason=reason, at=at, by=by)
    detail = {"number": number, "reason": reason}
    audit.record(by=by, verb="founding.adjust", subject=target, at=at, detail=detail)
    return target


def _locked(target: Target, *, by: Actor) -> Target:
    kept = Target.objects.select_for_update(of=("self",)).select_related("org")
    found = kept.get(pk=target.pk)
    actors.require(by, Act.SHARE, at=found.org)
    return found


def _share(
    target: Target, numbers: Mapping[Org, int], *, reason: str, at: datetime, by: Actor
) -> Target:
    """Write the shares that are new or other than they were, each with its step of history."""
    check_reason(reason)
    for number in numbers.values():
        rules.check_number(number)
    allowed = queries.sharing(by, target.org).values_list("pk", flat=True)
    rules.check_shares(given=[org.pk for org in numbers], allowed=allowed)
    there = {one.org_id: one for one in target.shares.select_for_update()}
    for org, number in numbers.items():
        share = there.get(org.pk) or Target(
            year=target.year, org=org, parent=target, number=0, day=target.day
        )
        before, share.number, share.handed_on = share.number, number, local_day(at)
        if share.pk is None or before != number:
            share.save()
            _note(share, before=before, reason=reason, at=at, by=by)
    audit.record(by=by, verb="founding.share", subject=target, at=at, detail={"reason": reason})
    return target


def _note(target: Target, *, before: int, reason: str, at: datetime, by: Actor) -> None:
    models.TargetChange.objects.create(
        target=target,
        at=at,
        before=before,
        after=target.number,
        reason=reason.strip(),
        entered_by_id=by.person_id,
    )
