"""What people look at in the directory. Reads only; every function starts from an actor."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.system import Line
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org, Placement
from qinghe.kernel.people import queries as people
from qinghe.kernel.people.models import Membership, Person, Post
from qinghe.systems.directory.access import Act

MOST_KEYS = 5_000  # keys asked for at once


class OrgState(TextChoices):
    OPEN = "open", "在运行"
    CLOSED = "closed", "已撤销"
    MERGED = "merged", "已并入"


class RollState(TextChoices):
    STILL = "still", "在册"
    ENDED = "ended", "已终止"


class PostState(TextChoices):
    STILL = "still", "在任"
    ENDED = "ended", "已离任"


_STILL_OR_ENDED = Case(
    When(ends_on__isnull=True, then=Value("still")),
    default=Value("ended"),
    output_field=CharField(),
)


@dataclass(frozen=True)
class Touched:
    """How much stands at and below an organisation today."""

    orgs: int
    members: int
    cadres: int


@dataclass(frozen=True)
class Place:
    """What a list needs to know of an organisation it names."""

    org: Org
    allowed: bool


@dataclass(frozen=True)
class Known:
    """What a list needs to know of a person it names."""

    name: str
    birth_date: date | None
    is_member: bool
    left_on: date | None
    posts: frozenset[tuple[int, str]]


def orgs_seen_by(actor: Actor) -> QuerySet[Org]:
    """Return the organisations this actor may see, in the order of the tree."""
    return actors.orgs_where(actor, Act.SEE).select_related("parent").order_by("path")


def orgs_listed_for(actor: Actor) -> QuerySet[Org]:
    """Return the organisations this actor may see, each with its members and what is below it."""
    return orgs_seen_by(actor).annotate(
        state=Case(
            When(successor__isnull=False, then=Value(OrgState.MERGED.value)),
            When(closed_on__isnull=False, then=Value(OrgState.CLOSED.value)),
            default=Value(OrgState.OPEN.value),
            output_field=CharField(),
        ),
        members=_counted(Membership, "org"),
        cadres=_counted(Post, "org"),
        below=Coalesce(
            Subquery(
                Org.objects.filter(parent=OuterRef("pk"), closed_on__isnull=True)
                .order_by()
                .values("parent")
                .annotate(number=Count("pk"))
                .values("number"),
                output_field=IntegerField(),
            ),
            0,
        ),
    )


def children_of(actor: Actor, org: Org) -> QuerySet[Org]:
    """Return what stands right below an organisation today, with counts, the open ones first."""
    return (
        orgs_listed_for(actor)
        .filter(parent=org)
        .order_by(F("closed_on").asc(nulls_first=True), "path")
    )


def orgs_where_may(actor: Actor, act: Act) -> QuerySet[Org]:
    """Return the open organisations at which this actor may do an act."""
    return actors.orgs_where(actor, act).filter(closed_on__isnull=True).order_by("path")


def places_of(actor: Actor, org: Org) -> QuerySet[Placement]:
    """Return where an organisation stood over time, the latest first."""
    seen = Placement.objects.filter(org=org, org__in=actors.orgs_where(actor, Act.SEE))
    return seen.select_related("parent").order_by("-starts_on")


def touched_by(actor: Actor, org: Org) -> Touched:
    """Count what a change of an organisation touches: itself and all that is open below."""
    seen = actors.orgs_where(actor, Act.SEE).filter(path__startswith=org.path)
    memberships = Membership.objects.filter(org__in=seen, ends_on__isnull=True)
    posts = Post.objects.filter(org__in=seen, ends_on__isnull=True)
    return Touched(
        orgs=seen.filter(closed_on__isnull=True).count(),
        members=memberships.values("person").distinct().count(),
        cadres=posts.values("person").distinct().count(),
    )


def members_seen_by(actor: Actor) -> QuerySet[Membership]:
    """Return the memberships this actor may see, the latest first."""
    return (
        Membership.objects.filter(org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("person", "org")
        .annotate(state=_STILL_OR_ENDED)
        .order_by("-starts_on", "pk")
    )


def cadres_seen_by(actor: Actor) -> QuerySet[Post]:
    """Return the posts this actor may see, the latest first."""
    return (
        Post.objects.filter(org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("person", "org")
        .annotate(state=_STILL_OR_ENDED)
        .order_by("-starts_on", "pk")
    )


def places_for(actor: Actor, act: Act, codes: Iterable[str]) -> dict[str, Place]:
    """Return the organisations with these codes, and if the actor may do the act there."""
    found = {}
    for some in _batches(codes):
        for org in Org.objects.filter(code__in=some):
            found[org.code] = Place(org=org, allowed=actors.may(actor, act, at=org))
    return found


def people_for(actor: Actor, numbers: Iterable[str]) -> dict[str, Known]:
    """Return what is known of the persons with these numbers, for one who keeps a roll or posts.

    Nothing for others: the numbers are personal data.
    """
    if not any(actors.may_anywhere(actor, act) for act in (Act.KEEP_ROLL, Act.APPOINT)):
        return {}
    found: dict[str, Known] = {}
    for some in _batches(numbers):
        rows = Person.everybody.filter(number__in=some).select_related("merged_into")
        persons = {row.number: row.merged_into or row for row in rows}
        ids = [person.pk for person in persons.values()]
        on_roll = set(
            Membership.objects.filter(person__in=ids, ends_on__isnull=True).values_list(
                "person_id", flat=True
            )
        )
        left = people.left_on(ids)
        posts: dict[int, set[tuple[int, str]]] = {}
        held = Post.objects.filter(person__in=ids, ends_on__isnull=True)
        for person_id, org_id, title in held.values_list("person_id", "org_id", "title"):
            posts.setdefault(person_id, set()).add((org_id, title))
        for number, person in persons.items():
            found[number] = Known(
                name=person.name,
                birth_date=person.birth_date,
                is_member=person.pk in on_roll,
                left_on=left.get(person.pk),
                posts=frozenset(posts.get(person.pk, ())),
            )
    return found


def org_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return organisations behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=org.pk,
            title=org.name,
            cells=(
                ("代码", org.code),
                ("类型", org.get_kind_display()),
                ("上级", org.parent.name if org.parent else ""),
                ("成立日期", org.opened_on.isoformat()),
                ("撤销日期", org.closed_on.isoformat() if org.closed_on else ""),
            ),
            url=reverse("directory:org", args=[org.pk]),
        )
        for org in orgs_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def member_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return memberships behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=membership.pk,
            title=levels.short_name(
                actor, membership.person, at=membership.org, on=timezone.localdate()
            ),
            cells=(
                ("所在组织", membership.org.name),
                ("入册日期", membership.starts_on.isoformat()),
                ("终止日期", membership.ends_on.isoformat() if membership.ends_on else ""),
            ),
            url=reverse("directory:member", args=[membership.pk]),
        )
        for membership in members_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def cadre_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return posts behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=post.pk,
            title=levels.short_name(actor, post.person, at=post.org, on=timezone.localdate()),
            cells=(
                ("组织", post.org.name),
                ("职务", post.title),
                ("任职性质", post.get_service_display()),
                ("任职日期", post.starts_on.isoformat()),
            ),
            url=reverse("directory:cadre", args=[post.pk]),
        )
        for post in cadres_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def about_person(actor: Actor, person: Person) -> list[Line]:
    """Return what the directory knows of a person, as far as the actor may see it."""
    memberships = members_seen_by(actor).filter(person=person).values_list("pk", flat=True)
    posts = cadres_seen_by(actor).filter(person=person).values_list("pk", flat=True)
    return [*member_lines(actor, list(memberships)), *cadre_lines(actor, list(posts))]


def _counted(model: type[Membership] | type[Post], field: str) -> Coalesce:
    """Count the open records of each organisation without joining them to its row."""
    rows = model._default_manager.filter(**{field: OuterRef("pk")}, ends_on__isnull=True)
    numbers = rows.order_by().values(field).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(numbers, output_field=IntegerField()), 0)


def _batches(keys: Iterable[str]) -> Iterator[list[str]]:
    remaining = iter(sorted(set(keys)))
    while some := list(islice(remaining, MOST_KEYS)):
        yield some
