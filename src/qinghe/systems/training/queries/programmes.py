"""Programmes, courses and lecturers in an actor's sight."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Avg, Count, Exists, Q, QuerySet
from django.urls import reverse

from qinghe.edges.system import Line
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import queries as people
from qinghe.kernel.people.models import Person
from qinghe.systems.training import models
from qinghe.systems.training.access import Act

Course = models.Course  # named here for the edges, which do not import models
Lecturer = models.Lecturer
Programme = models.Programme
ProgrammeKind = models.Programme.Kind


def orgs_for(actor: Actor, act: Act) -> QuerySet[Org]:
    """Return the open organisations in which this actor may do an act, for a form to offer."""
    return actors.orgs_where(actor, act).filter(closed_on__isnull=True)


def programmes_seen_by(actor: Actor) -> QuerySet[models.Programme]:
    """Return the programmes of the actor's organisations, and those of the ones above them."""
    open_to_me = Exists(actors.reached(actor, Act.SEE, under="org__path"))
    return models.Programme.objects.filter(open_to_me).select_related("org")


def teams_to_book(actor: Actor) -> QuerySet[models.Programme]:
    """Return the teams that an organisation of the actor's may ask for a lecture."""
    open_to_me = Exists(actors.reached(actor, Act.BOOK, under="org__path"))
    teams = models.Programme.objects.filter(kind=ProgrammeKind.TEAM, ended_on__isnull=True)
    return teams.filter(open_to_me).select_related("org")


def teams_kept_by(actor: Actor) -> QuerySet[models.Programme]:
    """Return the teams whose lecturers this actor keeps."""
    teams = models.Programme.objects.filter(kind=ProgrammeKind.TEAM, ended_on__isnull=True)
    return teams.filter(org__in=actors.orgs_where(actor, Act.SEND)).select_related("org")


def courses_to_hold(actor: Actor) -> QuerySet[models.Course]:
    """Return the courses of which this actor may hold a class."""
    open_to_me = Exists(actors.reached(actor, Act.RUN, under="programme__org__path"))
    courses = models.Course.objects.filter(open_to_me, programme__ended_on__isnull=True)
    return courses.select_related("programme__org")


def courses_of(actor: Actor, programme: models.Programme) -> QuerySet[models.Course]:
    """Return the courses of a programme."""
    return programme.courses.annotate(held=Count("classes", filter=Q(classes__state="held")))


def lecturers_seen_by(actor: Actor) -> QuerySet[models.Lecturer]:
    """Return the lecturers of the teams where this actor may look, with what they have given."""
    held = Q(lectures__state=models.Lecture.State.HELD)
    return (
        models.Lecturer.objects.filter(team__org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("team__org", "person")
        .annotate(given=Count("lectures", filter=held), stars=Avg("lectures__stars"))
    )


def lecturers_of(actor: Actor, team: models.Programme) -> QuerySet[models.Lecturer]:
    """Return the lecturers of one team, as far as this actor may look."""
    return lecturers_seen_by(actor).filter(team=team)


def lecturers_to_choose(actor: Actor) -> QuerySet[models.Lecturer]:
    """Return the lecturers whom a class or session of this actor may name: of teams at or above."""
    open_to_me = Exists(actors.reached(actor, Act.RUN, under="team__org__path"))
    found = models.Lecturer.objects.filter(open_to_me, left_on__isnull=True)
    return found.select_related("team__org", "person")


def name_of(actor: Actor, lecturer: models.Lecturer | None, *, on: date) -> str:
    """Return a lecturer's name as this actor may see it in a list; nothing for nobody."""
    if lecturer is None:
        return ""
    if lecturer.person is None:
        return lecturer.name
    return levels.short_name(actor, lecturer.person, at=lecturer.team.org, on=on)


def full_name_of(actor: Actor, lecturer: models.Lecturer, *, on: date) -> str:
    """Return a lecturer's name as their own record shows it."""
    if lecturer.person is None:
        return lecturer.name
    return levels.full_name(actor, lecturer.person, at=lecturer.team.org, on=on)


def person_by_number(actor: Actor, number: str) -> Person | None:
    """Return the person with a number, for a form in which it was typed."""
    return people.by_number(number)


def team_keys(actor: Actor) -> dict[str, int]:
    """Return the keys by code of the teams whose lecturers this actor keeps."""
    return dict(teams_kept_by(actor).values_list("code", "pk"))


def people_numbered(actor: Actor, numbers: Collection[str]) -> dict[str, int]:
    """Return the keys of persons by number, for a file in which the numbers stand."""
    return dict(Person.objects.filter(number__in=numbers).values_list("number", "pk"))


def in_their_teams(actor: Actor) -> set[tuple[int, int | None, str]]:
    """Return who is in the teams that this actor keeps: team, person, guest's name."""
    there = models.Lecturer.objects.filter(team__in=teams_kept_by(actor), left_on__isnull=True)
    return set(there.values_list("team_id", "person_id", "name"))


def lecturer_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return lecturers behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=name_of(actor, one, on=one.joined_on),
            cells=(("讲师队", one.team.title), ("入队日期", one.joined_on.isoformat())),
            url=reverse("training:lecturer", args=[one.pk]),
        )
        for one in lecturers_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]
