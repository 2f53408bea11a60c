"""What people do with roles and accounts: the kernel's services, behind the acts that allow them."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth import password_validation
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from qinghe.edges.accounts import services as accounts
from qinghe.kernel.access import actors
from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access import rules as access_rules
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.access.models import Account, Holding, Invitation, SupportSession
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person
from qinghe.kernel.people.services import NewPerson
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused

from . import queries, rules
from .access import Act


@dataclass(frozen=True)
class Candidate:
    """Who is to hold a role: somebody on one's own roll by number, or a person to be entered."""

    number: str = ""
    name: str = ""
    birth_date: date | None = None


@dataclass(frozen=True)
class Post:
    """The role that a candidate is to hold, where, and until when."""

    role: Role
    org: Org
    department: str = ""
    ends_on: date | None = None


@dataclass(frozen=True)
class Offer:
    """An invitation just made, with its code for the one time it is shown."""

    invitation: Invitation
    code: str


@transaction.atomic
def appoint(*, candidate: Candidate, post: Post, at: datetime, by: Actor) -> Holding | Offer:
    """Give a role to a person with an account; offer it by an invitation to one who has none.

    Raises Refused: not_allowed, who, unknown_person, other_person, known_already and those of the
    kernel's give_role and invite.
    """
    _require(by, role=post.role, org=post.org)
    person = _person(candidate, at=at, by=by)
    if access_queries.account_of(person) is None:
        invitation, code = access.invite(
            person=person,
            role=post.role,
            org=post.org,
            department=post.department,
            ends_on=post.ends_on,
            at=at,
            by=by,
        )
        return Offer(invitation=invitation, code=code)
    return access.give_role(
        person=person,
        role=post.role,
        org=post.org,
        starts_on=periods.local_day(at),
        ends_on=post.ends_on,
        department=post.department,
        at=at,
        by=by,
    )


@transaction.atomic
def end_role(*, holding: Holding, on: date, reason: str, at: datetime, by: Actor) -> Holding:
    """End a role. Raises Refused: not_allowed, reason_needed and those of the kernel's end_role."""
    _require_over(by, holding)
    rules.check_reason(reason)
    return access.end_role(holding=holding, on=on, reason=reason, at=at, by=by)


@transaction.atomic
def extend_role(*, holding: Holding, ends_on: date | None, at: datetime, by: Actor) -> Holding:
    """Move the end of a role. Raises Refused: not_allowed and those of the kernel's extend_role."""
    _require_over(by, holding)
    return access.extend_role(holding=holding, ends_on=ends_on, at=at, by=by)


@transaction.atomic
def depute(
    *, holding: Holding, number: str, starts_on: date, ends_on: date, at: datetime, by: Actor
) -> Holding:
    """Let another person with an account act in a post for some days.

    Raises Refused: not_allowed, unknown_person, no_account and those of the kernel's give_role.
    """
    _require_over(by, holding)
    access_rules.check_not_ended(ends_on=holding.ends_on, at=at)
    return access.give_role(
        person=_with_account(number, by=by),
        role=Role(holding.role),
        org=holding.org,
        starts_on=starts_on,
        ends_on=ends_on,
        department=holding.department,
        deputy_for=holding,
        at=at,
        by=by,
    )


@transaction.atomic
def hand_over(
    *, holding: Holding, number: str, on: date, reason: str, at: datetime, by: Actor
) -> Holding:
    """Hand a post over to another person with an account.

    Raises Refused: not_allowed, unknown_person, no_account and those of the kernel's hand_over.
    """
    _require_over(by, holding)
    to = _with_account(number, by=by)
    return access.hand_over(holding=holding, to=to, on=on, reason=reason, at=at, by=by)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, at: datetime, by: Actor) -> Invitation:
    """Take an invitation back. Raises Refused: not_allowed, already_closed."""
    _require(by, role=Role(invitation.role), org=invitation.org)
    return access.withdraw_invitation(invitation=invitation, at=at, by=by)


@transaction.atomic
def reissue_invitation(
    *, invitation: Invitation, at: datetime, by: Actor
) -> tuple[Invitation, str]:
    """Give out a new code in place of an old one. Raises Refused: those of the kernel's reissue."""
    _require(by, role=Role(invitation.role), org=invitation.org)
    return access.reissue(invitation=invitation, at=at, by=by)


@transaction.atomic
def join(*, code: str, username: str, password: str, at: datetime, by: Actor) -> User:
    """Open the account of whoever holds an invitation's code, with the password they chose.

    Raises Refused: unknown_code, name_taken, weak_password and those of the kernel's give_role.
    """
    user = access.accept_invitation(code=code, username=username, at=at, by=by)
    try:
        password_validation.validate_password(password, user)  # now that the role is known (S-30)
    except ValidationError as wrong:
        raise Refused("weak_password", "".join(wrong.messages)) from wrong
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


@transaction.atomic
def disable_account(*, account: Account, reason: str, at: datetime, by: Actor) -> Account:
    """Stop an account at its next request. Raises Refused: not_allowed, reason_needed, oneself."""
    _require_accounts(by)
    rules.check_reason(reason)
    disabled = access.disable_account(account=account, reason=reason, at=at, by=by)
    accounts.end_sessions(user=account.user, at=at, by=by)
    return disabled


@transaction.atomic
def enable_account(*, account: Account, reason: str, at: datetime, by: Actor) -> Account:
    """Let an account sign in again. Raises Refused: not_allowed, reason_needed, oneself."""
    _require_accounts(by)
    rules.check_reason(reason)
    return access.enable_account(account=account, reason=reason, at=at, by=by)


@transaction.atomic
def reset_factors(*, account: Account, reason: str, at: datetime, by: Actor) -> int:
    """Remove all second factors of an account and sign it out; return how many there were.

    Raises Refused: not_allowed, reason_needed, oneself, no_factor.
    """
    _require_accounts(by)
    rules.check_reason(reason)
    access_rules.check_not_own_account(person_id=account.person_id, by=by)
    return accounts.reset_factors(user=account.user, reason=reason, at=at, by=by)


@transaction.atomic
def issue_password_link(*, account: Account, at: datetime, by: Actor) -> str:
    """Return the path at which an account's owner sets a password, once.

    Raises Refused: not_allowed, oneself, disabled.
    """
    _require_accounts(by)
    access_rules.check_not_own_account(person_id=account.person_id, by=by)
    return accounts.issue_password_link(user=account.user, at=at, by=by)


@transaction.atomic
def start_support(
    *, org: Org, role: Role, reason: str, minutes: int, at: datetime, by: Actor
) -> SupportSession:
    """Borrow a role at an organisation for a while; those who answer for it are told.

    Raises Refused: not_allowed, reason_needed and those of the kernel's start_support.
    """
    actors.require(by, Act.ASK_SUPPORT, at=org)
    rules.check_reason(reason)
    session = access.start_support(
        org=org, role=role, reason=reason, ends_at=at + timedelta(minutes=minutes), at=at, by=by
    )
    notices.notify(
        person_ids=access_queries.secretaries_over(org, periods.local_day(at)),
        kind=Kind.SECURITY,
        title="系统管理员发起了支持会话",
        text=f"{by.name}借用{org.name}的{role.label}，最长{minutes}分钟。事由：{reason}",
        url=reverse("authority:support_session", args=[session.pk]),
        at=at,
    )
    return session


@transaction.atomic
def end_support(*, session: SupportSession, at: datetime, by: Actor) -> SupportSession:
    """End a support session: one's own, or one in an organisation whose roles one gives.

    Raises Refused: not_allowed, already_ended.
    """
    if session.admin_id != by.person_id:
        actors.require(by, Act.APPOINT, at=session.org)
    return access.end_support(session=session, at=at, by=by)


def _require(by: Actor, *, role: Role, org: Org) -> None:
    actors.require(by, Act.APPOINT, at=org)
    access_rules.check_may_appoint(by=by, role=role, org=org)


def _require_over(by: Actor, holding: Holding) -> None:
    _require(by, role=Role(holding.role), org=holding.org)


def _require_accounts(by: Actor) -> None:
    if not actors.may_anywhere(by, Act.KEEP_ACCOUNTS):
        raise Refused("not_allowed", "您没有管理账号的权限，没有任何改动。")


def _person(candidate: Candidate, *, at: datetime, by: Actor) -> Person:
    rules.check_named(number=candidate.number, name=candidate.name, birth_date=candidate.birth_date)
    if candidate.number:
        known = _on_roll(candidate.number, by=by)
        rules.check_same_name(known=known.name, given=candidate.name)
        return known
    twin = queries.people_on_roll(by).filter(name=candidate.name, birth_date=candidate.birth_date)
    rules.check_new_to_the_roll(twin=twin.values_list("number", flat=True).first() or "")
    new = NewPerson(number=_free_number(), name=candidate.name, birth_date=candidate.birth_date)
    return people.add_person(new=new, at=at, by=by)


def _on_roll(number: str, *, by: Actor) -> Person:
    known = queries.people_on_roll(by).filter(number=number).first()
    if known is None:
        raise Refused(
            "unknown_person",
            "您的名册上没有这个人员编号，没有授予；请核对编号，或改填姓名和出生日期。",
        )
    return known


def _with_account(number: str, *, by: Actor) -> Person:
    person = _on_roll(number, by=by)
    if access_queries.account_of(person) is None:
        raise Refused("no_account", f"{person.name}还没有账号，请先邀请其开通账号。")
    return person


def _free_number() -> str:
    while True:
        number = rules.number_from(secrets.randbelow(10**rules.NUMBER_DIGITS))
        if not Person.everybody.filter(number=number).exists():
            return number
