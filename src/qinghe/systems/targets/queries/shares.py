"""Numbers shared out: the tree of shares, what may still be split, what waits for approval."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from qinghe.analytics import catalogue, figures
from qinghe.analytics.indicators import Kind
from qinghe.edges import inbox
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused
from qinghe.systems.targets import models, rules
from qinghe.systems.targets.access import Act

from .lists import items_seen_by

Share = models.Share
Rule = models.Share.Rule
Adjustment = models.Adjustment
AdjustmentState = models.Adjustment.State
_BELOW = {OrgKind.DISTRICT: OrgKind.STREET, OrgKind.STREET: OrgKind.COMMUNITY}


def shares_seen_by(actor: Actor) -> QuerySet[models.Share]:
    """Return the shares of items in sight, where this actor keeps, sees, carries or gave them out."""
    items = items_seen_by(actor).order_by().values("pk")
    where = actors.within_reach(actor, Act.SEE, path="item__task_list__org__path")
    where |= actors.within_reach(actor, Act.CARRY)
    where |= actors.within_reach(actor, Act.SPLIT, path="parent__org__path")
    found = models.Share.objects.filter(where, item__in=items)
    return found.select_related("item__task_list__org", "org__successor", "parent__org", "gap_org")


def top_share(actor: Actor, item: models.Item) -> models.Share | None:
    """Return the highest share of an item in sight: the keeper's whole, or a street's own part."""
    return shares_seen_by(actor).filter(item=item).order_by("org__path").first()


def sharing(actor: Actor, share: models.Share) -> QuerySet[Org]:
    """Return who shares a number with no share of it yet: the streets, or a street's communities."""
    if not actors.may(actor, Act.SPLIT, at=share.org):
        return Org.objects.none()
    has = models.Share.objects.filter(item=share.item_id, org=OuterRef("pk"))
    return standing_below(actor, share.org).filter(~Exists(has))


def standing_below(actor: Actor, org: Org) -> QuerySet[Org]:
    """Return the organisations that a number of this one is given on to."""
    found = Org.objects.filter(path__startswith=org.path, closed_on__isnull=True).exclude(pk=org.pk)
    kind = _BELOW.get(OrgKind(org.kind))
    found = found.filter(kind=kind) if kind else found.filter(parent=org)
    return found.order_by("path") if actor.person_id > 0 else found.none()


def balance_of(actor: Actor, share: models.Share) -> rules.Balance:
    """Return how far a number is given on; what a closed organisation has that none succeeds lapses."""
    below = models.Share.objects.filter(parent=share).values_list(
        "number", "org__closed_on", "org__successor"
    )
    return rules.balance(
        share.number,
        below=[
            (number, closed is None or successor is not None) for number, closed, successor in below
        ],
    )


def bases(actor: Actor) -> list[tuple[str, str]]:
    """Return the figures by which a number may be shared out: what is counted or summed, not rates."""
    return [
        (code, f"{code} {one.label}（{one.unit}）")
        for code, one in sorted(catalogue.every().items())
        if one.kind is not Kind.RATIO and actor.person_id > 0
    ]


def figures_of(
    actor: Actor, *, code: str, period: str, orgs: Sequence[Org]
) -> list[Decimal | None]:
    """Return one figure of some organisations, as it was counted for a period.

    Raises Refused: unknown_indicator, unknown_period, no_facts, facts_outdated.
    """
    known = figures.cached(periods.parse(period))
    found: list[Decimal | None] = []
    catalogue.indicator(code)
    for org in orgs:
        try:
            found.append(known[code, org.pk].value if actor.person_id > 0 else None)
        except Refused:  # the organisation was not in the tree then
            found.append(None)
    return found


def adjustments_seen_by(actor: Actor) -> QuerySet[models.Adjustment]:
    """Return the adjustments of shares in sight."""
    seen = shares_seen_by(actor).order_by().values("pk")
    found = models.Adjustment.objects.filter(share__in=seen)
    return found.select_related(
        "share__item__task_list__org", "share__org", "share__parent__org", "asked_by", "decided_by"
    )


def adjustments_to_approve(actor: Actor) -> QuerySet[models.Adjustment]:
    """Return what waits for this actor at the organisation above, and was not asked for by them."""
    above = actors.within_reach(actor, Act.APPROVE, path="share__parent__org__path")
    top = Q(share__parent__isnull=True) & actors.within_reach(
        actor, Act.APPROVE, path="share__org__path"
    )
    waiting = models.Adjustment.objects.filter(above | top, state=AdjustmentState.ASKED)
    return waiting.exclude(asked_by=actor.person_id)


def adjustment_items(actor: Actor, ids: Sequence[int]) -> list[inbox.Item]:
    """Show adjustments as lines of the inbox."""
    found = models.Adjustment.objects.filter(pk__in=ids).select_related("share__item", "share__org")
    return [
        inbox.Item(
            pk=one.pk,
            title=f"{one.share.org.name}：{one.share.item.title}由{one.before}调整为{one.after}",
            url=reverse("targets:adjustment", args=[one.pk]),
            org=one.share.org.name,
        )
        for one in found
        if actor.person_id > 0
    ]


def share_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return shares behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.item.title}：{one.org.name}",
            cells=(
                ("分解数", f"{one.number}{one.item.unit}"),
                ("下达日期", one.handed_on.isoformat()),
            ),
            url=reverse("targets:share", args=[one.pk]),
        )
        for one in shares_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]
