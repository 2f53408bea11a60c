"""Giving, extending, handing over and ending roles. Each change is audited with before and after."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from qinghe.kernel.access import models, rules
from qinghe.kernel.access.actors import Role
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused

NONE = "无"


@dataclass(frozen=True)
class NewHolding:
    """A role about to be held."""

    person: Person
    role: Role
    org: Org
    starts_on: date
    ends_on: date | None = None
    department: str = ""
    deputy_for: models.Holding | None = None


@transaction.atomic
def give_role(  # noqa: PLR0913  # a post has this many facts
    *,
    person: Person,
    role: Role,
    org: Org,
    starts_on: date,
    ends_on: date | None = None,
    department: str = "",
    deputy_for: models.Holding | None = None,
    at: datetime,
    by: object,
) -> models.Holding:
    """Let a person hold a role at an organisation, up to (not including) a day if one is given.

    Raises Refused: already_held, oneself, roles_apart, wrong_seat, no_department, org_closed,
    ends_before_start, deputy_without_end, deputy_for_oneself, another_post.
    """
    rules.check_not_oneself(person_id=person.pk, by=by)
    new = NewHolding(person, role, org, starts_on, ends_on, department, deputy_for)
    return hold(new, at=at, by=by)


def hold(
    new: NewHolding, *, at: datetime, by: object, through: str = "", reason: str = ""
) -> models.Holding:
    """Write a holding that has passed every check; `through` names who offered it."""
    check(new)
    holding = models.Holding.objects.create(
        person=new.person,
        role=new.role,
        org=new.org,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        department=new.department,
        deputy_for=new.deputy_for,
    )
    detail = {
        "role": new.role.label,
        "org": new.org.code,
        "before": NONE,
        "after": _days(holding),
        "department": holding.get_department_display(),
        "deputy_for": new.deputy_for.person.name if new.deputy_for else "",
        "invited_by": through,
        "reason": reason,
    }
    audit.record(by=by, verb="access.give_role", subject=holding, at=at, detail=_filled(detail))
    return holding


@transaction.atomic
def extend_role(
    *, holding: models.Holding, ends_on: date | None, at: datetime, by: object
) -> models.Holding:
    """Move the day on which a role ends; with none it goes on until ended.

    Raises Refused: already_ended, oneself, ends_before_start, deputy_without_end, already_held.
    """
    rules.check_not_oneself(person_id=holding.person_id, by=by)
    rules.check_not_ended(ends_on=holding.ends_on, at=at)
    rules.check_days(starts_on=holding.starts_on, ends_on=ends_on)
    if holding.deputy_for_id:
        rules.check_deputy(ends_on=ends_on, same_person=False, same_post=True)
    _check_together(_as_new(holding, ends_on=ends_on), besides=holding)
    before = _days(holding)
    holding.ends_on = ends_on
    holding.save(update_fields=["ends_on"])
    audit.record(
        by=by,
        verb="access.extend_role",
        subject=holding,
        at=at,
        detail={"before": before, "after": _days(holding)},
    )
    return holding


@transaction.atomic
def end_role(
    *, holding: models.Holding, on: date, reason: str, at: datetime, by: object
) -> models.Holding:
    """End a role: from this day on it holds no more. Raises Refused: already_ended, bad_end."""
    rules.check_not_ended(ends_on=holding.ends_on, at=at)
    rules.check_end(starts_on=holding.starts_on, on=on, ends_on=holding.ends_on)
    return end(holding, on=on, reason=reason, at=at, by=by)


@transaction.atomic
def end_roles_of(*, org: Org, on: date, at: datetime, by: object) -> list[models.Holding]:
    """End all roles at an organisation that closes, from a day on."""
    open_on = models.Holding.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=on), org=org
    ).select_related("person", "org")
    return [
        end(holding, on=max(on, holding.starts_on), reason="组织撤销", at=at, by=by)
        for holding in open_on
    ]


@transaction.atomic
def end_roles_of_duplicate(
    *, person: Person, on: date, reason: str, at: datetime, by: object
) -> list[models.Holding]:
    """End all that a row holds which is merged into another: none of it passes to anybody."""
    open_on = models.Holding.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=on), person=person
    ).select_related("person", "org")
    return [
        end(holding, on=max(on, holding.starts_on), reason=reason, at=at, by=by)
        for holding in open_on
    ]


def end(
    holding: models.Holding, *, on: date, reason: str, at: datetime, by: object
) -> models.Holding:
    """Write the end of a holding that may end."""
    before = _days(holding)
    holding.ends_on = on
    holding.save(update_fields=["ends_on"])
    audit.record(
        by=by,
        verb="access.end_role",
        subject=holding,
        at=at,
        detail={"before": before, "after": _days(holding), "reason": reason},
    )
    return holding


def check(new: NewHolding) -> None:
    """Refuse a holding that may not be, whoever gives it."""
    rules.check_not_merged(merged_into=new.person.merged_into_id)
    orgs.check_takes_new(org=new.org)
    rules.check_fits(role=new.role, org=new.org)
    rules.check_department(role=new.role, department=new.department)
    rules.check_days(starts_on=new.starts_on, ends_on=new.ends_on)
    if new.deputy_for:
        rules.check_deputy(
            ends_on=new.ends_on,
            same_person=new.deputy_for.person_id == new.person.pk,
            same_post=(new.deputy_for.role, new.deputy_for.org_id) == (new.role, new.org.pk),
        )
    _check_together(new)


def _check_together(new: NewHolding, *, besides: models.Holding | None = None) -> None:
    """Refuse a role that is held already or kept apart, looking only at days that overlap."""
    beside = models.Holding.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=new.starts_on), person=new.person
    )
    if new.ends_on:
        beside = beside.filter(starts_on__lt=new.ends_on)
    if besides:
        beside = beside.exclude(pk=besides.pk)
    if beside.filter(role=new.role, org=new.org).exists():
        raise Refused(
            "already_held", f"{new.person.name}已任{new.org.name}的{new.role.label}，没有变更。"
        )
    others = [Role(role) for role in beside.values_list("role", flat=True)]
    rules.check_roles_together(role=new.role, others=others, name=new.person.name)


def _as_new(holding: models.Holding, *, ends_on: date | None) -> NewHolding:
    return NewHolding(
        holding.person,
        Role(holding.role),
        holding.org,
        holding.starts_on,
        ends_on,
        holding.department,
        holding.deputy_for,
    )


def _days(holding: models.Holding) -> str:
    until = f"至{holding.ends_on}" if holding.ends_on else "起"
    return f"{holding.starts_on}{until}"


def _filled(detail: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in detail.items() if value}
