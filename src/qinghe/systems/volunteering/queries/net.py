"""The records behind the net's figures."""

from collections.abc import Sequence

from django.urls import reverse

from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import models
from qinghe.systems.volunteering.access import Act


def standing_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return spans in good standing behind a figure as lines, as far as the actor may see them."""
    rows = models.TeamStanding.objects.filter(
        pk__in=ids, team__org__in=actors.orgs_where(actor, Act.SEE)
    ).select_related("team__org")
    return [
        Line(
            pk=one.pk,
            title=one.team.name,
            cells=(
                ("类别", one.team.get_kind_display()),
                ("小区", one.team.compound),
                ("主组织", one.team.org.name),
                ("在册自", one.starts_on.isoformat()),
                ("在册至", one.ends_on.isoformat() if one.ends_on else "至今"),
            ),
            url=reverse("volunteering:team", args=[one.team_id]),
        )
        for one in rows.order_by("pk")
    ]
