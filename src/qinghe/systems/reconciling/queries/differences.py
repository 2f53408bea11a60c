"""Differences: which an actor sees, whose a line could be, what is counted of them."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.system import Line
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Membership
from qinghe.systems.reconciling import models, rules
from qinghe.systems.reconciling.access import Act

Answer = models.Difference.Answer
Difference = models.Difference
DifferenceField = Difference.Field
DifferenceKind = Difference.Kind
DifferenceState = Difference.State
Recurs = Difference.Recurs


def differences_seen_by(actor: Actor) -> QuerySet[models.Difference]:
    """Return the differences of finished runs for the organisations in the actor's sight."""
    return (
        Difference.objects.filter(
            actors.within_reach(actor, Act.SEE), run__state=models.Run.State.DONE
        )
        .select_related("org", "person", "run__org", "run__source", "answered_by", "decided_by")
        .order_by("org__path", "kind", "line", "pk")
    )


def may_answer(actor: Actor, found: models.Difference) -> bool:
    """Test if an actor may answer: at their own branch, or for one below that they decide about."""
    return any(actors.may(actor, act, at=found.org) for act in (Act.ANSWER, Act.DECIDE))


def row_of(actor: Actor, found: models.Difference) -> models.RunRow | None:
    """Return the line that a difference in sight comes from, while it is kept."""
    rows = models.RunRow.objects.select_related("run__org", "org", "named", "person")
    return rows.filter(run=found.run, line=found.line).first() if found.line else None


def roll_below(actor: Actor, found: models.Difference) -> QuerySet[Membership]:
    """Return who is on the rolls among which a difference's line was sought."""
    today = timezone.localdate()
    return Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=today),
        org__path__startswith=found.run.org.path,
        starts_on__lte=today,
    ).select_related("person__league_file", "org")


def candidates_of(actor: Actor, found: models.Difference) -> dict[Membership, str]:
    """Return who a line could be, each as a list shows them: name, number, branch."""
    today = timezone.localdate()
    return {
        one: "　".join([
            levels.short_name(actor, one.person, at=one.org, on=today),
            one.person.number,
            one.org.name,
        ])
        for one in roll_below(actor, found).filter(person__in=found.candidates).order_by("pk")
    }  # fmt: skip


def follows(actor: Actor, found: models.Difference, answer: str) -> str:
    """Say what has to be done once an answer is confirmed."""
    return rules.what_follows(kind=found.kind, field=found.field, answer=answer, ours=found.ours)


def difference_records(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return differences as lines behind a figure, naming nobody."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.org.name}：{one.get_kind_display()}{one.get_field_display()}",
            cells=(
                ("来源", one.run.source.name),
                ("状态", one.get_state_display()),
                ("答复", one.get_answer_display()),
            ),
            url=reverse("reconciling:difference", args=[one.pk]),
        )
        for one in differences_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]
