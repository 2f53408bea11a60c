"""The pool: offered, asked for, agreed, arrived; never more than there is."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit.models import Entry
from qinghe.lib.verdicts import Refused
from qinghe.systems.resources import queries, rules, services
from qinghe.systems.resources.models import Allocation, Resource
from tests.cast import NOW

from .makers import make_need, make_resource

pytestmark = pytest.mark.django_db
WANTED = rules.Wanted("things", 4, "套", date(2022, 7, 20), 7, "/a/b/")


def offer(key, **changes):
    plain = {
        "kind": "things", "left": 10, "unit": "套", "free_until": None, "org_id": 1,
        "street": "/a/c/", "known": False,
    }  # fmt: skip
    return rules.Offer(resource_id=key, **{**plain, **changes})


def ask(cast, need, resource, *, quantity=4, by=None):
    return services.ask_for(
        need=need, resource=resource, quantity=quantity, at=NOW, by=by or cast.zhou
    )


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, ("余量10套，够用", "计量单位一致")),
        ({"org_id": 7}, ("本单位管理", "余量10套，够用", "计量单位一致")),
        ({"street": "/a/b/"}, ("同一街道", "余量10套，够用", "计量单位一致")),
        ({"unit": "张"}, ("余量10张，够用",)),
        ({"left": 3}, ("计量单位一致", "只余3套，可分次调配")),
        ({"known": True}, ("余量10套，够用", "计量单位一致", "曾服务过本单位")),
    ],
)
def test_a_proposal_says_why(changes, reasons):
    (found,) = rules.propose(WANTED, [offer(1, **changes)])

    assert found.reasons == reasons


@pytest.mark.parametrize(
    "changes", [{"kind": "place"}, {"left": 0}, {"free_until": date(2022, 7, 19)}]
)
def test_what_cannot_serve_is_not_proposed(changes):
    assert rules.propose(WANTED, [offer(1, **changes)]) == []


def test_what_is_near_and_enough_comes_first():
    far, near, own, little = (
        offer(1),
        offer(2, street="/a/b/"),
        offer(3, org_id=7),
        offer(4, left=1),
    )

    ranked = rules.propose(WANTED, [far, little, near, own])

    assert [one.resource_id for one in ranked] == [3, 2, 1, 4]


def test_only_what_is_open_to_the_need_is_proposed(cast, need):
    make_resource(cast, open_to=cast.henggang)
    shared = make_resource(cast)

    found = queries.proposals_for(cast.zhou, need)

    assert [resource for resource, _ in found] == [shared]


def test_a_resource_goes_its_way_and_leaves_a_trail(cast, need, resource):
    asked = ask(cast, need, resource, by=cast.zhou)
    services.agree(allocation=asked, at=NOW, by=cast.chen)
    services.deliver(allocation=asked, served=120, at=NOW, by=cast.zhou)
    services.meet_need(need=need, at=NOW, by=cast.zhou)

    resource.refresh_from_db()
    need.refresh_from_db()
    assert (resource.taken, resource.left, need.state) == (4, 6, "met")
    verbs = Entry.objects.filter(verb__startswith="resources.").order_by("seq")
    assert [entry.verb.removeprefix("resources.") for entry in verbs] == [
        "raise_need",
        "offer_resource",
        "ask_for",
        "agree",
        "deliver",
        "meet_need",
    ]


def test_nobody_gives_themself_what_they_asked_for(cast, need, resource):
    """Bar 17."""
    asked = ask(cast, need, resource, by=cast.zhou)
    asker = Actor(cast.zhou.person_id, "周", cast.chen.holdings)

    with pytest.raises(Refused) as refused:
        services.agree(allocation=asked, at=NOW, by=asker)

    assert refused.value.code == "own_request"


def test_two_who_were_both_promised_the_last_one_do_not_both_get_it(cast, resource):
    first = ask(cast, make_need(cast, quantity=7), resource, quantity=7)
    second = ask(cast, make_need(cast, quantity=7), resource, quantity=7)
    services.agree(allocation=first, at=NOW, by=cast.lin)

    with pytest.raises(Refused) as refused:
        services.agree(allocation=second, at=NOW, by=cast.lin)

    assert refused.value.code == "not_enough"
    assert Allocation.objects.get(pk=second.pk).state == "asked"
    assert Resource.objects.get().taken == 7


def test_the_database_itself_refuses_more_than_there_is(resource):
    with pytest.raises(IntegrityError), transaction.atomic():
        Resource.objects.update(taken=11)


def test_what_is_cancelled_is_free_again(cast, need, resource):
    asked = ask(cast, need, resource)
    services.agree(allocation=asked, at=NOW, by=cast.lin)

    services.cancel(allocation=asked, reason="活动改期", at=NOW, by=cast.lin)

    resource.refresh_from_db()
    assert resource.left == 10


def test_only_the_keeper_agrees(cast, need, resource):
    asked = ask(cast, need, resource, by=cast.zhou)

    with pytest.raises(Refused) as refused:
        services.agree(allocation=asked, at=NOW, by=cast.zhou)

    assert refused.value.code == "not_allowed"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"quantity": 11}, "not_enough"),
        ({"quantity": 0}, "nothing_asked"),
    ],
)
def test_what_cannot_be_asked_for(cast, need, resource, change, code):
    with pytest.raises(Refused) as refused:
        ask(cast, need, resource, **change)

    assert refused.value.code == code
    assert not Allocation.objects.exists()


def test_it_is_asked_for_once_of_its_kind_and_within_reach(cast, need, resource):
    place = make_resource(cast, kind="place")
    kept = make_resource(cast, open_to=cast.henggang)
    ask(cast, need, resource)

    for other, code in ((resource, "asked_already"), (place, "other_kind"), (kept, "not_open_to")):
        with pytest.raises(Refused) as refused:
            ask(cast, need, other)
        assert refused.value.code == code


def test_a_need_is_not_met_by_nothing_nor_ended_with_something_on_its_way(cast, need, resource):
    with pytest.raises(Refused, match="还没有资源到位"):
        services.meet_need(need=need, at=NOW, by=cast.lin)
    ask(cast, need, resource)

    with pytest.raises(Refused, match="还有资源在申请或调配途中"):
        services.close_need(need=need, reason="取消", at=NOW, by=cast.lin)


def test_a_unit_does_not_leave_while_it_offers(cast):
    provider = services.take_in_provider(
        new=services.NewProvider("禾光印务", cast.henggang), at=NOW, by=cast.chen
    )
    new = services.NewResource(
        "宣传册印制", "things", cast.henggang, cast.henggang, 500, "册", provider
    )
    offered = services.offer_resource(new=new, at=NOW, by=cast.chen)
    with pytest.raises(Refused, match="还有可调配的资源"):
        services.let_go_provider(provider=provider, reason="歇业", at=NOW, by=cast.chen)
    services.withdraw_resource(resource=offered, reason="歇业", at=NOW, by=cast.chen)

    left = services.let_go_provider(provider=provider, reason="歇业", at=NOW, by=cast.chen)

    assert left.left_on == date(2022, 7, 3)


def test_a_resource_is_not_opened_to_strangers(cast):
    with pytest.raises(Refused) as refused:
        make_resource(cast, open_to=cast.bantian)

    assert refused.value.code == "not_open_to"
