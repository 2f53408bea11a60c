"""Secondments in an actor's sight, and what of them waits."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import BRANCHES, COUNTED
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership, Person, Post
from qinghe.lib.verdicts import Refused
from qinghe.systems.cadres import models, rules
from qinghe.systems.cadres.access import Act

Secondment = models.Secondment
SecondmentState = models.Secondment.State
SecondmentService = models.Secondment.Service
Grade = models.Secondment.Grade


def secondments_seen_by(actor: Actor) -> QuerySet[Secondment]:
    """Return the secondments from or to organisations at which this actor may look."""
    home = actors.within_reach(actor, Act.SEE, path="home__path")
    host = actors.within_reach(actor, Act.SEE, path="host__path")
    return Secondment.objects.filter(home | host).select_related("person", "home", "host")


def orgs_of_house(actor: Actor) -> QuerySet[Org]:
    """Return every organisation that may send or take a cadre: the other side is out of reach."""
    return Org.objects.filter(closed_on__isnull=True)


def sides_named(actor: Actor, words: str) -> QuerySet[Org]:
    """Return organisations that may send or take a cadre, by a part of the name or the code."""
    named = Q(name__icontains=words) | Q(code__startswith=words.upper())
    taking = orgs_of_house(actor).filter(kind__in=sorted(COUNTED | BRANCHES))
    return taking.filter(named).order_by("path")


def people_numbered(actor: Actor, numbers: Collection[str]) -> dict[str, Person]:
    """Return people by the numbers that a workbook names."""
    return {one.number: one for one in Person.objects.filter(number__in=set(numbers))}


def sides_coded(actor: Actor, codes: Collection[str]) -> dict[str, Org]:
    """Return the organisations by their codes, as far as this actor answers for them."""
    rows = actors.orgs_where(actor, Act.SECOND).filter(code__in=set(codes), closed_on__isnull=True)
    return {one.code: one for one in rows}


def secondments_touching(actor: Actor, org: Org) -> QuerySet[Secondment]:
    """Return the secondments in sight from or to an organisation or below it."""
    touching = Q(home__path__startswith=org.path) | Q(host__path__startswith=org.path)
    return secondments_seen_by(actor).filter(touching)


def check_can_send(actor: Actor, person: Person, *, home: Org, host: Org) -> None:
    """Refuse to send somebody where they cannot go.

    Raises Refused: same_org, not_league, not_of_home, under_way.
    """
    rules.check_places(home=home.pk, host=host.pk)
    rules.check_takes_cadres(kind=host.kind, name=host.name)
    rules.check_stands_at_home(stands=stands_at(actor, person, home), name=home.name)
    same = Secondment.objects.filter(person=person, host=host)
    if same.filter(state__in=models.OPEN_SECONDMENTS).exists():
        raise Refused("under_way", "此人在这个接收单位已有一件在办或在岗，没有重复保存。")


def is_side(actor: Actor, org: Org) -> bool:
    """Test if this actor answers for one side of a secondment."""
    return actors.may(actor, Act.SECOND, at=org)


def stands_at(actor: Actor | str, person: Person, org: Org) -> bool:
    """Test if somebody holds a post, or stands on a roll, at an organisation or below it."""
    here = {"person": person, "org__path__startswith": org.path, "ends_on__isnull": True}
    return Post.objects.filter(**here).exists() or Membership.objects.filter(**here).exists()


def held_post(actor: Actor, person: Person, org: Org, *, on: date) -> bool:
    """Test if somebody held a post at an organisation on a day."""
    there = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    return Post.objects.filter(there, person=person, org=org, starts_on__lte=on).exists()


def secondments_waiting_for(actor: Actor) -> QuerySet[Secondment]:
    """Return the secondments in which this actor has to act: to agree, to begin, to end."""
    home = actors.within_reach(actor, Act.SECOND, path="home__path")
    host = actors.within_reach(actor, Act.SECOND, path="host__path")
    today = timezone.localdate()
    asked = Q(state=SecondmentState.ASKED) & (
        (home & Q(home_on__isnull=True)) | (host & Q(host_on__isnull=True))
    )
    ready = Q(state=SecondmentState.AGREED, starts_on__lte=today) & host
    ends = Q(state=SecondmentState.RUNNING, remind_on__lte=today) & (home | host)
    rows = Secondment.objects.filter(asked | ready | ends)
    return rows.select_related("person", "home", "host")


def secondment_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show secondments as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{short_name_of(actor, one)}：{one.home} → {one.host}，{_what(one)}",
            org=one.host.name,
            url=reverse("cadres:secondment", args=[one.pk]),
        )
        for one in secondments_waiting_for(actor).filter(pk__in=ids)
    ]


def place_of(actor: Actor, one: Secondment) -> Org:
    """Return the side at which this actor may look: the host, where they may look at both."""
    return one.host if actors.may(actor, Act.SEE, at=one.host) else one.home


def short_name_of(actor: Actor, one: Secondment) -> str:
    """Return the name of who is seconded as a list shows it."""
    today = timezone.localdate()
    return levels.short_name(actor, one.person, at=place_of(actor, one), on=today)


def secondment_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return secondments behind a figure as lines, as far as the actor may see them."""
    found = secondments_seen_by(actor).filter(pk__in=ids).order_by("pk")
    return [line_of(actor, one, title=short_name_of(actor, one)) for one in found]


def line_of(actor: Actor, one: Secondment, *, title: str) -> Line:
    """Return one secondment as a line."""
    return Line(
        pk=one.pk,
        title=title,
        cells=(
            ("方式", one.get_service_display()),
            ("派出 → 接收", f"{one.home} → {one.host}"),
            ("期限", f"{one.starts_on.isoformat()}至{one.ends_on.isoformat()}"),
            ("状态", one.get_state_display()),
        ),
        url=reverse("cadres:secondment", args=[one.pk]),
    )


def _what(one: Secondment) -> str:
    if one.state == SecondmentState.ASKED:
        return "请同意或不同意"
    if one.state == SecondmentState.AGREED:
        return "请登记到岗"
    return f"{one.ends_on.isoformat()}期满，请鉴定并结束或延期"
