"""Lists and items: kept by one, seen by those whom they name, taken over from elsewhere."""

from datetime import date
from decimal import Decimal

import pytest

from qinghe.edges.handing import Offer
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit.models import Entry
from qinghe.lib.verdicts import Refused
from qinghe.systems.targets import queries, services
from tests.cast import NOW

from .makers import DAY, add, make_list, new_list, publish

pytestmark = pytest.mark.django_db


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def seen(actor):
    return [one.title for one in queries.lists_seen_by(actor)]


def test_a_draft_is_seen_by_its_keeper_and_a_published_list_by_whom_it_names(cast):
    task_list = make_list(cast)
    field = add(task_list, "建强基层组织", by=cast.lin)
    add(task_list, "摸底", parent=field, by=cast.lin, lead=cast.henggang)

    assert (seen(cast.lin), seen(cast.chen)) == ([task_list.title], [])

    publish(task_list, by=cast.lin)

    assert seen(cast.chen) == [task_list.title]
    assert (seen(cast.wen), seen(cast.zhou), seen(cast.auditor)) == ([], [], [])


def test_an_open_item_opens_the_list_to_all_below_its_keeper(cast, scene):
    assert seen(cast.zhou) == [scene.task_list.title]

    services.drop_item(item=scene.opened, reason="并入其他举措", at=NOW, by=cast.lin)

    assert seen(cast.zhou) == []
    assert seen(cast.wen) == [scene.task_list.title]  # 坂田 works along


def test_a_street_keeps_lists_of_its_own_and_of_nobody_else(cast):
    own = make_list(cast, org=cast.henggang, by=cast.chen, title="横岗攻坚清单")

    assert own.org == cast.henggang
    assert refusal(lambda: make_list(cast, by=cast.chen)) == "not_allowed"
    assert refusal(lambda: make_list(cast, org=cast.bantian, by=cast.chen)) == "not_allowed"
    assert refusal(lambda: add(own, "甲", by=cast.wen)) == "not_allowed"
    assert refusal(lambda: add(own, "甲", by=cast.chen, lead=cast.bantian)) == "wrong_org"


def test_what_a_list_says_fits_together(cast):
    make_list(cast)

    assert refusal(lambda: make_list(cast)) == "title_taken"
    ends = date(2021, 12, 31)
    assert refusal(lambda: make_list(cast, title="乙", ends_on=ends)) == "wrong_order"


def test_an_empty_list_is_not_published_nor_one_of_tomorrow(cast):
    task_list = make_list(cast)
    assert refusal(lambda: publish(task_list, by=cast.lin)) == "empty_list"

    add(task_list, "方面", by=cast.lin)

    tomorrow = date(2022, 7, 4)
    assert refusal(lambda: publish(task_list, by=cast.lin, day=tomorrow)) == "in_future"


def test_a_published_list_says_no_other_and_its_items_change_with_a_reason(cast, scene):
    other = new_list(cast, title="别的")
    told = services.NewItem(title="推动全覆盖", lead=cast.bantian)

    def change(reason):
        return services.change_item(item=scene.led, new=told, reason=reason, at=NOW, by=cast.lin)

    def rename():
        return services.change_list(task_list=scene.task_list, new=other, at=NOW, by=cast.lin)

    assert refusal(rename) == "not_draft"
    assert refusal(lambda: change(" ")) == "reason_needed"
    changed = change("职责调整")
    assert (changed.lead, list(changed.joints.all())) == (cast.bantian, [])
    entry = Entry.objects.filter(verb="targets.change_item").get()
    assert entry.detail["changed"]["title"] == ["推动街道团的组织全覆盖", "推动全覆盖"]


def test_what_is_dropped_takes_along_what_is_under_it_and_keeps_its_place(cast, scene):
    task = add(scene.task_list, "分步任务", parent=scene.led, by=cast.lin)

    services.drop_item(item=scene.led, reason="合并", at=NOW, by=cast.lin)

    task.refresh_from_db()
    assert (task.dropped_on, task.reason) == (DAY, "合并")
    assert refusal(lambda: add(scene.task_list, "丙", parent=scene.led, by=cast.lin)) == "dropped"
    assert add(scene.task_list, "丁", parent=scene.field, by=cast.lin).number == "1.4"


def test_a_closed_list_stays_as_it_is(cast, scene):
    services.close(task_list=scene.task_list, reason="全部完成", at=NOW, by=cast.lin)

    assert refusal(lambda: add(scene.task_list, "戊", by=cast.lin)) == "closed"
    assert refusal(lambda: publish(scene.task_list, by=cast.lin)) == "wrong_state"
    assert seen(cast.chen) == [scene.task_list.title]


def test_a_measure_of_a_figure_needs_its_number_and_a_known_figure(cast):
    task_list = make_list(cast)

    def put(**told):
        return lambda: add(task_list, "覆盖", by=cast.lin, **told)

    assert refusal(put(code="VOL-34")) == "target_needed"
    assert refusal(put(target=Decimal(1))) == "unit_needed"
    assert refusal(put(code="ABC-99", target=Decimal(1), unit="个")) == "unknown_indicator"
    assert refusal(put(lead=cast.henggang, is_open=True)) == "has_lead"
    assert refusal(put(lead=cast.henggang, joints=[cast.henggang])) == "lead_is_joint"


def offer(cast, key="drafting.plan:1", **told):
    return Offer(
        **{
            "key": key, "title": "擦亮志愿品牌", "group": "上半年报告", "org": cast.longgang,
            "url": "/", "owner": cast.henggang, "due_on": date(2022, 12, 31), **told,
        }
    )  # fmt: skip


def test_what_was_promised_is_taken_over_once_and_followed_by_its_key(cast):
    task_list = make_list(cast, kind="outlook", title="下半年思路")
    field = add(task_list, "志愿服务", by=cast.lin)
    offers = [
        offer(cast),
        offer(cast, "drafting.plan:2", code="VOL-30", target=Decimal(20), owner=None),
    ]

    def take(chosen):
        return services.take_over(
            task_list=task_list, parent=field, offers=chosen, at=NOW, by=cast.lin
        )

    first, second = take(offers)

    assert (first.number, first.lead, first.due_on) == ("1.1", cast.henggang, date(2022, 12, 31))
    assert (second.code, second.target, second.unit) == ("VOL-30", Decimal(20), "支")
    assert refusal(lambda: take(offers[:1])) == "taken_already"
    assert refusal(lambda: take([])) == "nothing_chosen"
    said = queries.followed(cast.lin, ["drafting.plan:1", "drafting.plan:9"])
    assert [one.label for one in said["drafting.plan:1"]] == ["下半年思路第1.1项"]
    assert queries.followed(cast.chen, ["drafting.plan:1"]) == {}  # it is a draft yet


def test_who_claims_first_is_responsible_and_the_next_works_along(cast, scene):
    def claim(org, by):
        return services.claim(item=scene.opened, org=org, words="有基础", at=NOW, by=by)

    first, second = claim(cast.hongmian, cast.mian), claim(cast.bantian, cast.wen)
    assert refusal(lambda: claim(cast.hongmian, cast.mian)) == "claimed_already"
    assert refusal(lambda: claim(cast.hongmian, cast.wen)) == "not_allowed"
    assert refusal(lambda: services.grant(claim=first, at=NOW, by=cast.chen)) == "not_allowed"

    services.grant(claim=first, at=NOW, by=cast.lin)
    services.grant(claim=second, at=NOW, by=cast.lin)

    scene.opened.refresh_from_db()
    assert (scene.opened.lead, scene.opened.is_open) == (cast.hongmian, False)
    assert list(scene.opened.joints.all()) == [cast.bantian]
    assert refusal(lambda: claim(cast.henggang, cast.chen)) == "not_open"
    assert refusal(lambda: services.grant(claim=first, at=NOW, by=cast.lin)) == "wrong_state"


def test_nobody_is_given_by_themself_what_they_claimed(cast, scene):
    """Bar 17."""
    made = services.claim(item=scene.opened, org=cast.bantian, words="愿意", at=NOW, by=cast.wen)
    asker = Actor(cast.wen.person_id, "温", cast.lin.holdings)

    assert refusal(lambda: services.grant(claim=made, at=NOW, by=asker)) == "own_request"
    assert services.grant(claim=made, at=NOW, by=cast.lin).state == "granted"


def test_a_claim_is_refused_with_a_reason_or_taken_back(cast, scene):
    made = services.claim(item=scene.opened, org=cast.bantian, words="愿意", at=NOW, by=cast.wen)

    def refuse(answer):
        return services.refuse_claim(claim=made, answer=answer, at=NOW, by=cast.lin)

    assert refusal(lambda: refuse("")) == "reason_needed"
    assert refuse("另有安排").state == "refused"
    again = services.claim(item=scene.opened, org=cast.bantian, words="再试", at=NOW, by=cast.wen)
    assert services.withdraw_claim(claim=again, at=NOW, by=cast.wen).state == "withdrawn"
