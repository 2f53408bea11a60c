"""Lists of other platforms in the browser: named, explained, loaded, agreed to, read by the volunteer."""

import pytest
from django.urls import reverse

from qinghe.kernel.people.models import Person
from qinghe.systems.volunteering import models
from tests.cast import actor

from .carried_makers import (
    COLUMNS,
    HEADINGS,
    MING_ID,
    agree,
    book,
    hours_of,
    line,
    load,
    make_source,
    with_id,
)
from .makers import make_volunteer, sign_in
from .star_makers import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(cast):
    return make_source(cast.lin, cast.longgang)


@pytest.fixture
def known(ming):
    with_id(ming.person)
    return ming


def text(answer):
    return answer.content.decode()


def test_a_platform_is_named_and_its_columns_are_explained(client, cast):
    sign_in(client, cast.lin)
    named = client.post(url("source_new"), {"name": "志愿深圳", "org": "440307"})
    source = models.HoursSource.objects.get()
    assert named.url == url("source_columns", source.pk)

    shown = text(client.post(named.url, {"file": book(line(shown=MING_ID))}))

    assert "发起组织" in shown
    assert "深圳图书馆" in shown
    assert MING_ID not in shown  # a full number is not repeated on a page
    token = shown.split('name="example" value="')[1].split('"')[0]
    chosen = {**COLUMNS, "unit": "hours", "example": token}
    assert client.post(named.url, chosen).url == url("source", source.pk)
    kept = source.versions.get()
    assert (kept.version, kept.columns, kept.headings) == (1, COLUMNS, list(HEADINGS))
    bad = client.post(named.url, {**chosen, "shown": "姓名"})
    assert bad.status_code == 422
    assert "同一列对应了两项" in text(bad)
    stale = client.post(named.url, {**chosen, "example": token[:-3]}, follow=True)
    assert "请重新上传样表" in text(stale)
    assert source.versions.count() == 1


def test_a_list_is_loaded_by_one_and_agreed_to_by_another(client, cast, source, known):
    sign_in(client, cast.chen)
    sent = {"org": "440307017", "file": book(line(), line("无此人", number="SZ3"))}
    looked = client.post(url("source_load", source.pk), sent)
    found = models.CarriedList.objects.get()
    assert looked.url == url("carried_list", found.pk)
    page = text(client.get(looked.url))
    assert "待审核 1 行" in page
    assert "未找到本人 1 行" in page
    assert "无此人" not in page  # masked in a list
    client.post(url("carried_confirm", found.pk))
    assert "全部计入" not in text(client.get(looked.url))

    sign_in(client, cast.lin)
    assert "志愿深圳" in text(client.get(reverse("web:inbox")))
    assert "全部计入" in text(client.get(looked.url))
    client.post(url("carried_agree", found.pk))

    assert hours_of(known) == [150]
    assert "志愿深圳" in text(client.get(url("volunteer", known.pk)))
    rows = text(client.get(f"{url('carried_rows', found.pk)}?state=nobody"))
    assert "无**" in rows


def test_the_same_list_again_says_who_loaded_it_and_when(client, cast, source, known):
    load(source, line(), org=cast.henggang, by=cast.chen)
    sign_in(client, cast.chen)

    answer = client.post(url("source_load", source.pk), {"org": "440307017", "file": book(line())})

    assert answer.status_code == 422
    assert "没有重复导入" in text(answer)


def test_a_file_that_is_no_list_of_this_platform_says_which_column_is_lacking(client, cast, source):
    sign_in(client, cast.chen)
    other = book(("明小麦", "2"), headings=("姓名", "时长"))

    answer = client.post(url("source_load", source.pk), {"org": "440307017", "file": other})

    assert answer.status_code == 422
    assert "缺少列：" in text(answer)
    assert not models.CarriedList.objects.exists()


def test_a_row_with_several_candidates_is_decided_by_hand(client, cast, source, ming):
    twin = Person.objects.create(number="P777", name="明小麦")
    make_volunteer("ZY77", person=twin, org=cast.hongmian)
    found = load(source, line(), org=cast.henggang, by=cast.chen)
    row = found.rows.get()
    sign_in(client, cast.chen)
    page = text(client.get(url("carried_choose", row.pk)))
    assert "ZY77" in page
    assert "明小麦" not in page
    assert client.post(url("carried_choose", row.pk), {"number": ""}).status_code == 422
    wrong = client.post(url("carried_choose", row.pk), {"number": "ZY404"})
    assert "请选择一名候选" in text(wrong)

    client.post(url("carried_choose", row.pk), {"chosen": ming.pk})

    row.refresh_from_db()
    assert (row.state, row.volunteer, row.how) == ("matched", ming, "hand")


def test_a_row_is_turned_down_and_what_counted_taken_back(client, cast, source, known):
    found = load(source, line(), line(day="2022-04-09"), org=cast.henggang, by=cast.chen)
    first, second = found.rows.all()
    sign_in(client, cast.lin)
    client.post(url("carried_row_refuse", first.pk), {"reason": "活动没有举行"})
    agree(found, cast.lin)

    client.post(url("carried_row_revoke", second.pk), {"reason": "平台已更正"})

    assert sorted(found.rows.values_list("state", flat=True)) == ["refused", "revoked"]
    assert "平台已更正" in text(client.get(url("carried_row", second.pk)))
    assert hours_of(known) == []


def test_others_lists_are_not_found_and_others_acts_are_refused(client, cast, source, known):
    found = load(source, line(), org=cast.henggang, by=cast.chen)
    row = found.rows.get()
    sign_in(client, cast.zhou)
    for page, key in [
        ("carried_list", found.pk),
        ("carried_rows", found.pk),
        ("carried_row", row.pk),
    ]:
        assert client.get(url(page, key)).status_code == 404
    assert client.post(url("carried_agree", found.pk)).status_code == 404

    sign_in(client, cast.chen)
    assert client.post(url("carried_agree", found.pk)).status_code == 409  # who loaded it
    assert client.get(url("source_columns", source.pk)).status_code == 404  # the district's


def test_volunteers_read_their_hours_apart_and_dispute_them(client, cast, source, known):
    agree(load(source, line(), org=cast.henggang, by=cast.chen), cast.lin)
    hours = models.CarriedHours.objects.get()
    sign_in(client, actor(known.person))
    assert "另有其他平台转入 2.5 小时" in text(client.get(url("own_service")))
    page = text(client.get(url("own_carried")))
    assert "图书整理" in page
    assert "2022-04-02 · 志愿深圳 · 深圳图书馆" in page

    client.post(url("own_carried_dispute", hours.pk), {"words": "当天没有参加"})

    dispute = models.HoursDispute.objects.get()
    assert (dispute.kind, dispute.org) == ("carried", cast.henggang)
    assert "当天没有参加" in text(client.get(url("own_carried")))
    assert client.get(url("own_carried_dispute", hours.pk + 1)).status_code == 404
    sign_in(client, cast.chen)
    assert "志愿深圳的时长" in text(client.get(url("hours_dispute", dispute.pk)))


def test_pages_do_not_grow_with_their_rows(
    client, cast, source, known, django_assert_max_num_queries
):
    lines = [line(day=f"2022-04-{day:02}") for day in range(1, 21)]
    found = load(source, *lines, org=cast.henggang, by=cast.chen)
    sign_in(client, cast.lin)
    client.get(url("carried_list", found.pk))

    with django_assert_max_num_queries(60):
        client.get(url("carried_list", found.pk))
    with django_assert_max_num_queries(45):
        client.get(url("carried_rows", found.pk))
