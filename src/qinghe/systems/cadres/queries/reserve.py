"""The reserve of cadres, for those few who keep it or check it."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.systems.cadres import models
from qinghe.systems.cadres.access import Act

Candidate = models.Candidate
CandidateState = models.Candidate.State
Examination = models.Examination
Verdict = models.Examination.Verdict


def candidates_seen_by(actor: Actor) -> QuerySet[Candidate]:
    """Return the candidates of the organisations whose reserve this actor may read."""
    reach = actors.within_reach(actor, Act.SEE_RESERVE)
    return Candidate.objects.filter(reach).select_related("person", "org__parent", "nominated_by")


def examinations_of(actor: Actor, candidate: Candidate) -> QuerySet[Examination]:
    """Return what the group wrote about a candidate, or has still to write."""
    return Examination.objects.filter(candidate=candidate).select_related(
        "person", "candidate__org", "candidate__person"
    )


def candidates_waiting_for(actor: Actor) -> QuerySet[Candidate]:
    """Return the candidates about whom this actor has to do the next thing, within their limit.

    To let them be examined and decide; to let out whose time in the reserve is over.
    """
    reach = actors.within_reach(actor, Act.KEEP_RESERVE)
    over = Q(state=CandidateState.IN, due_on__lt=timezone.localdate())
    rows = Candidate.objects.filter(reach, Q(state=CandidateState.AGREED) | over)
    return rows.select_related("person", "org")


def candidate_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show candidates as lines of the inbox."""
    today = timezone.localdate()
    return [
        Item(
            pk=one.pk,
            title=f"{levels.short_name(actor, one.person, at=one.org, on=today)}：{_what(one)}",
            org=one.org.name,
            url=reverse("cadres:candidate", args=[one.pk]),
        )
        for one in candidates_waiting_for(actor).filter(pk__in=ids)
    ]


def candidate_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return candidates behind a figure as lines, as far as the actor may see them."""
    today = timezone.localdate()
    return [
        Line(
            pk=one.pk,
            title=levels.short_name(actor, one.person, at=one.org, on=today),
            cells=(("组织", one.org.name), ("状态", one.get_state_display())),
            url=reverse("cadres:candidate", args=[one.pk]),
        )
        for one in candidates_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def _what(one: Candidate) -> str:
    return "在库期满，请办理出库" if one.state == CandidateState.IN else "请组织考察、审定"
