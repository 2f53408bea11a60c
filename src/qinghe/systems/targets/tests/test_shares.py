"""Numbers shared out: the sum, the gap and its owner, the history and the four eyes hold throughout."""

import pytest

from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib import sharing
from qinghe.lib.verdicts import Refused
from qinghe.systems.targets import queries, services
from qinghe.systems.targets.models import Share, ShareStep
from tests.cast import NOW

from .makers import DAY, later

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
