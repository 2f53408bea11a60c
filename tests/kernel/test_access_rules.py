"""The edges of who may what: reach, scopes, lent roles, days, deputies. Values in, verdicts out."""

from datetime import timedelta

import pytest

from qinghe.kernel.access import actors, rules
from qinghe.kernel.access.actors import ADMINISTRATORS, Actor, Grant, Held, Reach, Role
from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused
from tests.cast import NOW, TODAY

SEE, TAKE = "gardens.see", "authority.appoint"
TOMORROW = TODAY + timedelta(days=1)
DISTRICT = Org(code="1", name="龙岗区", kind="district", level="district", path="/1/")
STREET = Org(code="2", name="横岗街道", kind="street", level="street", path="/1/2/")
BESIDE = Org(code="21", name="布吉街道", kind="street", level="street", path="/1/21/")
PLACE = Org(code="3", name="红棉社区", kind="community", level="community", path="/1/2/3/")
BRANCH = Org(
    code="4", name="一支部", kind="branch", level="unit", sector="school", path="/1/2/3/4/"
)
FIRM = Org(
    code="5",
    name="企业团委",
    kind="league_committee",
    level="unit",
    sector="society",
    path="/1/2/5/",
)


@pytest.fixture(autouse=True)
def grants(monkeypatch):
    wanted = [
        Grant(Role.STREET_SECRETARY, SEE, Reach.BELOW),
        Grant(Role.STREET_SECRETARY, TAKE, Reach.BELOW),
        Grant(Role.BRANCH_SECRETARY, SEE, Reach.OWN),
    ]
    monkeypatch.setattr(actors, "GRANTS", wanted)


def holder(role, org, *, lent=False, **more):
    return Actor(person_id=7, name="明小麦", holdings=(Held(role, org.path, lent),), **more)


def code_of(act, **asked):
    with pytest.raises(Refused) as refusal:
        act(**asked)
    assert refusal.value.reason.endswith("。")
    return refusal.value.code


@pytest.mark.parametrize(
    ("role", "org", "may"),
    [
        (Role.STREET_SECRETARY, STREET, True),
        (Role.STREET_SECRETARY, PLACE, True),
        (Role.STREET_SECRETARY, BRANCH, True),
        (Role.STREET_SECRETARY, BESIDE, False),  # its code begins alike
        (Role.STREET_SECRETARY, DISTRICT, False),
        (Role.BRANCH_SECRETARY, STREET, True),
        (Role.BRANCH_SECRETARY, PLACE, False),
        (Role.AUDITOR, STREET, False),
    ],
)
def test_a_right_reaches_as_far_as_its_grant(role, org, may):
    actor = holder(role, STREET)

    assert actors.may(actor, SEE, at=org) is may
    if may:
        assert actors.require(actor, SEE, at=org) is None
    else:
        assert code_of(lambda: actors.require(actor, SEE, at=org)) == "not_allowed"


def test_an_act_that_nobody_granted_is_nobodys():
    actor = holder(Role.STREET_SECRETARY, STREET)

    assert actors.may_anywhere(actor, SEE)
    assert not actors.may_anywhere(actor, "gardens.water")
    assert not actors.may(actor, "gardens.water", at=STREET)


def test_any_of_several_holdings_is_enough():
    both = (Held(Role.AUDITOR, DISTRICT.path), Held(Role.BRANCH_SECRETARY, BESIDE.path))

    assert actors.may(Actor(7, "明小麦", both), SEE, at=BESIDE)


@pytest.mark.parametrize(
    ("scopes", "may"),
    [
        (None, True),
        ((), False),
        (("gardens.see",), True),
        (("gardens",), True),
        (("garden",), False),  # a part of a word is no scope
        (("gardens.see.more",), False),
        (("parks", "gardens"), True),
    ],
)
def test_a_token_does_what_its_scopes_name_and_no_more(scopes, may):
    actor = holder(Role.STREET_SECRETARY, STREET, scopes=scopes)

    assert actors.may(actor, SEE, at=STREET) is may
    assert actors.may_anywhere(actor, SEE) is may


def test_a_lent_role_sees_and_does_not_appoint():
    lent, own = (holder(Role.STREET_SECRETARY, STREET, lent=each) for each in (True, False))

    assert actors.may(lent, SEE, at=PLACE)
    assert actors.may(own, TAKE, at=PLACE)
    assert not actors.may(lent, TAKE, at=PLACE)
    assert rules.appointable(by=lent, role=Role.TEAM_LEADER) == []
    assert rules.appointable(by=own, role=Role.TEAM_LEADER) == list(own.holdings)


def test_grants_that_change_are_followed(monkeypatch):
    actor = holder(Role.AUDITOR, DISTRICT)
    assert not actors.may(actor, SEE, at=DISTRICT)
    assert actors.reaches_below(Role.STREET_SECRETARY)
    assert not actors.reaches_below(Role.BRANCH_SECRETARY)

    monkeypatch.setattr(actors, "GRANTS", [Grant(Role.AUDITOR, SEE, Reach.OWN)])

    assert actors.may(actor, SEE, at=DISTRICT)
    assert not actors.reaches_below(Role.STREET_SECRETARY)


@pytest.mark.parametrize("path", ["1/2/", "/1/2", "12", ""])
def test_a_place_to_hold_a_role_begins_and_ends_with_its_separator(path):
    with pytest.raises(ValueError, match=r"^a path ends with its separator"):
        Held(Role.AUDITOR, path)


@pytest.mark.parametrize(
    ("actor", "signature"),
    [
        (Actor(7, "明小麦"), "明小麦（7）"),
        (Actor(7, "明小麦", via="支持会话3"), "明小麦（7）经支持会话3"),
        (Actor(7), "未具名（7）"),
        (Actor(7, "长" * 50), "长" * 40 + "（7）"),
    ],
)
def test_what_is_done_is_signed_with_name_number_and_way(actor, signature):
    assert str(actor) == signature


def test_every_role_has_a_name():
    assert all(role.label for role in Role)
    assert Role.SECADMIN.label == "安全管理员"


@pytest.mark.parametrize("check", [rules.check_not_oneself, rules.check_not_own_account])
def test_nobody_does_it_to_themself(check):
    """Bar 17."""
    assert code_of(check, person_id=7, by=Actor(7)) == "oneself"
    assert check(person_id=8, by=Actor(7)) is None
    assert check(person_id=7, by="manage first-admin") is None


@pytest.mark.parametrize("administrator", sorted(ADMINISTRATORS))
def test_an_administrators_role_stands_alone(administrator):
    """S-50."""

    def together(role, *others):
        return rules.check_roles_together(role=role, others=others, name="明小麦")

    assert code_of(lambda: together(administrator, Role.VOLUNTEER)) == "roles_apart"
    assert code_of(lambda: together(Role.VOLUNTEER, Role.MENTOR, administrator)) == "roles_apart"
    assert together(administrator, administrator) is None
    assert together(Role.VOLUNTEER, Role.MENTOR) is None


def test_the_refusal_of_roles_together_names_only_what_stands_against_them():
    others = [Role.VOLUNTEER, Role.AUDITOR]

    with pytest.raises(Refused, match=r"^明小麦已任审计员，不能再任志愿队伍负责人："):
        rules.check_roles_together(role=Role.TEAM_LEADER, others=others, name="明小麦")
    with pytest.raises(Refused, match=r"^明小麦已任审计员、志愿者，"):
        rules.check_roles_together(role=Role.SYSADMIN, others=others, name="明小麦")


def test_only_an_officer_of_the_district_has_a_department():
    asked = {"role": Role.STREET_SECRETARY, "department": "schools"}

    assert code_of(rules.check_department, **asked) == "no_department"
    assert rules.check_department(role=Role.STREET_SECRETARY, department="") is None
    assert rules.check_department(role=Role.DISTRICT_OFFICER, department="schools") is None


@pytest.mark.parametrize(("ends_on", "fits"), [(None, True), (TOMORROW, True), (TODAY, False)])
def test_a_role_ends_after_it_begins(ends_on, fits):
    asked = {"starts_on": TODAY, "ends_on": ends_on}

    if fits:
        assert rules.check_days(**asked) is None
    else:
        assert code_of(rules.check_days, **asked) == "ends_before_start"


def test_a_role_that_holds_no_more_is_not_changed():
    assert code_of(rules.check_not_ended, ends_on=TODAY, at=NOW) == "already_ended"
    assert rules.check_not_ended(ends_on=TOMORROW, at=NOW) is None
    assert rules.check_not_ended(ends_on=None, at=NOW) is None


@pytest.mark.parametrize(
    ("on", "ends_on", "fits"),
    [
        (TODAY, None, True),
        (TODAY - timedelta(days=1), None, False),
        (TOMORROW, TOMORROW, True),
        (TOMORROW, TODAY, False),
    ],
)
def test_a_role_ends_between_its_start_and_the_end_that_is_set(on, ends_on, fits):
    asked = {"starts_on": TODAY, "on": on, "ends_on": ends_on}

    if fits:
        assert rules.check_end(**asked) is None
    else:
        assert code_of(rules.check_end, **asked) == "bad_end"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"ends_on": None}, "deputy_without_end"),
        ({"same_person": True}, "deputy_for_oneself"),
        ({"same_post": False}, "another_post"),
    ],
)
def test_a_deputy_has_an_end_and_is_another_at_the_same_post(changed, code):
    asked = {"ends_on": TOMORROW, "same_person": False, "same_post": True}

    assert rules.check_deputy(**asked) is None
    assert code_of(rules.check_deputy, **asked | changed) == code


def test_a_row_that_was_merged_away_gets_nothing():
    assert code_of(rules.check_not_merged, merged_into=5) == "merged"
    assert rules.check_not_merged(merged_into=None) is None


def test_who_appoints_does_so_where_they_hold_their_role_and_below():
    secretary = holder(Role.STREET_SECRETARY, STREET)
    asked = {"by": secretary, "role": Role.TEAM_LEADER}

    assert rules.may_appoint(**asked, org=STREET)
    assert rules.check_may_appoint(**asked, org=PLACE) is None
    assert code_of(rules.check_may_appoint, **asked, org=BESIDE) == "not_allowed"
    assert (
        code_of(rules.check_may_appoint, by=secretary, role=Role.JUDGE, org=STREET) == "not_allowed"
    )
    volunteer = holder(Role.VOLUNTEER, STREET)
    assert rules.appointable(by=volunteer, role=Role.VOLUNTEER) == []


@pytest.mark.parametrize(
    ("role", "org", "fits"),
    [
        (Role.STREET_SECRETARY, STREET, True),
        (Role.STREET_SECRETARY, PLACE, False),
        (Role.SCHOOL_SECRETARY, BRANCH, True),
        (Role.SCHOOL_SECRETARY, FIRM, False),
        (Role.ENTERPRISE_SECRETARY, FIRM, True),
        (Role.ENTERPRISE_SECRETARY, PLACE, False),
        (Role.BRANCH_SECRETARY, FIRM, False),
        (Role.AUDITOR, STREET, False),
        (Role.MENTOR, BRANCH, True),
    ],
)
def test_a_role_fits_by_level_kind_and_sector(role, org, fits):
    assert rules.fits(role=role, org=org) is fits
    if fits:
        assert rules.check_fits(role=role, org=org) is None
    else:
        assert code_of(rules.check_fits, role=role, org=org) == "wrong_seat"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"role": Role.AUDITOR}, "not_lendable"),
        ({"role": Role.COUNSELLOR}, "not_lendable"),
        ({"org": PLACE}, "wrong_seat"),
        ({"ends_at": NOW + timedelta(hours=2, seconds=1)}, "too_long"),
        ({"ends_at": NOW}, "too_long"),
    ],
)
def test_a_support_session_lends_no_more_than_it_may_and_two_hours_at_most(changed, code):
    asked = {"role": Role.STREET_SECRETARY, "org": STREET, "starts_at": NOW}
    asked["ends_at"] = NOW + timedelta(hours=2)

    assert rules.check_support(**asked) is None
    assert code_of(rules.check_support, **asked | changed) == code
