"""What the tests of lists of work stand on."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

from qinghe.kernel.access.actors import Role
from qinghe.systems.targets import services
from tests.cast import NOW, make_cast, with_role

DAY = date(2022, 7, 3)  # the day of NOW


def make_scene():
    """Enter the cast, a second district officer, 坂田's secretary and 红棉's."""
    cast = make_cast()
    return SimpleNamespace(
        **vars(cast),
        luo=with_role("P013", "罗衡", role=Role.DISTRICT_OFFICER, org=cast.longgang),
        wen=with_role("P014", "温蓝", role=Role.STREET_SECRETARY, org=cast.bantian),
        mian=with_role("P015", "棉朵", role=Role.COMMUNITY_SECRETARY, org=cast.hongmian),
    )


def later(minutes) -> datetime:
    """Return a moment after NOW."""
    return NOW + timedelta(minutes=minutes)


def new_list(cast, *, org=None, **told):
    """Tell of an invented list of reform measures."""
    return services.NewList(
        **{
            "title": "深化改革若干举措清单",
            "number": "龙团〔2022〕21号",
            "org": org or cast.longgang,
            "kind": "reform",
            "year": 2022,
            "starts_on": date(2022, 1, 1),
            "ends_on": date(2022, 12, 31),
            **told,
        }
    )


def make_list(cast, *, by=None, **told):
    """Begin a list."""
    return services.make_list(new=new_list(cast, **told), at=NOW, by=by or cast.lin)


def add(task_list, title, *, parent=None, by, **told):
    """Put an item on a list."""
    new = services.NewItem(title=title, **told)
    return services.add_item(task_list=task_list, parent=parent, new=new, at=NOW, by=by)


def publish(task_list, *, by, day=DAY):
    """Give a list out."""
    return services.publish(task_list=task_list, day=day, at=NOW, by=by)


def make_filled(cast, *, published=True):
    """Make a list of one field with three measures: 横岗's, one to be claimed, one with a number."""
    task_list = make_list(cast)
    field = add(task_list, "建强基层组织", by=cast.lin)
    led = add(
        task_list,
        "推动街道团的组织全覆盖",
        parent=field,
        by=cast.lin,
        lead=cast.henggang,
        joints=[cast.bantian],
        due_on=date(2022, 9, 30),
        deliverable="工作方案",
    )
    opened = add(task_list, "打造青年议事示范点", parent=field, by=cast.lin, is_open=True)
    counted = add(
        task_list,
        "新建青年之家",
        parent=field,
        by=cast.lin,
        target=Decimal(11),
        unit="个",
    )
    if published:
        task_list = publish(task_list, by=cast.lin)
    return SimpleNamespace(
        task_list=task_list, field=field, led=led, opened=opened, counted=counted
    )


def make_split(cast, scene=None):
    """Share the number of the counted item over 横岗 (6) and 坂田 (5)."""
    scene = scene or make_filled(cast)
    whole = services.begin_split(item=scene.counted, at=NOW, by=cast.lin)
    return services.split_equally(share=whole, reason="平均", at=NOW, by=cast.lin)
