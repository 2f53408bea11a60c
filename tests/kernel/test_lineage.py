"""A figure rolls up by the tree as it stood: the lineage says who stood below whom on which day."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qinghe.kernel.orgs import queries, services
from qinghe.kernel.orgs.models import Org, Placement
from qinghe.lib.verdicts import Refused
from tests.cast import CLERK, NOW, make_cast, make_org

FIRST = date(2021, 1, 1)


def above_by_lineage(org, day):
    return {
        line.ancestor_id
        for line in queries.lineage()
        if line.org_id == org.pk and line.starts_on <= day < line.ends_on
    }


def above_by_walking(org_id, day):
    """Climb from parent to parent by the placements of one day, the first one reaching back."""
    above = {org_id}
    while org_id is not None:
        placed = list(Placement.objects.filter(org_id=org_id).order_by("starts_on"))
        standing = [one for one in placed if one.starts_on <= day] or placed[:1]
        org_id = standing[-1].parent_id
        above.add(org_id)
    return above - {None}


def test_a_move_splits_the_lineage_at_its_day(cast):
    moved = make_org("B1", "青禾团支部", kind="branch", level="unit", parent=cast.hongmian)
    on = date(2022, 7, 1)
    services.move_org(org=moved, parent=cast.xiangjiaotang, on=on, at=NOW, by=CLERK)

    before = above_by_lineage(moved, on - timedelta(days=1))
    after = above_by_lineage(moved, on)

    own = {moved.pk, cast.longgang.pk}
    assert before == own | {cast.hongmian.pk, cast.henggang.pk}
    assert after == own | {cast.xiangjiaotang.pk, cast.bantian.pk}


def test_a_merged_org_counts_under_its_successor_from_that_day_on(cast):
    on = date(2022, 4, 1)
    services.merge_org(org=cast.huale, into=cast.xiangjiaotang, on=on, at=NOW, by=CLERK)

    assert cast.henggang.pk in above_by_lineage(cast.huale, on - timedelta(days=1))
    assert {cast.xiangjiaotang.pk, cast.bantian.pk} <= above_by_lineage(cast.huale, on)
    assert cast.henggang.pk not in above_by_lineage(cast.huale, on)


def test_a_closed_org_keeps_its_place_and_an_opened_one_reaches_back(cast):
    services.close_org(org=cast.huale, on=date(2022, 4, 1), at=NOW, by=CLERK)

    for day in (date(1990, 1, 1), date(2022, 6, 30), date(2030, 1, 1)):
        assert cast.henggang.pk in above_by_lineage(cast.huale, day)


def test_two_orgs_may_stand_above_each_other_in_turn(cast):
    outer, inner = (
        make_org(code, "团委", kind="league_committee", level="unit", parent=cast.huale)
        for code in ("C1", "C2")
    )
    for org, parent, on in [
        (inner, outer, date(2022, 2, 1)),
        (inner, cast.huale, date(2022, 4, 1)),
        (outer, inner, date(2022, 4, 1)),
    ]:
        services.move_org(org=org, parent=parent, on=on, at=NOW, by=CLERK)

    assert outer.pk in above_by_lineage(inner, date(2022, 3, 31))
    assert inner.pk not in above_by_lineage(outer, date(2022, 3, 31))
    assert inner.pk in above_by_lineage(outer, date(2022, 4, 1))
    assert outer.pk not in above_by_lineage(inner, date(2022, 4, 1))


def test_the_whole_lineage_takes_one_query(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        lines = queries.lineage()

    assert len(lines) == 1 + 2 * 2 + 3 * 3


committees = st.integers(0, 5)
changes = st.lists(
    st.tuples(
        st.sampled_from(["move", "merge", "close"]), committees, committees, st.integers(0, 500)
    ),
    max_size=12,
)


@pytest.mark.django_db
@given(parents=st.lists(st.integers(-2, 4), min_size=6, max_size=6), changes=changes)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_on_any_day_the_lineage_is_what_one_finds_by_walking_up(parents, changes):
    Placement.objects.all().delete()
    Org.objects.update(parent=None, successor=None)
    Org.objects.all().delete()
    root = make_org("R", "区", kind="district", level="district", parent=None, opened_on=FIRST)
    orgs = []
    for number, parent in enumerate(parents):
        above = orgs[parent] if 0 <= parent < number else root
        opened_on = FIRST + timedelta(days=7 * number)
        made = make_org(
            f"C{number}",
            "团委",
            kind="league_committee",
            level="unit",
            parent=above,
            opened_on=opened_on,
        )
        orgs.append(made)
    days = {FIRST - timedelta(days=1), FIRST, date(2030, 1, 1)}

    for verb, one, other, offset in changes:
        on = FIRST + timedelta(days=offset)
        days |= {on - timedelta(days=1), on}
        _try(verb, orgs[one], root if other == one else orgs[other], on)

    lines = queries.lineage()
    for day in days:
        found = [(x.org_id, x.ancestor_id) for x in lines if x.starts_on <= day < x.ends_on]
        assert max(Counter(found).values()) == 1
        for org in [root, *orgs]:
            assert {a for o, a in found if o == org.pk} == above_by_walking(org.pk, day)
    for org in Org.objects.all():
        codes = [Org.objects.get(pk=pk).code for pk in above_by_lineage(org, date(2030, 1, 1))]
        assert set(org.path.strip("/").split("/")) == set(codes)


def _try(verb, org, other, on):
    try:
        match verb:
            case "move":
                services.move_org(org=org, parent=other, on=on, at=NOW, by=CLERK)
            case "merge":
                services.merge_org(org=org, into=other, on=on, at=NOW, by=CLERK)
            case "close":
                services.close_org(org=org, on=on, at=NOW, by=CLERK)
    except Refused:
        pass


def test_the_cast_itself_can_be_made_twice_over_only_in_two_databases(cast):
    with pytest.raises(Refused) as caught:
        make_cast()

    assert caught.value.code == "code_taken"
