"""Sources, runs, their lines and what they came to, as far as an actor sees them."""

from collections.abc import Sequence

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.urls import reverse

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.rules import codes_in
from qinghe.lib.periods import local_day
from qinghe.systems.reconciling import models
from qinghe.systems.reconciling.access import Act

BranchTally = models.BranchTally
RollColumns = models.RollColumns
RollSource = models.RollSource
Run = models.Run
RunRow = models.RunRow
RunState = Run.State
Outcome = RunRow.Outcome


def orgs_for(actor: Actor, act: Act) -> QuerySet[Org]:
    """Return the open organisations at which this actor may do an act."""
    return actors.orgs_where(actor, act).filter(closed_on__isnull=True).order_by("path")


def sources_for(actor: Actor) -> QuerySet[models.RollSource]:
    """Return the sources: they are the house's, open to whoever uploads anywhere.

    `owner` names who keeps a source's columns, where that is at, below or above the actor.
    """
    if not actors.may_anywhere(actor, Act.UPLOAD):
        return RollSource.objects.none()
    known = Q(org__in=actors.orgs_where(actor, Act.UPLOAD))
    for held in actor.holdings:
        known |= Q(org__code__in=codes_in(held.org_path))
    return RollSource.objects.select_related("org").annotate(
        owner=Case(When(known, then=F("org__name")), default=Value("其他组织"))
    )


def mapping_of(actor: Actor, source: models.RollSource) -> models.RollColumns | None:
    """Return the newest columns of a source."""
    return source.versions.first()


def runs_seen_by(actor: Actor) -> QuerySet[models.Run]:
    """Return the runs of organisations in the actor's sight, newest first."""
    return (
        Run.objects.filter(actors.within_reach(actor, Act.SEE))
        .select_related("source", "columns", "org", "uploaded_by", "file")
        .order_by("-uploaded_at", "-pk")
    )


def run_rows_seen_by(actor: Actor) -> QuerySet[models.RunRow]:
    """Return the lines of the runs that an actor sees, as far as they are kept."""
    return RunRow.objects.filter(
        actors.within_reach(actor, Act.SEE, path="run__org__path")
    ).select_related("run__org", "org", "named", "person")


def tallies_of(actor: Actor, run: models.Run) -> QuerySet[models.BranchTally]:
    """Return what a run in sight came to, organisation by organisation."""
    return run.tallies.select_related("org", "run").order_by("org__path")


def tallies_seen_by(actor: Actor) -> QuerySet[models.BranchTally]:
    """Return what runs came to for the organisations in the actor's sight."""
    return (
        BranchTally.objects.filter(actors.within_reach(actor, Act.SEE))
        .select_related("org", "run__source")
        .order_by("-compared_on", "-pk")
    )


def _at_home(actor: Actor, way: str) -> Q:
    """Tell if an organisation is one at which the actor holds a post: not all below it."""
    return Q(**{f"{way}__in": [held.org_path for held in actor.holdings]})


def to_answer_for(actor: Actor) -> QuerySet[models.BranchTally]:
    """Return the branches of this actor's own with lines that wait for an answer."""
    return BranchTally.objects.filter(
        actors.within_reach(actor, Act.ANSWER), superseded_on__isnull=True, to_answer__gt=0
    ).select_related("org", "run__source")


def to_decide_for(actor: Actor) -> QuerySet[models.BranchTally]:
    """Return the branches whose answers wait for the organisation that ran the comparison."""
    return BranchTally.objects.filter(
        actors.within_reach(actor, Act.DECIDE),
        _at_home(actor, "run__org__path"),
        superseded_on__isnull=True,
        to_decide__gt=0,
    ).select_related("org", "run__source")


def answer_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show branches with lines to answer as lines of the inbox."""
    return [
        _item(one, f"{one.run.source.name}：{one.to_answer}条差异待核对")
        for one in to_answer_for(actor).filter(pk__in=ids)
    ]


def decide_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show branches with answers to confirm as lines of the inbox."""
    return [
        _item(one, f"{one.org.name}：{one.to_decide}条待确认或选定")
        for one in to_decide_for(actor).filter(pk__in=ids)
    ]


def _item(one: models.BranchTally, title: str) -> Item:
    url = reverse("reconciling:branch", args=[one.pk])
    return Item(pk=one.pk, title=title, org=one.org.name, url=url)


def run_records(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return runs as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.source.name}：{one.org.name}",
            cells=(
                ("上传日期", local_day(one.uploaded_at).isoformat()),
                ("状态", one.get_state_display()),
            ),
            url=reverse("reconciling:run", args=[one.pk]),
        )
        for one in runs_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def tally_records(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return what runs came to for branches as lines behind a figure."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.org.name}：{one.run.source.name}",
            cells=(
                ("对账日期", one.compared_on.isoformat()),
                ("来源行数", f"{one.rows}"),
                ("一致", f"{one.agreed}"),
                ("退回核对", f"{one.sent}"),
                ("待答复", f"{one.to_answer}"),
            ),
            url=reverse("reconciling:branch", args=[one.pk]),
        )
        for one in tallies_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]
