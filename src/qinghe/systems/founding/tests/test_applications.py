"""From the application to the organisation: who decides, what is refused, what stands at the end."""

import pytest

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Post
from qinghe.lib.verdicts import Refused
from qinghe.systems.founding import facts, queries, services
from qinghe.systems.founding.models import Application, Unit
from tests.cast import NOW, make_person

from .makers import DAY, make_application, make_unit, new_application, on

pytestmark = pytest.mark.django_db


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def approve(cast, asked, *, by=None, secretary=None):
    return services.approve(application=asked, secretary=secretary, at=NOW, by=by or cast.lin)


def test_a_community_asks_the_street_agrees_the_district_approves(cast, unit, asked):
    secretary = make_person("P020", "姜苗")
    services.agree(application=asked, at=NOW, by=cast.wen)

    founded = approve(cast, asked, secretary=secretary).founded

    unit.refresh_from_db()
    assert (unit.state, unit.league_org, unit.ended_on) == ("founded", founded, DAY)
    assert founded.code == f"LX-2022-{asked.pk:05d}"
    assert (founded.parent, founded.kind, founded.opened_on) == (cast.xiangjiaotang, "branch", DAY)
    assert (founded.new_org_kind, founded.industry) == ("nonpublic_enterprise", "nonpublic")
    assert Post.objects.get(org=founded).person == secretary


def test_what_the_street_asks_for_goes_to_the_district_at_once(cast, unit):
    asked = make_application(cast, unit, by=cast.wen)

    assert (asked.state, asked.agreed_by_id) == ("agreed", cast.wen.person_id)


def test_nobody_decides_what_they_asked_for_or_agreed_to(cast, unit):  # four eyes
    asked = make_application(cast, unit, by=cast.lin)

    own = refusal(lambda: approve(cast, asked))
    approve(cast, asked, by=cast.luo)

    assert own == "own_application"
    assert Application.objects.get().state == "approved"


def test_who_agreed_for_the_street_does_not_approve(cast, asked):
    services.agree(application=asked, at=NOW, by=cast.lin)

    assert refusal(lambda: approve(cast, asked)) == "own_application"


def test_a_street_does_not_approve_and_a_neighbour_does_not_agree(cast, asked):
    assert refusal(lambda: services.agree(application=asked, at=NOW, by=cast.chen)) == "not_allowed"
    services.agree(application=asked, at=NOW, by=cast.wen)
    assert refusal(lambda: approve(cast, asked, by=cast.wen)) == "not_allowed"
    assert not Org.objects.filter(code__startswith="LX-").exists()


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"told": 2}, "too_few_members"),
        ({"kind": "general_branch"}, "too_few_members"),
        ({"kind": "joint_branch"}, "others_needed"),
    ],
)
def test_what_is_not_asked_for(cast, unit, told, why):
    assert refusal(lambda: make_application(cast, unit, **told)) == why
    unit.refresh_from_db()
    assert unit.state == "open"


def test_an_organisation_stands_in_its_street_or_under_an_industry_committee(cast, unit):
    assert refusal(lambda: make_application(cast, unit, parent=cast.hongmian)) == "wrong_parent"

    asked = make_application(cast, unit, parent=cast.internet)

    assert asked.parent == cast.internet


def test_a_unit_asks_once_at_a_time(cast, unit, asked):
    assert refusal(lambda: make_application(cast, unit)) == "not_open"


def test_those_listed_are_counted_once_each(cast, unit):
    listed = [make_person(f"P03{number}", f"苗{number}") for number in range(3)]

    asked = make_application(cast, unit, listed=[*listed, listed[0]], told=90)

    assert (asked.members, asked.listed.count()) == (3, 3)


def test_nobody_is_counted_by_two_applications_on_their_way(cast):
    first, second = (make_unit(cast, number=number) for number in (1, 2))
    listed = [make_person(f"P03{number}", f"苗{number}") for number in range(3)]
    asked = make_application(cast, first, listed=listed)

    twice = refusal(lambda: make_application(cast, second, listed=listed))
    services.send_back(application=asked, reason="请核对名单", at=NOW, by=cast.wen)
    new = new_application(cast, first, listed=listed)
    again = services.submit_again(application=asked, new=new, at=NOW, by=cast.zhou)
    services.withdraw(application=again, reason="暂缓", at=NOW, by=cast.zhou)

    assert twice == "listed_elsewhere"
    assert make_application(cast, second, listed=listed).members == 3


def test_units_with_few_members_found_one_together(cast):  # T-04
    first, second = (make_unit(cast, number=number, members=2) for number in (1, 2))
    asked = make_application(cast, first, kind="joint_branch", others=[second], told=2)
    services.agree(application=asked, at=NOW, by=cast.wen)

    founded = approve(cast, asked).founded

    assert asked.members == 4
    assert founded.kind == "joint_branch"
    assert set(Unit.objects.values_list("state", "league_org")) == {("joint", founded.pk)}


def test_a_joint_branch_takes_no_unit_that_is_not_open(cast):
    first, second = (make_unit(cast, number=number) for number in (1, 2))
    make_application(cast, second)

    def ask(others):
        make_application(cast, first, kind="joint_branch", others=others)

    assert refusal(lambda: ask([second])) == "not_open"
    assert refusal(lambda: ask([first])) == "itself"


def test_what_is_sent_back_is_mended_and_decided_again(cast, unit, asked):
    services.send_back(application=asked, reason="请附单位意见", at=NOW, by=cast.wen)
    new = new_application(cast, unit, told=5)

    again = services.submit_again(application=asked, new=new, at=on(11), by=cast.zhou)

    assert (again.state, again.members, again.asked_on) == ("submitted", 5, on(11).date())
    assert again.street_by == on(18).date()


def test_what_is_sent_back_lets_the_other_units_go(cast):
    first, second = (make_unit(cast, number=number) for number in (1, 2))
    asked = make_application(cast, first, kind="joint_branch", others=[second])
    services.send_back(application=asked, reason="请核对人数", at=NOW, by=cast.wen)
    other = make_application(cast, second)

    services.withdraw(application=asked, reason="不再联合", at=NOW, by=cast.zhou)

    states = dict(Unit.objects.values_list("pk", "state"))
    assert states == {first.pk: "open", second.pk: "applying"}
    assert other.state == "submitted"


@pytest.mark.parametrize("ending", ["refuse", "withdraw"])
def test_what_ends_without_an_organisation_opens_the_unit_again(cast, unit, asked, ending):
    by = {"refuse": cast.wen, "withdraw": cast.zhou}[ending]

    getattr(services, ending)(application=asked, reason="条件不足", at=NOW, by=by)

    unit.refresh_from_db()
    asked.refresh_from_db()
    assert (unit.state, asked.decided_on, asked.reason) == ("open", DAY, "条件不足")
    assert make_application(cast, unit).state == "submitted"


@pytest.mark.parametrize("act", ["send_back", "refuse", "withdraw"])
def test_no_decision_without_its_reason(cast, asked, act):
    def decide():
        getattr(services, act)(application=asked, reason=" ", at=NOW, by=cast.lin)

    assert refusal(decide) == "reason_needed"


def test_what_is_approved_is_approved_once(cast, asked):
    services.agree(application=asked, at=NOW, by=cast.wen)
    approve(cast, asked)

    assert refusal(lambda: approve(cast, asked, by=cast.luo)) == "wrong_state"
    assert (
        refusal(lambda: services.withdraw(application=asked, reason="晚了", at=NOW, by=cast.zhou))
        == "wrong_state"
    )


def test_each_finds_what_waits_for_them_and_not_their_own(cast, asked):
    waits = queries.applications_to_agree

    assert list(waits(cast.wen)) == [asked]
    assert not waits(cast.chen)
    assert not waits(cast.zhou)
    services.agree(application=asked, at=NOW, by=cast.lin)
    assert list(queries.applications_to_approve(cast.luo)) == [asked]
    assert not queries.applications_to_approve(cast.lin)


def test_the_checks_find_what_is_wrong(cast, unit, asked):
    services.agree(application=asked, at=NOW, by=cast.wen)
    founded = approve(cast, asked).founded
    Org.objects.filter(pk=founded.pk).update(closed_on=DAY)
    twice = make_unit(cast, number=2)
    first = make_application(cast, twice)
    third = make_unit(cast, number=3)
    other = make_application(cast, third)
    other.joined.create(unit=twice)

    failing = {check.code: list(check.records()) for check in facts.CHECKS}

    assert first.unit == twice
    assert failing == {"founding.founded_and_closed": [unit], "founding.applied_twice": [twice]}
