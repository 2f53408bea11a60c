"""The pages: each for whom it is for, refused to others, unknown outside of sight."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import FormerStay, LeagueFile, LeftAs, Membership
from qinghe.systems.rolls import facts
from qinghe.systems.rolls.models import Leaving
from tests.cast import CLERK, NOW, TODAY
from tests.desk import sign_in

from .makers import make_filed, make_member, open_file, propose, prove, years_ago

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
STARTED = years_ago(1)


def url(name, *arguments):
    return reverse(f"rolls:{name}", args=arguments)


def text(response):
    return response.content.decode()


def numbers_on(client, **chosen):
    page = text(client.get(url("roll"), chosen))
    return {number for number in ("K001", "K002", "K003", "K004") if f">{number}<" in page}


@pytest.fixture
def people_of_a_branch(cast):
    """K001 with all, K002 without a file, K003 without a number, K004 in the Party and 28."""
    here = {"org": cast.branch, "starts_on": STARTED, "at": timezone.now()}
    complete = make_member(born=years_ago(20), **here)
    number = f"{STARTED.year}44000001"
    open_file(complete, joined_on=STARTED, number=number, at=timezone.now())
    make_member("K002", "季小山", born=years_ago(17, days=30), **here)
    unnumbered = make_member("K003", "江小河", born=years_ago(27, days=300), **here)
    open_file(unnumbered, joined_on=date(2017, 5, 4))
    old = make_member("K004", "贺小田", born=years_ago(28, days=1), **here)
    open_file(old, party_on=date(2020, 7, 1))
    return cast


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({}, {"K001", "K002", "K003", "K004"}),
        ({"gap": "file"}, {"K002"}),
        ({"gap": "number"}, {"K003"}),
        ({"gap": "party"}, {"K004"}),
        ({"gap": "soon"}, {"K003"}),
        ({"gap": "of_age"}, {"K004"}),
        ({"gap": "closed"}, set()),
        ({"gap": "no_branch"}, set()),
        ({"age": "under_18"}, {"K002"}),
        ({"age": "18_24"}, {"K001"}),
        ({"age": "25_27"}, {"K003"}),
        ({"age": "28_up"}, {"K004"}),
        ({"sector": "school"}, {"K001", "K002", "K003", "K004"}),
        ({"sector": "society"}, set()),
        ({"day": (STARTED - timedelta(days=1)).isoformat()}, set()),
        ({"day": STARTED.isoformat()}, {"K001", "K002", "K003", "K004"}),
        ({"q": "K002"}, {"K002"}),
    ],
)
def test_the_roll_is_narrowed(client, people_of_a_branch, chosen, found):
    sign_in(client, people_of_a_branch.luo)

    assert numbers_on(client, **chosen) == found


def test_a_roll_of_another_day_stands_as_it_stood(client, people_of_a_branch):
    left = people_of_a_branch.branch.memberships.get(person__number="K001")
    on = timezone.localdate()
    people.end_membership(membership=left, on=on, at=timezone.now(), by=CLERK)
    sign_in(client, people_of_a_branch.luo)

    assert "K001" not in numbers_on(client)
    assert "K001" in numbers_on(client, day=(on - timedelta(days=1)).isoformat())
    assert numbers_on(client, gap="off") == {"K001"}  # in the League still, on no roll


def test_who_is_on_no_roll_though_in_the_league_is_found_once_and_by_a_check(client, cast):
    first = make_member(org=cast.branch, starts_on=STARTED, at=timezone.now())
    open_file(first, at=timezone.now())
    gone = make_member("K002", "季小山", org=cast.branch, starts_on=STARTED, at=timezone.now())
    file = open_file(gone, at=timezone.now())
    on, now = STARTED + timedelta(days=40), timezone.now()
    for place in Membership.objects.filter(ends_on__isnull=True):
        people.end_membership(membership=place, on=on, at=now, by=CLERK)
    people.leave_league(file=file, how=LeftAs.RESIGNED, on=on, at=now, by=CLERK)
    again = people.admit_member(
        person=first.person, org=cast.branch, starts_on=on, at=now, by=CLERK
    )
    sign_in(client, cast.luo)
    check = next(one for one in facts.CHECKS if one.code == "ROL-C07")

    assert numbers_on(client, gap="off") == set()
    assert not check.records().exists()

    people.end_membership(membership=again, on=on, at=now, by=CLERK)

    assert [one.pk for one in check.records()] == [again.pk]  # the last of two places
    assert numbers_on(client, gap="off") == {"K001"}


def test_the_roll_costs_the_same_for_one_and_for_many(client, cast):
    for place in range(25):
        make_member(f"K{place:03}", "柯小舟", org=cast.branch)
    sign_in(client, cast.lin)
    client.get(url("roll"))

    with CaptureQueriesContext(connection) as asked:
        client.get(url("roll"), {"gap": "file"})

    assert len(asked) <= MOST_QUERIES, [one["sql"][:90] for one in asked]


def test_the_board_counts_what_its_lists_show(client, people_of_a_branch):
    sign_in(client, people_of_a_branch.luo)

    page = client.get(url("board"))

    health = {count.label: count.value for count in page.context["health"]}
    assert health == {
        "在册团员": 4,
        "缺档案": 1,
        "缺编号": 1,
        "缺出生日期": 0,
        "不在团支部": 0,
        "所在组织已撤销": 0,
        "保留团籍": 1,
        "三个月内满28周岁": 1,
        "已满28周岁未任职": 1,
        "未离团而不在任何名册": 0,
        "不足3人的团支部": 0,
        "超过50人的团支部": 0,
        "待审批的离团事项": 0,
    }
    assert all(client.get(count.url).status_code == 200 for count in page.context["health"])


def test_branches_of_too_few_and_too_many_are_found(client, cast):
    for place in range(51):
        make_member(f"K{place:03}", "柯小舟", org=cast.branch)
    sign_in(client, cast.tang)

    large = text(client.get(url("branches"), {"size": "large"}))
    small = text(client.get(url("branches"), {"size": "small"}))

    assert cast.branch.code in large
    assert cast.branch.code not in small


def test_a_file_is_opened_and_corrected_on_the_pages(client, cast):
    member = make_member(org=cast.branch)
    sign_in(client, cast.luo)
    typed = {"joined_on": "2018-05-04", "number": "", "party_on": ""}

    wrong = client.post(url("file_open", member.pk), typed | {"number": "12345"})
    done = client.post(url("file_open", member.pk), typed)
    client.post(url("file_change", member.pk), typed | {"number": "201844000001"})
    page = text(client.get(url("member", member.pk)))

    assert (wrong.status_code, done.status_code) == (422, 302)
    assert LeagueFile.objects.get().number == "201844000001"
    assert "201844000001" in page
    assert "更正档案" in page


def test_the_file_shows_the_whole_way_to_the_present_roll_only(client, cast):
    first = make_filed(org=cast.hongmian)
    people.end_membership(membership=first, on=date(2022, 3, 1), at=NOW, by=CLERK)
    second = people.admit_member(
        person=first.person, org=cast.branch, starts_on=date(2022, 3, 1), at=NOW, by=CLERK
    )
    sign_in(client, cast.luo)

    page = text(client.get(url("member", second.pk)))

    assert "红棉社区" in page
    assert client.get(url("member", first.pk)).status_code == 404


def test_who_is_28_leaves_after_a_look(client, people_of_a_branch):
    sign_in(client, people_of_a_branch.luo)
    old = people_of_a_branch.branch.memberships.get(person__number="K004")
    today = timezone.localdate().isoformat()
    chosen = {"on": today, "members": [old.pk], "step": "check"}

    listed = text(client.get(url("of_age")))
    looked = text(client.post(url("of_age_leave"), chosen))
    nobody = client.post(url("of_age_leave"), {"on": today, "step": "check"})
    early = text(
        client.post(url("of_age_leave"), chosen | {"on": years_ago(0, days=200).isoformat()})
    )
    assert not Leaving.objects.exists()
    done = client.post(url("of_age_leave"), chosen | {"step": "confirmed"})

    assert ">K004<" in listed
    assert "确定为1人办理" in looked
    assert nobody.status_code == 422
    assert "还不满28周岁" in early
    assert done.status_code == 302
    assert Leaving.objects.get().person.number == "K004"


def test_a_wish_is_proposed_proven_and_granted_on_the_pages(client, cast):
    member = make_filed(org=cast.branch)
    sign_in(client, cast.luo)
    today = timezone.localdate().isoformat()
    asked = client.post(
        url("leaving_resigned", member.pk),
        {"asked_on": "2022-06-01", "resolved_on": "2022-06-20", "reason": "出国定居，本人申请"},
    )
    found = Leaving.objects.get()
    assert asked.url == url("leaving", found.pk)
    assert "撤回" in text(client.get(asked.url))
    assert client.get(url("leaving_approve", found.pk)).status_code == 403
    sign_in(client, cast.tang)

    bare = client.post(url("leaving_approve", found.pk), {"on": today})
    prove(found, by=cast.luo)
    waiting = text(client.get(reverse("web:inbox")))
    done = client.post(url("leaving_approve", found.pk), {"on": today})

    assert bare.status_code == 422
    assert "还没有上传" in text(bare)
    assert "待审批" in waiting
    assert done.status_code == 302
    found.refresh_from_db()
    assert found.state == "approved"
    sign_in(client, cast.luo)
    assert "已退团" in text(client.get(url("member", member.pk)))


def test_dropping_out_is_proposed_and_taken_back_or_refused(client, cast):
    member = make_filed(org=cast.branch)
    sign_in(client, cast.luo)
    typed = {
        "ground": "fees", "since": "2021-12-01", "resolved_on": "2022-06-20",
        "reason": "多次提醒没有回应",
    }  # fmt: skip

    early = client.post(url("leaving_dropped", member.pk), typed | {"since": "2022-06-01"})
    client.post(url("leaving_dropped", member.pk), typed)
    first = Leaving.objects.get()
    client.post(url("leaving_withdraw", first.pk), {"reason": "本人已补交团费"})
    client.post(url("leaving_dropped", member.pk), typed)
    second = Leaving.objects.get(state="proposed")
    sign_in(client, cast.tang)
    client.post(url("leaving_refuse", second.pk), {"reason": "先谈话再处理"})

    assert early.status_code == 422
    assert sorted(Leaving.objects.values_list("state", flat=True)) == ["refused", "withdrawn"]
    assert "先谈话再处理" in text(client.get(url("leaving", second.pk)))


def test_outside_of_sight_nothing_is_found(client, cast):
    member = make_filed(org=cast.branch)
    asked = propose(member, by=cast.luo)
    sign_in(client, cast.zhou)

    for name, key in (
        ("member", member.pk), ("file_open", member.pk), ("file_change", member.pk),
        ("leaving_resigned", member.pk), ("leaving_dropped", member.pk),
        ("leaving", asked.pk), ("leaving_approve", asked.pk), ("leaving_refuse", asked.pk),
        ("leaving_withdraw", asked.pk),
    ):  # fmt: skip
        assert client.get(url(name, key)).status_code == 404, name


def test_the_auditor_finds_nothing(client, cast):
    member = make_filed(org=cast.branch)
    sign_in(client, cast.auditor)

    assert client.get(url("roll")).status_code == 403
    for name in ("member", "file_change", "leaving_resigned"):
        assert client.get(url(name, member.pk)).status_code == 404, name
    assert client.get(url("of_age_leave")).status_code == 403


def test_who_holds_no_post_reads_about_themself_only(client, cast):
    person = cast.xiaoming
    people.admit_member(
        person=person, org=cast.hongmian, starts_on=date(2021, 1, 1), at=NOW, by=CLERK
    )
    new = people.NewFile(date(2012, 5, 4), "")
    people.open_league_file(person=person, new=new, at=NOW, by=CLERK)
    sign_in(client, access_queries.actor_of_person(person.pk, person.name, TODAY))

    page = text(client.get(url("own")))

    assert "2012-05-04" in page
    assert "红棉社区" in page
    assert client.get(url("roll")).status_code == 403


@pytest.mark.parametrize(("born", "is_told"), [(years_ago(20), True), (years_ago(17), False)])
def test_a_time_before_is_as_closely_held_as_the_file(cast, client, born, is_told):
    member = make_member(org=cast.branch, born=born, starts_on=STARTED, at=timezone.now())
    FormerStay.objects.create(
        person=member.person,
        joined_on=STARTED,
        number="202044000007",
        left_on=timezone.localdate(),
        left_as="resigned",
    )
    sign_in(client, cast.luo)
    assert "202044000007" in text(client.get(url("member", member.pk)))

    sign_in(client, cast.lin)
    page = text(client.get(url("member", member.pk)))

    assert ("202044000007" in page) is is_told
