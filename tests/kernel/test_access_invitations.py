"""Inviting to a role: the code, its life, who may still invite; and support sessions."""

from datetime import timedelta

import pytest

from qinghe.kernel.access import actors, queries, services
from qinghe.kernel.access.actors import Held, Role
from qinghe.kernel.access.models import Holding, Invitation
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused
from tests import cast as house
from tests.cast import CLERK, NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def wide():
    return house.make_wider_cast()


def invite(wide, **more):
    offered = {
        "person": wide.xiaoming,
        "role": Role.COMMUNITY_SECRETARY,
        "org": wide.huale,
        "at": NOW,
        "by": wide.chen,
        **more,
    }
    return services.invite(**offered)


def refused(expected, act, /, *args, **more):
    with pytest.raises(Refused) as caught:
        act(*args, **more)
    return caught.value.code == expected


def test_only_the_hash_of_a_long_code_is_kept(wide):
    invitation, code = invite(wide)

    assert len(code) * 6 >= 128
    assert code not in str(Invitation.objects.values().get(pk=invitation.pk))
    assert queries.open_invitation(code=code, at=NOW) == invitation


def test_whoever_holds_the_code_opens_that_persons_account_with_the_role(wide):
    _, code = invite(wide)

    user = services.accept_invitation(code=code, username="xiaoming", at=NOW, by="明小麦")

    actor = queries.actor_of(user, TODAY)
    assert actor.person_id == wide.xiaoming.pk
    assert actor.holdings == (Held(Role.COMMUNITY_SECRETARY, wide.huale.path),)
    assert not user.has_usable_password()
    entry = Entry.objects.get(verb="access.give_role", by="明小麦")
    assert entry.detail["invited_by"] == str(wide.chen)


def later(days):
    return NOW + timedelta(days=days)


@pytest.mark.parametrize("case", ["used", "withdrawn", "expired", "unknown", "inviter_left"])
def test_a_code_that_is_no_good_is_refused_whatever_the_reason(wide, case):
    invitation, code = invite(wide)
    at = NOW
    if case == "used":
        services.accept_invitation(code=code, username="xiaoming", at=NOW, by=CLERK)
    elif case == "withdrawn":
        services.withdraw_invitation(invitation=invitation, at=NOW, by=wide.chen)
    elif case == "expired":
        at = later(7)
    elif case == "unknown":
        code = code[:-1] + ("A" if code[-1] != "A" else "B")
    else:  # bar 23: whoever may appoint no more has no open offers
        post = Holding.objects.get(person_id=wide.chen.person_id)
        services.end_role(holding=post, on=TODAY, reason="离任", at=NOW, by=CLERK)

    assert queries.open_invitation(code=code, at=at) is None
    assert refused(
        "unknown_code", services.accept_invitation, code=code, username="other", at=at, by=CLERK
    )


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("not_allowed", {"role": Role.STREET_SECRETARY, "org": "henggang"}),
        ("not_allowed", {"org": "xiangjiaotang"}),
        ("wrong_seat", {"org": "henggang"}),
        ("has_account", {"person": "fang"}),
        ("roles_apart", {"person": "xu"}),
        ("oneself", {"person": "chen"}),
    ],
)
def test_who_may_not_be_invited_is_not(wide, code, more):
    asked = dict(more)
    if "org" in asked:
        asked["org"] = getattr(wide, asked["org"])
    if "person" in asked:
        asked["person"] = Person.objects.get(pk=getattr(wide, asked["person"]).person_id)

    assert refused(code, invite, wide, **asked)


def test_one_invitation_is_open_at_a_time_and_a_new_code_kills_the_old(wide):
    first, old = invite(wide)

    assert refused("already_invited", invite, wide)
    _, new = services.reissue(invitation=first, at=NOW, by=wide.chen)

    assert queries.open_invitation(code=old, at=NOW) is None
    assert queries.open_invitation(code=new, at=NOW) is not None
    assert invite(wide, at=later(8))  # the expired one stands in nobody's way


def test_a_disabled_account_is_nobody_at_its_next_request(wide):
    """Bar 23."""
    account = queries.account_of(Person.objects.get(pk=wide.fang.person_id))
    assert queries.actor_of(account.user, TODAY).holdings

    services.disable_account(account=account, reason="离职", at=NOW, by=wide.xu)

    account.user.refresh_from_db()
    assert queries.actor_of(account.user, TODAY) == queries.NOBODY
    assert refused(
        "already_disabled",
        services.disable_account,
        account=account,
        reason="再次",
        at=NOW,
        by=wide.xu,
    )


def test_nobody_disables_their_own_account(wide):
    person = Person.objects.get(pk=wide.xu.person_id)
    services.open_account(person=person, username="xuzheng", at=NOW, by=CLERK)

    assert refused(
        "oneself",
        services.disable_account,
        account=queries.account_of(person),
        reason="试试",
        at=NOW,
        by=wide.xu,
    )


# ── Support sessions ─────────────────────────────────────────────────────────────────────────────


def start(wide, **more):
    asked = {
        "org": wide.henggang,
        "role": Role.STREET_SECRETARY,
        "reason": "名册打不开",
        "ends_at": NOW + timedelta(hours=1),
        "at": NOW,
        "by": wide.xu,
        **more,
    }
    return services.start_support(**asked)


def admin_user(wide):
    person = Person.objects.get(pk=wide.xu.person_id)
    return services.open_account(person=person, username="xuzheng", at=NOW, by=CLERK)


def test_a_lent_role_holds_while_the_session_is_open_and_signs_what_is_done(wide):
    user = admin_user(wide)
    session = start(wide)

    def seen(at):
        actor = queries.actor_of(user, TODAY, at=at)
        return actors.may(actor, "directory.see", at=wide.hongmian), str(actor)

    assert seen(NOW) == (True, f"许正（{wide.xu.person_id}）经支持会话{session.pk}")
    assert seen(NOW + timedelta(hours=1)) == (False, str(wide.xu))
    services.end_support(session=session, at=NOW, by=wide.xu)
    assert seen(NOW) == (False, str(wide.xu))


@pytest.mark.parametrize("act", sorted(actors.NEVER_LENT))
def test_what_is_never_lent_is_not_lent_by_any_role(wide, act, monkeypatch):
    monkeypatch.setattr(
        actors, "GRANTS", [actors.Grant(role, act, actors.Reach.BELOW) for role in Role]
    )
    held = Held(Role.STREET_SECRETARY, wide.henggang.path)
    lent = Held(Role.STREET_SECRETARY, wide.henggang.path, lent=True)

    assert actors.may(actors.Actor(1, "甲", (held,)), act, at=wide.henggang)
    assert not actors.may(actors.Actor(1, "甲", (lent,)), act, at=wide.henggang)


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("not_allowed", {"by": "chen"}),
        ("not_lendable", {"role": Role.COUNSELLOR}),
        ("not_lendable", {"role": Role.AUDITOR}),
        ("wrong_seat", {"role": Role.COMMUNITY_SECRETARY}),
        ("too_long", {"ends_at": NOW + timedelta(hours=2, minutes=1)}),
    ],
)
def test_a_support_session_lends_little_and_briefly(wide, code, more):
    asked = {**more, "by": getattr(wide, more["by"])} if "by" in more else more

    assert refused(code, start, wide, **asked)


def test_one_support_session_is_open_at_a_time(wide):
    start(wide)

    assert refused("already_open", start, wide)
    assert start(wide, at=later(1), ends_at=later(1) + timedelta(hours=1))


def test_those_who_answer_for_an_organisation_are_its_own_or_the_nearest_above(wide):
    assert queries.secretaries_over(wide.henggang, TODAY) == [wide.chen.person_id]
    assert queries.secretaries_over(wide.hongmian, TODAY) == [wide.chen.person_id]
    assert queries.secretaries_over(wide.branch, TODAY) == [wide.luo.person_id]
    assert queries.secretaries_over(wide.bantian, TODAY) == [wide.lin.person_id]
