"""How far the year's target is reached, street by street."""

from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.periods import local_day
from qinghe.systems.founding import queries
from qinghe.systems.founding.access import Act
from qinghe.systems.founding.queries import Board, Row

from .tables import LIGHT_TONES


@require_safe
def board(request: Request) -> HttpResponse:
    """Show an organisation's target and those right below it, by the chosen period's last day."""
    org, period = request.scope.org, request.scope.period
    actors.require(request.actor, Act.SEE, at=org)
    day = min(local_day(timezone.now()), period.end)
    year = period.end.year
    known = queries.board(request.actor, org=org, year=year, day=day)
    return pages.page(
        request,
        "founding/board.html",
        title="建团进度",
        board=known,
        own=_line(known.own, day=day),
        rows=[_line(row, day=day) for row in known.rows],
        led=queries.industries(request.actor, org=org, year=year, day=day),
        pace=queries.pace_of(request.actor, day),
        chart=_chart(known),
        actions=_actions(request, known),
    )


def _line(row: Row, *, day: date) -> tuple[Row, pages.Tag, str]:
    units = f"{reverse('founding:units')}?{urlencode({'org': row.org.code, 'of': 'blank'})}"
    return row, pages.Tag(row.light.label, LIGHT_TONES[row.light]), units


def _chart(known: Board) -> dict[str, object]:
    told = [row for row in known.rows if row.number or row.founded]
    return {
        "kind": "bars",
        "label": "已建",
        "unit": "家",
        "names": [row.org.name for row in told],
        "values": [row.founded for row in told],
    }


def _actions(request: Request, known: Board) -> list[pages.Action]:
    actions = []
    if known.own.target:
        url = reverse("founding:target", args=[known.own.target.pk])
        actions.append(pages.Action("指标分解", url, primary=True))
    elif known.own.org.parent_id is None and actors.may(request.actor, Act.SET, at=known.own.org):
        actions.append(pages.Action("下达指标", reverse("founding:hand_down"), primary=True))
    return [
        *actions,
        pages.Action("空白点清单", f"{reverse('founding:units')}?of=blank"),
        pages.Action("三个百分百", reverse("founding:hundreds")),
        pages.Action("建团参数", reverse("founding:terms")),
    ]
