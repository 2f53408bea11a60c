"""The trail: one line a call, found again from any record it covers."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinghe.kernel.audit import queries, services
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.orgs.models import Org
from tests.cast import CLERK, NOW


def chunk(*ids, **detail):
    return services.record_many(
        by=CLERK, verb="orgs.open", model=Org, ids=ids, at=NOW, detail=detail
    )


@given(ids=st.lists(st.integers(1, 200)))
def test_compact_ranges_hold_exactly_the_ids(ids):
    ranges = services.compact(ids)

    unfolded = [number for first, last in ranges for number in range(first, last + 1)]
    assert unfolded == sorted(set(ids))
    assert all(later[0] > earlier[1] + 1 for earlier, later in pairwise(ranges))


@pytest.mark.django_db
def test_a_chunk_is_found_from_each_of_its_records_and_from_no_other():
    entry = chunk(3, 4, 5, 9, 10)

    found = {pk for pk in range(1, 13) if queries.entries_about("orgs.Org", pk) == [entry]}

    assert found == {3, 4, 5, 9, 10}
    assert queries.entries_about("people.Person", 4) == []


@pytest.mark.django_db
def test_a_chunk_of_nothing_leaves_no_line():
    assert chunk() is None
    assert not Entry.objects.exists()


def test_a_chunk_and_a_single_call_stand_together_newest_first(cast):
    org = cast.huale
    made = chunk(org.pk, org.pk + 1, file="f" * 64)
    later = services.record(by=CLERK, verb="orgs.close", subject=org, at=NOW)

    assert queries.entries_about("orgs.Org", org.pk)[:2] == [later, made]
    assert made.detail["file"] == "f" * 64


def test_the_trail_of_one_record_takes_one_query(cast, django_assert_num_queries):
    for number in range(20):
        chunk(number + 1, number + 500)

    with django_assert_num_queries(1):
        queries.entries_about("orgs.Org", 250)
