"""What became of one organisation."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.systems.reorganising import queries


def history(request: Request, org_id: int) -> HttpResponse:
    """Show where an organisation stood, what it took over, and by which plans."""
    org = get_object_or_404(
        queries.orgs_where_may_see(request.actor).select_related("parent", "successor"), pk=org_id
    )
    return pages.page(
        request,
        "reorganising/history.html",
        title=f"沿革：{org.name}",
        org=org,
        places=queries.places_of(request.actor, org),
        plans=queries.plans_about(request.actor, org),
        changes=queries.changes_of(request.actor, org),
        merged=org.merged.order_by("-closed_on", "path"),
        back=pages.Link("机构调整", reverse("reorganising:plans")),
    )
