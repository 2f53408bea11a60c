"""Who left the League may apply again, from the first step, as the terms allow; once more a member
with a number of the year, and the time before is kept (T-20, T-27, T-66)."""

from dataclasses import replace
from datetime import date

import pytest

from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import FormerStay, LeagueFile, LeftAs, Membership
from qinghe.lib.verdicts import Refused
from qinghe.systems.joining import queries, rules, services
from qinghe.systems.joining.models import Number
from tests import cast as whole

from . import makers
from .makers import APPLIED, enter, on, walk

pytestmark = pytest.mark.django_db
FIRST, LEFT = date(2021, 9, 10), date(2021, 12, 20)
OLD = "202144000009"


def leave(cast, how=LeftAs.RESIGNED):
    """Enter somebody who was a member for a term."""
    person = whole.make_person("A001", "苗青青", birth_date=makers.BORN)
    at = on(date(2022, 1, 1))
    place = people.admit_member(person=person, org=cast.branch, starts_on=FIRST, at=at, by="tests")
    new = people.NewFile(FIRST, OLD)
    file = people.open_league_file(person=person, new=new, at=at, by="tests")
    people.end_membership(membership=place, on=LEFT, at=at, by="tests")
    people.leave_league(file=file, how=how, on=LEFT, at=at, by="tests")
    return person


def test_who_left_goes_the_whole_road_again_and_the_time_before_is_kept(cast):
    person = leave(cast)
    case = enter(cast)

    assert queries.earlier_of(cast.luo, case) == f"{FIRST}至{LEFT}"
    walk(cast, case, upto="approve")

    file, former = LeagueFile.objects.get(person=person), FormerStay.objects.get(person=person)
    assert (file.joined_on, file.number, file.left_on) == (
        makers.DAYS["hold_meeting"], makers.NUMBER, None
    )  # fmt: skip
    assert (former.joined_on, former.number, former.left_as) == (FIRST, OLD, LeftAs.RESIGNED)
    assert Membership.objects.filter(person=person).count() == 2
    taken = people.NewFile(date(2021, 9, 11), OLD)
    other = whole.make_person("A009", "别人", birth_date=makers.BORN)
    with pytest.raises(Refused) as refusal:
        people.open_league_file(person=other, new=taken, at=on(LEFT), by="tests")
    assert refusal.value.code == "league_number_taken"


def test_a_number_that_was_used_here_is_ended_and_another_is_kept(cast):
    person = leave(cast)
    used = Number.objects.order_by("pk")[0]
    used.state, used.person, used.for_org = Number.State.USED, person, cast.branch
    used.reserved_at, used.used_on = on(FIRST), FIRST
    used.save()

    kept = services.reserve_number(org=cast.branch, person=person, at=on(APPLIED), by=cast.luo)

    used.refresh_from_db()
    assert (used.ended_on, used.person_id) == (LEFT, person.pk)
    assert kept != used.number


@pytest.mark.parametrize(
    ("is_expelled", "terms", "code"),
    [
        (False, {}, None),
        (False, {"rejoin_months": 2}, "too_early"),
        (True, {}, "expelled"),
        (True, {"expelled_months": 60}, "too_early"),
        (True, {"expelled_months": 1}, None),
    ],
)
def test_the_terms_say_when(is_expelled, terms, code):
    told = {"left_on": LEFT, "is_expelled": is_expelled, "on": date(2022, 1, 20)}
    terms = replace(rules.Terms(), **terms)
    if code is None:
        rules.check_may_rejoin(**told, terms=terms)
        return
    with pytest.raises(Refused) as refusal:
        rules.check_may_rejoin(**told, terms=terms)
    assert refusal.value.code == code


def test_who_is_a_member_still_does_not_apply(cast):
    person = whole.make_person("A001", "苗青青", birth_date=makers.BORN)
    new = people.NewFile(FIRST)
    people.open_league_file(person=person, new=new, at=on(APPLIED), by="tests")

    with pytest.raises(Refused) as refusal:
        enter(cast)

    assert refusal.value.code == "already_member"
