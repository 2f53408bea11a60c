"""Charges become figures: in time, red, struck off, by organisation."""

from datetime import date
from decimal import Decimal

import pytest

from qinghe.analytics import figures
from qinghe.lib import periods
from qinghe.systems.targets import indicators, tasks
from qinghe.systems.targets.models import Item
from qinghe.systems.targets.services import progress
from tests.desk import build_facts

from . import carried
from .carried import carry, on, tell
from .test_progress import picture

pytestmark = pytest.mark.django_db


def test_rows_become_figures():
    scene = carried.make_scene()
    one, late, red = (carry(scene, place=place) for place in (1, 2, 3))
    carry(scene, place=4, lead=scene.henggang, due_on=date(2022, 9, 30))
    for charge, day in ((one, 29), (late, 31)):
        filed = tell(charge, 30, at=on(day), by=scene.wen, kind="strike", evidence=picture())
        progress.accept_progress(progress=filed, at=on(day + 3), by=scene.lin)
    given_away = carry(scene, place=5)
    Item.objects.filter(pk=given_away.item_id).update(lead=scene.henggang)
    tasks.supervise(at=on(33))
    h1, h2 = (
        figures.compute(build_facts(), indicators.CHARGE_INDICATORS, periods.half_year(2022, half))
        for half in (1, 2)
    )

    at = scene.longgang.pk, scene.bantian.pk
    assert [h1["LST-04", org].value for org in at] == [4, 3]
    assert [h1["TGT-06", org].value for org in at] == [Decimal(25), Decimal("33.33")]
    assert [h2["TGT-08", org].value for org in at] == [2, 2]
    assert h2["TGT-07", scene.bantian.pk].value == 1
    assert h2["TGT-07", scene.longgang.pk].value == 3  # 横岗 has done nothing either
    assert not red.struck_on
