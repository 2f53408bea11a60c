"""Leaving one roll for another: on the same day, both or neither (T-65)."""

from datetime import date, timedelta

import pytest

from qinghe.kernel.audit.models import Entry
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.people import services
from qinghe.kernel.people.models import Membership
from qinghe.lib.verdicts import Refused
from tests.cast import CLERK, NOW, TODAY

SINCE = date(2021, 9, 1)


@pytest.fixture
def membership(cast):
    return services.admit_member(
        person=cast.xiaoming, org=cast.hongmian, starts_on=SINCE, at=NOW, by=CLERK
    )


def moved(membership, into, *, on=TODAY):
    return services.transfer_member(membership=membership, into=into, on=on, at=NOW, by=CLERK)


def test_the_old_roll_ends_on_the_day_the_new_one_begins(cast, membership):
    begun = moved(membership, cast.huale)

    membership.refresh_from_db()
    assert (membership.ends_on, begun.starts_on) == (TODAY, TODAY)
    assert (begun.org, begun.person, begun.ends_on) == (cast.huale, cast.xiaoming, None)


def test_one_line_of_the_trail_covers_both(cast, membership):
    begun = moved(membership, cast.huale)

    line = Entry.objects.get(verb="people.transfer_member")
    assert (line.first_id, line.last_id) == (membership.pk, begun.pk)
    assert line.detail["from"] == cast.hongmian.code
    assert line.detail["to"] == cast.huale.code


@pytest.mark.parametrize(
    ("days", "code"), [(1, "in_future"), (-500, "ends_before_start")], ids=["tomorrow", "before"]
)
def test_the_day_lies_on_the_roll_that_ends(cast, membership, days, code):
    with pytest.raises(Refused) as refused:
        moved(membership, cast.huale, on=TODAY + timedelta(days=days))

    assert refused.value.code == code
    assert Membership.objects.get().ends_on is None


def test_nobody_goes_twice_nor_where_they_are_nor_where_nobody_is_taken(cast, membership):
    orgs.close_org(org=cast.huale, on=TODAY, at=NOW, by=CLERK)
    codes = []
    for into in (cast.hongmian, cast.huale):
        with pytest.raises(Refused) as refused:
            moved(membership, into)
        codes.append(refused.value.code)
    moved(membership, cast.xiangjiaotang)
    with pytest.raises(Refused) as refused:
        moved(membership, cast.longgang)

    assert [*codes, refused.value.code] == ["same_org", "org_closed", "already_ended"]
    assert Membership.objects.filter(ends_on__isnull=True).get().org == cast.xiangjiaotang
