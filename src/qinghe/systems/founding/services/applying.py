"""A unit asks for a League organisation, or asks again with what was sent back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import rules as org_rules
from qinghe.kernel.orgs.kinds import Level
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.founding import models, queries, rules
from qinghe.systems.founding.access import Act

Application = models.Application
State = models.Application.State
Unit = models.Unit


@dataclass(frozen=True)
class NewApplication:
    """What is asked for. `told` counts where nobody is listed by number."""

    unit: Unit
    kind: str
    name: str
    parent: Org
    evidence: str
    told: int = 0
    listed: Sequence[Person] = ()
    others: Sequence[Unit] = ()
    secretary: Person | None = None


@transaction.atomic
def apply(*, new: NewApplication, at: datetime, by: Actor) -> Application:
    """Ask for a League organisation; where the street itself asks, it has agreed (T-02, T-04).

    Raises Refused: not_allowed, not_open, others_needed, not_joint, too_few_members, itself,
    wrong_parent, listed_elsewhere.
    """
    units = _locked_units([new.unit, *new.others], by=by)
    unit, others = units[0], units[1:]
    if unit.state != Unit.State.OPEN:
        raise Refused("not_open", f"{unit.name}不是未建团的单位，或者正在申请，没有重复提交。")
    _check(new, unit=unit, others=others, by=by)
    _check_listed_nowhere_else(new, application_id=None)
    application = Application(unit=unit, applicant_id=by.person_id, asked_on=local_day(at))
    _write(application, new, others=others, at=at, by=by)
    for one in units:
        one.state = Unit.State.APPLYING
        one.save(update_fields=["state"])
    audit.record(by=by, verb="founding.apply", subject=application, at=at)
    return application


@transaction.atomic
def submit_again(
    *, application: Application, new: NewApplication, at: datetime, by: Actor
) -> Application:
    """Send in what was sent back, mended; its days are counted anew.

    Raises Refused: not_allowed, wrong_state and those of apply.
    """
    kept = Application.objects.select_for_update(of=("self",)).select_related("unit__org")
    application = kept.get(pk=application.pk)
    actors.require(by, Act.APPLY, at=application.unit.org)
    rules.check_move(
        rules.APPLICATION_MOVES, now=application.state, to=State.SUBMITTED, what="申请"
    )
    units = _locked_units([application.unit, *new.others], by=by)
    _check(new, unit=units[0], others=units[1:], by=by)
    _check_listed_nowhere_else(new, application_id=application.pk)
    application.applicant_id, application.asked_on = by.person_id, local_day(at)
    application.agreed_by = application.agreed_on = None
    application.reason = ""
    _write(application, new, others=units[1:], at=at, by=by)
    for one in units[1:]:
        one.state = Unit.State.APPLYING
        one.save(update_fields=["state"])
    audit.record(by=by, verb="founding.submit_again", subject=application, at=at)
    return application


def _locked_units(units: Sequence[Unit], *, by: Actor) -> list[Unit]:
    """Return the units as they stand, held until the end, in the order in which they were named."""
    keys = [one.pk for one in units]
    kept = Unit.objects.select_for_update(of=("self",)).select_related("org").order_by("pk")
    found = {one.pk: one for one in kept.filter(pk__in=keys)}
    for one in found.values():
        actors.require(by, Act.APPLY, at=one.org)
    return [found[key] for key in keys]


def _check(new: NewApplication, *, unit: Unit, others: Sequence[Unit], by: Actor) -> None:
    rules.check_others(
        own=unit.credit_code, others=[(one.credit_code, one.state) for one in others]
    )
    rules.check_kind(rules.Planned(new.kind, _members(new, others), len(others)))
    if not queries.parents_for(by, unit).filter(pk=new.parent.pk).exists():
        raise Refused(
            "wrong_parent", f"{unit.name}不能建在{new.parent.name}之下，没有提交；请另选上级组织。"
        )
    org_rules.check_place(kind=new.kind, level=Level.UNIT, parent_kind=new.parent.kind)


def _check_listed_nowhere_else(new: NewApplication, *, application_id: int | None) -> None:
    """Refuse members whom another application on its way counts already."""
    elsewhere = models.ListedMember.objects.filter(
        person__in=[one.pk for one in new.listed], application__state__in=rules.APPLICATION_MOVES
    ).exclude(application=application_id)
    numbers = list(elsewhere.order_by("pk").values_list("person__number", flat=True)[:10])
    if numbers:
        raise Refused(
            "listed_elsewhere",
            f"{'、'.join(numbers)}已列入另一项在办的建团申请，没有提交；一名团员只算一次，请核对名单。",
        )


def _members(new: NewApplication, others: Sequence[Unit]) -> int:
    """Return how many members there would be: those listed, or those told of all units."""
    if new.listed:
        return len({one.pk for one in new.listed})
    return new.told + sum(one.members for one in others)


def _write(
    application: Application,
    new: NewApplication,
    *,
    others: Sequence[Unit],
    at: datetime,
    by: Actor,
) -> None:
    terms = queries.terms_on(by, local_day(at))
    application.kind, application.name = new.kind, new.name.strip()
    application.parent, application.secretary = new.parent, new.secretary
    application.evidence = new.evidence.strip()
    application.members = _members(new, others)
    application.street_by, application.due_on = rules.days_allowed(
        asked_on=local_day(at), street_days=terms.street_days, district_days=terms.district_days
    )
    application.state = State.SUBMITTED
    if actors.may(by, Act.AGREE, at=application.unit.org):  # the street itself asks
        application.state = State.AGREED
        application.agreed_by_id, application.agreed_on = by.person_id, local_day(at)
    application.save()
    application.joined.all().delete()
    application.listed.all().delete()
    models.JoinedUnit.objects.bulk_create(
        models.JoinedUnit(application=application, unit=one) for one in others
    )
    models.ListedMember.objects.bulk_create(
        models.ListedMember(application=application, person_id=key)
        for key in dict.fromkeys(one.pk for one in new.listed)
    )
