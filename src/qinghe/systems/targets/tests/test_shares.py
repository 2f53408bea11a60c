"""Numbers shared out: the sum, the gap and its owner, the history and the four eyes hold throughout."""

from contextlib import suppress
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib import sharing
from qinghe.lib.verdicts import Refused
from qinghe.systems.targets import queries, services
from qinghe.systems.targets.models import Adjustment, Share, ShareStep
from tests.cast import NOW

from .makers import DAY, later, make_filled, make_split

pytestmark = pytest.mark.django_db


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def numbers(share):
    return dict(share.children.values_list("org__name", "number"))


def at(org):
    return Share.objects.get(org=org)


def by_hand(share, given_on, *, by, **told):
    return services.split_by_hand(
        share=share, numbers=given_on, reason="议定", at=NOW, by=by, **told
    )


def ask(org, number, *, by):
    return services.ask_adjustment(share=at(org), number=number, reason="实际", at=NOW, by=by)


def test_a_number_goes_down_to_the_streets_and_on_to_the_communities(cast, whole):
    assert numbers(whole) == {"坂田街道": 6, "横岗街道": 5}

    services.split_equally(share=at(cast.henggang), reason="平均", at=NOW, by=cast.chen)

    assert numbers(at(cast.henggang)) == {"红棉社区": 3, "华乐社区": 2}
    known = {one.pk: (one.parent_id, one.number) for one in Share.objects.all()}
    assert sum(sharing.remainders(known).values()) == 11


def test_only_whoever_holds_a_number_gives_it_on_and_only_once(cast, whole):
    street = at(cast.henggang)

    assert refusal(lambda: by_hand(street, {cast.hongmian: 1}, by=cast.wen)) == "not_allowed"
    assert refusal(lambda: by_hand(street, {cast.xiangjiaotang: 1}, by=cast.chen)) == "wrong_place"
    assert refusal(lambda: by_hand(street, {cast.hongmian: -1}, by=cast.chen)) == "wrong_number"

    def again():
        return services.split_equally(share=whole, reason="再分", at=NOW, by=cast.lin)

    assert refusal(again) == "is_split"


def test_a_gap_is_owned_by_who_gave_the_number_on_unless_another_is_named(cast, whole):
    street = by_hand(at(cast.henggang), {cast.hongmian: 2}, by=cast.chen)

    assert queries.balance_of(cast.chen, street).gap == 3
    assert street.gap_org == cast.henggang

    services.own_gap(share=street, org=cast.huale, at=NOW, by=cast.chen)
    by_hand(street, {cast.huale: 3}, by=cast.chen)  # who had none yet gets the rest

    street.refresh_from_db()
    assert street.gap_org is None
    assert (
        refusal(lambda: services.own_gap(share=street, org=cast.huale, at=NOW, by=cast.chen))
        == "no_gap"
    )


def test_an_adjustment_is_approved_above_by_somebody_else(cast, whole):
    asked = ask(cast.bantian, 4, by=cast.wen)

    def approve(by):
        return services.approve_adjustment(adjustment=asked, at=later(1), by=by)

    assert refusal(lambda: ask(cast.bantian, 3, by=cast.wen)) == "waits_already"
    assert refusal(lambda: approve(cast.wen)) == "not_allowed"
    assert refusal(lambda: approve(cast.chen)) == "not_allowed"
    approve(cast.lin)

    whole.refresh_from_db()
    assert (at(cast.bantian).number, whole.gap_org) == (4, cast.longgang)
    assert queries.balance_of(cast.lin, whole).gap == 2
    steps = ShareStep.objects.filter(share__org=cast.bantian).order_by("pk")
    assert [(one.before, one.after) for one in steps] == [(0, 6), (6, 4)]
    assert steps.last().adjustment == asked


def test_what_one_asked_for_one_does_not_approve(cast, whole):
    asked = ask(cast.bantian, 8, by=cast.lin)

    def approve(by):
        return services.approve_adjustment(adjustment=asked, at=NOW, by=by)

    assert refusal(lambda: approve(cast.lin)) == "own_request"
    assert list(queries.adjustments_to_approve(cast.lin)) == []
    assert list(queries.adjustments_to_approve(cast.luo)) == [asked]
    assert approve(cast.luo).state == "approved"


def test_the_whole_is_adjusted_with_its_item(cast, scene, whole):
    asked = ask(cast.longgang, 13, by=cast.lin)

    services.approve_adjustment(adjustment=asked, at=NOW, by=cast.luo)

    scene.counted.refresh_from_db()
    whole.refresh_from_db()
    assert (scene.counted.target, whole.gap_org) == (13, cast.longgang)
    told = services.NewItem(title="新建青年之家", target=12, unit="个")
    change = {"new": told, "reason": "改", "at": NOW, "by": cast.lin}
    assert refusal(lambda: services.change_item(item=scene.counted, **change)) == "is_split"


def test_an_adjustment_is_refused_with_a_reason_or_taken_back_by_who_asked(cast, whole):
    asked = ask(cast.bantian, 4, by=cast.wen)

    def refuse(answer):
        return services.refuse_adjustment(adjustment=asked, answer=answer, at=NOW, by=cast.lin)

    assert refusal(lambda: refuse("")) == "reason_needed"
    refuse("任务不变")
    second = ask(cast.bantian, 5, by=cast.wen)

    def withdraw(by):
        return services.withdraw_adjustment(adjustment=second, at=NOW, by=by)

    assert refusal(lambda: withdraw(cast.lin)) == "not_allowed"
    assert withdraw(cast.wen).state == "withdrawn"
    assert at(cast.bantian).number == 6


def test_a_closed_street_keeps_its_number_and_the_gap_is_shown(cast, whole):
    street = Org.objects.get(pk=cast.xiangjiaotang.pk)
    orgs.close_org(org=street, on=DAY, at=NOW, by=cast.lin)
    orgs.close_org(org=cast.bantian, on=DAY, at=NOW, by=cast.lin)

    found = queries.balance_of(cast.lin, whole)

    assert (found.shared, found.lapsed, found.gap) == (11, 6, 6)
    assert sum(numbers(whole).values()) == 11


def test_a_merged_street_is_carried_by_its_successor(cast, whole):
    orgs.merge_org(org=cast.bantian, into=cast.henggang, on=DAY, at=NOW, by=cast.lin)

    assert queries.balance_of(cast.lin, whole).gap == 0
    assert sum(numbers(whole).values()) == 11
    seen = queries.shares_seen_by(cast.chen).values_list("org__name", flat=True)
    assert sorted(seen) == ["坂田街道", "横岗街道"]


def test_a_base_is_a_figure_that_was_counted_and_says_of_when(cast, scene, monkeypatch):
    monkeypatch.setattr(queries, "figures_of", lambda actor, *, code, period, orgs: [3, 1])
    whole = services.begin_split(item=scene.counted, at=NOW, by=cast.lin)

    services.split_by_base(
        share=whole, code="VOL-30", period="2022H1", reason="按队伍", at=NOW, by=cast.lin
    )

    whole.refresh_from_db()
    assert numbers(whole) == {"坂田街道": 8, "横岗街道": 3}
    assert (whole.rule, whole.base_code, whole.base_period) == ("base", "VOL-30", "2022H1")
    assert at(cast.bantian).base == 3


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["equal", "hand", "adjust", "refuse", "merge", "close"]),
        st.integers(0, 6),
        st.lists(st.integers(0, 40), min_size=3, max_size=3),
    ),
    min_size=1,
    max_size=9,
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_in_any_order_of_steps_sum_gap_and_history_hold(cast, steps):
    with transaction.atomic():
        top = make_split(cast, make_filled(cast))

        for minute, (way, which, told) in enumerate(steps):
            with suppress(Refused):
                _step(cast, way=way, which=which, told=told, moment=later(1 + minute))

        _check(top)
        transaction.set_rollback(True)  # the next example begins anew


def _check(top):
    """Hold what must hold of every share, its history and its gap."""
    for share in Share.objects.all():
        past = list(share.steps.order_by("pk").values_list("before", "after"))
        assert past[0][0] == 0
        assert all(one[1] == two[0] for one, two in pairwise(past))
        assert past[-1][1] == share.number
        below = list(share.children.values_list("number", flat=True))
        assert bool(share.gap_org_id) is bool(below and sum(below) != share.number)
    for made in Adjustment.objects.filter(state="approved"):
        assert made.decided_by_id != made.asked_by_id
    known = {one.pk: (one.parent_id, one.number) for one in Share.objects.all()}
    left = sharing.remainders(known)
    assert sum(left.values()) == Share.objects.get(pk=top.pk).number
    assert top.item.task_list.items.get(pk=top.item_id).target == sum(left.values())


def _step(cast, *, way, which, told, moment):
    """Do one thing to one of the shares that stand, or to one of the organisations."""
    every = list(Share.objects.order_by("pk"))
    share = every[which % len(every)]
    if way == "equal":
        services.split_equally(share=share, reason="平均", at=moment, by=cast.lin)
    elif way == "hand":
        below = list(queries.sharing(cast.lin, share))
        given_on = dict(zip(below, told, strict=False))
        services.split_by_hand(share=share, numbers=given_on, reason="议定", at=moment, by=cast.lin)
    elif way in {"adjust", "refuse"}:
        asked = services.ask_adjustment(
            share=share, number=told[0], reason="实际", at=moment, by=cast.lin
        )
        if way == "adjust":
            services.approve_adjustment(adjustment=asked, at=moment, by=cast.luo)
        else:
            services.refuse_adjustment(adjustment=asked, answer="不变", at=moment, by=cast.luo)
    elif way == "merge":
        orgs.merge_org(org=cast.huale, into=cast.hongmian, on=DAY, at=moment, by=cast.lin)
    else:
        orgs.close_org(org=cast.xiangjiaotang, on=DAY, at=moment, by=cast.lin)
