"""Training and insurance: who learnt what, which head lacks it, which policies there are."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from qinghe.edges.system import Line
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.rules import codes_in
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

from .teams import HEAD, team_scheme_on

Training = models.Training
TrainingKind = models.Training.Kind
TrainingState = models.Training.State
Credit = models.Credit
Policy = models.Policy
Risk = models.Session.Risk


def trainings_seen_by(actor: Actor) -> QuerySet[models.Training]:
    """Return the trainings of organisations in sight, latest first, with who was credited."""
    return (
        models.Training.objects.filter(org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("org")
        .annotate(attended=Count("credits", filter=Q(credits__struck_at__isnull=True)))
        .order_by("-day", "-pk")
    )


def credits_seen_by(actor: Actor) -> QuerySet[models.Credit]:
    """Return what was earned at the trainings in sight."""
    return (
        models.Credit.objects.filter(training__org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("training__org", "volunteer__person", "volunteer__org")
        .order_by("pk")
    )


def volunteers_by_card(actor: Actor, act: Act) -> QuerySet[models.Volunteer]:
    """Return whom one with an act may name by number: all on the roll, who are never listed."""
    known = models.Volunteer.objects.filter(state=models.Volunteer.State.REGISTERED)
    return known if actors.may_anywhere(actor, act) else known.none()


def _counting() -> QuerySet[models.Credit]:
    return models.Credit.objects.filter(
        struck_at__isnull=True, training__state=TrainingState.HELD
    ).order_by()


def credits_of(
    actor: Actor, volunteer_ids: Iterable[int], kind: str, since: date
) -> dict[int, int]:
    """Return the quarters of 学时 that volunteers earned of one kind since a day, by their key.

    Who has none is left out. The caller has chosen the volunteers: this reads no more of them.
    """
    earned = _counting().filter(
        volunteer__in=list(volunteer_ids), training__kind=kind, training__day__gte=since
    )
    return dict(earned.values_list("volunteer").annotate(Sum("quarters")))


def credits_about(actor: Actor, volunteer: models.Volunteer) -> QuerySet[models.Credit]:
    """Return all that one volunteer earned, latest first, also what was struck out."""
    return (
        models.Credit.objects.filter(volunteer=volunteer)
        .select_related("training__org")
        .order_by("-training__day", "-pk")
    )


def heads_lacking(actor: Actor, today: date) -> QuerySet[models.TeamPost]:
    """Return who leads a team in reach and has not the 头雁 学时 that the day's scheme asks."""
    scheme = team_scheme_on(actor, today)
    since = rules.credited_since(today, months=scheme.head_months)
    earned = (
        _counting()
        .filter(
            volunteer=OuterRef("volunteer"),
            training__kind=TrainingKind.HEADS,
            training__day__gte=since,
        )
        .values("volunteer")
        .annotate(total=Sum("quarters"))
        .values("total")
    )
    return (
        models.TeamPost.objects.filter(
            post=HEAD,
            ends_on__isnull=True,
            team__state=models.Team.State.APPROVED,
            team__org__in=actors.orgs_where(actor, Act.TRAIN),
        )
        .annotate(earned=Coalesce(Subquery(earned, output_field=IntegerField()), 0))
        .filter(earned__lt=scheme.head_quarters)
        .select_related("team__org", "volunteer__person", "volunteer__org")
        .order_by("starts_on", "pk")
    )


def training_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return credits behind a figure as lines, as far as the actor may see them."""
    rows = credits_seen_by(actor).filter(pk__in=ids)
    return [
        Line(
            pk=one.pk,
            title=levels.short_name(
                actor, one.volunteer.person, at=one.training.org, on=one.training.day
            ),
            cells=(
                ("培训", one.training.title),
                ("类别", one.training.get_kind_display()),
                ("举办单位", one.training.org.name),
                ("结业日期", one.training.day.isoformat()),
                ("学时", rules.credit_hours(one.quarters)),
            ),
            url=reverse("volunteering:training", args=[one.training_id]),
        )
        for one in rows
    ]


def policies_seen_by(actor: Actor) -> QuerySet[models.Policy]:
    """Return the policies of organisations in sight, the longest in force first."""
    return (
        models.Policy.objects.filter(org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("org")
        .order_by("-ends_on", "-pk")
    )


def policies_for(actor: Actor) -> QuerySet[models.Policy]:
    """Return the policies that a session of the actor's may rest on: of their hosts and above."""
    above = {code for held in actor.holdings for code in codes_in(held.org_path)}
    hosts = actors.orgs_where(actor, Act.PUBLISH)
    return (
        models.Policy.objects.filter(Q(org__in=hosts) | Q(org__code__in=above))
        .filter(ended_on__isnull=True)
        .select_related("org")
        .order_by("-ends_on", "-pk")
    )
