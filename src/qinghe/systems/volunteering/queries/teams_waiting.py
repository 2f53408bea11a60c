"""What of teams waits for an actor."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.inbox import Item, Step
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

from .names import name_in_line
from .own_teams import ready_for_review
from .teams import (
    ConfirmationState,
    HeadChangeState,
    MemberState,
    confirming,
    owing,
    reviewed_by,
    team_objections_seen_by,
)
from .training import heads_lacking

State = models.Team.State


def teams_waiting_for(actor: Actor) -> QuerySet[models.Team]:
    """Return the applications of teams that this actor may decide on: those of hosts below.

    One whose founders have yet to say yes waits for them, not for its review.
    """
    applied = models.Team.objects.filter(reviewed_by(actor), state=State.APPLIED)
    waiting = ready_for_review(actor, applied)
    return waiting.exclude(pk__in=_own(actor)).select_related("org")


def noticed_waiting_for(actor: Actor) -> QuerySet[models.Team]:
    """Return the teams whose notice is over and that this actor may let stand."""
    over = models.Team.objects.filter(
        reviewed_by(actor), state=State.NOTICED, notice_until__lt=timezone.localdate()
    )
    held = models.TeamObjection.objects.filter(team=OuterRef("pk"), state="open")
    return over.filter(~Exists(held)).exclude(pk__in=_own(actor)).select_related("org")


def team_objections_waiting_for(actor: Actor) -> QuerySet[models.TeamObjection]:
    """Return the objections to teams that this actor may look into."""
    return team_objections_seen_by(actor).filter(state="open").exclude(person=actor.person_id)


def joins_waiting_for(actor: Actor) -> QuerySet[models.TeamMember]:
    """Return who asks to be let into the teams that this actor keeps."""
    kept = actors.orgs_where(actor, Act.KEEP_TEAM)
    return (
        models.TeamMember.objects.filter(state=MemberState.ASKED, team__org__in=kept)
        .exclude(volunteer__person=actor.person_id)
        .select_related("team__org", "volunteer__person")
    )


def invitations_waiting_for(actor: Actor) -> QuerySet[models.TeamMember]:
    """Return the invitations that a volunteer has yet to answer."""
    return models.TeamMember.objects.filter(
        state=MemberState.INVITED, volunteer__person=actor.person_id
    ).select_related("team__org")


def heads_waiting_for(actor: Actor) -> QuerySet[models.HeadChange]:
    """Return the changes of head that this actor may decide on; never what they asked or their own."""
    return (
        models.HeadChange.objects.filter(
            state=HeadChangeState.APPLIED,
            team__state=State.APPROVED,
            team__org__in=actors.orgs_where(actor, Act.APPROVE_TEAM),
        )
        .exclude(applied_by=actor.person_id)
        .exclude(volunteer__person=actor.person_id)
        .select_related("team__org", "volunteer__person")
    )


def confirmations_waiting_for(actor: Actor) -> QuerySet[models.TeamConfirmation]:
    """Return the yearly confirmations that this actor may accept."""
    return (
        models.TeamConfirmation.objects.filter(
            state=ConfirmationState.SUBMITTED,
            team__org__in=actors.orgs_where(actor, Act.APPROVE_TEAM),
        )
        .exclude(submitted_by=actor.person_id)
        .exclude(head__person=actor.person_id)
        .select_related("team__org")
    )


def unconfirmed_waiting_for(actor: Actor) -> QuerySet[models.Team]:
    """Return the teams of this actor's own organisations that owe a confirmation today.

    Those above see them in the ledger of teams: a thousand reminders would remind nobody.
    """
    span = confirming(actor, timezone.localdate())
    own = {held.org_path for held in actor.holdings}
    kept = models.Team.objects.filter(
        org__in=actors.orgs_where(actor, Act.KEEP_TEAM), org__path__in=own
    )
    late = owing(actor, kept, year=span.due).values("pk")
    asked = owing(actor, kept, year=span.asked).values("pk")
    return kept.filter(Q(pk__in=late) | Q(pk__in=asked)).select_related("org")


def heads_lacking_for(actor: Actor) -> QuerySet[models.TeamPost]:
    """Return the heads that lack 学时 and whom this actor may train."""
    return heads_lacking(actor, timezone.localdate())


def _own(actor: Actor) -> QuerySet[models.Team]:
    asked = models.HeadChange.objects.filter(volunteer__person=actor.person_id, state="applied")
    return models.Team.objects.filter(pk__in=asked.values("team"))


def team_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show applications of teams as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"申请成立队伍：{one.name}",
            org=one.org.name,
            url=reverse("volunteering:team", args=[one.pk]),
            steps=(
                Step("通过", reverse("volunteering:team_approve", args=[one.pk])),
                Step("不通过", reverse("volunteering:team_refuse", args=[one.pk]), post=False),
            ),
        )
        for one in teams_waiting_for(actor).filter(pk__in=ids)
    ]


def noticed_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show teams whose notice is over as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"公示期满：{one.name}",
            org=one.org.name,
            url=reverse("volunteering:team", args=[one.pk]),
            steps=(Step("准予成立", reverse("volunteering:team_stand", args=[one.pk])),),
        )
        for one in noticed_waiting_for(actor).filter(pk__in=ids)
    ]


def team_objection_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show objections to teams as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"对{one.team.name}成立公示的异议",
            org=one.team.org.name,
            url=reverse("volunteering:team_objection", args=[one.pk]),
        )
        for one in team_objections_waiting_for(actor).filter(pk__in=ids)
    ]


def join_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show who asks to join as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{name_in_line(actor, one.volunteer.person, at=one.team.org)} 申请加入{one.team.name}",
            org=one.team.org.name,
            url=reverse("volunteering:team_members", args=[one.team_id]),
            steps=(
                Step("同意", reverse("volunteering:member_let_in", args=[one.pk])),
                Step("不同意", reverse("volunteering:member_turn_away", args=[one.pk]), post=False),
            ),
        )
        for one in joins_waiting_for(actor).filter(pk__in=ids)
    ]


def invitation_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show invitations as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=(
                f"{one.team.name}邀请您加入"
                if one.team.state == State.APPROVED
                else f"邀请您发起{one.team.name}"
            ),
            org=one.team.org.name,
            url=reverse("volunteering:own_teams"),
            steps=(
                Step("接受", reverse("volunteering:own_team_accept", args=[one.pk])),
                Step("谢绝", reverse("volunteering:own_team_decline", args=[one.pk])),
            ),
        )
        for one in invitations_waiting_for(actor).filter(pk__in=ids)
    ]


def head_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show changes of head as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=(
                f"{one.team.name}负责人拟变更为"
                f"{name_in_line(actor, one.volunteer.person, at=one.team.org)}"
            ),
            org=one.team.org.name,
            url=reverse("volunteering:team", args=[one.team_id]),
            steps=(
                Step("同意", reverse("volunteering:head_approve", args=[one.pk])),
                Step("不同意", reverse("volunteering:head_refuse", args=[one.pk]), post=False),
            ),
        )
        for one in heads_waiting_for(actor).filter(pk__in=ids)
    ]


def confirmation_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show yearly confirmations as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.team.name} {one.year}年度确认：成员{one.members}人、活动{one.sessions}场",
            org=one.team.org.name,
            url=reverse("volunteering:team", args=[one.team_id]),
            steps=(
                Step("确认", reverse("volunteering:confirmation_accept", args=[one.pk])),
                Step(
                    "退回",
                    reverse("volunteering:confirmation_return", args=[one.pk]),
                    post=False,
                ),
            ),
        )
        for one in confirmations_waiting_for(actor).filter(pk__in=ids)
    ]


def unconfirmed_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show teams that owe a confirmation as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.name} 尚未办理年度确认",
            org=one.org.name,
            url=reverse("volunteering:team", args=[one.pk]),
            steps=(
                Step("办理确认", reverse("volunteering:team_confirm", args=[one.pk]), post=False),
            ),
        )
        for one in unconfirmed_waiting_for(actor).filter(pk__in=ids)
    ]


def lacking_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show heads that lack 学时 as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=(
                f"{name_in_line(actor, one.volunteer.person, at=one.team.org)}（{one.team.name}负责人）"
                f"头雁学时 {rules.credit_hours(one.earned)}"  # type: ignore[attr-defined]
            ),
            org=one.team.org.name,
            url=reverse("volunteering:heads_lacking"),
        )
        for one in heads_lacking_for(actor).filter(pk__in=ids)
    ]
