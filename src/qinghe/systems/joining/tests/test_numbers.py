"""Development numbers: handed down, kept, used, let go; what is refused, and in which words."""

from datetime import date

import pytest

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.people import services as people
from qinghe.lib.verdicts import Refused
from qinghe.systems.joining import services
from qinghe.systems.joining.models import Batch, Number, NumberRequest, Quota
from qinghe.systems.joining.services import Ask, Kept, Share
from tests.cast import NOW, make_wider_cast
from tests.kept import kept

from .number_makers import (
    JOINED,
    NEXT_YEAR,
    SCHOOL,
    SOCIETY,
    enter,
    hand,
    pupil,
    quota,
    reserve,
    states,
)

pytestmark = pytest.mark.django_db


@kept
def cast():
    return make_wider_cast()


@pytest.fixture
def handed(cast):
    """Ten at the district, six of them at the school."""
    enter(cast)
    hand(cast, cast.school, 6)
    return cast


def refused(code):
    return pytest.raises(Refused, check=lambda refusal: refusal.code == code)


def test_a_range_becomes_numbers_of_the_district(cast):
    batch = enter(cast, size=3)

    assert batch.size == 3
    assert [str(one) for one in Number.objects.all()] == [
        "202200000001", "202200000002", "202200000003",
    ]  # fmt: skip
    assert (quota(cast.longgang).amount, quota(cast.longgang).giver) == (3, None)


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("20220000001", "202200000009", "bad_range"),  # 11 digits
        ("２０２２00000001", "202200000009", "bad_range"),
        ("202200000009", "202200000001", "bad_range"),
        ("202200000001", "202300000001", "bad_range"),
        ("201600000001", "201600000009", "wrong_year"),
        ("202400000001", "202400000009", "wrong_year"),
        ("202200000001", "202200900001", "too_many"),
    ],
)
def test_a_range_that_is_none_is_not_entered(cast, first, last, code):  # T-20
    new = services.NewBatch(cast.longgang, "school", first, last, "通知", date(2022, 1, 1))

    with refused(code):
        services.enter_batch(new=new, at=NOW, by=cast.lin)

    assert not Quota.objects.exists()


def test_numbers_are_entered_once_in_whichever_field(cast):
    enter(cast, size=10)

    with refused("numbers_known"):
        enter(cast, size=10, first=202200000010, sector="society")

    assert Batch.objects.count() == 1
    assert Number.objects.count() == 10


def test_a_number_that_a_member_bears_is_not_entered_again(cast):
    file = people.NewFile(joined_on=JOINED, number="202200000005")
    people.open_league_file(person=pupil(1), new=file, at=NOW, by="the tests")

    with refused("numbers_known"):
        enter(cast, size=10)


def test_only_the_district_enters_what_came_from_above(cast):
    with refused("not_allowed"):
        enter(cast, org=cast.henggang, by=cast.chen)
    with refused("not_the_top"):
        enter(cast, org=cast.henggang, by=cast.lin)


def test_numbers_go_down_level_by_level(cast):  # T-27
    enter(cast)
    hand(cast, cast.henggang, 7)
    hand(cast, cast.school, 5, giver=cast.henggang, by=cast.chen)
    hand(cast, cast.branch, 2, giver=cast.school, by=cast.tang)

    held = [
        states(org)["issued"] for org in (cast.longgang, cast.henggang, cast.school, cast.branch)
    ]
    assert held == [3, 2, 3, 2]
    given = [(quota(org).amount, quota(org).handed) for org in (cast.longgang, cast.henggang)]
    assert given == [(10, 7), (7, 5)]


def test_several_are_given_at_once_or_none(cast):
    enter(cast)
    shares = [Share(cast.henggang, 6), Share(cast.bantian, 5)]

    with refused("not_enough"):
        services.hand_down(giver=cast.longgang, kept=SCHOOL, shares=shares, at=NOW, by=cast.lin)

    assert states(cast.longgang) == {"issued": 10}
    assert not Quota.objects.filter(org=cast.henggang).exists()


def test_what_may_not_be_handed_down(handed):
    with refused("not_allowed"):
        hand(handed, handed.bantian, 1, by=handed.chen)
    with refused("not_below"):
        hand(handed, handed.henggang, 1, giver=handed.school, by=handed.tang)
    with refused("wrong_sector"):
        hand(handed, handed.enterprise, 1)
    with refused("bad_amount"):
        hand(handed, handed.henggang, 0)
    with refused("wrong_year"):
        hand(handed, handed.henggang, 1, at=NEXT_YEAR)
    with refused("no_numbers"):
        hand(handed, handed.enterprise, 1, kept=SOCIETY)


def test_an_organisation_has_one_giver_a_year(handed):
    hand(handed, handed.henggang, 2)

    with refused("other_giver"):
        hand(handed, handed.school, 1, giver=handed.henggang, by=handed.chen)


def test_what_nobody_used_is_taken_back_and_handed_to_others(handed):
    services.take_back(
        quota=quota(handed.school), amount=4, reason="名额调剂", at=NOW, by=handed.lin
    )
    hand(handed, handed.henggang, 8)

    assert (quota(handed.school).amount, states(handed.school)) == (2, {"issued": 2})
    assert quota(handed.longgang).handed == 10


def test_more_than_is_left_is_not_taken_back(handed):
    reserve(handed, pupil(1))

    with refused("not_enough"):
        services.take_back(quota=quota(handed.school), amount=6, reason="多", at=NOW, by=handed.lin)
    with refused("not_allowed"):
        services.take_back(quota=quota(handed.school), amount=1, reason="", at=NOW, by=handed.tang)


def test_who_joins_is_kept_a_number_of_the_schools(handed):
    number = reserve(handed, pupil(1))

    kept = Number.objects.get(number=number)
    assert (kept.state, kept.org, kept.for_org) == ("reserved", handed.school, handed.branch)


def test_keeping_twice_gives_the_same_number(handed):
    someone = pupil(1)

    assert reserve(handed, someone) == reserve(handed, someone)
    assert states(handed.school) == {"reserved": 1, "issued": 5}


def test_where_none_is_left_it_is_said_whom_to_ask(handed):
    for number in range(6):
        reserve(handed, pupil(number))

    with pytest.raises(Refused) as refusal:
        reserve(handed, pupil(7))

    assert refusal.value.code == "no_number_left"
    assert "横岗中学团委的2022年度学校领域编号已用完" in refusal.value.reason
    assert "向龙岗区申请编号" in refusal.value.reason


def test_what_the_district_has_not_handed_down_is_nobodys(cast):
    enter(cast)

    with pytest.raises(Refused, match="向龙岗区申请编号") as refusal:
        reserve(cast, pupil(1))

    assert refusal.value.code == "no_number_left"


def test_a_number_is_used_on_the_day_of_joining(handed):
    someone = pupil(1)
    number = reserve(handed, someone)

    used = services.use_number(person=someone, joined_on=JOINED, at=NOW, by=handed.luo)

    found = Number.objects.get(number=number)
    assert (used, found.state, found.used_on) == (number, "used", JOINED)
    with refused("has_number"):
        reserve(handed, someone)
    with refused("no_number_kept"):
        services.use_number(person=someone, joined_on=JOINED, at=NOW, by=handed.luo)


def test_the_number_is_of_the_year_of_joining(handed):  # T-20
    someone = pupil(1)
    reserve(handed, someone)

    with pytest.raises(Refused, match="年份不一致"):
        services.use_number(person=someone, joined_on=date(2023, 1, 3), at=NEXT_YEAR, by=handed.luo)


def test_a_number_let_go_is_void_and_goes_to_nobody_else(handed):
    someone = pupil(1)
    number = reserve(handed, someone)

    services.release_number(person=someone, reason="支部大会未通过", at=NOW, by=handed.luo)

    gone = Number.objects.get(number=number)
    assert (gone.state, gone.person, gone.reason) == ("void", someone, "支部大会未通过")
    assert reserve(handed, pupil(2)) != number
    assert reserve(handed, someone) != number


def test_letting_go_needs_a_reason_and_the_right(handed):
    someone = pupil(1)
    reserve(handed, someone)

    with refused("reason_needed"):
        services.release_number(person=someone, reason=" ", at=NOW, by=handed.luo)
    with refused("not_allowed"):
        services.release_number(person=someone, reason="误", at=NOW, by=handed.liang)


def test_a_spoilt_number_is_put_out_of_use_if_nobody_has_it(handed):
    number = Number.objects.filter(org=handed.school).first()

    services.void_number(number=number, reason="打印错误", at=NOW, by=handed.tang)

    number.refresh_from_db()
    assert (number.state, number.reason) == ("void", "打印错误")
    kept = Number.objects.get(number=reserve(handed, pupil(1)))
    with refused("wrong_state"):
        services.void_number(number=kept, reason="错", at=NOW, by=handed.tang)


def test_what_is_left_is_returned_once_the_year_is_over(handed):
    someone = pupil(1)
    reserve(handed, someone)
    with refused("too_early"):
        services.return_numbers(quota=quota(handed.school), at=NOW, by=handed.tang)

    services.return_numbers(quota=quota(handed.school), at=NEXT_YEAR, by=handed.tang)
    services.return_numbers(quota=quota(handed.longgang), at=NEXT_YEAR, by=handed.lin)

    assert (quota(handed.school).amount, quota(handed.school).returned) == (6, 5)
    assert states(handed.school) == {"reserved": 1}
    assert states(handed.longgang) == {"void": 9}
    with refused("not_enough"):
        services.return_numbers(quota=quota(handed.school), at=NEXT_YEAR, by=handed.tang)


def test_nobody_answers_their_own_request(handed):
    """Bar 17."""
    ask = Ask(handed.school, "school", 3, "秋季发展计划")
    request = services.ask_for_numbers(ask=ask, at=NOW, by=handed.tang)
    asker = Actor(handed.tang.person_id, "唐", handed.lin.holdings)

    with refused("own_request"):
        services.answer_request(request=request, amount=2, words="", at=NOW, by=asker)


def test_a_request_is_answered_with_numbers(handed):
    ask = Ask(handed.school, "school", 3, "秋季发展计划")
    request = services.ask_for_numbers(ask=ask, at=NOW, by=handed.tang)
    with refused("asked_already"):
        services.ask_for_numbers(ask=ask, at=NOW, by=handed.tang)

    services.answer_request(request=request, amount=2, words="先下发两个", at=NOW, by=handed.lin)

    request.refresh_from_db()
    assert (request.giver, request.state, request.given) == (handed.longgang, "answered", 2)
    assert quota(handed.school).amount == 8
    with refused("wrong_state"):
        services.answer_request(request=request, amount=2, words="", at=NOW, by=handed.lin)


def test_a_request_is_refused_or_withdrawn(handed):
    ask = Ask(handed.branch, "school", 3, "补充")
    first = services.ask_for_numbers(ask=ask, at=NOW, by=handed.luo)
    assert first.giver == handed.school  # the nearest above that has any left

    with refused("not_allowed"):
        services.refuse_request(request=first, reason="无", at=NOW, by=handed.liang)
    services.refuse_request(request=first, reason="本年度已用完", at=NOW, by=handed.tang)
    second = services.ask_for_numbers(ask=ask, at=NOW, by=handed.luo)
    services.withdraw_request(request=second, at=NOW, by=handed.luo)

    assert set(NumberRequest.objects.values_list("state", flat=True)) == {"refused", "withdrawn"}


def test_every_step_leaves_one_line_in_the_trail(handed):
    someone = pupil(1)
    reserve(handed, someone)
    services.use_number(person=someone, joined_on=JOINED, at=NOW, by=handed.luo)

    verbs = Entry.objects.filter(verb__startswith="joining.").values_list("verb", flat=True)
    assert sorted(verbs) == [
        "joining.enter_batch", "joining.hand_down_numbers", "joining.reserve_number",
        "joining.use_number",
    ]  # fmt: skip


def test_society_takes_its_numbers_from_its_own_field(handed):
    enter(handed, first=202299000001, sector="society", size=4)
    hand(handed, handed.henggang, 4, kept=Kept(2022, "society"))

    number = services.reserve_number(
        org=handed.enterprise, person=pupil(1), at=NOW, by=handed.liang
    )

    assert number == "202299000001"
