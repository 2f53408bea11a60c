"""What every template may ask for."""

from decimal import Decimal

from django import template
from django.forms import BoundField
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from qinghe.analytics.figures import Figure, State
from qinghe.edges.web import context as house
from qinghe.edges.web import inbox_views, menu, numbers
from qinghe.edges.web.parts import Cell
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused

register = template.Library()


@register.filter
def number(value: int | Decimal | None, decimals: int = 0) -> str:
    """Write a number for the screen: 1,763,012; with decimals: {{ hours|number:1 }}."""
    return numbers.on_screen(value, decimals=decimals)


@register.filter
def trimmed(value: int | Decimal | None, decimals: int = 2) -> str:
    """Write a number with decimals only where it needs them: {{ target|trimmed }} is 27 or 12.5."""
    return numbers.trimmed(value, decimals=decimals)


@register.filter
def cell(value: Cell) -> Cell:
    """Show a fact of a record: numbers with thousands, nothing as a dash; 0 is not nothing."""
    if value is None or value == "":
        return numbers.NO_VALUE
    return numbers.on_screen(value) if isinstance(value, int | Decimal) else value


@register.filter
def period_label(period: object) -> str:
    """Name a period, given as a Period or by its name: 2022年上半年."""
    return periods.parse(str(period)).label


@register.filter
def state_label(state: str) -> str:
    """Say how far a figure can be relied on: 完整, 报送不全, 未满期, 无数据."""
    return State(state).label


@register.filter
def control(field: BoundField) -> SafeString:
    """Draw a form field with the classes of its kind, for compact filter forms."""
    name = "form-select" if hasattr(field.field.widget, "choices") else "form-control"
    size = f"{name} {name}-sm"
    return field.as_widget(attrs={"class": size, "aria-label": str(field.label)})


@register.simple_tag(takes_context=True)
def frame(context: Context) -> dict[str, object]:
    """Return what the frame of a page shows: the menu, what waits, who looks, whether it is a demo."""
    request = context["request"]
    actor: Actor = request.actor
    return {
        "menu": menu.groups_for(
            actor, path=request.path, folds=request.COOKIES.get(menu.FOLDS, "")
        ),
        "roles": [str(held.role.label) for held in actor.holdings],
        "is_demo": house.DEMO(),
        "demo_door": house.DEMO_DOOR,
        "support": house.SUPPORT(actor, timezone.now()) if actor.via else None,
        "counts": inbox_views.counts_in_frame(request),
        "inbox": reverse("web:inbox"),
        "own": menu.own_links(actor),
    }


@register.simple_tag
def is_demo() -> bool:
    """Test if the database holds invented people only."""
    return house.DEMO()


@register.simple_tag(takes_context=True)
def figure_link(context: Context, figure: Figure, org: Org | None = None) -> SafeString:
    """Draw a figure that opens its 口径, its split and its records.

    Without `org` the figure must be the scope's own: a figure knows its organisation's key only.
    """
    place = org or context["request"].scope.org
    if place.pk != figure.org_id:
        raise Refused("unknown_org", "这个数字不属于所选组织，没有显示；请刷新页面后重试。")
    return format_html(
        '<a class="q-figure q-figure-{}" href="/figures/{}/{}/{}/" '
        'title="{}（{}）：查看口径、拆分和记录">{}</a>',
        figure.state,
        figure.code,
        figure.period.name,
        place.code,
        figure.label,
        figure.state.label,
        numbers.on_screen(figure.value, decimals=figure.decimals),
    )
