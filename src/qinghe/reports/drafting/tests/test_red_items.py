"""An item of a list of work that shines red, from the watch over it into the report's text."""

import pytest

from qinghe.systems.targets import tasks
from qinghe.systems.targets.tests import carried

from . import desk

PROBLEMS = "?tab=problems"


@pytest.fixture
def charge(cast):
    """坂田 has told nothing of thirty visits, and the watch has looked every day of June."""
    charge = carried.carry(carried.make_scene(cast))
    for day in range(1, 31):
        tasks.supervise(at=carried.on(day, hour=4))
    return charge


@pytest.fixture
def lin(cast, book, monkeypatch):
    desk.lay(book, monkeypatch)
    return desk.sign_in(cast.lin)


def test_a_red_item_is_proposed_with_its_evidence_and_taken_into_the_text(
    lin, cast, report, charge
):
    sheet, evidence = f"/drafting/{report.pk}/", f"/targets/charges/{charge.pk}/"
    offered = lin.get(sheet + PROBLEMS)

    text = "坂田街道承担的“走访三十家企业”落后于时间进度，期末亮红灯，需要加大督办力度。"
    page = offered.content.decode()
    assert f'<a href="{evidence}">六月攻坚任务：坂田街道 2022-06-04起红灯</a>' in page
    assert text in page
    assert "红灯" in lin.get(evidence).content.decode()
    before = lin.get(sheet).context["page"].findings

    wording = {"key": f"red:{charge.pk}", "heading": "重点任务推进滞后", "text": text}
    lin.post(f"{sheet}problems/", wording)

    taken = lin.get(sheet)
    assert "已写入正文" in lin.get(sheet + PROBLEMS).content.decode()
    assert text in taken.content.decode()
    (found,) = taken.context["page"].findings[len(before) :]
    assert (found.words, found.blocking) == ("三十", True)  # until somebody says that it is a name

    name = {"words": "走访三十家企业", "reason": "任务名称，见清单"}
    lin.post(f"{sheet}fixed/", name)
    assert lin.get(sheet).context["page"].findings == before
