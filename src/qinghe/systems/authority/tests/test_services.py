"""Appointing, and what is done to accounts."""

from datetime import date, timedelta

import pytest

from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Held, Role
from qinghe.kernel.access.models import Holding
from qinghe.kernel.notices.models import Notice
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.authority import queries, services
from qinghe.systems.authority.services import Candidate, Post
from tests.cast import NOW, TODAY

from .makers import account_of, person_of

BORN = date(1999, 1, 2)


def refused(expected, act, /, **more):
    with pytest.raises(Refused) as caught:
        act(**more)
    return caught.value.code == expected


def appoint(wide, candidate, *, by, role=Role.TEAM_LEADER, org=None, **more):
    post = Post(role=role, org=org or wide.huale, **more)
    return services.appoint(candidate=candidate, post=post, at=NOW, by=by)


def test_a_new_person_is_entered_under_a_drawn_number_and_invited(wide):
    done = appoint(wide, Candidate(name="新来", birth_date=BORN), by=wide.chen)

    person = Person.objects.get(name="新来")
    assert person.number.startswith("Y")
    assert done.invitation.person == person
    assert access.open_invitation(code=done.code, at=NOW) == done.invitation


def test_who_has_an_account_gets_a_further_role_without_a_code(wide):
    done = appoint(wide, Candidate(number="P017"), by=wide.chen)

    assert isinstance(done, Holding)
    assert done.person == person_of(wide.fang)


def test_only_ones_own_roll_is_chosen_from(wide):
    stranger = Candidate(number="P006")  # 周, of another street

    assert refused("unknown_person", appoint, wide=wide, candidate=stranger, by=wide.chen)
    assert appoint(wide, stranger, by=wide.an).invitation


def test_the_same_person_is_not_entered_twice(wide):
    twin = Candidate(name="方晴", birth_date=date(1995, 3, 1))

    assert refused("known_already", appoint, wide=wide, candidate=twin, by=wide.chen)


def test_a_role_that_one_does_not_give_is_refused(wide):
    for role, org in ((Role.STREET_SECRETARY, wide.henggang), (Role.TEAM_LEADER, wide.bantian)):
        assert refused(
            "not_allowed",
            appoint,
            wide=wide,
            candidate=Candidate(number="P017"),
            by=wide.chen,
            role=role,
            org=org,
        )


def test_a_lent_role_gives_no_roles(wide):
    """S-50: an administrator on a support session appoints nobody."""
    lent = Held(Role.STREET_SECRETARY, wide.henggang.path, lent=True)
    by = type(wide.xu)(wide.xu.person_id, wide.xu.name, (*wide.xu.holdings, lent), "支持会话1")

    assert refused("not_allowed", appoint, wide=wide, candidate=Candidate("P017"), by=by)


def test_roles_that_end_soon_are_those_one_may_extend(wide):
    soon = appoint(wide, Candidate("P017"), by=wide.chen, ends_on=TODAY + timedelta(days=10))

    assert list(queries.holdings_ending_within(wide.chen, 30, today=TODAY)) == [soon]
    assert list(queries.holdings_ending_within(wide.chen, 5, today=TODAY)) == []
    assert list(queries.holdings_ending_within(wide.zhou, 30, today=TODAY)) == []


def test_an_invitation_waits_for_who_made_it(wide):
    made = appoint(wide, Candidate(name="新来", birth_date=BORN), by=wide.chen).invitation

    assert list(queries.invitations_waiting(wide.chen, NOW)) == [made]
    assert list(queries.invitations_waiting(wide.lin, NOW)) == []
    assert list(queries.invitations_waiting(wide.chen, NOW + timedelta(days=8))) == []


def test_a_post_is_handed_over_only_to_who_can_sign_in(wide):
    post = Holding.objects.get(person_id=wide.tang.person_id)
    handed = {"holding": post, "on": TODAY, "reason": "换届", "at": NOW, "by": wide.chen}

    assert refused("no_account", services.hand_over, number="P014", **handed)
    begun = services.hand_over(number="P017", **handed)

    assert begun.person == person_of(wide.fang)


def test_only_the_system_administrator_keeps_accounts(wide):
    account = account_of(wide.fang)
    stopped = {"account": account, "reason": "离职", "at": NOW}

    for by in (wide.lin, wide.an, wide.auditor):
        assert refused("not_allowed", services.disable_account, **stopped, by=by)
        assert refused("not_allowed", services.issue_password_link, account=account, at=NOW, by=by)
    assert refused(
        "reason_needed", services.disable_account, **{**stopped, "reason": " "}, by=wide.xu
    )
    services.disable_account(**stopped, by=wide.xu)

    account.user.refresh_from_db()
    assert not account.user.is_active


def test_nobody_keeps_their_own_account(wide):
    """Bar 17."""
    own = {"account": account_of(wide.xu), "at": NOW, "by": wide.xu}

    for act in (services.disable_account, services.enable_account, services.reset_factors):
        assert refused("oneself", act, reason="试试", **own)
    assert refused("oneself", services.issue_password_link, **own)


def test_those_who_answer_are_told_of_a_support_session(wide):
    session = services.start_support(
        org=wide.henggang,
        role=Role.STREET_SECRETARY,
        reason="名册打不开",
        minutes=30,
        at=NOW,
        by=wide.xu,
    )

    notice = Notice.objects.get(person_id=wide.chen.person_id)
    assert "名册打不开" in notice.text
    assert list(queries.support_seen_by(wide.chen, NOW)) == [session]
    assert list(queries.support_seen_by(wide.zhou, NOW)) == []


def test_accounts_nobody_used_for_ninety_days_are_found(wide):
    """S-34."""
    account = account_of(wide.fang)

    def idle(days):
        account.user.last_login = NOW - timedelta(days=days)
        account.user.save(update_fields=["last_login"])
        return list(queries.accounts_seen_by(wide.xu, NOW).filter(idle="idle"))

    assert idle(91) == [account]
    assert idle(89) == []
    assert list(queries.accounts_seen_by(wide.lin, NOW)) == []
