from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.inspections import models
from qinghe.systems.inspections.access import Act

from .visits import files_of

Finding = models.Finding
FindingState = models.Finding.State
Rectification = models.Rectification
UNDONE = (FindingState.OPEN, FindingState.RECTIFIED)


def findings_seen_by(actor: Actor) -> QuerySet[Finding]:
    """Return what was found where this actor may look: the most pressing first, what is closed last."""
    found = Finding.objects.filter(actors.within_reach(actor, Act.SEE))
    pressing = found.order_by(F("closed_on").desc(nulls_first=True), "due_on", "pk")
    return pressing.select_related(
        "org", "answer__visit__point", "answer__visit__org", "guidance__org"
    )


def overdue(actor: Actor, rows: QuerySet, *, today: date) -> QuerySet:
    """Return those of some findings in sight that should have been closed before today."""
    return rows.filter(state__in=UNDONE, due_on__lt=today)


def rectifications_seen_by(actor: Actor) -> QuerySet[Rectification]:
    """Return the attempts to put right what is in sight, whose evidence may be had."""
    return Rectification.objects.filter(finding__in=findings_seen_by(actor).values("pk"))


def rectifications_of(actor: Actor, finding: Finding) -> list[Rectification]:
    """Return the attempts to put a finding in sight right, the newest first, with their evidence."""
    rows = list(
        finding.rectifications.select_related("done_by", "checked_by", "finding__org").order_by(
            "-pk"
        )
    )
    beside = files_of(actor, Rectification, [one.pk for one in rows])
    for one in rows:
        one.files = beside.get(one.pk, [])  # type: ignore[attr-defined]
    return rows


def findings_waiting_for(actor: Actor) -> QuerySet[Finding]:
    """Return what this actor's organisations are to put right."""
    waiting = Finding.objects.filter(state=FindingState.OPEN)
    return waiting.filter(actors.within_reach(actor, Act.RECTIFY)).select_related("org")


def rechecks_waiting_for(actor: Actor) -> QuerySet[Finding]:
    """Return what was put right by others and this actor may look at again."""
    own = Rectification.objects.filter(
        finding=OuterRef("pk"), state=Rectification.State.WAITING, done_by=actor.person_id
    )
    waiting = Finding.objects.filter(~Exists(own), state=FindingState.RECTIFIED)
    return waiting.filter(actors.within_reach(actor, Act.RECHECK)).select_related("org")


def finding_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show what is to be put right as lines of the inbox."""
    return _items(findings_waiting_for(actor).filter(pk__in=ids))


def recheck_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show what is to be looked at again as lines of the inbox."""
    return _items(rechecks_waiting_for(actor).filter(pk__in=ids))


def _items(rows: QuerySet[Finding]) -> list[Item]:
    return [
        Item(
            pk=one.pk,
            title=_titled(one),
            org=one.org.name,
            url=reverse("inspections:finding", args=[one.pk]),
        )
        for one in rows.select_related("org", "answer__visit__point")
    ]


def _titled(one: Finding) -> str:
    return f"{one.answer.visit.point.name}：{one.words}" if one.answer else one.words


def finding_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return findings behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=_titled(one),
            cells=(
                ("责任单位", one.org.name),
                ("整改期限", one.due_on.isoformat()),
                ("状态", one.get_state_display()),
            ),
            url=reverse("inspections:finding", args=[one.pk]),
        )
        for one in findings_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]
