"""Who stood on which roll on which day."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.system import Line
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import FormerStay, LeagueFile, Membership, Person
from qinghe.systems.rolls.access import Act

NUMBER = "people.LeagueFile.number"


def members_seen_by(actor: Actor) -> QuerySet[Membership]:
    """Return the places on rolls that this actor may see, with persons and files, the latest first."""
    return (
        Membership.objects.filter(actors.within_reach(actor, Act.SEE))
        .select_related("person__league_file", "org")
        .order_by("-starts_on", "-pk")
    )


def holding(actor: Actor, day: date) -> Q:
    """Tell of each place on a roll if it held on a day; on the day of its end it no longer does."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))


def on_the_roll(actor: Actor, day: date) -> QuerySet[Membership]:
    """Return the places on rolls that held on a day."""
    return members_seen_by(actor).filter(holding(actor, day))


def orgs_where_may(actor: Actor, act: Act) -> QuerySet[Org]:
    """Return the open organisations at which this actor may do an act."""
    return actors.orgs_where(actor, act).filter(closed_on__isnull=True).order_by("path")


def file_of(actor: Actor, person: Person) -> LeagueFile | None:
    """Return the file of a person whom the actor found on a roll in sight."""
    return LeagueFile.objects.filter(person=person).first()


def readable_file(actor: Actor, member: Membership) -> LeagueFile | None:
    """Return a member's file to whom its level allows: of a minor, only to who keeps the roll."""
    return file_of(actor, member.person) if _may_read(actor, member) else None


def former_stays_of(actor: Actor, member: Membership) -> list[FormerStay]:
    """Return a member's times in the League before the present one, to whom the file's level allows."""
    if not _may_read(actor, member):
        return []
    return list(FormerStay.objects.filter(person=member.person).order_by("joined_on"))


def _may_read(actor: Actor, member: Membership) -> bool:
    today = timezone.localdate()
    return levels.may_see_of(actor, NUMBER, of=member.person, at=member.org, on=today)


def present_in_sight(actor: Actor, person: Person) -> bool:
    """Test if the latest roll that a person stood on is in the actor's sight."""
    last = Membership.objects.filter(person=person).select_related("org")
    latest = last.order_by("-starts_on", "-pk").first()
    return latest is not None and actors.may(actor, Act.SEE, at=latest.org)


def chain_of(actor: Actor, person: Person) -> QuerySet[Membership]:
    """Return where a person stood over time: all of it to their present roll, else what is in sight.

    The file goes along with the member (T-65): who keeps the roll reads the whole way.
    """
    rows = Membership.objects.filter(person=person).select_related("org")
    if not present_in_sight(actor, person):
        rows = rows.filter(actors.within_reach(actor, Act.SEE))
    return rows.order_by("starts_on", "pk")


def name_of(actor: Actor, person: Person, *, at: Org) -> str:
    """Return a name as a list shows it."""
    return levels.short_name(actor, person, at=at, on=timezone.localdate())


def member_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return places on rolls behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=name_of(actor, one.person, at=one.org),
            cells=(
                ("所在团组织", one.org.name),
                ("入册日期", one.starts_on.isoformat()),
                ("终止日期", one.ends_on.isoformat() if one.ends_on else ""),
            ),
            url=reverse("rolls:member", args=[one.pk]),
        )
        for one in members_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]
