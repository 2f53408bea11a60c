"""Cases, what is on record of them, and how far each has come."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.system import Line
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import queries as people
from qinghe.kernel.people.models import Person
from qinghe.systems.joining import models, rules
from qinghe.systems.joining.access import Act
from qinghe.systems.joining.rules.gates import TAKES

from .terms import rules_of, terms_of

Case = models.Case
CaseState = models.Case.State
Lesson = models.Lesson
Objection = models.Objection
Step = models.Step
Way = models.Way


def orgs_seen_by(actor: Actor) -> QuerySet[Org]:
    """Return the open organisations in which this actor may see records, in the tree's order."""
    return actors.orgs_where(actor, Act.SEE).filter(closed_on__isnull=True).order_by("path")


def orgs_to_run(actor: Actor) -> QuerySet[Org]:
    """Return the branches whose steps this actor takes."""
    found = actors.orgs_where(actor, Act.RUN)
    return found.filter(closed_on__isnull=True, kind__in=TAKES).order_by("path")


def orgs_to_join(actor: Actor) -> QuerySet[Org]:
    """Return the branches to which anybody may apply."""
    return Org.objects.filter(closed_on__isnull=True, kind__in=TAKES)


def cases_seen_by(actor: Actor) -> QuerySet[models.Case]:
    """Return the applications at branches where this actor may look, the newest first."""
    return models.Case.objects.filter(actors.within_reach(actor, Act.SEE)).select_related(
        "org__parent", "person"
    )


def lessons_seen_by(actor: Actor) -> QuerySet[models.Lesson]:
    """Return the lessons of the applicants whom this actor may see."""
    seen = actors.within_reach(actor, Act.SEE, path="case__org__path")
    return models.Lesson.objects.filter(seen).select_related("case__org", "case__person")


def objections_seen_by(actor: Actor) -> QuerySet[models.Objection]:
    """Return the objections to the applicants whom this actor may see."""
    seen = actors.within_reach(actor, Act.SEE, path="case__org__path")
    return models.Objection.objects.filter(seen).select_related("case__org", "case__person")


def to_be_filed(actor: Actor) -> QuerySet[models.Case]:
    """Return who was admitted and is not on the county committee's record yet (step 12)."""
    found = models.Case.objects.filter(
        actors.within_reach(actor, Act.FILE), joined_on__isnull=False, filed_on__isnull=True
    )
    return found.select_related("org", "person").order_by("joined_on", "pk")


def members_of(actor: Actor, case: models.Case) -> QuerySet[Person]:
    """Return the full members who may answer for an applicant: on the branch's roll or above it."""
    orgs = [case.org_id, *([case.org.parent_id] if case.org.parent_id else [])]
    found = Person.objects.filter(
        memberships__org__in=orgs,
        memberships__ends_on__isnull=True,
        league_file__left_on__isnull=True,
    )
    return found.exclude(pk=case.person_id).order_by("name", "number")


def person_numbered(actor: Actor, number: str) -> Person | None:
    """Return the person with this number."""
    return people.by_number(number.strip())


def standing_of(actor: Actor, case: models.Case) -> rules.Standing:
    """Return how far a case has come; whoever may see it has prefetched what it asks for."""
    steps = {step.number: step for step in case.steps.all()}
    lessons = [one for one in case.lessons.all() if one.struck_at is None]
    notice = steps.get(8)
    objections = list(case.objections.all()) if notice and notice.on else []
    return rules.Standing(
        step=case.step,
        state=case.state,
        awaits=case.awaits,
        days={number: one.done_on for number, one in steps.items() if one.done_on},
        until=notice.posted_until if notice else None,
        quarters=sum(one.quarters for one in lessons),
        last_lesson=max((one.on for one in lessons), default=None),
        unanswered=sum(one.answered_on is None for one in objections),
        upheld=sum(one.upheld for one in objections),
        is_filed=case.filed_on is not None,
    )


def track_of(actor: Actor, case: models.Case, *, on: date) -> list[rules.Mark]:
    """Return the fifteen steps of a case, with what each says and what the next one lacks."""
    standing = standing_of(actor, case)
    terms = rules_of(actor, terms_of(actor, case))
    is_going = case.state == CaseState.OPEN
    now = rules.Now(
        step=case.step,
        is_going=is_going,
        who=case.get_awaits_display(),
        due_on=case.due_on,
        lacking=rules.why_not_yet(standing, on=on, terms=terms) if is_going else (),
    )
    told = {step.number: _told(step) for step in case.steps.all()}
    return rules.track_of(now, days=standing.days, told=told, today=on)


def case_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return cases behind a figure as lines, as far as the actor may see them."""
    return [_line(actor, case) for case in cases_seen_by(actor).filter(pk__in=ids).order_by("pk")]


def step_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return steps behind a figure as lines, as far as the actor may see them."""
    seen = actors.within_reach(actor, Act.SEE, path="case__org__path")
    found = models.Step.objects.filter(seen, pk__in=ids).select_related("case__org", "case__person")
    return [
        _line(actor, step.case, pk=step.pk, more=(("步骤", rules.title_of(step.number)),))
        for step in found.order_by("pk")
    ]


def lesson_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return lessons behind a figure as lines, as far as the actor may see them."""
    return [
        _line(actor, one.case, pk=one.pk, more=(("团课", one.title), ("日期", one.on.isoformat())))
        for one in lessons_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def _line(
    actor: Actor,
    case: models.Case,
    *,
    pk: int | None = None,
    more: tuple[tuple[str, str], ...] = (),
) -> Line:
    name = levels.short_name(actor, case.person, at=case.org, on=timezone.localdate())
    return Line(
        pk=pk or case.pk,
        title=name,
        cells=(
            ("团支部", case.org.name),
            ("申请日期", case.opened_on.isoformat()),
            ("状态", case.get_state_display()),
            *more,
        ),
        url=reverse("joining:case", args=[case.pk]),
    )


def _told(step: models.Step) -> str:
    """Return what is on record of a step, in a few words."""
    parts = [step.get_way_display() if step.way else ""]
    if step.posted_until:
        parts.append(f"公示到{step.posted_until}")
    if step.opinion_on:
        parts.append(f"介绍人意见{step.opinion_on}")
    if step.hours is not None:
        parts.append(f"志愿服务{step.hours}小时")
    return "；".join(part for part in [*parts, step.words] if part)
