"""Finding out who somebody is today. These reads have no viewer: they make one."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import FilteredRelation, Q, QuerySet

from qinghe.kernel.compiled import Compiled
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.rules import codes_in
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day

from . import models, rules
from .actors import ADMINISTRATORS, Actor, Held, Role

NOBODY = Actor(person_id=0, name="未登录")
SECRETARIES = (
    Role.STREET_SECRETARY,
    Role.COMMUNITY_SECRETARY,
    Role.SCHOOL_SECRETARY,
    Role.ENTERPRISE_SECRETARY,
    Role.BRANCH_SECRETARY,
    Role.DISTRICT_OFFICER,
)


def actor_of(
    user: AbstractBaseUser | AnonymousUser, day: date, *, at: datetime | None = None
) -> Actor:
    """Return the actor behind a signed-in account with the roles held on a day.

    With a moment, also with the role that a support session lends at that moment. A disabled
    account is nobody.
    """
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    rows = _roles_of_account(user=user.pk, day=day)
    if not rows:
        return NOBODY
    person_id, name, *_ = rows[0]
    held = tuple(Held(Role(role), path) for _, _, role, path in rows if role)
    actor = Actor(person_id=person_id, name=name, holdings=held)
    return _with_support(actor, at=at) if at else actor


@Compiled
def _roles_of_account(user: int, day: date) -> QuerySet:
    """Return who stands behind an account, with each role held: one question, asked on every page."""
    today = _holds_on(day, "person__holdings__")
    return (
        models.Account.objects.filter(user_id=user)
        .annotate(held=FilteredRelation("person__holdings", condition=today))
        .order_by("held__pk")
        .values_list("person_id", "person__name", "held__role", "held__org__path")
    )


def actor_of_person(person_id: int, name: str, day: date) -> Actor:
    """Return a person as an actor with the roles held on a day."""
    holdings = holdings_on(day).filter(person_id=person_id).select_related("org")
    held = tuple(Held(Role(holding.role), holding.org.path) for holding in holdings)
    return Actor(person_id=person_id, name=name, holdings=held)


def actors_on(day: date) -> Iterator[Actor]:
    """Yield everybody who holds a role on a day, as an actor."""
    held: dict[int, list[models.Holding]] = {}
    for holding in holdings_on(day).select_related("person", "org").order_by("person_id", "pk"):
        held.setdefault(holding.person_id, []).append(holding)
    for person_id, mine in held.items():
        roles = tuple(Held(Role(holding.role), holding.org.path) for holding in mine)
        yield Actor(person_id=person_id, name=mine[0].person.name, holdings=roles)


def account_of(person: Person) -> models.Account | None:
    """Return the sign-in account of a person, if one was opened."""
    return models.Account.objects.select_related("user", "person").filter(person=person).first()


def holdings_on(day: date) -> QuerySet[models.Holding]:
    """Return the holdings that hold on a day."""
    return models.Holding.objects.filter(_holds_on(day))


def _holds_on(day: date, way: str = "") -> Q:
    """Return what is asked of a holding, at the end of a way to it, that holds on a day."""
    ends = Q((f"{way}ends_on__isnull", True)) | Q((f"{way}ends_on__gt", day))
    return ends & Q((f"{way}starts_on__lte", day))


def open_invitation(*, code: str, at: datetime) -> models.Invitation | None:
    """Return the invitation that a code opens now; none once its maker may appoint no more."""
    invitation = (
        models.Invitation.objects.filter(
            code_hash=hash_of(code),
            accepted_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=at,
        )
        .select_related("person", "org", "made_by")
        .first()
    )
    if invitation is None:
        return None
    maker = actor_of_person(invitation.made_by_id, invitation.made_by.name, local_day(at))
    allowed = rules.may_appoint(by=maker, role=Role(invitation.role), org=invitation.org)
    return invitation if allowed else None


def hash_of(code: str) -> str:
    """Return what is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()


def support_session_of(actor: Actor, at: datetime) -> models.SupportSession | None:
    """Return the support session that an administrator has open at a moment."""
    if not any(held.role is Role.SYSADMIN for held in actor.holdings):
        return None
    open_then = models.SupportSession.objects.filter(
        admin_id=actor.person_id, starts_at__lte=at, ends_at__gt=at, ended_at__isnull=True
    )
    return open_then.select_related("org").first()


def secretaries_over(org: Org, day: date) -> list[int]:
    """Return the persons who answer for an organisation, or for the nearest one above that has any."""
    codes = codes_in(org.path)
    for depth in range(len(codes), 0, -1):
        path = f"/{'/'.join(codes[:depth])}/"
        found = holdings_on(day).filter(role__in=SECRETARIES, org__path=path)
        if ids := sorted(set(found.values_list("person_id", flat=True))):
            return ids
    return []


def conflicts(day: date) -> list[int]:
    """Return the persons whose roles on a day break S-50: there must be none."""
    roles: dict[int, list[str]] = {}
    for person_id, role in holdings_on(day).values_list("person_id", "role"):
        roles.setdefault(person_id, []).append(role)
    return sorted(
        person_id
        for person_id, held in roles.items()
        if len(set(held)) > 1 and ADMINISTRATORS & set(held)
    )


def _with_support(actor: Actor, *, at: datetime) -> Actor:
    session = support_session_of(actor, at)
    if session is None:
        return actor
    lent = Held(Role(session.role), session.org.path, lent=True)
    return Actor(actor.person_id, actor.name, (*actor.holdings, lent), via=str(session))
