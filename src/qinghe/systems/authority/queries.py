"""What people look at about roles and accounts. Every function starts from an actor."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.inbox import Item, Step
from qinghe.edges.web.context import Bar
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access import rules as access_rules
from qinghe.kernel.access.actors import Actor, Grant, Reach, Role
from qinghe.kernel.access.models import Account, Holding, Invitation, SupportSession
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership, Person, Post
from qinghe.lib import identifiers

from . import rules
from .access import Act


class HoldingState(TextChoices):
    HELD = "held", "在任"
    DEPUTY = "deputy", "代理"
    TO_COME = "to_come", "未到任"
    ENDED = "ended", "已结束"


class InvitationState(TextChoices):
    WAITING = "waiting", "待接受"
    ACCEPTED = "accepted", "已接受"
    WITHDRAWN = "withdrawn", "已撤回"
    EXPIRED = "expired", "已过期"


class AccountState(TextChoices):
    USABLE = "usable", "可用"
    DISABLED = "disabled", "已停用"


class SupportState(TextChoices):
    OPEN = "open", "进行中"
    ENDED = "ended", "已结束"


@dataclass(frozen=True)
class Right:
    """An act with the roles that may do it, at their own organisation or also below it."""

    act: str
    words: str
    own: tuple[str, ...]
    below: tuple[str, ...]


@dataclass(frozen=True)
class Keeper:
    """An administrator, with the name masked."""

    name: str
    role: str
    since: date


@dataclass(frozen=True)
class Conflict:
    """Somebody, with the name masked, whose roles break the separation of administrators (S-50)."""

    name: str
    roles: tuple[str, ...]


def orgs_where_may(actor: Actor, act: Act) -> QuerySet[Org]:
    """Return the open organisations at which the actor may do an act, in the tree's order."""
    return actors.orgs_where(actor, act).filter(closed_on__isnull=True).order_by("path")


def roles_to_give(actor: Actor) -> list[Role]:
    """Return the roles that the actor may give somewhere, in the order of the roles."""
    return [role for role in Role if access_rules.appointable(by=actor, role=role)]


def holdings_seen_by(actor: Actor, today: date) -> QuerySet[Holding]:
    """Return the holdings in the actor's tree with their state on a day, the latest first."""
    state = Case(
        When(ends_on__lte=today, then=Value(HoldingState.ENDED.value)),
        When(starts_on__gt=today, then=Value(HoldingState.TO_COME.value)),
        When(deputy_for__isnull=False, then=Value(HoldingState.DEPUTY.value)),
        default=Value(HoldingState.HELD.value),
        output_field=CharField(),
    )
    return (
        Holding.objects.filter(org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("person", "org", "deputy_for__person")
        .annotate(state=state)
        .order_by("-starts_on", "pk")
    )


def officer_is_in(actor: Actor) -> bool | None:
    """Test if anybody is an officer of the district; None to those who appoint none."""
    return _is_held(actor, {Role.DISTRICT_OFFICER})


def auditor_is_in(actor: Actor) -> bool | None:
    """Test if anybody audits; None to those who appoint no auditor."""
    return _is_held(actor, {Role.AUDITOR})


def secretaries_are_in(actor: Actor) -> bool | None:
    """Test if anybody is a secretary below an officer or a street secretary; None to others."""
    is_administrator = bool(access_rules.appointable(by=actor, role=Role.DISTRICT_OFFICER))
    leads = bool(access_rules.appointable(by=actor, role=Role.COMMUNITY_SECRETARY))
    below = set(access_queries.SECRETARIES)
    return _is_held(actor, below) if leads and not is_administrator else None


def may_change(actor: Actor, holding: Holding) -> bool:
    """Test if the actor may extend, hand over or end this holding."""
    role = Role(holding.role)
    return (
        actors.may(actor, Act.APPOINT, at=holding.org)
        and holding.person_id != actor.person_id
        and access_rules.may_appoint(by=actor, role=role, org=holding.org)
    )


def may_invite(actor: Actor, invitation: Invitation) -> bool:
    """Test if the actor may withdraw this invitation or give it a new code."""
    role = Role(invitation.role)
    return actors.may(actor, Act.APPOINT, at=invitation.org) and access_rules.may_appoint(
        by=actor, role=role, org=invitation.org
    )


def holdings_ending_within(actor: Actor, days: int, *, today: date) -> QuerySet[Holding]:
    """Return the holdings that the actor may extend and that end within some days, soonest first."""
    last = today + timedelta(days=days)
    return (
        Holding.objects.filter(_appointed_by(actor), starts_on__lte=today)
        .filter(ends_on__gt=today, ends_on__lte=last)
        .exclude(person_id=actor.person_id)
        .select_related("person", "org")
        .order_by("ends_on", "pk")
    )


def invitations_seen_by(actor: Actor, at: datetime) -> QuerySet[Invitation]:
    """Return the invitations in the actor's tree with their state at a moment, the latest first."""
    state = Case(
        When(accepted_at__isnull=False, then=Value(InvitationState.ACCEPTED.value)),
        When(expires_at__lte=at, then=Value(InvitationState.EXPIRED.value)),
        When(withdrawn_at__isnull=False, then=Value(InvitationState.WITHDRAWN.value)),
        default=Value(InvitationState.WAITING.value),
        output_field=CharField(),
    )
    return (
        Invitation.objects.filter(org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("person", "org", "made_by")
        .annotate(state=state)
        .order_by("-made_at", "pk")
    )


def invitations_waiting(actor: Actor, at: datetime) -> QuerySet[Invitation]:
    """Return the invitations that this actor made and nobody has accepted yet, oldest first."""
    return (
        Invitation.objects.filter(
            org__in=actors.orgs_where(actor, Act.SEE),
            made_by_id=actor.person_id,
            accepted_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=at,
        )
        .select_related("person", "org")
        .order_by("made_at", "pk")
    )


def ending_soon(actor: Actor) -> QuerySet[Holding]:
    """Return the holdings that the actor may extend and that end within thirty days."""
    return holdings_ending_within(actor, rules.SOON, today=timezone.localdate())


def ending_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show holdings that end soon as lines of the inbox."""
    return [
        Item(
            pk=holding.pk,
            title=f"{_short_name(actor, holding)}的{Role(holding.role).label}任职",
            url=reverse("authority:holding", args=[holding.pk]),
            org=holding.org.name,
            steps=(
                Step("延期", reverse("authority:extend", args=[holding.pk]), post=False),
                Step("移交", reverse("authority:hand_over", args=[holding.pk]), post=False),
            ),
        )
        for holding in ending_soon(actor).filter(pk__in=ids)
    ]


def open_invitations(actor: Actor) -> QuerySet[Invitation]:
    """Return the invitations that this actor made and nobody has accepted yet."""
    return invitations_waiting(actor, timezone.now())


def invitation_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show invitations that wait as lines of the inbox."""
    return [
        Item(
            pk=invitation.pk,
            title=f"{_short_name(actor, invitation)}还没有接受邀请"
            f"（{Role(invitation.role).label}）",
            url=reverse("authority:invitation", args=[invitation.pk]),
            org=invitation.org.name,
            steps=(
                Step(
                    "撤回",
                    reverse("authority:invitation_withdraw", args=[invitation.pk]),
                    ask="邀请码将失效，确定撤回这份邀请吗？",
                ),
            ),
        )
        for invitation in open_invitations(actor).filter(pk__in=ids)
    ]


def people_on_roll(actor: Actor) -> QuerySet[Person]:
    """Return the persons on the actor's own roll: members, cadres and who holds a role there."""
    mine = actors.orgs_where(actor, Act.APPOINT)
    still = Q(ends_on__isnull=True)
    me = OuterRef("pk")
    return Person.objects.filter(
        Exists(Membership.objects.filter(still, person=me, org__in=mine))
        | Exists(Post.objects.filter(still, person=me, org__in=mine))
        | Exists(Holding.objects.filter(person=me, org__in=mine))
        | Exists(Invitation.objects.filter(person=me, org__in=mine))
    )


def accounts_seen_by(actor: Actor, at: datetime) -> QuerySet[Account]:
    """Return all accounts for who keeps them, with factors, state and if nobody used them (S-34)."""
    if not actors.may_anywhere(actor, Act.SEE_ACCOUNTS):
        return Account.objects.none()
    factors = Authenticator.objects.filter(user_id=OuterRef("user_id")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    number = factors.order_by().values("user_id").annotate(n=Count("pk")).values("n")
    since = at - rules.INACTIVE_AFTER
    return (
        Account.objects.select_related("person", "user")
        .annotate(
            last_seen=Coalesce("user__last_login", "user__date_joined"),
            factors=Coalesce(Subquery(number), 0),
            state=Case(
                When(user__is_active=True, then=Value(AccountState.USABLE.value)),
                default=Value(AccountState.DISABLED.value),
                output_field=CharField(),
            ),
        )
        .annotate(
            idle=Case(
                When(user__is_active=True, last_seen__lt=since, then=Value("idle")),
                default=Value(""),
                output_field=CharField(),
            )
        )
        .order_by("user__username")
    )


def rights(actor: Actor, words: dict[str, str]) -> list[Right]:
    """Return who may do which act, as granted in code, for who answers for rights."""
    if not actors.may_anywhere(actor, Act.SEE_GRANTS):
        return []
    by_act: dict[str, list[Grant]] = defaultdict(list)
    for grant in actors.GRANTS:
        by_act[grant.act].append(grant)
    return [
        Right(
            act=act,
            words=words.get(act, act),
            own=_labels(grants, Reach.OWN),
            below=_labels(grants, Reach.BELOW),
        )
        for act, grants in sorted(by_act.items())
    ]


def conflicts(actor: Actor, today: date) -> list[Conflict]:
    """Return who breaks S-50 on a day; the services let nobody come that far."""
    if not actors.may_anywhere(actor, Act.SEE_GRANTS):
        return []
    ids = access_queries.conflicts(today)
    held: dict[int, set[str]] = defaultdict(set)
    rows = access_queries.holdings_on(today).filter(person_id__in=ids)
    for person_id, role in rows.values_list("person_id", "role"):
        held[person_id].add(Role(role).label)
    return [
        Conflict(name=identifiers.mask_name(person.name), roles=tuple(sorted(held[person.pk])))
        for person in Person.objects.filter(pk__in=ids).order_by("pk")
    ]


def administrators(actor: Actor, today: date) -> list[Keeper]:
    """Return who holds one of the three administrators' roles on a day."""
    if not actors.may_anywhere(actor, Act.SEE_GRANTS):
        return []
    held = access_queries.holdings_on(today).filter(
        role__in=[role.value for role in actors.ADMINISTRATORS]
    )
    return [
        Keeper(identifiers.mask_name(holding.person.name), role.label, holding.starts_on)
        for holding in held.select_related("person").order_by("role", "pk")
        if (role := Role(holding.role))
    ]


def support_seen_by(actor: Actor, at: datetime) -> QuerySet[SupportSession]:
    """Return the support sessions in the actor's tree with their state at a moment, latest first."""
    state = Case(
        When(ended_at__isnull=True, ends_at__gt=at, then=Value(SupportState.OPEN.value)),
        default=Value(SupportState.ENDED.value),
        output_field=CharField(),
    )
    return (
        SupportSession.objects.filter(org__in=actors.orgs_where(actor, Act.SEE_SUPPORT))
        .select_related("admin", "org")
        .annotate(state=state, until=Coalesce(F("ended_at"), F("ends_at")))
        .order_by("-starts_at", "pk")
    )


def done_through(actor: Actor, session: SupportSession) -> QuerySet[Entry]:
    """Return what was done through a support session that the actor may see, latest first."""
    if not actors.may(actor, Act.SEE_SUPPORT, at=session.org):
        return Entry.objects.none()
    return Entry.objects.filter(
        person_id=session.admin_id,
        at__gte=session.starts_at,
        at__lte=session.ends_at,
        by__endswith=f"经{session}",
    ).order_by("-at", "-pk")


def support_bar(actor: Actor, at: datetime) -> Bar | None:
    """Return what every page says while a support session lends this actor a role."""
    session = access_queries.support_session_of(actor, at)
    if session is None:
        return None
    until = timezone.localtime(session.ends_at)
    return Bar(
        text=f"支持会话进行中：借用{session.org.name}的{Role(session.role).label}，"
        f"至{until:%H:%M}自动结束，每一步都留痕。",
        end_url=reverse("authority:support_end", args=[session.pk]),
    )


def _short_name(actor: Actor, row: Holding | Invitation) -> str:
    return levels.short_name(actor, row.person, at=row.org, on=timezone.localdate())


def _appointed_by(actor: Actor) -> Q:
    mine = Q(pk__in=[])
    for role in Role:
        for held in access_rules.appointable(by=actor, role=role):
            mine |= Q(role=role.value, org__path__startswith=held.org_path)
    return mine


def _is_held(actor: Actor, roles: set[Role]) -> bool | None:
    if not any(access_rules.appointable(by=actor, role=role) for role in roles):
        return None
    return Holding.objects.filter(_appointed_by(actor), role__in=roles).exists()


def _labels(grants: Sequence[Grant], reach: Reach) -> tuple[str, ...]:
    roles = {grant.role for grant in grants if grant.reach is reach}
    return tuple(role.label for role in Role if role in roles)
