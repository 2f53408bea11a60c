"""The roll of units: one by one, or a workbook at once. A unit is known by its credit code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.lib import identifiers
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.founding import models, rules
from qinghe.systems.founding.access import Act

Unit = models.Unit


@dataclass(frozen=True)
class NewUnit:
    """What is told of a unit."""

    name: str
    credit_code: str
    kind: str
    industry: str
    org: Org
    is_internet: bool = False
    way: str = ""
    employees: int = 0
    youths: int = 0
    members: int = 0


@dataclass(frozen=True)
class ReadyUnit:
    """A row of a workbook: a new unit, or (with its key) one whose particulars have changed.

    What has not changed has no `new` and is left as it is.
    """

    key: int | None
    new: NewUnit | None


@transaction.atomic
def enter_unit(*, new: NewUnit, at: datetime, by: Actor) -> Unit:
    """Enter a unit without a League organisation.

    Raises Refused: not_allowed, bad_credit_code, code_taken, wrong_place, too_many, wrong_industry.
    """
    actors.require(by, Act.KEEP, at=new.org)
    code = identifiers.check_credit_code(new.credit_code)
    _check(new)
    told = {**_columns(new), "entered_on": local_day(at)}
    unit, made = Unit.objects.get_or_create(credit_code=code, defaults=told)
    if not made:
        raise Refused("code_taken", f"{code}已经登记过，没有重复登记；请在名单中按代码查找。")
    audit.record(by=by, verb="founding.enter_unit", subject=unit, at=at)
    return unit


@transaction.atomic
def change_unit(*, unit: Unit, new: NewUnit, at: datetime, by: Actor) -> Unit:
    """Correct what is told of a unit; its credit code and its state stay.

    Raises Refused: not_allowed, other_code, wrong_place, too_many, wrong_industry.
    """
    unit = Unit.objects.select_for_update(of=("self",)).select_related("org").get(pk=unit.pk)
    actors.require(by, Act.KEEP, at=unit.org)
    actors.require(by, Act.KEEP, at=new.org)
    if identifiers.check_credit_code(new.credit_code) != unit.credit_code:
        raise Refused(
            "other_code", "统一社会信用代码登记后不能改，没有保存；登错的请注销后重新登记。"
        )
    _check(new)
    changed = _write(unit, new)
    if changed:
        audit.record(
            by=by, verb="founding.change_unit", subject=unit, at=at, detail={"changed": changed}
        )
    return unit


@transaction.atomic
def enter_many(
    *, ready: Sequence[ReadyUnit], at: datetime, by: Actor, source: Mapping[str, object]
) -> int:
    """Enter a chunk of units that a workbook tells of, and correct those that are known.

    Raises Refused: not_allowed.
    """
    news = [row.new for row in ready if row.new and row.key is None]
    changed = {row.key: row.new for row in ready if row.new and row.key is not None}
    for org in {new.org.pk: new.org for new in (*news, *changed.values())}.values():
        actors.require(by, Act.KEEP, at=org)
    made = Unit.objects.bulk_create(Unit(**_columns(new), entered_on=local_day(at)) for new in news)
    known = Unit.objects.select_related("org").in_bulk(changed)
    for unit in known.values():
        actors.require(by, Act.KEEP, at=unit.org)
        _write(unit, changed[unit.pk])
    audit.record_many(
        by=by,
        verb="founding.enter_many",
        model=Unit,
        ids=[*(one.pk for one in made), *known],
        at=at,
        detail=source,
    )
    return len(ready)


def _columns(new: NewUnit) -> dict[str, object]:
    return {
        "name": new.name.strip(),
        "credit_code": identifiers.check_credit_code(new.credit_code),
        "kind": new.kind,
        "industry": new.industry,
        "org": new.org,
        "is_internet": new.is_internet,
        "way": new.way,
        "employees": new.employees,
        "youths": new.youths,
        "members": new.members,
    }


def _write(unit: Unit, new: NewUnit) -> dict[str, list[str]]:
    """Write what differs; return what it was and what it became."""
    changed = {
        name: [str(getattr(unit, name)), str(value)]
        for name, value in _columns(new).items()
        if getattr(unit, name) != value
    }
    for name, value in _columns(new).items():
        setattr(unit, name, value)
    if changed:
        unit.save(update_fields=list(changed))
    return changed


def _check(new: NewUnit) -> None:
    rules.check_place(kind=new.org.kind, name=new.org.name)
    rules.check_numbers(employees=new.employees, youths=new.youths, members=new.members)
    rules.check_leads(industry=new.industry, kind=new.kind, is_internet=new.is_internet)
