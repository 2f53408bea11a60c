"""What joining tells somebody about their own way into the League."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from qinghe.edges.system import Card, Line
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import FormerStay, LeagueFile, Membership, Person
from qinghe.lib.periods import local_day
from qinghe.systems.joining import models, rules

from .cases import cases_seen_by


def own_cases(actor: Actor) -> QuerySet[models.Case]:
    """Return one's own applications, the newest first."""
    found = models.Case.objects.filter(person_id=actor.person_id)
    return found.select_related("org", "person").prefetch_related("steps", "lessons", "objections")


def own_case(actor: Actor) -> models.Case | None:
    """Return one's newest application."""
    return own_cases(actor).first()


def suits(actor: Actor, at: datetime) -> bool:
    """Test if one is of the age to apply, and no member yet: a hint, the service decides."""
    today, ages = local_day(at), rules.Terms()
    born_after = rules.months_after(today, months=-12 * ages.oldest)
    born_by = rules.months_after(today, months=-12 * ages.youngest)
    member = Membership.objects.filter(person=OuterRef("pk"), ends_on__isnull=True)
    return Person.objects.filter(
        ~Exists(member),
        Q(league_file__isnull=True) | Q(league_file__left_on__isnull=False),
        pk=actor.person_id,
        birth_date__gt=born_after,
        birth_date__lte=born_by,
    ).exists()


def cards_of(actor: Actor, at: datetime) -> tuple[Card, ...]:
    """Return how far one's application has come, for the first page of the phone."""
    case = models.Case.objects.filter(person_id=actor.person_id).first()
    if case is None and not suits(actor, at):
        return ()
    line = Line(pk=0, title=_now(case) if case else "申请入团", url=reverse("joining:own"))
    return (Card(title="入团", lines=(line,)),)


def earlier_of(actor: Actor, case: models.Case) -> str:
    """Tell of an applicant's earlier times in the League, from when to when; how they left is not."""
    left = LeagueFile.objects.filter(person=case.person_id, left_on__isnull=False)
    stays = [
        *FormerStay.objects.filter(person=case.person_id).values_list("joined_on", "left_on"),
        *left.values_list("joined_on", "left_on"),
    ]
    return "；".join(f"{since}至{until}" for since, until in sorted(stays)) or "没有"


def about_person(actor: Actor, person: Person) -> list[Line]:
    """Return a person's applications: all to themself, else what the actor may see (S-07)."""
    seen = own_cases(actor) if actor.person_id == person.pk else cases_seen_by(actor)
    return [
        Line(
            pk=case.pk,
            title=f"入团申请：{case.org.name}",
            cells=(("申请日期", case.opened_on.isoformat()), ("状态", case.get_state_display())),
            url=reverse("joining:own"),
        )
        for case in seen.filter(person=person)
    ]


def _now(case: models.Case) -> str:
    if case.state == models.Case.State.OPEN:
        return f"第{case.step}步：{rules.title_of(case.step)}"
    return case.get_state_display()
