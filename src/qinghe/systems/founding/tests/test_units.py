"""The roll of units: who enters, visits, lays aside, and what is refused."""

import pytest

from qinghe.kernel.audit.models import Entry
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.founding import queries, services
from qinghe.systems.founding.models import Unit
from tests.cast import NOW

from .makers import DAY, SOON, credit_code, make_application, make_unit, new_unit

pytestmark = pytest.mark.django_db


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def test_a_unit_is_known_by_its_credit_code(cast):
    made = make_unit(cast, number=7)

    assert (made.state, made.entered_on) == ("open", DAY)
    assert refusal(lambda: make_unit(cast, number=7, org=cast.hongmian)) == "code_taken"


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"credit_code": "91440307MA5F000100"}, "bad_credit_code"),
        ({"youths": 41}, "too_many"),
        ({"members": 41}, "too_many"),
        ({"industry": "internet"}, "wrong_industry"),
        ({"industry": "social"}, "wrong_industry"),
    ],
)
def test_what_a_unit_may_not_be(cast, told, why):
    assert refusal(lambda: make_unit(cast, **told)) == why


def test_a_unit_lies_in_a_street_or_a_community(cast):
    assert refusal(lambda: make_unit(cast, org=cast.longgang)) == "wrong_place"


def test_nobody_enters_a_unit_beside_their_own_place(cast):
    def enter():
        services.enter_unit(new=new_unit(cast, org=cast.hongmian), at=NOW, by=cast.zhou)

    assert refusal(enter) == "not_allowed"
    assert not Unit.objects.exists()


def test_a_correction_keeps_the_code_and_says_what_changed(cast, unit):
    new = new_unit(cast, members=6, way="service")

    services.change_unit(unit=unit, new=new, at=NOW, by=cast.zhou)
    other = new_unit(cast, number=2)
    why = refusal(lambda: services.change_unit(unit=unit, new=other, at=NOW, by=cast.zhou))

    unit.refresh_from_db()
    assert (unit.members, unit.way, unit.credit_code) == (6, "service", credit_code(1))
    assert why == "other_code"
    entry = Entry.objects.filter(verb="founding.change_unit").get()
    assert entry.detail["changed"] == {"way": ["", "service"], "members": ["4", "6"]}


def test_who_has_a_post_over_the_place_may_look_after_a_unit(cast, unit):
    known = {one.name for one in queries.officers_for(cast.lin, unit, DAY)}

    services.assign(unit=unit, officer=_person(cast.wen), at=NOW, by=cast.lin)

    unit.refresh_from_db()
    assert known == {"林青", "罗衡", "温蓝", "周远"}
    assert unit.officer.name == "温蓝"
    stranger = _person(cast.chen)  # of 横岗
    assert (
        refusal(lambda: services.assign(unit=unit, officer=stranger, at=NOW, by=cast.lin))
        == "no_officer"
    )


def _person(actor):
    return Person.objects.get(pk=actor.person_id)


def test_a_visit_says_when_the_next_one_is_due(cast, unit):
    new = services.NewVisit(unit, DAY, "人事负责人", "有意建团", SOON)

    services.visit(new=new, at=NOW, by=cast.zhou)
    older = services.NewVisit(unit, DAY.replace(day=1), "前台", "送政策", None)
    services.visit(new=older, at=NOW, by=cast.zhou)

    unit.refresh_from_db()
    assert (unit.visited_on, unit.next_on) == (DAY, SOON)
    assert unit.visits.count() == 2


@pytest.mark.parametrize(
    ("day", "then", "why"), [(SOON, None, "in_future"), (DAY, DAY, "wrong_order")]
)
def test_which_visits_cannot_be(cast, unit, day, then, why):
    new = services.NewVisit(unit, day, "人事负责人", "有意建团", then)

    assert refusal(lambda: services.visit(new=new, at=NOW, by=cast.zhou)) == why


def test_what_is_laid_aside_is_looked_at_again(cast, unit):
    services.lay_aside(unit=unit, reason="没有团员", look_again_on=SOON, at=NOW, by=cast.zhou)
    unit.refresh_from_db()
    aside = (unit.state, unit.look_again_on)

    services.take_up_again(unit=unit, at=NOW, by=cast.zhou)

    unit.refresh_from_db()
    assert aside == ("not_fit", SOON)
    assert (unit.state, unit.look_again_on, unit.reason) == ("open", None, "")


def test_a_unit_that_is_asked_for_is_neither_laid_aside_nor_ended(cast, unit):
    make_application(cast, unit)

    def aside():
        services.lay_aside(unit=unit, reason="搬走", look_again_on=SOON, at=NOW, by=cast.zhou)

    assert refusal(aside) == "wrong_state"
    assert (
        refusal(lambda: services.note_gone(unit=unit, reason="搬走", at=NOW, by=cast.zhou))
        == "wrong_state"
    )


def test_who_is_gone_stays_gone(cast, unit):
    services.note_gone(unit=unit, reason="已注销登记", at=NOW, by=cast.zhou)

    unit.refresh_from_db()
    assert (unit.state, unit.ended_on) == ("gone", DAY)
    new = services.NewVisit(unit, DAY, "门卫", "已搬走")
    assert refusal(lambda: services.visit(new=new, at=NOW, by=cast.zhou)) == "gone"
    assert refusal(lambda: make_application(cast, unit)) == "not_open"


def test_a_founded_unit_comes_back_once_its_organisation_is_closed(cast, unit):
    asked = make_application(cast, unit)
    services.agree(application=asked, at=NOW, by=cast.wen)
    services.approve(application=asked, secretary=None, at=NOW, by=cast.lin)
    unit.refresh_from_db()

    def reopen():
        services.reopen(unit=unit, reason="团组织已撤销", at=NOW, by=cast.zhou)

    early = refusal(reopen)
    orgs.close_org(org=unit.league_org, on=DAY, at=NOW, by=cast.lin)
    reopen()

    unit.refresh_from_db()
    assert early == "still_founded"
    assert (unit.state, unit.league_org, unit.ended_on) == ("open", None, None)
