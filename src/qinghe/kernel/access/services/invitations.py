"""Inviting a person to a role, and their coming in by the code."""

import secrets
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction

from qinghe.kernel.access import models, queries, rules
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused

from . import accounts, holdings

CODE_BYTES = 24  # 192 bits
UNUSABLE = "这个邀请码不能使用：可能输错、已过期、已使用或已撤回。请向邀请人索取新的邀请码。"


@transaction.atomic
def invite(
    *,
    person: Person,
    role: Role,
    org: Org,
    department: str = "",
    ends_on: date | None = None,
    at: datetime,
    by: Actor,
) -> tuple[models.Invitation, str]:
    """Offer a role to a person without an account; return the invitation and its code, once.

    Raises Refused: not_allowed, oneself, has_account, already_invited, wrong_seat, no_department,
    ends_before_start, roles_apart, org_closed.
    """
    rules.check_may_appoint(by=by, role=role, org=org)
    rules.check_not_oneself(person_id=person.pk, by=by)
    today = periods.local_day(at)
    holdings.check(holdings.NewHolding(person, role, org, today, ends_on, department))
    if models.Account.objects.filter(person=person).exists():
        raise Refused("has_account", f"{person.name}已有账号，请直接授予角色，不用邀请码。")
    _close_expired(person=person, at=at)
    if models.Invitation.objects.filter(
        person=person, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).exists():
        raise Refused(
            "already_invited",
            f"{person.name}还有一份未接受的邀请；接受后可直接授予其他角色，或先撤回那份邀请。",
        )
    code = secrets.token_urlsafe(CODE_BYTES)
    invitation = models.Invitation.objects.create(
        code_hash=queries.hash_of(code),
        person=person,
        role=role,
        org=org,
        department=department,
        ends_on=ends_on,
        made_by_id=by.person_id,
        made_at=at,
        expires_at=at + rules.INVITATION_LASTS,
    )
    audit.record(
        by=by,
        verb="access.invite",
        subject=invitation,
        at=at,
        detail={
            "role": role.label,
            "org": org.code,
            "ends_on": ends_on.isoformat() if ends_on else "",
        },
    )
    return invitation, code


@transaction.atomic
def withdraw_invitation(
    *, invitation: models.Invitation, at: datetime, by: object
) -> models.Invitation:
    """Make an invitation's code worthless. Raises Refused: already_closed."""
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refused("already_closed", "这份邀请已被接受或撤回，没有变更。")
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    audit.record(by=by, verb="access.withdraw_invitation", subject=invitation, at=at)
    return invitation


@transaction.atomic
def reissue(
    *, invitation: models.Invitation, at: datetime, by: Actor
) -> tuple[models.Invitation, str]:
    """Withdraw an invitation and offer the same with a new code. Raises Refused: those of both."""
    if invitation.accepted_at:
        raise Refused("already_closed", "这份邀请已被接受，没有变更。")
    if not invitation.withdrawn_at:
        withdraw_invitation(invitation=invitation, at=at, by=by)
    return invite(
        person=invitation.person,
        role=Role(invitation.role),
        org=invitation.org,
        department=invitation.department,
        ends_on=invitation.ends_on,
        at=at,
        by=by,
    )


@transaction.atomic
def accept_invitation(*, code: str, username: str, at: datetime, by: object) -> User:
    """Open the account of whoever was given this code, and let them hold the role offered.

    The account has no usable password yet: the caller sets one in the same transaction. Raises
    Refused: unknown_code, name_taken and those of give_role.
    """
    invitation = queries.open_invitation(code=code, at=at)
    if invitation is None:
        raise Refused("unknown_code", UNUSABLE)
    taken = models.Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).update(accepted_at=at)
    if not taken:
        raise Refused("unknown_code", UNUSABLE)
    user = accounts.open_account(person=invitation.person, username=username, at=at, by=by)
    new = holdings.NewHolding(
        invitation.person,
        Role(invitation.role),
        invitation.org,
        periods.local_day(at),
        invitation.ends_on,
        invitation.department,
    )
    inviter = Actor(invitation.made_by_id, invitation.made_by.name)
    holdings.hold(new, at=at, by=by, through=str(inviter))
    audit.record(by=by, verb="access.accept_invitation", subject=invitation, at=at)
    return user


def follow(*, old: models.Holding, to: Person, at: datetime, by: object) -> None:
    """Let the open invitations that a holding made go on under its new holder."""
    offered = rules.APPOINTS.get(Role(old.role), frozenset())
    still_open = models.Invitation.objects.filter(
        made_by_id=old.person_id,
        role__in=offered,
        org__path__startswith=old.org.path,
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
        expires_at__gt=at,
    ).exclude(person=to)
    ids = list(still_open.values_list("pk", flat=True))
    models.Invitation.objects.filter(pk__in=ids).update(made_by=to)
    audit.record_many(
        by=by,
        verb="access.follow_invitations",
        model=models.Invitation,
        ids=ids,
        at=at,
        detail={"from": old.person.name, "to": to.name},
    )


def _close_expired(*, person: Person, at: datetime) -> None:
    models.Invitation.objects.filter(
        person=person, accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__lte=at
    ).update(withdrawn_at=at)
