"""Rows in, figures out."""

from datetime import date
from decimal import Decimal

import pytest

from qinghe.analytics import catalogue, figures
from qinghe.lib import periods
from qinghe.systems.targets import services
from tests.cast import NOW
from tests.desk import build_facts

from .makers import add, make_filled, make_list, publish

pytestmark = pytest.mark.django_db
H1, H2 = periods.half_year(2022, 1), periods.half_year(2022, 2)


def test_what_lists_count(cast):
    scene = make_filled(cast)
    add(scene.task_list, "第一步", parent=scene.led, by=cast.lin, lead=cast.henggang)
    add(scene.task_list, "第二步", parent=scene.led, by=cast.lin, lead=cast.henggang)
    dropped = add(scene.task_list, "多余", parent=scene.field, by=cast.lin)
    services.drop_item(item=dropped, reason="重复", at=NOW, by=cast.lin)
    made = services.claim(item=scene.opened, org=cast.bantian, words="愿意", at=NOW, by=cast.wen)
    services.grant(claim=made, at=NOW, by=cast.lin)
    annual = make_list(cast, kind="annual", title="攻坚清单")
    field = add(annual, "志愿服务", by=cast.lin)
    told = {"code": "VOL-34", "unit": "支/社区"}
    add(annual, "旧下限", parent=field, by=cast.lin, target=Decimal(2), **told)
    add(annual, "一社区一队伍", parent=field, by=cast.lin, target=Decimal(1), **told)
    publish(annual, by=cast.lin, day=date(2022, 3, 1))
    add(make_list(cast, title="草稿"), "不计", by=cast.lin)

    store = build_facts()

    wanted = [catalogue.indicator(code) for code in ("TGT-03", "TGT-04", "TGT-05")]
    own = [catalogue.indicator(f"LST-0{number}") for number in (1, 2, 3)]
    first, second = (figures.compute(store, [*wanted, *own], period) for period in (H1, H2))
    org = cast.longgang.pk

    def values(found, *codes):
        return [found[code, org].value for code in codes]

    assert values(first, "TGT-03", "TGT-04", "TGT-05", "LST-01") == [0, 0, 1, 2]
    assert values(second, "TGT-03", "TGT-04", "TGT-05") == [1, 4, 1]
    assert values(second, "LST-01", "LST-02", "LST-03") == [6, 3, 1]
    assert second["LST-03", cast.bantian.pk].value == 1
    assert all(one.version == 2 for one in wanted)
