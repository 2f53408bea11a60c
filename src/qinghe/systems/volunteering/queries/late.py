"""Late entries: which an actor sees, which wait for their word, what of a month is left."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import cast

from django.db.models import Count, Model, QuerySet, Sum
from django.urls import reverse

from qinghe.edges.inbox import Item, Step
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

LateEntry = models.LateEntry
LateLine = models.LateLine
LateState = models.LateEntry.State
LateMonth = models.LateMonth


def terms_on(actor: Actor | str, day: date) -> models.HoursTerms:
    """Return the numbers by which hours are entered late and doubted on a day.

    Where none were entered the first ones hold, which are the columns' own defaults.
    """
    entered = models.HoursTerms.objects.filter(starts_on__lte=day).order_by("-starts_on").first()
    return entered or models.HoursTerms(title="默认参数", starts_on=day)


def late_seen_by(actor: Actor) -> QuerySet[models.LateEntry]:
    """Return the late entries of the organisations in sight, newest first."""
    return (
        models.LateEntry.objects.filter(org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("org", "session", "team", "asked_by", "decided_by")
        .annotate(people=Count("lines__volunteer", distinct=True))
        .order_by("-asked_at", "-pk")
    )


def late_waiting_for(actor: Actor) -> QuerySet[models.LateEntry]:
    """Return the late entries that this actor may agree to: never their own, nor of their hours."""
    mine = models.LateLine.objects.filter(volunteer__person=actor.person_id).values("entry")
    return (
        models.LateEntry.objects.filter(
            org__in=actors.orgs_where(actor, Act.APPROVE_LATE), state=LateState.ASKED
        )
        .exclude(asked_by=actor.person_id)
        .exclude(pk__in=mine)
        .select_related("org")
        .order_by("asked_at", "pk")
    )


def late_returned_to(actor: Actor) -> QuerySet[models.LateEntry]:
    """Return an actor's own late entries that were sent back."""
    mine = models.LateEntry.objects.filter(asked_by=actor.person_id, state=LateState.RETURNED)
    return mine.filter(org__in=actors.orgs_where(actor, Act.ENTER_LATE)).select_related("org")


def lines_of(actor: Actor, entry: models.LateEntry) -> QuerySet[models.LateLine]:
    """Return who came and went by a late entry that the actor has found."""
    return entry.lines.select_related("volunteer__person", "volunteer__org", "entry__org")


def sessions_to_enter_late(actor: Actor) -> QuerySet[models.Session]:
    """Return the sessions that this actor may ask to complete."""
    return models.Session.objects.filter(
        org__in=actors.orgs_where(actor, Act.ENTER_LATE), state=models.Session.State.PUBLISHED
    ).select_related("org", "team")


def recorded_at(
    actor: Actor, session: models.Session, volunteers: Collection[int]
) -> frozenset[str]:
    """Return the numbers of those volunteers who have a record at a session already."""
    known = models.Attendance.objects.filter(session=session, volunteer__in=volunteers)
    return frozenset(known.values_list("volunteer__number", flat=True))


def month_used(actor: Actor, org: Org, day: date) -> tuple[int, int]:
    """Return how many minutes of a month an organisation may enter late, and how many it has."""
    month = rules.month_of(day)
    found = models.LateMonth.objects.filter(org=org, month=month).first()
    if found is None:
        return terms_on(actor, day).late_minutes, 0
    return found.allowed, found.used


def late_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show late entries that wait as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"补录 {one.minutes / 60:.1f} 小时：{one.title}",
            org=one.org.name,
            url=reverse("volunteering:late_entry", args=[one.pk]),
            steps=(
                Step("通过", reverse("volunteering:late_approve", args=[one.pk])),
                Step("退回", reverse("volunteering:late_return", args=[one.pk]), post=False),
            ),
        )
        for one in late_waiting_for(actor).filter(pk__in=ids)
    ]


def returned_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show what was sent back to an actor as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"补录被退回：{one.title}",
            org=one.org.name,
            url=reverse("volunteering:late_entry", args=[one.pk]),
        )
        for one in late_returned_to(actor).filter(pk__in=ids)
    ]


def late_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return late entries as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.title,
            cells=(
                ("主办组织", one.org.name),
                ("日期", one.day.isoformat()),
                ("申请分钟", f"{one.minutes}"),
                ("状态", one.get_state_display()),
            ),
            url=reverse("volunteering:late_entry", args=[one.pk]),
        )
        for one in late_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def shares_of(actor: Actor, rows: QuerySet[models.Attendance]) -> dict[str, int]:
    """Return the effective minutes of some attendances by the way they were recorded."""
    counted = rows.filter(state=models.Attendance.State.EFFECTIVE).order_by().values("how")
    return dict(counted.annotate(found=Sum("minutes")).values_list("how", "found"))


def of_team(actor: Actor, team: models.Team) -> QuerySet[models.Attendance]:
    """Return what was served with a team that the actor has found."""
    return models.Attendance.objects.filter(session__team=team)


def may_amend_late(actor: Actor, one: Model) -> bool:
    """Test if an actor may still change the evidence of a late entry: their own, not yet decided."""
    entry = cast(models.LateEntry, one)
    return entry.asked_by_id == actor.person_id and entry.state in ("asked", "returned")
