"""What the tests of progress and supervision stand on: a list in force, and who carries it."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

from qinghe.kernel.access.actors import Role
from qinghe.lib.periods import TZ
from qinghe.systems.targets.models import Charge, Item, LightSpan, Share, TaskList
from qinghe.systems.targets.services import charging, progress
from tests.cast import make_cast, with_role

START, DUE = date(2022, 6, 1), date(2022, 6, 30)


def on(day, *, month=6, hour=9):
    """Return a morning."""
    return datetime(2022, month, 1, hour, tzinfo=TZ) + timedelta(days=day - 1)


def make_scene(cast=None):
    """Enter the cast, a second officer, 坂田's secretary, and a list of June in force."""
    cast = cast or make_cast()
    task_list = TaskList.objects.create(
        title="六月攻坚任务",
        org=cast.longgang,
        kind="annual",
        year=2022,
        starts_on=START,
        ends_on=DUE,
        published_on=START,
        state="published",
    )
    return SimpleNamespace(
        **vars(cast),
        luo=with_role("P013", "罗衡", role=Role.DISTRICT_OFFICER, org=cast.longgang),
        wen=with_role("P014", "温蓝", role=Role.STREET_SECRETARY, org=cast.bantian),
        task_list=task_list,
    )


def make_item(scene, place=1, **told):
    """Enter a measure that 坂田 answers for: thirty visits in June, one a day."""
    return Item.objects.create(
        **{
            "task_list": scene.task_list,
            "parent": told.pop("parent", None) or _field(scene),
            "level": 2,
            "path": f"001.{place:03d}.",
            "title": "走访三十家企业",
            "lead": scene.bantian,
            "target": Decimal(30),
            "unit": "家",
            "entered_on": START,
            **told,
        }
    )


def _field(scene):
    found, _ = Item.objects.get_or_create(
        task_list=scene.task_list,
        path="001.",
        defaults={"level": 1, "title": "服务企业", "entered_on": START},
    )
    return found


def carry(scene, *, at=None, **told):
    """Enter a measure and who carries it."""
    item = make_item(scene, **told)
    charging.enter_charges(at=at or on(1), by="the tests")
    return item.charges.first()


def share_out(scene, item, numbers):
    """Share the number of an item out to streets."""
    whole = Share.objects.create(
        item=item, org=scene.longgang, number=int(item.target), handed_on=START
    )
    for org, number in numbers.items():
        Share.objects.create(item=item, org=org, parent=whole, number=number, handed_on=START)
    charging.enter_charges(at=on(1), by="the tests")
    return {charge.org: charge for charge in item.charges.all()}


def told(number, *, day=1, words="走访并登记", evidence=None):
    """Say how far it was by a day of June."""
    return progress.NewProgress(START + timedelta(days=day - 1), Decimal(number), words, evidence)


def tell(charge, number, *, at, by, kind="progress", evidence=None):
    """Hand in how far a charge is."""
    day = (at.astimezone(TZ).date() - START).days + 1
    return progress.tell(
        charge=charge, kind=kind, new=told(number, day=day, evidence=evidence), at=at, by=by
    )


def accepted(charge, number, *, at, by, to):
    """Hand in how far a charge is, and let it be accepted the same day."""
    return progress.accept_progress(progress=tell(charge, number, at=at, by=by), at=at, by=to)


def light_of(charge):
    """Return what a charge shines in, and since when."""
    lit = LightSpan.objects.filter(charge=charge, ended_on__isnull=True).first()
    return (lit.light, lit.since.day) if lit else None


def again(charge):
    """Read a charge once more."""
    return Charge.objects.get(pk=charge.pk)
