"""Lights at once, one notice of many, the board by streets and lists, a list taken up again."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.notices.models import Notice
from qinghe.lib.verdicts import Refused
from qinghe.systems.targets import queries, services, tasks
from qinghe.systems.targets.models import Charge, LadderStep, TaskList
from qinghe.systems.targets.queries import charges, standing
from qinghe.systems.targets.rules.pace import Light
from qinghe.systems.targets.services import telling, watching
from tests.desk import sign_in

from . import carried
from .carried import DUE, START, accepted, again, carry, light_of, make_item, on, share_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(db):
    return carried.make_scene()


def notices_of(who):
    return list(
        Notice.objects.filter(person_id=who.person_id)
        .order_by("pk")
        .values_list("title", flat=True)
    )


def test_a_list_has_its_lights_when_it_is_given_out(scene):
    TaskList.objects.update(state="draft", published_on=None)
    item = make_item(scene)

    services.publish(task_list=scene.task_list, day=START, at=on(10), by=scene.lin)

    charge = Charge.objects.get(item=item)
    assert light_of(charge) == ("red", 10)
    assert notices_of(scene.wen) == ["任务亮红灯：走访三十家企业"]
    assert light_of(Charge.objects.get(item=add_one(scene, at=on(10)))) == ("red", 10)


def add_one(scene, *, at):
    new = services.NewItem("建十个阵地", lead=scene.henggang, unit="个", target=10)
    field = scene.task_list.items.get(level=1)
    return services.add_item(task_list=scene.task_list, parent=field, new=new, at=at, by=scene.lin)


def test_an_adjusted_number_has_its_light_when_it_is_approved(scene):
    item = make_item(scene, lead=None)
    charge = share_out(scene, item, {scene.bantian: 30})[scene.bantian]
    accepted(charge, 6, at=on(10), by=scene.wen, to=scene.lin)
    assert light_of(charge) == ("red", 10)  # ten were due

    asked = services.ask_adjustment(
        share=charge.share, number=18, reason="六家迁出", at=on(10), by=scene.wen
    )
    services.approve_adjustment(adjustment=asked, at=on(10, hour=15), by=scene.lin)

    assert light_of(charge) == ("green", 10)


def test_many_red_items_of_a_street_are_one_notice_however_many_looks_they_take(scene, monkeypatch):
    monkeypatch.setattr(standing, "ITEMS_AT_ONCE", 2)
    for place in range(1, 8):
        carry(scene, place=place)

    tasks.supervise(at=on(10))
    tasks.supervise(at=on(10, hour=11))

    assert notices_of(scene.wen) == ["任务亮红灯：7项"]
    assert set(LadderStep.objects.values_list("told", flat=True)) == {1}


def test_what_a_stop_left_untold_is_told_by_the_next_run_and_once(scene, monkeypatch):
    monkeypatch.setattr(standing, "ITEMS_AT_ONCE", 2)
    items = [carry(scene, place=place).item_id for place in range(1, 6)]
    watching.look_untold(items=items[:2], at=on(10), by="tests")  # and the worker stops
    untold = notices_of(scene.wen)

    tasks.supervise(at=on(12))
    tasks.supervise(at=on(12, hour=11))

    assert untold == []
    assert notices_of(scene.wen) == ["任务亮红灯：5项"]
    assert telling.tell_waiting(at=on(13), by="tests") == 0


def test_a_closed_list_is_dark_and_shines_again_when_it_is_taken_up(scene):
    charge = carry(scene)
    tasks.supervise(at=on(10))
    services.close(task_list=scene.task_list, reason="核销", at=on(11), by=scene.lin)
    dark = light_of(charge)

    def reopen(by, reason="还有两项没有办好"):
        return services.reopen_list(task_list=scene.task_list, reason=reason, at=on(20), by=by)

    for by, reason, code in (
        (scene.wen, "补办", "not_allowed"),
        (scene.lin, " ", "reason_needed"),
    ):
        with pytest.raises(Refused) as refused:
            reopen(by, reason)
        assert refused.value.code == code
    kept = reopen(scene.lin)
    spans = list(charge.lights.order_by("since").values_list("since__day", "ended_on__day"))

    assert dark is None
    assert (kept.state, kept.closed_on) == ("published", None)
    assert spans == [(10, 11), (20, None)]
    with pytest.raises(Refused):
        reopen(scene.lin)
    assert again(charge).seen_on == date(2022, 6, 20)


def test_a_closed_list_is_not_published_instead(scene):
    services.close(task_list=scene.task_list, reason="核销", at=on(11), by=scene.lin)

    with pytest.raises(Refused) as refused:
        services.publish(task_list=scene.task_list, day=START, at=on(12), by=scene.lin)

    assert refused.value.code == "wrong_state"


def test_the_board_shows_each_street_by_list_in_its_worst_light(client, scene, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: on(10, hour=10))
    charge = carry(scene)
    told = carry(scene, place=2, lead=scene.henggang)
    carried.accepted(told, 12, at=on(10), by=scene.chen, to=scene.lin)
    carry(scene, place=3, lead=scene.hongmian)
    tasks.supervise(at=on(10))
    board = queries.light_map(scene.lin, org=scene.longgang)
    sign_in(client, scene.lin)
    page = client.get(reverse("targets:lights")).content.decode()
    cell = next(row.cells[0] for row in board.rows if row.org == scene.bantian)
    behind = client.get(cell.url).content.decode()

    shown = {row.org.name: (row.cells[0].light, row.cells[0].words) for row in board.rows}
    assert shown == {
        "龙岗区": (Light.NONE, ""),
        "坂田街道": (Light.RED, "红1"),
        "横岗街道": (Light.RED, "红1 绿1"),
    }
    assert "targets-lit-red" in page
    assert reverse("targets:charge", args=[charge.pk]) in behind
    assert "横岗街道" not in behind.split("<tbody", 1)[1].split("</tbody", 1)[0]


def test_the_board_asks_as_much_for_many_as_for_one(client, scene, django_assert_max_num_queries):
    for place in range(1, 12):
        carry(scene, place=place)
    tasks.supervise(at=on(10))
    sign_in(client, scene.lin)
    client.get(reverse("targets:lights"))

    with django_assert_max_num_queries(15):
        client.get(reverse("targets:lights"))


def test_a_list_is_shown_over_time_by_item_and_by_organisation(client, scene):
    charge = carry(scene)
    tasks.supervise(at=on(10))
    sign_in(client, scene.wen)
    here = reverse("targets:gantt", args=[scene.task_list.pk])

    by_item = client.get(here).content.decode()
    by_org = client.get(here, {"by": "org"}).content.decode()

    assert "走访三十家企业" in by_item
    assert f"{START.isoformat()} 至 {DUE.isoformat()}" in by_item
    assert reverse("targets:charge", args=[charge.pk]) in by_org
    assert "q-tag-late" in by_org


def test_who_led_an_item_before_is_not_pressed_for_it_any_more(scene):
    before = carry(scene)
    tasks.supervise(at=on(10))

    def lead(org, *, at):
        new = services.NewItem("走访三十家企业", lead=org, target=30, unit="家")
        item = before.item
        services.change_item(item=item, new=new, reason="分工调整", at=at, by=scene.lin)

    lead(scene.henggang, at=on(11))
    tasks.supervise(at=on(12))

    assert light_of(before) is None
    assert light_of(Charge.objects.get(org=scene.henggang)) == ("red", 11)
    assert not charges.red_charges_of(scene.wen).exists()
    seen = charges.live(scene.lin, charges.charges_seen_by(scene.lin))
    assert [one.org.name for one in seen] == ["横岗街道"]
    with pytest.raises(Refused) as refused:
        carried.tell(again(before), 9, at=on(12), by=scene.wen)
    assert refused.value.code == "over"
    lead(scene.bantian, at=on(13))
    assert light_of(before) == ("red", 13)
