"""A class leaves school: who goes where, sent at once, looked at, taken in, some returned."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.audit.models import Entry
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Membership
from qinghe.lib.verdicts import Refused
from qinghe.systems.transfers import services, sheets
from qinghe.systems.transfers.models import Transfer
from tests.cast import NOW, TODAY, make_person
from tests.desk import sign_in

from .makers import SINCE, asked, join, own, place, sent, standing

pytestmark = pytest.mark.django_db
CLASS = 300


def url(name, *arguments):
    return reverse(f"transfers:{name}", args=arguments)


def text(response):
    return response.content.decode()


def make_class(ground, many):
    """Put so many more on the roll of the school's branch."""
    people = [make_person(f"G{n:03}", f"毕小{n}") for n in range(many)]
    return [join(one, ground.cast.branch) for one in people]


def drafted(ground, memberships, to=None):
    new = services.Mended(kind="work", to_org=to or ground.cast.enterprise)
    return services.draft_together(memberships=memberships, new=new, at=NOW, by=ground.cast.tang)


def test_three_hundred_at_once_cost_few_questions(ground, django_assert_max_num_queries):
    memberships = make_class(ground, CLASS)
    with django_assert_max_num_queries(24):
        assert drafted(ground, memberships) == CLASS
    with django_assert_max_num_queries(35):
        sent = services.send_many(
            transfers=list(Transfer.objects.all()), at=NOW, by=ground.cast.tang
        )
    with django_assert_max_num_queries(32):
        taken = services.accept_many(
            transfers=list(Transfer.objects.all()), at=NOW, by=ground.cast.liang
        )

    states = set(Transfer.objects.values_list("state", "accepted_on", "desk__code"))
    assert states == {("in_pending", TODAY, "XHKJ")}
    with django_assert_max_num_queries(40):
        placed = services.place_many(
            transfers=list(Transfer.objects.all()),
            into=ground.workshop,
            on=TODAY,
            at=NOW,
            by=ground.cast.liang,
        )

    assert (sent.done, taken.done, placed.done) == (CLASS, CLASS, CLASS)
    assert not {**sent.refused, **taken.refused, **placed.refused}
    verbs = [
        "transfers.draft_many", "transfers.send_many", "transfers.accept_many",
        "transfers.place_many", "people.transfer_many",
    ]  # fmt: skip
    assert Entry.objects.filter(verb__in=verbs).count() == len(verbs)
    assert set(Transfer.objects.values_list("state", "placed_in")) == {
        ("placed", ground.workshop.pk)
    }
    of_them = Membership.objects.filter(person__number__startswith="G")
    assert set(of_them.values_list("org", "starts_on", "ends_on")) == {
        (ground.cast.branch.pk, SINCE, TODAY),
        (ground.workshop.pk, TODAY, None),
    }
    assert of_them.count() == 2 * CLASS


def test_five_come_back_to_the_schools_list(client, ground):
    drafted(ground, make_class(ground, 8))
    services.send_many(transfers=list(Transfer.objects.all()), at=NOW, by=ground.cast.tang)
    for one in Transfer.objects.order_by("pk")[:5]:
        services.reject_transfer(transfer=one, reason="没有报到", at=NOW, by=ground.cast.liang)
    services.accept_many(
        transfers=list(Transfer.objects.filter(state="in_pending")), at=NOW, by=ground.cast.liang
    )
    rest = list(Transfer.objects.filter(state="in_pending"))
    outcome = services.place_many(
        transfers=rest, into=ground.workshop, on=TODAY, at=NOW, by=ground.cast.liang
    )
    assert (outcome.done, dict(outcome.refused)) == (3, {})
    assert all(standing(one.person) == [ground.workshop] for one in rest)

    sign_in(client, ground.cast.tang)
    page = text(client.get(url("graduates_of", ground.cast.branch.pk)))
    assert page.count("没有报到") == 5
    again = services.send_many(
        transfers=list(Transfer.objects.filter(state="rejected")), at=NOW, by=ground.cast.tang
    )
    assert again.done == 5


def test_who_cannot_go_stays_and_says_why(ground):
    first, second = make_class(ground, 2)
    drafted(ground, [first, second])
    people.transfer_member(membership=first, into=ground.local, on=TODAY, at=NOW, by="tests")

    outcome = services.send_many(
        transfers=list(Transfer.objects.all()), at=NOW, by=ground.cast.tang
    )

    assert outcome.done == 1
    assert next(iter(outcome.refused.values())).startswith("团员已不在原来的团支部")
    assert Transfer.objects.get(person=first.person).state == "draft"


def one_of_each(ground):
    """Let transfers stand in every way in which placing them may be asked for."""
    first, last, *others = (one.person for one in make_class(ground, 7))
    yield own(ground)  # the sending side has not agreed
    yield sent(ground, person=first)  # may be placed at once
    yield sent(ground, person=last, to_org=ground.second)  # right to a branch
    yield sent(ground, person=others[0], as_draft=True)
    paused = sent(ground, person=others[1])
    yield services.suspend_transfer(
        transfer=paused, reason="核对材料", at=NOW, by=ground.cast.liang
    )
    yield sent(ground, person=others[2], to_org=ground.cast.hongmian, kind="home")
    yield sent(ground, person=others[3], kind="out", to_org=None, outside="广州市天河区团委")
    gone = sent(ground, person=others[4])
    place = Membership.objects.get(person=others[4], ends_on=None)
    people.transfer_member(membership=place, into=ground.local, on=TODAY, at=NOW, by="tests")
    yield gone
    for number, born in (("W1", date(2000, 5, 4)), ("W2", date(2010, 5, 4))):
        came = {
            "person": None, "newcomer": people.NewPerson(number, "覃小来", birth_date=born),
            "kind": "in", "outside": "广州市天河区团委", "letter": "介2022-1",
        }  # fmt: skip
        yield asked(ground, **came)


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1), TODAY + timedelta(days=1)])
@pytest.mark.parametrize("branch", ["workshop", "local"])
@pytest.mark.parametrize("who", ["liang", "lin", "tang"])
def test_each_of_many_is_placed_or_refused_as_if_alone(ground, day, branch, who):
    found = list(one_of_each(ground))
    how = {
        "into": getattr(ground, branch), "on": day, "at": NOW, "by": getattr(ground.cast, who),
    }  # fmt: skip
    alone = {}
    for one in found:
        with transaction.atomic():
            try:
                services.place_transfer(transfer=one, **how)
            except Refused as refused:
                alone[one.pk] = refused.reason
            transaction.set_rollback(True)

    together = services.place_many(transfers=found, **how)

    assert together.refused == alone
    assert together.done == len(found) - len(alone)
    placed = Transfer.objects.filter(pk__in=[one.pk for one in found], state="placed")
    assert {one.pk for one in placed} == {one.pk for one in found} - set(alone)
    assert all(standing(one.person) == [how["into"]] for one in placed)


def test_nobody_is_placed_in_a_branch_that_was_closed(ground):
    one = sent(ground)
    orgs.close_org(org=ground.workshop, on=TODAY, at=NOW, by="tests")
    how = {"into": ground.workshop, "on": TODAY, "at": NOW, "by": ground.cast.liang}

    outcome = services.place_many(transfers=[one], **how)

    assert outcome.done == 0
    assert "已于2022-07-03撤销" in outcome.refused[one.pk]


def test_only_the_right_side_does_many(ground):
    memberships = make_class(ground, 2)
    with pytest.raises(Refused) as refused:
        services.draft_together(
            memberships=memberships,
            new=services.Mended(kind="work", to_org=ground.cast.enterprise),
            at=NOW,
            by=ground.cast.liang,
        )
    drafted(ground, memberships)
    codes = [refused.value.code]
    for do, by in (
        (services.send_many, ground.cast.liang),
        (services.accept_many, ground.cast.tang),
    ):
        with pytest.raises(Refused) as refused:
            do(transfers=list(Transfer.objects.all()), at=NOW, by=by)
        codes.append(refused.value.code)

    assert codes == ["not_allowed"] * 3


def test_the_list_of_graduates_is_checked_whole_in_a_few_questions(
    ground, django_assert_max_num_queries
):
    make_class(ground, 4)
    own(ground)
    outsider = make_person("X001", "外小人")
    join(outsider, ground.local)
    rows = [
        sheets.Row(2, "G000", "XHKJ", "work", None, None),
        sheets.Row(3, "G001", "HGZX", "study", date(2022, 9, 1), "录取"),
        sheets.Row(4, "G002", "XHKJ", "study", None, None),
        sheets.Row(5, "G003", "NONE", "work", None, None),
        sheets.Row(6, "M001", "XHKJ", "work", None, None),
        sheets.Row(7, "X001", "XHKJ", "work", None, None),
        sheets.Row(8, "G000", "XHKJ", "work", None, None),
    ]
    with django_assert_max_num_queries(4):
        found = sheets.resolve(ground.cast.tang, rows, NOW)

    assert {(one.line, one.column) for one in found.problems} == {
        (2, "人员编号"), (4, "转入组织代码"), (4, "开学日期"), (5, "转入组织代码"),
        (6, "人员编号"), (7, "人员编号"), (8, "人员编号"),
    }  # fmt: skip
    source = {"file": "f" * 64, "sheet": "transfers.graduates", "lines": [3, 3]}
    made = services.draft_many(ready=found.ready, at=NOW, by=ground.cast.tang, source=source)
    assert made == 1
    one = Transfer.objects.get(person__number="G001")
    assert (one.state, one.to_org, one.term_on) == ("draft", ground.cast.school, date(2022, 9, 1))
    with pytest.raises(Refused):
        services.draft_many(ready=found.ready, at=NOW, by=ground.cast.tang, source=source)


def test_a_class_leaves_and_comes_on_the_pages(client, ground):
    memberships = make_class(ground, 3)
    sign_in(client, ground.cast.tang)
    assert "高一（1）团支部" in text(client.get(url("graduates")))
    page = url("graduates_of", ground.cast.branch.pk)
    answer = client.post(page, {"kind": "work", "to_org": "XHKJ"})
    assert answer.status_code == 422
    assert "没有勾选" in text(answer)
    picked = [one.pk for one in memberships]
    client.post(page, {"kind": "work", "to_org": "XHKJ", "picked": picked})
    assert "提交全部草稿（3人）" in text(client.get(page))
    client.post(url("graduates_send", ground.cast.branch.pk))
    assert set(Transfer.objects.values_list("state", flat=True)) == {"in_pending"}
    client.logout()

    sign_in(client, ground.cast.liang)
    came = text(client.get(url("incoming")))
    assert "毕小0" in came
    assert "checked" not in came
    keys = list(Transfer.objects.order_by("pk").values_list("pk", flat=True))
    client.post(url("incoming_accept"), {"picked": keys[:2]})
    assert Transfer.objects.filter(accepted_on__isnull=False).count() == 2
    wrong = client.post(url("incoming_place"), {"picked": keys[:1], "into": "没有", "on": ""})
    assert wrong.status_code == 422
    assert text(wrong).count("checked") == 1  # what was ticked stays so
    today = timezone.localdate().isoformat()
    nobody = client.post(url("incoming_place"), {"into": "XHKJ-01", "on": today})
    assert nobody.status_code == 422
    assert "没有勾选" in text(nobody)
    assert "没有勾选" in text(client.post(url("incoming_accept"), follow=True))
    client.post(url("incoming_place"), {"picked": keys, "into": "XHKJ-01", "on": today})
    assert Transfer.objects.filter(state="placed").count() == 2


def test_others_do_not_see_a_class_leave(client, ground):
    sign_in(client, ground.cast.zhou)
    assert client.get(url("graduates_of", ground.cast.branch.pk)).status_code == 404
    assert client.post(url("graduates_send", ground.cast.branch.pk)).status_code == 404
    client.logout()
    sign_in(client, ground.cast.luo)
    assert client.get(url("incoming")).status_code == 403
    assert client.post(url("incoming_accept")).status_code == 403
    assert client.get(url("graduates")).status_code == 200


def test_one_by_one_and_together_lead_to_the_same(ground):
    (first,) = make_class(ground, 1)
    drafted(ground, [first])
    services.send_many(transfers=list(Transfer.objects.all()), at=NOW, by=ground.cast.tang)

    assert place(Transfer.objects.get(), ground.second, ground.cast.liang).state == "placed"
