"""The pages: each for whom it is for, refused to others, unknown outside of sight."""

from decimal import Decimal

import pytest
from django.urls import reverse

from qinghe.edges import system
from qinghe.edges.handing import Offer, Source
from qinghe.systems.targets import queries, services, sheets
from qinghe.systems.targets.models import Adjustment, Charge, Claim, Item, Share, TaskList
from tests.cast import NOW
from tests.desk import sign_in

from .makers import DAY, add, make_filled, make_list, make_split, publish

pytestmark = pytest.mark.django_db


def url(name, *arguments):
    return reverse(f"targets:{name}", args=arguments)


def text(response):
    return response.content.decode()


def test_a_list_is_made_filled_and_published_in_the_browser(client, cast):
    sign_in(client, cast.lin)
    told = {
        "title": "年度攻坚任务清单", "number": "", "org": "440307", "kind": "annual",
        "year": "2022", "starts_on": "2022-01-01", "ends_on": "2022-12-31",
    }  # fmt: skip

    wrong = client.post(url("list_new"), told | {"ends_on": "2021-12-31"})
    made = client.post(url("list_new"), told)
    task_list = TaskList.objects.get()
    empty = client.post(url("publish", task_list.pk), {"day": "2022-07-01"})
    client.post(url("item_new", task_list.pk), {"title": "建强组织"})
    item = client.post(
        url("item_new", task_list.pk),
        {
            "parent": Item.objects.get().pk, "title": "抓两新", "lead": "横岗街道",
            "joint_0": "440307013", "due_on": "2022-09-30", "target": "20", "unit": "支",
            "code": "VOL-30",
        },
    )  # fmt: skip
    client.post(url("publish", task_list.pk), {"day": "2022-07-01"})

    assert (wrong.status_code, empty.status_code) == (422, 422)
    assert "结束日期早于开始日期" in text(wrong)
    assert "还没有任务" in text(empty)
    assert made.url == url("list", task_list.pk)
    page = text(client.get(item.url))
    assert "1.1 抓两新" in page
    assert "坂田街道" in page
    assert "20支（指标VOL-30）" in page
    tree = text(client.get(url("list", task_list.pk)))
    assert "已发布" in tree
    assert "抓两新" in tree
    assert "年度攻坚任务清单" in text(client.get(url("lists")))
    assert "抓两新" in text(client.get(url("items"), {"of": "split", "mine": "1"}))


def test_what_is_wrong_with_an_item_is_said_beside_what_was_typed(client, cast):
    task_list = make_list(cast)
    sign_in(client, cast.lin)
    new = url("item_new", task_list.pk)

    outside = client.post(new, {"title": "甲", "lead": "不存在街道"})
    both = client.post(new, {"title": "乙", "lead": "横岗街道", "is_open": "on"})
    number = client.post(new, {"title": "丙", "target": "3"})

    assert [one.status_code for one in (outside, both, number)] == [422, 422, 422]
    assert "没有找到这个组织" in text(outside)
    assert "不开放认领" in text(both)
    assert "就要填单位" in text(number)
    assert not Item.objects.exists()


def test_who_does_not_keep_a_list_reads_it_and_changes_nothing(client, cast):
    scene = make_filled(cast)
    draft = make_list(cast, title="草稿")
    for who, seen in ((cast.chen, 200), (cast.zhou, 200), (cast.auditor, 404), (cast.he, 404)):
        sign_in(client, who)
        assert client.get(url("list", scene.task_list.pk)).status_code == seen
        assert client.get(url("item", scene.led.pk)).status_code == seen
        refused = 403 if seen == 200 else 404
        for name in ("item_new", "publish", "close", "list_change", "take"):
            assert client.get(url(name, scene.task_list.pk)).status_code == refused, name
        for name in ("item_change", "item_drop"):
            assert client.get(url(name, scene.led.pk)).status_code == refused, name
    sign_in(client, cast.chen)
    assert client.get(url("list", draft.pk)).status_code == 404
    assert client.post(url("begin_split", scene.counted.pk)).status_code == 403
    sign_in(client, cast.he)
    assert client.get(url("lists")).status_code == 403


def test_an_open_item_is_claimed_on_the_phone_and_granted_from_the_inbox(client, cast):
    scene = make_filled(cast)
    sign_in(client, cast.mian)
    page = text(client.get(url("item", scene.opened.pk)))
    form = {"org": "红棉社区", "words": "社区有场地"}
    claimed = client.post(url("claim", scene.opened.pk), form)
    again = client.post(url("claim", scene.opened.pk), form)

    assert url("claim", scene.opened.pk) in page
    assert claimed.url == url("item", scene.opened.pk)
    assert again.status_code == 422

    sign_in(client, cast.lin)
    made = Claim.objects.get()
    assert "红棉社区认领" in text(client.get("/inbox/"))
    client.post(url("claim_grant", made.pk))

    assert Item.objects.get(pk=scene.opened.pk).lead == cast.hongmian


def test_a_number_is_split_with_a_preview_and_adjusted_by_two(client, cast):
    scene = make_filled(cast)
    sign_in(client, cast.lin)
    begun = client.post(url("begin_split", scene.counted.pk))
    whole = Share.objects.get()

    preview = text(client.get(begun.url, {"way": "equal"}))
    based = text(client.get(begun.url, {"way": "base", "code": "", "period": "2022H1"}))
    hand = f"{begun.url}?way=hand"
    lacking = client.post(hand, {"reason": "议定", f"to_{cast.henggang.pk}": "5"})
    given = {f"to_{cast.henggang.pk}": "5", f"to_{cast.bantian.pk}": "4", "reason": "议定"}
    done = client.post(hand, given)

    assert begun.url == url("split", whole.pk)
    assert "横岗街道" in preview
    assert "要选一个指标" in based
    assert lacking.status_code == 422
    assert "没有的填0" in text(lacking)
    assert done.url == url("share", whole.pk)
    page = text(client.get(done.url))
    assert "还差2" in page
    assert "差额由谁承担" in page

    sign_in(client, cast.wen)
    street = Share.objects.get(org=cast.bantian)
    client.post(url("adjust", street.pk), {"number": "6", "reason": "新设园区"})
    asked = Adjustment.objects.get()
    assert client.post(url("adjustment_approve", asked.pk)).status_code == 403

    sign_in(client, cast.lin)
    assert "坂田街道：新建青年之家由4调整为6" in text(client.get("/inbox/"))
    client.post(url("adjustment_approve", asked.pk))
    assert "分解完毕" in text(client.get(url("share", whole.pk)))


def test_the_numbers_of_another_street_are_not_in_sight(client, cast):
    whole = make_split(cast)
    other = Share.objects.get(org=cast.bantian)
    sign_in(client, cast.chen)

    assert client.get(url("share", Share.objects.get(org=cast.henggang).pk)).status_code == 200
    assert client.get(url("share", other.pk)).status_code == 404
    assert client.get(url("share", whole.pk)).status_code == 404


def test_a_street_finds_its_number_from_the_item_and_from_what_it_carries(client, cast):
    whole = make_split(cast, make_filled(cast))
    own = Share.objects.get(org=cast.henggang)
    sign_in(client, cast.chen)

    item = text(client.get(url("item", whole.item_id)))
    charge = text(client.get(url("charge", own.charge.pk)))

    assert "横岗街道分到5个，查看分解和调整历史" in item
    for page in (item, charge):
        assert url("share", own.pk) in page
        assert url("share", whole.pk) not in page
    assert "提出调整" in text(client.get(url("share", own.pk)))


def test_what_was_promised_is_ticked_and_taken_over(client, cast, monkeypatch):
    task_list = make_list(cast)
    offer = Offer("t:1", "办好青年夜校", "上半年报告", cast.longgang, "/reports/1/", cast.henggang)
    done = Offer("t:2", "已经办完的事", "会议", cast.longgang, "/m/1/", is_done=True)
    given = system.System("t", "t", "", gives=(Source("t", "试", lambda actor: [offer, done]),))
    monkeypatch.setattr(system, "INSTALLED", [*system.INSTALLED, given])
    sign_in(client, cast.lin)

    page = text(client.get(url("take", task_list.pk)))
    client.post(url("take", task_list.pk), {"offers": ["t:1"]})

    assert "办好青年夜校（横岗街道）" in page
    assert "已经办完的事" not in page
    item = Item.objects.get()
    assert (item.offer_key, item.lead) == ("t:1", cast.henggang)
    assert "上半年报告" in text(client.get(url("item", item.pk)))
    assert 'value="t:1"' not in text(client.get(url("take", task_list.pk)))


def test_what_another_list_struck_off_is_not_taken_over_again(cast):
    offer = Offer("t:1", "办好青年夜校", "上半年报告", cast.longgang, "/reports/1/", cast.henggang)
    before, now = make_list(cast), make_list(cast, title="下半年任务清单")
    services.take_over(task_list=before, parent=None, offers=[offer], at=NOW, by=cast.lin)
    publish(before, by=cast.lin)

    assert queries.left_to_take(cast.lin, now, [offer]) == [offer]
    Charge.objects.update(struck_on=DAY, asked_on=None, file_by=None)
    assert queries.left_to_take(cast.lin, now, [offer]) == []


def test_a_number_is_shown_without_idle_zeros(client, cast):
    task_list = make_list(cast)
    add(task_list, "满意率", by=cast.lin, lead=cast.henggang, target=Decimal("98.50"), unit="%")
    add(task_list, "夜校", by=cast.lin, lead=cast.henggang, target=Decimal("27.00"), unit="期")
    sign_in(client, cast.lin)

    page = text(client.get(url("list", task_list.pk)))
    rows = text(client.get(url("items")))

    assert "98.5%" in page
    assert "27期" in page
    assert "98.5<" in rows
    assert "27.0" not in rows


def test_who_has_how_much_is_shown_street_by_street(client, cast, django_assert_max_num_queries):
    scene = make_filled(cast)
    add(scene.task_list, "到社区", parent=scene.led, by=cast.lin, lead=cast.hongmian)
    sign_in(client, cast.chen)
    address = url("heat", scene.task_list.pk)
    client.get(address)

    with django_assert_max_num_queries(15):
        page = text(client.get(address))
    below = text(client.get(address, {"at": cast.henggang.code}))

    assert 'class="targets-heat-2" title="牵头2">2<' in page
    assert "红棉社区" in below
    assert client.get(address, {"at": "X"}).status_code == 404


def test_lists_and_items_for_other_programs(client, cast):
    scene = make_filled(cast)
    sign_in(client, cast.chen)

    lists = client.get("/api/v1/targets/lists").json()["items"]
    items = client.get("/api/v1/targets/items", {"task_list": scene.task_list.pk}).json()["items"]

    assert [one["title"] for one in lists] == [scene.task_list.title]
    assert [one["number"] for one in items] == ["1.3", "1.2", "1.1", "1"]
    assert items[2]["joints"] == [cast.bantian.code]
    sign_in(client, cast.he)
    assert client.get("/api/v1/targets/lists").status_code == 403


def row(task_list, line, number, **told):
    empty = dict.fromkeys(sheets.Row._fields)
    said = {"line": line, "list_id": task_list.pk, "number": number, "title": f"第{number}项"}
    return sheets.Row(**(empty | said | told))


def test_a_workbook_brings_in_a_numbered_tree(cast):
    task_list = make_list(cast)
    rows = [
        row(task_list, 2, "1"),
        row(task_list, 3, "1.1", lead="横岗街道", joints="440307013、红棉社区"),
        row(task_list, 4, "1.10", is_open=True),
        row(task_list, 5, "1.1.1", lead=cast.hongmian.code),
    ]

    resolved = sheets.resolve(cast.lin, rows, NOW)
    services.enter_items(ready=resolved.ready, at=NOW, by=cast.lin, source={"file": "清单"})

    assert not resolved.problems
    items = list(Item.objects.order_by("path"))
    assert [one.number for one in items] == ["1", "1.1", "1.1.1", "1.10"]
    assert items[1].lead == cast.henggang
    assert {org.name for org in items[1].joints.all()} == {"坂田街道", "红棉社区"}


def test_each_line_of_a_workbook_says_why_it_is_refused(cast):
    scene = make_filled(cast)
    foreign = make_list(cast, org=cast.bantian, by=cast.wen, title="坂田清单")
    rows = [
        row(scene.task_list, 2, "1"),
        row(scene.task_list, 3, "2.1"),
        row(scene.task_list, 4, "1.7", lead="无此街道"),
        row(scene.task_list, 5, "1.8", lead="横岗街道", is_open=True),
        row(scene.task_list, 6, "1.9"),
        row(scene.task_list, 7, "1.9"),
        row(foreign, 8, "1"),
        row(scene.task_list, 9, "1.11", code="XYZ-99", target=1, unit="个"),
    ]

    resolved = sheets.resolve(cast.lin, rows, NOW)

    found = {(one.line, one.column) for one in resolved.problems}
    assert found >= {
        (2, "序号"), (3, "序号"), (4, "牵头单位"), (5, ""), (6, "序号"), (7, "序号"),
        (8, "清单编号"), (9, ""),
    }  # fmt: skip
    assert resolved.ready == []
