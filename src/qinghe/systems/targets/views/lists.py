"""Lists: the ledger, the tree of one, what is done to it, who has how much of it."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qinghe.edges import handing
from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.systems.targets import forms, queries, services
from qinghe.systems.targets.access import Act
from qinghe.systems.targets.queries import ListState, TaskList

from .tables import LIST_TONES, ItemTable, ListTable

TITLE = "任务清单"


def lists(request: Request) -> HttpResponse:
    """List the lists in sight."""
    doors.require_anywhere(request.actor, Act.SEE, Act.CARRY)
    actions = [
        pages.Action("亮灯总览", reverse("targets:lights")),
        pages.Action("全部任务", reverse("targets:items")),
    ]
    if actors.may_anywhere(request.actor, Act.KEEP):
        actions.insert(0, pages.Action("新建清单", reverse("targets:list_new"), primary=True))
    return pages.list_page(
        request,
        title=TITLE,
        table=ListTable,
        filterset=forms.ListFilter,
        rows=queries.with_counts(request.actor, queries.lists_seen_by(request.actor)),
        actions=actions,
    )


def items(request: Request) -> HttpResponse:
    """List the items of all lists in sight, by organisation where the reader chose one."""
    doors.require_anywhere(request.actor, Act.SEE, Act.CARRY)
    rows = queries.items_seen_by(request.actor).filter(dropped_on__isnull=True)
    if request.GET.get("mine"):
        mine = request.scope.org.path
        named = Q(lead__path__startswith=mine) | Q(
            pk__in=queries.named_jointly(request.actor, under=mine)
        )
        rows = rows.filter(named)
    return pages.list_page(
        request,
        title="全部任务",
        table=ItemTable,
        filterset=forms.ItemFilter,
        rows=rows,
        actions=[
            pages.Action("本单位和下级的任务", f"{reverse('targets:items')}?mine=1"),
            pages.Action(TITLE, reverse("targets:lists")),
        ],
        sheet="targets.items",
    )


def list_new(request: Request) -> HttpResponse:
    """Begin a list."""
    doors.require_anywhere(request.actor, Act.KEEP)
    year = request.scope.period.end.year
    form = forms.ListForm(
        request.POST or None,
        initial={
            "org": request.scope.org.code,
            "year": year,
            "starts_on": f"{year}-01-01",
            "ends_on": f"{year}-12-31",
        },
        actor=request.actor,
    )
    return pages.act_page(
        request,
        title="新建清单",
        form=form,
        do=lambda: url_of(
            services.make_list(new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        note="建立后是草稿，只有本单位和上级看得到；列好任务再发布。",
        back=pages.Link(TITLE, reverse("targets:lists")),
    )


@require_safe
def list_(request: Request, task_list_id: int) -> HttpResponse:
    """Show one list as a tree."""
    found = found_list(request, task_list_id)
    return pages.page(
        request,
        "targets/list.html",
        title=found.title,
        record=found,
        state=pages.Tag(found.get_state_display(), LIST_TONES[found.state]),
        items=queries.items_of(request.actor, found),
        actions=_actions(request, found),
        back=pages.Link(TITLE, reverse("targets:lists")),
    )


def _actions(request: Request, found: TaskList) -> list[pages.Action]:
    key = [found.pk]
    heat = pages.Action("任务分布", reverse("targets:heat", args=key))
    looks = [heat, pages.Action("甘特图", reverse("targets:gantt", args=key))]
    if not actors.may(request.actor, Act.KEEP, at=found.org):
        return looks
    if found.state == ListState.CLOSED:
        return [*looks, pages.Action("重新打开", reverse("targets:list_reopen", args=key))]
    actions = [
        pages.Action("列入任务", reverse("targets:item_new", args=key), primary=True),
        pages.Action("从报告和会议列入", reverse("targets:take", args=key)),
        pages.Action("用表格导入", reverse("sheets:sheet", args=["targets", "items"])),
        *looks,
    ]
    if found.state == ListState.DRAFT:
        return [
            *actions,
            pages.Action("发布", reverse("targets:publish", args=key)),
            pages.Action("更正", reverse("targets:list_change", args=key)),
        ]
    return [*actions, pages.Action("办结", reverse("targets:close", args=key))]


def list_change(request: Request, task_list_id: int) -> HttpResponse:
    """Correct what a draft says about itself."""
    found = kept_list(request, task_list_id)
    names = ("title", "number", "kind", "year", "starts_on", "ends_on")
    said = {name: getattr(found, name) for name in names} | {"org": found.org.code}
    form = forms.ListForm(request.POST or None, initial=said, actor=request.actor)
    return pages.act_page(
        request,
        title=f"更正{found.title}",
        form=form,
        do=lambda: url_of(
            services.change_list(
                task_list=found, new=form.as_new(), at=timezone.now(), by=request.actor
            )
        ),
        back=pages.Link(found.title, url_of(found)),
    )


def publish(request: Request, task_list_id: int) -> HttpResponse:
    """Give a list out."""
    found = kept_list(request, task_list_id)
    form = forms.PublishForm(request.POST or None, initial={"day": local_day(timezone.now())})
    return pages.act_page(
        request,
        title=f"发布{found.title}",
        form=form,
        do=lambda: url_of(
            services.publish(
                task_list=found, day=form.cleaned_data["day"], at=timezone.now(), by=request.actor
            )
        ),
        submit="发布",
        note="发布后，牵头、配合和分到指标的单位都看得到整份清单；名称、文号和期限不再改。",
        back=pages.Link(found.title, url_of(found)),
    )


def close(request: Request, task_list_id: int) -> HttpResponse:
    """Close a list."""
    found = kept_list(request, task_list_id)
    return pages.reason_page(
        request,
        title=f"办结{found.title}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.close(
            task_list=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定办结",
        note="办结后不再改动，也不再计入在办任务；清单一直可以查看。",
        back=pages.Link(found.title, url_of(found)),
    )


def list_reopen(request: Request, task_list_id: int) -> HttpResponse:
    """Take a closed list up again."""
    found = kept_list(request, task_list_id)
    return pages.reason_page(
        request,
        title=f"重新打开{found.title}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.reopen_list(
            task_list=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="重新打开",
        note="从今天起重新亮灯、计入在办；办结期间的日子不补算，原因和原办结日期留在记录里。",
        back=pages.Link(found.title, url_of(found)),
    )


def take(request: Request, task_list_id: int) -> HttpResponse:
    """Put what reports promised and meetings decided on a list."""
    found = kept_list(request, task_list_id)
    offers = queries.left_to_take(
        request.actor,
        found,
        [offer for source in handing.sources() for offer in source.offers(request.actor)],
    )
    form = forms.TakeForm(request.POST or None, actor=request.actor, task_list=found, offers=offers)

    def do() -> str:
        services.take_over(
            task_list=found,
            parent=form.cleaned_data["parent"],
            offers=form.chosen(),
            at=timezone.now(),
            by=request.actor,
        )
        return url_of(found)

    none = "" if offers else "现在没有可以列入的：已印发报告的工作打算和会议的决定会列在这里。"
    return pages.act_page(
        request,
        title=f"从报告和会议列入{found.title}",
        form=form,
        do=do,
        submit="列入",
        note=none or "列入后保留来源，报告和会议那边能看到办到哪一步；牵头单位和时限列入后可以改。",
        back=pages.Link(found.title, url_of(found)),
    )


@require_safe
def heat(request: Request, task_list_id: int) -> HttpResponse:
    """Show how the measures of a list lie on those below its keeper, or below one of these."""
    found = found_list(request, task_list_id)
    org = found.org
    if code := request.GET.get("at"):
        below = Org.objects.filter(path__startswith=found.org.path)
        org = get_object_or_404(below, code=code)
    return pages.page(
        request,
        "targets/heat.html",
        title=f"{found.title}：任务分布",
        task_list=found,
        heat=queries.heat_map(request.actor, task_list=found, org=org),
        back=pages.Link(found.title, url_of(found)),
    )


def found_list(request: Request, task_list_id: int) -> TaskList:
    """Return a list in sight, else there is no such page."""
    return get_object_or_404(queries.lists_seen_by(request.actor), pk=task_list_id)


def kept_list(request: Request, task_list_id: int) -> TaskList:
    """Return a list that the reader keeps; one in sight that they do not is refused."""
    found = found_list(request, task_list_id)
    actors.require(request.actor, Act.KEEP, at=found.org)
    return found


def url_of(found: TaskList) -> str:
    """Return a list's address."""
    return reverse("targets:list", args=[found.pk])
