"""Targets: handed down, shared out, corrected; the sum and the history hold whatever is done."""

from contextlib import suppress
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qinghe.kernel.orgs import services as orgs
from qinghe.lib import sharing
from qinghe.lib.verdicts import Refused
from qinghe.systems.founding import queries, rules, services
from qinghe.systems.founding.models import Target, TargetChange
from tests.cast import NOW, make_org

from .makers import DAY, make_target, make_unit, on

pytestmark = pytest.mark.django_db


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def numbers(target):
    return dict(target.shares.values_list("org__name", "number"))


def share_by_hand(cast, target, numbers, *, by=None):
    return services.share_by_hand(
        target=target, numbers=numbers, reason="会议议定", at=NOW, by=by or cast.lin
    )


def test_a_target_is_handed_down_once_a_year(cast, target):
    assert (target.org, target.number, target.day) == (cast.longgang, 375, date(2022, 1, 1))
    assert refusal(lambda: make_target(cast)) == "already_set"
    assert make_target(cast, year=2021, number=340).number == 340


def test_only_the_district_hands_down(cast):
    new = services.NewTarget(2022, 375, "龙团〔2022〕5号", DAY)

    assert refusal(lambda: services.hand_down(new=new, at=NOW, by=cast.wen)) == "not_allowed"


def test_it_is_shared_evenly_among_streets_and_industry_committees(cast, target):
    services.share_equally(target=target, reason="平均", at=NOW, by=cast.lin)

    assert sorted(numbers(target).values()) == [125, 125, 125]
    assert set(numbers(target)) == {"横岗街道", "坂田街道", "互联网行业团工委"}


def test_it_is_shared_by_units_without_an_organisation(cast, target):
    for number in range(3):
        make_unit(cast, number=number + 1)
    make_unit(cast, number=9, org=cast.hongmian)

    services.share_by_base(target=target, reason="按空白点", at=NOW, by=cast.lin)

    assert numbers(target) == {"坂田街道": 281, "横岗街道": 94, "互联网行业团工委": 0}


def test_what_is_shared_by_hand_need_not_add_up_and_the_gap_is_shown(cast, target):
    share_by_hand(cast, target, {cast.henggang: 200, cast.bantian: 150})

    known = queries.board(cast.lin, org=cast.longgang, year=2022, day=DAY)

    assert (known.shared, known.unshared) == (350, 25)


def test_a_street_shares_its_own_and_no_other(cast, target):
    share_by_hand(cast, target, {cast.henggang: 200, cast.bantian: 150})
    street = Target.objects.get(org=cast.bantian)

    share_by_hand(cast, street, {cast.xiangjiaotang: 150}, by=cast.wen)

    assert numbers(street) == {"象角塘社区": 150}
    assert refusal(lambda: share_by_hand(cast, street, {}, by=cast.chen)) == "not_allowed"
    assert refusal(lambda: share_by_hand(cast, target, {}, by=cast.wen)) == "not_allowed"
    assert refusal(lambda: share_by_hand(cast, street, {cast.hongmian: 1})) == "wrong_place"


def test_a_street_does_not_correct_what_was_handed_down_to_it(cast, target):
    share_by_hand(cast, target, {cast.bantian: 150})
    street = Target.objects.get(org=cast.bantian)

    def adjust(by):
        services.adjust(target=street, number=100, reason="完不成", at=NOW, by=by)

    assert refusal(lambda: adjust(cast.wen)) == "not_allowed"
    adjust(cast.lin)
    assert list(street.changes.values_list("before", "after", "reason")) == [
        (150, 100, "完不成"),
        (0, 150, "会议议定"),
    ]
    assert refusal(lambda: adjust(cast.lin)) == "nothing_changed"


def test_the_board_says_who_is_where(cast, target):
    share_by_hand(cast, target, {cast.henggang: 2, cast.bantian: 373})
    make_unit(cast)
    for number, opened in enumerate([date(2022, 3, 1), DAY, date(2021, 12, 31)]):
        make_org(
            f"LX-{number}", f"新{number}团支部", kind="branch", level="unit",
            parent=cast.hongmian, opened_on=opened, new_org_kind="social_organization",
        )  # fmt: skip

    known = queries.board(cast.lin, org=cast.longgang, year=2022, day=DAY)

    rows = {row.org.name: (row.number, row.founded, row.gap, row.light) for row in known.rows}
    assert rows == {
        "横岗街道": (2, 2, 0, rules.Light.GREEN),
        "坂田街道": (373, 0, 373, rules.Light.RED),
        "互联网行业团工委": (0, 0, 0, rules.Light.NONE),
    }
    assert (known.own.founded, known.own.blank, known.own.rate) == (2, 1, Decimal("0.53"))
    led = queries.industries(cast.lin, org=cast.longgang, year=2022, day=DAY)
    assert [(one.industry, one.blank) for one in led] == [
        ("nonpublic", 1), ("social", 0), ("internet", 0),
    ]  # fmt: skip


def test_new_terms_hold_from_their_day_on(cast):
    told = {
        "street_days": 3, "district_days": 7, "pace_from": 3, "pace_to": 11,
        "green_percent": 100, "yellow_percent": 70,
    }  # fmt: skip

    def set_terms(**changed):
        new = services.NewTerms(
            "2022年参数", date(2022, 8, 1), "会议纪要", "加快", {**told, **changed}
        )
        return services.set_terms(new=new, at=NOW, by=cast.lin)

    assert refusal(lambda: set_terms(pace_from=12)) == "wrong_order"
    assert refusal(lambda: set_terms(yellow_percent=101)) == "wrong_order"
    set_terms()
    assert refusal(set_terms) == "day_taken"
    assert queries.terms_on(cast.lin, date(2022, 7, 31)).street_days == 5
    assert queries.terms_on(cast.lin, date(2022, 8, 1)).street_days == 3
    assert queries.pace_of(cast.lin, date(2022, 8, 1)) == rules.Pace(3, 11, 100, 70)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["equal", "base", "hand", "adjust"]),
        st.integers(0, 5),
        st.lists(st.integers(0, 400), min_size=4, max_size=4),
    ),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_in_any_order_of_steps_the_sum_and_the_history_hold(cast, steps):
    TargetChange.objects.all().delete()
    Target.objects.filter(parent__parent__isnull=False).delete()
    Target.objects.filter(parent__isnull=False).delete()
    Target.objects.all().delete()
    top = make_target(cast)

    for minute, (way, which, told) in enumerate(steps):
        _step(cast, way=way, which=which, told=told, at=on(1 + minute))

    for target in Target.objects.all():
        past = list(target.changes.order_by("pk").values_list("before", "after"))
        assert past[0][0] == 0
        assert all(one[1] == two[0] for one, two in pairwise(past))
        assert past[-1][1] == target.number
    known = {one.pk: (one.parent_id, one.number) for one in Target.objects.all()}
    left = sharing.remainders(known)
    assert sum(left.values()) == Target.objects.get(pk=top.pk).number


def _step(cast, *, way, which, told, at):
    """Share or correct one of the targets that stand, as the district may."""
    every = list(Target.objects.order_by("pk"))
    target = every[which % len(every)]
    with suppress(Refused):  # nobody stands below, or nothing would change
        if way == "adjust":
            services.adjust(target=target, number=told[0], reason="调整", at=at, by=cast.lin)
        elif way == "hand":
            below = list(queries.sharing(cast.lin, target.org))
            numbers = dict(zip(below, told, strict=False))
            services.share_by_hand(
                target=target, numbers=numbers, reason="议定", at=at, by=cast.lin
            )
        else:
            do = {"equal": services.share_equally, "base": services.share_by_base}[way]
            shared = do(target=target, reason="分解", at=at, by=cast.lin)
            assert sum(one.number for one in shared.shares.all()) == shared.number


def test_a_closed_street_is_not_shared_with(cast, target):
    orgs.close_org(org=cast.internet, on=DAY, at=NOW, by=cast.lin)

    services.share_equally(target=target, reason="平均", at=NOW, by=cast.lin)

    assert sorted(numbers(target).values()) == [187, 188]
