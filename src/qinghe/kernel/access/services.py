"""Giving and ending roles and accounts."""

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction

from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused

from . import models
from .actors import Role


@transaction.atomic
def give_role(
    *, person: Person, role: Role, org: Org, starts_on: date, at: datetime, by: object
) -> models.Holding:
    """Let a person hold a role at an organisation. Raises Refused: already_held."""
    if models.Holding.objects.filter(
        person=person, role=role, org=org, ends_on__isnull=True
    ).exists():
        raise Refused("already_held", f"{person.name}已任{org.name}的{role.label}，没有变更。")
    holding = models.Holding.objects.create(person=person, role=role, org=org, starts_on=starts_on)
    audit.record(
        by=by,
        verb="access.give_role",
        subject=holding,
        at=at,
        detail={"role": role.value, "org": org.code},
    )
    return holding


@transaction.atomic
def open_account(*, person: Person, username: str, at: datetime, by: object) -> User:
    """Give a person a sign-in account without a usable password. Raises Refused: name_taken."""
    if User.objects.filter(username=username).exists():
        raise Refused("name_taken", f"账号{username}已被使用，请换一个账号名。")
    user = User.objects.create_user(username=username)
    models.Account.objects.create(user=user, person=person)
    audit.record(by=by, verb="access.open_account", subject=person, at=at)
    return user
