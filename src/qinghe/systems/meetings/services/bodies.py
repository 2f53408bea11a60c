"""Bodies, their units, and who stands for a unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import check_not_future, local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.meetings import models, rules
from qinghe.systems.meetings.access import Act

from .common import _body_of

Body = models.Body
MemberUnit = models.MemberUnit
Representative = models.Representative
Source = Mapping[str, object]


@dataclass(frozen=True)
class NewBody:
    """A body to be entered."""

    name: str
    kind: str
    org: Org
    founded_on: date
    committee: Org | None = None
    convener: str = ""
    office: str = ""


@dataclass(frozen=True)
class NewUnit:
    """A unit that joins: of the tree, or by name alone."""

    name: str
    joined_on: date
    unit: Org | None = None


@dataclass(frozen=True)
class NewRepresentative:
    """Who stands for a unit from a day on."""

    role: str
    duty: str
    starts_on: date
    person: Person | None = None
    name: str = ""


class ReadyUnit(NamedTuple):
    """A unit with its delegate that a file tells of, checked."""

    body_id: int
    name: str
    unit_id: int | None
    joined_on: date
    delegate: str
    duty: str


@transaction.atomic
def found_body(*, new: NewBody, at: datetime, by: Actor) -> Body:
    """Enter a body: one that its office runs, or one above whose sittings are registered.

    Raises Refused: not_allowed, org_closed, in_future, name_taken, one_conference, no_committee.
    """
    is_above = new.kind in rules.ABOVE
    actors.require(by, Act.REGISTER if is_above else Act.RUN, at=new.org)
    orgs.check_takes_new(org=new.org)
    check_not_future(day=new.founded_on, today=local_day(at), what="建立")
    if Body.objects.filter(org=new.org, name=new.name.strip()).exists():
        raise Refused("name_taken", f"“{new.name}”已经登记，没有重复保存。")
    if new.kind == Body.Kind.JOINT and _has_conference(new.org):
        raise Refused("one_conference", "这个单位已有青少年工作联席会议，没有重复保存。")
    committee = new.committee if new.kind == Body.Kind.COMMITTEE else None
    if new.kind == Body.Kind.COMMITTEE:
        _check_committee(committee, new.org)
    made = Body.objects.create(
        name=new.name.strip(),
        kind=new.kind,
        org=new.org,
        committee=committee,
        convener=new.convener.strip(),
        office=new.office.strip(),
        founded_on=new.founded_on,
    )
    audit.record(by=by, verb="meetings.found_body", subject=made, at=at)
    return made


@transaction.atomic
def change_convener(*, body: Body, convener: str, office: str, at: datetime, by: Actor) -> Body:
    """Say who convenes a body now, and where its office is.

    Raises Refused: not_allowed, body_ended.
    """
    kept = _body_of(body, act=Act.RUN, by=by)
    rules.check_still_there(ended_on=kept.ended_on, name=kept.name)
    kept.convener, kept.office = convener.strip(), office.strip()
    kept.save(update_fields=["convener", "office"])
    audit.record(by=by, verb="meetings.change_convener", subject=kept, at=at)
    return kept


@transaction.atomic
def end_body(*, body: Body, reason: str, at: datetime, by: Actor) -> Body:
    """End a body that has nothing in preparation; its records stay.

    Raises Refused: not_allowed, body_ended, reason_needed, still_ahead.
    """
    check_reason(reason)
    kept = _body_of(body, act=Act.REGISTER if body.is_above else Act.RUN, by=by)
    rules.check_still_there(ended_on=kept.ended_on, name=kept.name)
    if kept.sittings.filter(state__in=rules.AHEAD).exists():
        raise Refused("still_ahead", "还有会议在筹备，没有撤销；请先召开或取消。")
    kept.ended_on = local_day(at)
    kept.save(update_fields=["ended_on"])
    audit.record(by=by, verb="meetings.end_body", subject=kept, at=at, detail={"reason": reason})
    return kept


@transaction.atomic
def admit_unit(*, body: Body, new: NewUnit, at: datetime, by: Actor) -> MemberUnit:
    """Take a unit into a body.

    Raises Refused: not_allowed, body_ended, only_registered, in_future, unit_already.
    """
    kept = _body_of(body, act=Act.RUN, by=by)
    rules.check_runs(kind=kept.kind)
    rules.check_still_there(ended_on=kept.ended_on, name=kept.name)
    check_not_future(day=new.joined_on, today=local_day(at), what="加入")
    name = new.name.strip() or (new.unit.name if new.unit else "")
    if not name:
        raise Refused("name_needed", "请填单位名称；是本平台组织的，填组织代码或名称。")
    if kept.units.filter(name=name, left_on__isnull=True).exists():
        raise Refused("unit_already", f"“{name}”已经是成员单位，没有重复保存。")
    made = MemberUnit.objects.create(body=kept, name=name, unit=new.unit, joined_on=new.joined_on)
    audit.record(by=by, verb="meetings.admit_unit", subject=made, at=at)
    return made


@transaction.atomic
def release_unit(*, member: MemberUnit, reason: str, at: datetime, by: Actor) -> MemberUnit:
    """Let a unit leave from today; what it brought and answered stays.

    Raises Refused: not_allowed, reason_needed, wrong_state.
    """
    check_reason(reason)
    kept = _member(member, by=by)
    today = local_day(at)
    kept.left_on = today
    kept.save(update_fields=["left_on"])
    kept.people.filter(ends_on__isnull=True).update(ends_on=today)
    audit.record(
        by=by, verb="meetings.release_unit", subject=kept, at=at, detail={"reason": reason}
    )
    return kept


@transaction.atomic
def name_representative(
    *, member: MemberUnit, new: NewRepresentative, at: datetime, by: Actor
) -> Representative:
    """Name who stands for a unit from a day on; whoever did so before ends that day.

    Raises Refused: not_allowed, wrong_state, in_future, name_needed, wrong_order.
    """
    kept = _member(member, by=by)
    rules.check_named(has_person=new.person is not None, name=new.name)
    check_not_future(day=new.starts_on, today=local_day(at), what="起始")
    before = kept.people.filter(role=new.role, ends_on__isnull=True).first()
    if before is not None:
        if new.starts_on < before.starts_on:
            raise Refused("wrong_order", "起始日期早于现任的起始日期，没有保存；请改正。")
        before.ends_on = new.starts_on
        before.save(update_fields=["ends_on"])
    made = Representative.objects.create(
        member=kept,
        role=new.role,
        person=new.person,
        name=new.name.strip(),
        duty=new.duty.strip(),
        starts_on=new.starts_on,
    )
    audit.record(by=by, verb="meetings.name_representative", subject=made, at=at)
    return made


@transaction.atomic
def admit_many(*, ready: Sequence[ReadyUnit], at: datetime, by: Actor, source: Source) -> int:
    """Take in a chunk of units with their delegates, as a workbook tells of them."""
    made = MemberUnit.objects.bulk_create(
        MemberUnit(body_id=row.body_id, name=row.name, unit_id=row.unit_id, joined_on=row.joined_on)
        for row in ready
    )
    Representative.objects.bulk_create(
        Representative(
            member=member,
            role=Representative.Role.DELEGATE,
            name=row.delegate,
            duty=row.duty,
            starts_on=row.joined_on,
        )
        for member, row in zip(made, ready, strict=True)
    )
    audit.record_many(
        by=by,
        verb="meetings.admit_many",
        model=MemberUnit,
        ids=[one.pk for one in made],
        at=at,
        detail=source,
    )
    return len(made)


def _member(member: MemberUnit, *, by: Actor) -> MemberUnit:
    found = MemberUnit.objects.select_for_update(of=("self",)).select_related("body__org")
    kept = found.get(pk=member.pk)
    actors.require(by, Act.RUN, at=kept.body.org)
    if kept.left_on is not None:
        raise Refused("wrong_state", "这个单位已经退出，没有改动。")
    return kept


def _has_conference(org: Org) -> bool:
    return Body.objects.filter(org=org, kind=Body.Kind.JOINT, ended_on__isnull=True).exists()


def _check_committee(committee: Org | None, org: Org) -> None:
    is_one = committee is not None and committee.kind == OrgKind.YOUTH_AFFAIRS_COMMITTEE
    if committee is None or not is_one or not committee.path.startswith(org.path):
        raise Refused(
            "no_committee",
            "请选组织树上本单位的青年工作委员会；还没有的，先在“组织”里成立，没有保存。",
        )
