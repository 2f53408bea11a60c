"""A list of today under way: progress told, sent back, struck off, one red and pressed by a paper.

The lists of the years past are closed, as a district does in January: what nobody watches any
longer would shine red for ever.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.targets import models, services
from qinghe.systems.targets.services import progress, supervising, watching

from . import cast, reported

TITLE = "近期重点任务督办清单"
RUNS, LEFT = 60, 30  # days gone, days to come
MEASURES = (  # what, in what, how many, and how many are done by today
    ("走访园区重点企业团组织", "家", 45, 32),
    ("补齐团员档案", "份", 90, 40),
    ("青年夜校开课", "班", 9, 9),
    ("志愿服务岗位上线", "个", 30, 27),
    ("社区青年议事会", "场", 12, 8),
)
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Close what is past, publish a list of today, and let five streets be of every kind; once."""
    if models.TaskList.objects.filter(title=TITLE).exists():
        return
    by, second = cast.officer(), cast.officer(second=True)
    for past in models.TaskList.objects.filter(year=2022, state=models.TaskList.State.PUBLISHED):
        closed = datetime(2023, 1, 12, 10, tzinfo=TZ)
        services.close(task_list=past, reason="年度总结时逐项核销", at=closed, by=by)
    charges = list(_published(local_day(now), by=by))
    secretaries = reported.who_answers().secretaries
    for charge, (_, _, _, done) in zip(charges, MEASURES, strict=True):
        filer = secretaries.get(charge.org_id)
        if filer is not None:
            _told(charge, done, now=now, by=filer, officers=(by, second))
    watching.look(items=[charge.item_id for charge in charges], at=now, by="demo")
    red = models.LightSpan.objects.filter(light="red", ended_on__isnull=True).first()
    if red is not None:
        supervising.issue_slip(
            charge=red.charge,
            words="请逐项排查堵点，一周内补报进度和下一步安排。",
            answer_by=local_day(now) + timedelta(days=7),
            at=now,
            by=by,
        )
    say(f"任务督办：{len(charges)} 项责任、{models.Progress.objects.count()} 份填报")


def _published(today: date, *, by: Actor) -> Iterator[models.Charge]:
    starts_on = today - timedelta(days=RUNS)
    at = _at(starts_on)
    new = services.NewList(
        title=TITLE,
        org=cast.place("440307"),
        kind=models.TaskList.Kind.ANNUAL,
        year=starts_on.year,
        starts_on=starts_on,
        ends_on=today + timedelta(days=LEFT),
    )
    task_list = services.make_list(new=new, at=at, by=by)
    field = services.add_item(
        task_list=task_list, parent=None, new=services.NewItem("重点任务"), at=at, by=by
    )
    streets = Org.objects.filter(kind="street", closed_on__isnull=True).order_by("code")
    for (title, unit, number, _), street in zip(MEASURES, streets, strict=False):
        item = services.NewItem(
            title, lead=street, target=Decimal(number), unit=unit, deliverable="台账和现场照片"
        )
        services.add_item(task_list=task_list, parent=field, new=item, at=at, by=by)
    services.publish(task_list=task_list, day=starts_on, at=at, by=by)
    yield from models.Charge.objects.filter(item__task_list=task_list).order_by("item__path")


def _told(
    charge: models.Charge, done: int, *, now: datetime, by: Actor, officers: tuple[Actor, Actor]
) -> None:
    """Tell half of it a month ago and the rest the day before yesterday; the last is sent back."""
    month_ago, lately = now - timedelta(days=30), now - timedelta(days=2)
    first = progress.tell(
        charge=charge, kind="progress", new=_new(done // 2, month_ago), at=month_ago, by=by
    )
    progress.accept_progress(progress=first, at=month_ago, by=officers[0])
    is_whole = done >= charge.target
    proof = ContentFile(b"%PDF-1.4\n" + f"{charge.pk}".encode(), name="台账.pdf")
    second = progress.tell(
        charge=charge,
        kind="strike" if is_whole else "progress",
        new=_new(done, lately, proof if is_whole else None),
        at=lately,
        by=by,
    )
    if done == MEASURES[-1][-1]:
        progress.send_back_progress(
            progress=second, reason="场次与活动记录对不上，请核对后再报", at=lately, by=officers[1]
        )
    else:
        progress.accept_progress(progress=second, at=lately, by=officers[1])


def _new(number: int, at: datetime, proof: ContentFile | None = None) -> progress.NewProgress:
    return progress.NewProgress(local_day(at), Decimal(number), "按计划推进，台账已更新", proof)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=TZ)
