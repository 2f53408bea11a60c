from collections.abc import Iterable, Sequence

from django.db.models import Model, QuerySet
from django.urls import reverse

from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.files.models import Attachment
from qinghe.systems.inspections import models
from qinghe.systems.inspections.access import Act
from qinghe.systems.inspections.models.visits import VERDICTS

Answer = models.Answer
Visit = models.Visit
VisitState = models.Visit.State
VERDICT_WORDS = dict(VERDICTS)


def visits_seen_by(actor: Actor) -> QuerySet[Visit]:
    """Return the visits handed in where this actor may look, the newest first."""
    handed_in = Visit.objects.filter(state__in=[VisitState.SUBMITTED, VisitState.VOID])
    return handed_in.filter(actors.within_reach(actor, Act.SEE)).select_related(
        "org", "point", "checklist", "inspector"
    )


def own_visits(actor: Actor) -> QuerySet[Visit]:
    """Return this actor's own visits at the points they may inspect, drafts too."""
    own = Visit.objects.filter(inspector=actor.person_id).exclude(state=VisitState.DROPPED)
    return own.filter(actors.within_reach(actor, Act.INSPECT)).select_related(
        "org", "point", "checklist"
    )


def own_answers(actor: Actor) -> QuerySet[Answer]:
    """Return the answers of this actor's own drafts."""
    drafts = own_visits(actor).filter(state=VisitState.DRAFT)
    return Answer.objects.filter(visit__in=drafts).select_related("visit__org", "item")


def answers_seen_by(actor: Actor) -> QuerySet[Answer]:
    """Return the answers of the visits in sight and of one's own drafts, whose photos may be had."""
    seen = Answer.objects.filter(visit__in=visits_seen_by(actor).values("pk"))
    return seen | Answer.objects.filter(visit__in=own_visits(actor).values("pk"))


def answers_of(actor: Actor, visit: Visit) -> list[Answer]:
    """Return what a visit says of each item, with its photos beside it, in three questions."""
    answers = list(visit.answers.select_related("item", "finding"))
    beside = files_of(actor, Answer, [one.pk for one in answers])
    for one in answers:
        one.photos = beside.get(one.pk, [])  # type: ignore[attr-defined]
    return answers


def files_of(
    actor: Actor, model: type[Model], keys: Iterable[int]
) -> dict[int, list[tuple[str, str]]]:
    """Return the files of some records that are in sight already: name and address of each."""
    kept = Attachment.objects.filter(
        subject_kind=model._meta.label, subject_id__in=list(keys), removed_at__isnull=True
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for one in kept.order_by("pk"):
        url = reverse("web:attachment", args=[one.pk])
        found.setdefault(one.subject_id, []).append((one.name, url))
    return found


def visit_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return visits behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.point.name,
            cells=(
                ("责任单位", one.org.name),
                ("巡查日期", one.day.isoformat()),
                ("结论", "达标" if one.passed else "不达标"),
            ),
            url=reverse("inspections:visit", args=[one.pk]),
        )
        for one in visits_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]
