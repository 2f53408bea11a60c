"""Whatever the tree, and whatever is done to it and to a number in mid-year: nothing is lost of it."""

from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Role
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib import sharing
from qinghe.lib.verdicts import Refused
from qinghe.systems.targets import queries, services
from qinghe.systems.targets.models import Adjustment, Charge, Share
from tests.cast import make_org, with_role

from . import makers
from .makers import DAY, later

pytestmark = pytest.mark.django_db
KINDS = ("street", "community")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["equal", "hand", "adjust", "refuse", "own", "merge", "move", "close", "open"]
        ),
        st.integers(0, 11),
        st.lists(st.integers(0, 40), min_size=5, max_size=5),
    ),
    min_size=1,
    max_size=10,
)


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    communities=st.lists(st.integers(0, 3), min_size=1, max_size=4),
    number=st.integers(0, 400),
    steps=STEPS,
)
def test_of_any_tree_in_any_order_sum_gap_and_history_hold(db, communities, number, steps):
    with transaction.atomic():
        town = _town(communities)
        top = _whole(town, number)
        for minute, (way, which, told) in enumerate(steps):
            with suppress(Refused):
                _STEPS[way](town, which, told, later(1 + minute))
            _check(town, top)
        transaction.set_rollback(True)  # the next example begins anew


def _town(communities):
    """Open a district with streets, each with so many communities, and two officers."""
    district = make_org("440307", "龙岗区", kind="district", level="district", parent=None)
    for place, count in enumerate(communities):
        street = make_org(
            f"4403070{place:02}", f"{place}街道", kind="street", level="street", parent=district
        )
        for under in range(count):
            _community(street, under)
    return SimpleNamespace(
        longgang=district,
        lin=with_role("P001", "林青", role=Role.DISTRICT_OFFICER, org=district),
        luo=with_role("P013", "罗衡", role=Role.DISTRICT_OFFICER, org=district),
    )


def _community(street, place):
    code = f"{street.code}{place:03}"
    return make_org(code, f"{code}社区", kind="community", level="community", parent=street)


def _whole(town, number):
    task_list = makers.make_list(town)
    field = makers.add(task_list, "方面", by=town.lin)
    item = makers.add(task_list, "举措", parent=field, by=town.lin, target=number, unit="家")
    makers.publish(task_list, by=town.lin)
    return services.begin_split(item=item, at=makers.NOW, by=town.lin)


def _check(town, top):
    """Hold what must hold of every share, its history, its gap and who carries it."""
    shares = list(Share.objects.select_related("org"))
    for share in shares:
        past = list(share.steps.order_by("pk").values_list("before", "after"))
        assert past[0][0] == 0
        assert all(one[1] == two[0] for one, two in pairwise(past))
        assert past[-1][1] == share.number
        below = list(share.children.select_related("org"))
        given_on = sum(one.number for one in below)
        assert bool(share.gap_org_id) is bool(below and given_on != share.number)
        carried = [one for one in below if one.org.closed_on is None or one.org.successor_id]
        gap = queries.balance_of(town.lin, share).gap
        assert not below or share.number == gap + sum(one.number for one in carried)
    for made in Adjustment.objects.filter(state="approved"):
        assert made.decided_by_id != made.asked_by_id
    left = sharing.remainders({one.pk: (one.parent_id, one.number) for one in shares})
    assert sum(left.values()) == Share.objects.get(pk=top.pk).number
    assert top.item.task_list.items.get(pk=top.item_id).target == sum(left.values())
    assert Charge.objects.filter(share__in=shares).count() == len(shares) or len(shares) == 1


def _one(rows, which):
    """Return one of some rows, or refuse where there is none."""
    every = list(rows.order_by("pk"))
    if not every:
        raise Refused("nobody_below", "没有。")
    return every[which % len(every)]


def _standing(kind):
    return Org.objects.filter(kind=kind, closed_on__isnull=True)


def _equal(town, which, told, at):
    share = _one(Share.objects, which)
    services.split_equally(share=share, reason="平均", at=at, by=town.lin)


def _hand(town, which, told, at):
    share = _one(Share.objects, which)
    numbers = dict(zip(queries.sharing(town.lin, share), told, strict=False))
    services.split_by_hand(share=share, numbers=numbers, reason="议定", at=at, by=town.lin)


def _own(town, which, told, at):
    share = _one(Share.objects, which)
    org = _one(queries.standing_below(town.lin, share.org), told[0])
    services.own_gap(share=share, org=org, at=at, by=town.lin)


def _asked(town, which, told, at):
    share = _one(Share.objects, which)
    return services.ask_adjustment(share=share, number=told[0], reason="实际", at=at, by=town.lin)


def _adjust(town, which, told, at):
    services.approve_adjustment(adjustment=_asked(town, which, told, at), at=at, by=town.luo)


def _refuse(town, which, told, at):
    asked = _asked(town, which, told, at)
    services.refuse_adjustment(adjustment=asked, answer="不变", at=at, by=town.luo)


def _merge(town, which, told, at):
    """Merge a street into another, or a community, with the posts that end."""
    rows = _standing(KINDS[which % 2])
    org, into = _one(rows, told[0]), _one(rows, told[1])
    access.dissolve_into(org=org, into=into, on=DAY, at=at, by=town.lin)


def _move(town, which, told, at):
    org, parent = _one(_standing("community"), which), _one(_standing("street"), told[0])
    orgs.move_org(org=org, parent=parent, on=DAY - timedelta(days=1), at=at, by=town.lin)


def _close(town, which, told, at):
    access.dissolve(org=_one(_standing(KINDS[which % 2]), told[0]), on=DAY, at=at, by=town.lin)


def _open(town, which, told, at):
    _community(_one(_standing("street"), which), 9 + told[0])


_STEPS = {
    "equal": _equal, "hand": _hand, "own": _own, "adjust": _adjust, "refuse": _refuse,
    "merge": _merge, "move": _move, "close": _close, "open": _open,
}  # fmt: skip
