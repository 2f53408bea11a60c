"""What organisations carry: the list that is pressed by, and one charge with its burn-up."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qinghe.edges.web import doors, pages, tables, timeline
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.orgs import queries as orgs
from qinghe.lib.periods import local_day
from qinghe.systems.targets.access import Act, Charging
from qinghe.systems.targets.forms.progress import ChargeFilter
from qinghe.systems.targets.queries import burning, holders, shares
from qinghe.systems.targets.queries import charges as carried
from qinghe.systems.targets.queries.burning import BurnUp
from qinghe.systems.targets.queries.charges import Charge, Shining

from .charge_tables import (
    LIGHT_TONES,
    ChargeTable,
    LadderTable,
    PauseTable,
    ProgressTable,
    SlipTable,
)

TITLE = "督办清单"
FIRST = 20
timeline.VERBS.update(
    {
        "targets.enter_charges": "列入责任事项",
        "targets.draft_progress": "填写进度",
        "targets.change_progress": "修改填报",
        "targets.submit_progress": "提交填报",
        "targets.accept_progress": "审核通过",
        "targets.send_back_progress": "退回填报",
        "targets.reopen": "重新办理",
        "targets.set_milestones": "设定节点",
        "targets.pause": "暂停督办",
        "targets.resume": "恢复督办",
        "targets.issue_slip": "发出督办单",
        "targets.tell_waiting": "发出督办提醒",
        "targets.set_terms": "调整督办参数",
    }
)


def charges(request: Request) -> HttpResponseBase:
    """Show what is carried at the chosen organisation and all below it, the latest red first."""
    doors.require_anywhere(request.actor, Act.SEE, Act.CARRY)
    rows = carried.live(request.actor, carried.charges_seen_by(request.actor))
    return pages.list_page(
        request,
        title=TITLE,
        table=ChargeTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        filterset=ChargeFilter,
        actions=[
            pages.Action("亮灯总览", reverse("targets:lights")),
            pages.Action("红灯", f"{reverse('targets:charges')}?light=red"),
            pages.Action("通报名单", f"{reverse('targets:charges')}?step=named"),
            pages.Action("督办参数", reverse("targets:measures")),
        ],
        totals=lambda found: [
            pages.Total("其中红灯", found.filter(now__light=Shining.RED).count(), "项"),
            pages.Total("已销号", found.filter(struck_on__isnull=False).count(), "项"),
        ],
    )


@require_safe
def charge(request: Request, charge_id: int) -> HttpResponse:
    """Show one charge: how far it is, where it should be and where it goes, and all that was done."""
    found = found_charge(request, charge_id)
    today = local_day(timezone.now())
    burn = burning.burn_up(request.actor, found, today=today)
    told = carried.progress_seen_by(request.actor).filter(charge=found)
    return pages.page(
        request,
        "targets/charge.html",
        title=f"{found.item.title}（{found.org.name}）",
        state=_state(found, paused=carried.is_paused(request.actor, found, today)),
        burn=burn,
        facts=[*_facts(found, burn), *_share(request, found)],
        actions=_actions(
            request, found, burn, paused=carried.is_paused(request.actor, found, today)
        ),
        related=[
            pages.Related("填报", tables.short(ProgressTable, told[:FIRST]), empty="还没有填报"),
            pages.Related(
                "督办步骤",
                tables.short(LadderTable, found.steps.all()[:FIRST]),
                note="每步只办一次",
                empty="还没有到需要督办的时候",
            ),
            pages.Related("督办单", tables.short(SlipTable, found.slips.all()[:FIRST])),
            pages.Related("暂停", tables.short(PauseTable, found.pauses.all()[:FIRST])),
        ],
        timeline=timeline.of(found, reader=request.actor),
        back=pages.Link(TITLE, reverse("targets:charges")),
    )


def _state(found: Charge, *, paused: bool) -> pages.Tag:
    if found.struck_on:
        return pages.Tag(f"{found.struck_on.isoformat()}销号", pages.Tone.GOOD)
    if found.was_led_before:
        return pages.Tag("已改由别的单位牵头", pages.Tone.PLAIN)
    if paused:
        return pages.Tag("暂停督办", pages.Tone.PLAIN)
    if not found.light:
        return pages.Tag("不亮灯", pages.Tone.PLAIN)
    return pages.Tag(
        f"{Shining(found.light).label}，{found.lit_on.isoformat()}起", LIGHT_TONES[found.light]
    )


def _facts(found: Charge, burn: BurnUp) -> list[tuple[str, pages.Cell]]:
    item, unit = found.item, burn.unit
    done = "无数据" if burn.done is None else f"{burn.done.normalize():f}{unit}"
    percent = "" if burn.percent is None else f"（{burn.percent}%）"
    return [
        (
            "清单",
            pages.Link(item.task_list.title, reverse("targets:item_progress", args=[item.pk])),
        ),
        ("责任单位", _carrier(found)),
        ("审核单位", found.above.name),
        ("起止", f"{burn.course.start.isoformat()} 至 {burn.course.due.isoformat()}"),
        ("成果", item.deliverable or "—"),
        ("目标", f"{burn.course.target.normalize():f}{unit}"),
        ("今天应完成", f"{burn.expected.normalize():f}{unit}"),
        ("已完成", f"{done}{percent}"),
        ("进度来源", _source(burn)),
        ("按此进度到期", _ahead(burn)),
        ("填报期限", found.file_by.isoformat() if found.file_by else "—"),
    ]


def _share(request: Request, found: Charge) -> list[tuple[str, pages.Cell]]:
    """Lead to the number that it is a share of, where its adjustment is asked for."""
    if found.share_id is None:
        return []
    if not shares.shares_seen_by(request.actor).filter(pk=found.share_id).exists():
        return []
    url = reverse("targets:share", args=[found.share_id])
    return [("分解", pages.Link("查看分解和调整历史", url))]


def _carrier(found: Charge) -> str:
    now = orgs.now_of(found.org)
    return found.org.name if now == found.org else f"{found.org.name}（已并入{now.name}，由其填报）"


def _source(burn: BurnUp) -> str:
    if burn.is_figure:
        seen = burn.charge.seen_on
        day = f"，数据查看至{seen.isoformat()}" if seen else ""
        return f"指标{burn.charge.item.code}自动计算{day}"
    return "本单位填报，上级通过后计入" if burn.is_told else "下级通过的填报合计"


def _ahead(burn: BurnUp) -> str:
    """Show the division that makes the forecast, so that everybody can do it again."""
    ahead = burn.ahead
    if ahead is None or burn.charge.struck_on:
        return "—"
    return (
        f"{ahead.done.normalize():f}÷已过{ahead.passed}天×全程{ahead.whole}天"
        f"＝{ahead.value.normalize():f}{burn.unit}"
    )


def _actions(request: Request, found: Charge, burn: BurnUp, *, paused: bool) -> list[pages.Action]:
    if found.is_over:
        return []
    key = [found.pk]
    may_press = actors.may(request.actor, Charging.SUPERVISE, at=found.above)
    actions = []
    if found.struck_on is None and holders.may_tell(request.actor, found.org):
        actions = _filing(found, burn)
    if may_press and found.struck_on is not None:
        actions.append(pages.Action("重新办理", reverse("targets:reopen", args=key)))
    if may_press and found.struck_on is None:
        actions.append(pages.Action("发督办单", reverse("targets:slip_new", args=key)))
        actions.append(
            pages.Action("恢复督办", reverse("targets:resume", args=key), post=True)
            if paused
            else pages.Action("暂停督办", reverse("targets:pause", args=key))
        )
    return actions


def _filing(found: Charge, burn: BurnUp) -> list[pages.Action]:
    actions = []
    if burn.is_told:
        url = reverse("targets:progress_new", args=[found.pk])
        actions.append(pages.Action("填报进度", url, primary=True))
    if burn.done is not None and (burn.is_told or burn.done >= burn.course.target):
        actions.append(pages.Action("申请销号", reverse("targets:strike", args=[found.pk])))
    return actions


def found_charge(request: Request, charge_id: int) -> Charge:
    """Return a charge in sight of who asks. Raises Http404."""
    return get_object_or_404(carried.charges_seen_by(request.actor), pk=charge_id)


def url_of(found: Charge) -> str:
    """Return the address of a charge."""
    return reverse("targets:charge", args=[found.pk])
