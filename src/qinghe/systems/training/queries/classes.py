"""Classes, who signed up, certificates; what waits for a roll call."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import TZ
from qinghe.systems.training import models
from qinghe.systems.training.access import Act

Class = models.Class
ClassState = models.Class.State
Completion = models.Completion
Enrolment = models.Enrolment
EnrolmentState = models.Enrolment.State
Result = models.Enrolment.Result


def classes_seen_by(actor: Actor) -> QuerySet[models.Class]:
    """Return the classes held where this actor may look, the latest first."""
    there = Q(enrolments__state=EnrolmentState.ATTENDED)
    passed = Q(enrolments__result=Result.PASSED)
    return (
        models.Class.objects.filter(org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("org", "course__programme__org", "lecturer__person", "lecturer__team__org")
        .annotate(
            attended=Count("enrolments", filter=there), passed=Count("enrolments", filter=passed)
        )
    )


def enrolments_seen_by(actor: Actor) -> QuerySet[models.Enrolment]:
    """Return who signed up for the classes where this actor may look."""
    seen = actors.orgs_where(actor, Act.SEE)
    found = models.Enrolment.objects.filter(training_class__org__in=seen)
    return found.select_related("training_class__org", "person", "completion")


def enrolments_of(actor: Actor, training_class: models.Class) -> QuerySet[models.Enrolment]:
    """Return who signed up for one class, as far as this actor may look."""
    return enrolments_seen_by(actor).filter(training_class=training_class)


def roll_of(actor: Actor, training_class: models.Class) -> list[models.Enrolment]:
    """Return who holds a place in a class."""
    standing = enrolments_of(actor, training_class).exclude(state=EnrolmentState.CANCELLED)
    return list(standing.order_by("pk"))


def completions_seen_by(actor: Actor) -> QuerySet[models.Completion]:
    """Return the certificates of the classes where this actor may look."""
    seen = actors.orgs_where(actor, Act.SEE)
    return _completions().filter(enrolment__training_class__org__in=seen)


def own_completions(actor: Actor) -> QuerySet[models.Completion]:
    """Return one's own certificates, and those of one's children."""
    mine = Q(enrolment__person_id=actor.person_id)
    mine |= Q(enrolment__person__guardianship__guardian_id=actor.person_id)
    return _completions().filter(mine)


def completion_with(actor: Actor, number: str, code: str) -> models.Completion | None:
    """Return the certificate with this number and code, for anybody who holds the paper."""
    found = models.Completion.objects.filter(number=number, check_code=code)
    return found.select_related(
        "enrolment__person", "enrolment__training_class__course", "enrolment__training_class__org"
    ).first()


def times_of(actor: Actor, training_class: models.Class) -> str:
    """Return when a class is, in words."""
    begins = training_class.starts_at.astimezone(TZ)
    ends = training_class.ends_at.astimezone(TZ)
    last = f"{ends:%H:%M}" if begins.date() == ends.date() else f"{ends:%Y-%m-%d %H:%M}"
    return f"{begins:%Y-%m-%d %H:%M}–{last}"


def classes_waiting_for(actor: Actor) -> QuerySet[models.Class]:
    """Return the classes that are over and of which this actor can call the roll."""
    found = models.Class.objects.filter(
        org__in=actors.orgs_where(actor, Act.ENROL),
        state=ClassState.PLANNED,
        ends_at__lt=timezone.now(),
    )
    return found.select_related("org")


def class_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show classes without a roll call as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.title}（{one.day.isoformat()}）还没有点名",
            org=one.org.name,
            url=reverse("training:class_roll", args=[one.pk]),
        )
        for one in classes_waiting_for(actor).filter(pk__in=ids)
    ]


def class_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return classes behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.title,
            cells=(
                ("课程", one.course.title),
                ("主办单位", one.org.name),
                ("日期", one.day.isoformat()),
                ("到课", str(one.attended)),  # type: ignore[attr-defined]
            ),
            url=reverse("training:class", args=[one.pk]),
        )
        for one in classes_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def enrolment_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return who came to classes as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=levels.short_name(
                actor, one.person, at=one.training_class.org, on=one.training_class.day
            ),
            cells=(
                ("班次", one.training_class.title),
                ("日期", one.training_class.day.isoformat()),
                ("结果", one.get_result_display()),
            ),
            url=reverse("training:class", args=[one.training_class_id]),
        )
        for one in enrolments_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def completion_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return certificates behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.number,
            cells=(("班次", one.enrolment.training_class.title),),
            url=reverse("training:class", args=[one.enrolment.training_class_id]),
        )
        for one in completions_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def is_over(actor: Actor, training_class: models.Class, *, at: datetime) -> bool:
    """Test if a class has begun, so that its roll can be called."""
    return training_class.starts_at <= at


def _completions() -> QuerySet[models.Completion]:
    return models.Completion.objects.select_related(
        "enrolment__person",
        "enrolment__training_class__org",
        "enrolment__training_class__course__programme",
    )
