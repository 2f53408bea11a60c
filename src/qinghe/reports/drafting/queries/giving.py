"""What issued reports promise, for lists of work that take it over; and what became of it."""

from collections.abc import Iterable

from django.urls import reverse

from qinghe.edges import handing
from qinghe.edges.handing import Followed, Offer
from qinghe.kernel.access.actors import Actor
from qinghe.reports.drafting import models

from . import seen

SLUG = "drafting.plan"


def offers(actor: Actor) -> list[Offer]:
    """Return the promises of issued reports that an actor may read, the newest report first."""
    found = seen.plan_seen_by(actor).filter(report__state=models.Report.State.ISSUED)
    return [_offer(item) for item in found.order_by("-report__period", "report_id", "pk")]


def followed(
    actor: Actor, items: Iterable[models.PlanItem]
) -> list[tuple[models.PlanItem, list[Followed]]]:
    """Return promises, each with what lists of work say became of it."""
    rows = list(items)
    said = handing.followed(actor, map(_key, rows))
    return [(item, said.get(_key(item), [])) for item in rows]


def _key(item: models.PlanItem) -> str:
    """Return the key by which a list of work keeps a promise."""
    return f"{SLUG}:{item.pk}"


def _offer(item: models.PlanItem) -> Offer:
    here = reverse("drafting:report", args=[item.report_id])
    return Offer(
        key=_key(item),
        title=item.text,
        group=item.report.title,
        org=item.report.org,
        url=f"{here}?tab=plan",
        owner=item.org,
        due_on=item.due_on,
        code=item.code,
        target=item.target,
    )
