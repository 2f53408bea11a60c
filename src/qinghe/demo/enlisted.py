"""Lists of work: the measures of two years, an annual list, a claim, a number split and adjusted.

The wording is invented. The lists are there before the forms of their years ask, as the targets of
founding are; who claims and who adjusts is told once the streets have their secretaries.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import cycle

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import TZ
from qinghe.systems.targets import models, services

from . import cast, reported

DISTRICT = "440307"
FLOOR = ("VOL-34", "支/社区")  # F095
MEASURES: Mapping[str, tuple[str, ...]] = {
    "把组织建到青年身边": (
        "逐街道摸清团组织底数，画出空白点地图",
        "产业园区团组织按园建、按楼建",
        "新就业群体流动团支部挂牌运行",
        "社区团组织书记一人一册",
        "团支部换届到期提前一季提醒",
        "毕业生团员去向月月对账",
        "楼宇青年联络员选一批",
        "薄弱支部由街道班子成员联系",
        "团建阵地共用清单向青年公开",
    ),
    "让团干部沉得下去": (
        "街道团干部每月蹲点两天",
        "团干部任前谈话留痕",
        "社区团干部轮训一遍",
        "青年议事会每季开一次",
        "团干部联系青年名单季季更新",
        "年轻干部到团的岗位锻炼",
        "团务实操比武办一届",
        "兼职团干部履职写成实",
        "离任团干部工作交接清单化",
    ),
    "把青年的事办实": (
        "新建街区青年之家",
        "青年夜校开进社区",
        "困难青少年一户一策",
        "暑期托管班点位公开报名",
        "青年驿站入住一次办成",
        "就业见习岗位每季发布",
        "青年婚恋交友活动办出口碑",
        "心理服务热线接得通",
        "志愿服务供需每周对接",
    ),
    "让制度转得起来": (
        "重点任务挂图督办",
        "数据一次填报、多处使用",
        "经费使用季季公开",
        "青年意见收集和答复限时",
        "团的活动安全预案备案",
        "街道之间结对互学",
        "先进典型一月一发现",
        "年度工作向团代表报告",
    ),
}
ANNUAL: Mapping[str, tuple[str, ...]] = {
    "志愿服务": ("落实一社区一志愿服务队伍", "志愿骨干培训覆盖全部街道"),
    "青少年成长": ("暑期防溺水巡查排班到人", "少年急救员在学校见学"),
}
PUBLISHED = {2021: date(2021, 3, 18), 2022: date(2022, 3, 17)}
CLOSED = date(2022, 1, 14)
HOMES = "新建街区青年之家"
TO_CLAIM = "青年夜校开进社区"
HOMES_TO_BE = 44
Say = Callable[[str], None]


@transaction.atomic
def set_lists() -> None:
    """Publish the measures and the annual lists of both years, before the years' forms ask; once."""
    if models.TaskList.objects.exists():
        return
    by = cast.officer()
    for year in PUBLISHED:
        _reform(year, by=by)
        _annual(year, by=by)
    for done in models.TaskList.objects.filter(year=2021):
        services.close(task_list=done, reason="年度总结时逐项核销", at=_at(CLOSED), by=by)


@transaction.atomic
def tell(*, say: Say) -> None:
    """Split a number over the streets, adjust it once, and let one open measure be claimed; once."""
    if models.Share.objects.exists():
        return
    by, second = cast.officer(), cast.officer(second=True)
    listed = models.Item.objects.filter(task_list__year=2022).select_related("task_list")
    whole = services.begin_split(item=listed.get(title=HOMES), at=_at(date(2022, 3, 18)), by=by)
    services.split_equally(
        share=whole, reason="各街道基础相近，平均分解", at=_at(date(2022, 3, 18), 11), by=by
    )
    secretaries = reported.who_answers().secretaries
    for place, change in ((2, -1), (5, 1)):
        share = whole.children.order_by("org__code")[place]
        asked = services.ask_adjustment(
            share=share,
            number=share.number + change,
            reason="两街道场地条件不同，协商调整",
            at=_at(date(2022, 5, 10)),
            by=secretaries.get(share.org_id, by),
        )
        if change < 0:
            services.approve_adjustment(adjustment=asked, at=_at(date(2022, 5, 11)), by=second)
    claimant = whole.children.order_by("org__code")[1].org
    claim = services.claim(
        item=listed.get(title=TO_CLAIM),
        org=claimant,
        words="街道文化站晚间可用，已有授课老师六名",
        at=_at(date(2022, 3, 28)),
        by=secretaries.get(claimant.pk, by),
    )
    services.grant(claim=claim, at=_at(date(2022, 3, 29)), by=second)
    say(f"任务清单：{models.TaskList.objects.count()} 份、{models.Item.objects.count()} 项")


def _reform(year: int, *, by: Actor) -> None:
    """List four fields with 35 measures; the year before there were three with 28."""
    fields = MEASURES if year == 2022 else _earlier()
    new = services.NewList(
        title="深化团的工作举措清单",
        org=cast.place(DISTRICT),
        kind=models.TaskList.Kind.REFORM,
        year=year,
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        number=f"龙团〔{year}〕11号",
    )
    _list(new, fields, by=by)


def _earlier() -> Mapping[str, tuple[str, ...]]:
    names = list(MEASURES)
    earlier = {name: MEASURES[name] for name in names[:3]}
    return earlier | {names[0]: (*MEASURES[names[0]], MEASURES[names[3]][0])}


def _annual(year: int, *, by: Actor) -> None:
    new = services.NewList(
        title="共青团年度攻坚任务清单",
        org=cast.place(DISTRICT),
        kind=models.TaskList.Kind.ANNUAL,
        year=year,
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
    )
    _list(new, ANNUAL, by=by)


def _list(new: services.NewList, fields: Mapping[str, tuple[str, ...]], *, by: Actor) -> None:
    at, carriers = _at(PUBLISHED[new.year]), _carriers()
    task_list = services.make_list(new=new, at=at, by=by)
    for name, measures in fields.items():
        field = _add(task_list, services.NewItem(name), at=at, by=by)
        for place, title in enumerate(measures):
            item = _measure(title, place=place, year=new.year, carriers=carriers)
            _add(task_list, item, parent=field, at=at, by=by)
    services.publish(task_list=task_list, day=PUBLISHED[new.year], at=at, by=by)


def _measure(title: str, *, place: int, year: int, carriers: Iterator[Org]) -> services.NewItem:
    code, unit = FLOOR if title in ANNUAL["志愿服务"][:1] else ("", "")
    target = Decimal(1) if code else None
    if title == HOMES:
        target, unit = Decimal(HOMES_TO_BE), "个"
    is_open = title == TO_CLAIM
    lead, joint = next(carriers), next(carriers)
    return services.NewItem(
        title,
        lead=None if is_open else lead,
        joints=[joint] if place % 3 == 0 else [],
        is_open=is_open,
        starts_on=PUBLISHED[year],
        due_on=date(year, 12, 20) if place % 2 else date(year, 9, 30),
        deliverable=("工作方案", "台账", "活动记录", "制度文本")[place % 4],
        code=code,
        target=target,
        unit=unit,
    )


def _add(
    task_list: models.TaskList,
    new: services.NewItem,
    *,
    parent: models.Item | None = None,
    at: datetime,
    by: Actor,
) -> models.Item:
    return services.add_item(task_list=task_list, parent=parent, new=new, at=at, by=by)


def _carriers() -> Iterator[Org]:
    """Return streets and departments in turns."""
    kinds = (OrgKind.STREET, OrgKind.INDUSTRY_WORKING_COMMITTEE, OrgKind.DISTRICT_COMMITTEE)
    found = Org.objects.filter(kind__in=kinds, closed_on__isnull=True).order_by("code")
    return cycle(found)


def _at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=TZ).astimezone(UTC)
