"""From the branch committee's proposal to the Party's result: no gate is skipped (T-31 … T-34)."""

from datetime import date, timedelta

import pytest

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import LeagueFile
from qinghe.kernel.people.services import NewFile, NewPost
from qinghe.lib.verdicts import Refused
from qinghe.systems.recommending import rules, services
from qinghe.systems.recommending.models import PartyResult, Recommendation
from tests.cast import NOW, TODAY, make_person, make_wider_cast
from tests.kept import kept

from .makers import accept, as_far_as, member, propose, recommended, set_terms, vote

pytestmark = pytest.mark.django_db
STATES = Recommendation.State.values


@kept
def cast():
    return make_wider_cast()


def refused(code):
    return pytest.raises(Refused, check=lambda refusal: refusal.code == code)


def test_a_member_goes_all_the_way_to_the_party(cast):
    found = propose(cast)
    for state in ("agreed", "voted", "recommended", "accepted", "probationary"):
        found = as_far_as(cast, found, state)

    assert found.state == "probationary"
    assert list(PartyResult.objects.values_list("stage", flat=True)) == [
        "candidate",
        "probationary",
    ]
    assert LeagueFile.objects.get(person=found.person).party_on == TODAY
    assert found.committee == cast.school


STEPS = {
    "agree": lambda cast, one: services.agree_to_proposal(
        recommendation=one, on=TODAY, words="", at=NOW, by=cast.lin
    ),
    "vote": lambda cast, one: vote(cast, one),
    "recommend": lambda cast, one: services.recommend(
        recommendation=one, on=TODAY, words="", at=NOW, by=cast.lin
    ),
    "accept": lambda cast, one: accept(cast, one),
    "probationary": lambda cast, one: services.become_probationary(
        recommendation=one, on=TODAY, at=NOW, by=cast.lin
    ),
    "turn_down": lambda cast, one: services.turn_down(
        recommendation=one, reason="条件不足", on=TODAY, at=NOW, by=cast.lin
    ),
    "withdraw": lambda cast, one: services.withdraw_proposal(
        recommendation=one, reason="本人提出", at=NOW, by=cast.lin
    ),
}
ALLOWED = {
    "proposed": {"agree", "turn_down", "withdraw"},
    "agreed": {"vote", "withdraw"},
    "voted": {"recommend", "turn_down", "withdraw"},
    "recommended": {"accept", "turn_down"},
    "accepted": {"probationary"},
}


@pytest.mark.parametrize("step", STEPS)
def test_in_no_state_a_gate_is_skipped(cast, step):
    for number, state in enumerate(["proposed", "agreed", "voted", "recommended", "accepted"]):
        found = propose(cast, number=number)
        for each in list(ALLOWED)[1 : number + 1]:
            found = as_far_as(cast, found, each)
        assert found.state == state
        if step in ALLOWED[state]:
            STEPS[step](cast, found)
        else:
            with refused("wrong_state"):
                STEPS[step](cast, found)


@pytest.mark.parametrize("over", ["failed", "refused", "declined", "withdrawn", "probationary"])
def test_what_is_over_goes_no_further(over):
    for state in STATES:
        for way in rules.Way:
            with refused("wrong_state"):
                rules.check_move(now=over, to=state, way=way.value)


def test_who_is_asked_about_needs_no_vote_of_a_branch(cast):  # T-33
    older = make_person("C001", "柏长青", birth_date=date(1991, 1, 1))
    found = propose(cast, person=older)

    assert found.way == "consult"
    with refused("wrong_state"):
        services.agree_to_proposal(recommendation=found, on=TODAY, words="", at=NOW, by=cast.tang)
    found = STEPS["recommend"](cast, found)
    assert accept(cast, found).state == "accepted"


def test_a_cadre_of_thirty_goes_by_the_branch(cast):  # T-33
    cadre = member(cast, 1, birth_date=date(1992, 1, 1))
    post = NewPost("团支部书记", "part_time", date(2021, 1, 1))
    people.appoint(person=cadre, org=cast.branch, new=post, at=NOW, by="the tests")

    assert propose(cast, person=cadre).way == "league"


@pytest.mark.parametrize(
    ("birth", "is_cadre", "way"),
    [
        (date(1994, 7, 4), False, "league"),  # 27 until tomorrow
        (date(1994, 7, 3), False, "consult"),
        (date(1994, 7, 3), True, "league"),
        (date(1986, 7, 4), False, "consult"),  # 35
    ],
)
def test_the_way_follows_age_and_post(birth, is_cadre, way):
    assert rules.way_for(birth=birth, day=TODAY, is_cadre=is_cadre).value == way


def test_who_is_too_old_or_of_unknown_age_is_refused():
    with refused("too_old"):
        rules.way_for(birth=date(1985, 7, 3), day=TODAY, is_cadre=False)
    with refused("birth_unknown"):
        rules.way_for(birth=None, day=TODAY, is_cadre=False)


def test_who_may_not_be_proposed(cast):  # T-31
    with refused("member_too_short"):
        propose(cast, person=member(cast, 1, joined_on=TODAY - timedelta(days=300)))
    with refused("application_too_new"):
        propose(cast, person=member(cast, 2), applied_on=date(2022, 1, 4))
    with refused("not_a_member"):
        propose(cast, person=make_person("X001", "外来者", birth_date=date(2002, 1, 1)))
    with refused("not_a_branch"):
        propose(cast, person=member(cast, 3), org=cast.school)
    with refused("not_allowed"):
        propose(cast, person=member(cast, 4), by=cast.liang)
    with refused("wrong_aim"):
        propose(cast, person=member(cast, 5), aim="probationary")


def test_nobody_has_two_under_way(cast):
    someone = member(cast, 1)
    propose(cast, person=someone)

    with refused("under_way"):
        propose(cast, person=someone)


def test_who_is_in_the_party_is_not_proposed(cast):
    someone = member(cast, 1)
    file = someone.league_file
    people.change_league_file(
        file=file, new=NewFile(file.joined_on, file.number, TODAY), at=NOW, by="the tests"
    )

    with refused("in_the_party"):
        propose(cast, person=someone)


@pytest.mark.parametrize(
    ("entitled", "present", "votes", "state"),
    [
        (20, 11, 11, "voted"),
        (20, 20, 10, "failed"),  # exactly half of those who were to come
        (21, 11, 11, "voted"),
        (21, 15, 10, "failed"),  # most of those present, but not of all
    ],
)
def test_votes_are_counted_against_all_who_were_to_come(cast, entitled, present, votes, state):
    found = as_far_as(cast, propose(cast), "agreed")

    assert vote(cast, found, entitled=entitled, present=present, votes=votes).state == state


@pytest.mark.parametrize(
    ("entitled", "present", "votes", "is_secret", "code"),
    [
        (20, 10, 10, True, "no_quorum"),
        (20, 15, 16, True, "bad_votes"),
        (20, 21, 15, True, "bad_votes"),
        (0, 0, 0, True, "bad_votes"),
        (20, 15, 15, False, "not_secret"),
    ],
)
def test_a_meeting_that_cannot_decide_is_not_written_down(
    cast, entitled, present, votes, is_secret, code
):
    found = as_far_as(cast, propose(cast), "agreed")

    with refused(code):
        vote(cast, found, entitled=entitled, present=present, votes=votes, is_secret=is_secret)

    found.refresh_from_db()
    assert found.state == "agreed"


def test_steps_are_dated_one_after_the_other(cast):
    found = propose(cast)
    with refused("wrong_order"):
        services.agree_to_proposal(
            recommendation=found, on=date(2022, 1, 1), words="", at=NOW, by=cast.tang
        )
    with refused("in_future"):
        services.agree_to_proposal(
            recommendation=found, on=date(2022, 8, 1), words="", at=NOW, by=cast.tang
        )


def test_a_recommendation_lapses(cast):  # T-32
    found = recommended(cast)
    Recommendation.objects.update(recommended_on=date(2020, 1, 1), valid_until=date(2022, 1, 1))

    with refused("lapsed"):
        accept(cast, found)


def test_a_branch_recommends_no_more_than_its_cap(cast):  # T-32
    set_terms(cast, cap_percent=20)
    for number in range(6):
        member(cast, 50 + number)
    recommended(cast, number=1)

    with refused("over_cap"):
        recommended(cast, number=2)


def test_only_the_committee_decides(cast):
    found = propose(cast)

    with refused("not_allowed"):
        services.agree_to_proposal(recommendation=found, on=TODAY, words="", at=NOW, by=cast.luo)


def test_nobody_agrees_to_recommend_themself(cast):
    """Bar 17."""
    found = propose(cast)
    themself = Actor(found.person_id, "本人", cast.tang.holdings)

    with refused("oneself"):
        services.agree_to_proposal(recommendation=found, on=TODAY, words="", at=NOW, by=themself)


def test_a_past_ledger_is_entered_at_once(cast):
    past = [
        services.PastRecommendation(
            member(cast, number), cast.branch, cast.school, "candidate",
            date(2021, 1, 1), date(2022, 3, 1), date(2022, 4, 1),
        )
        for number in range(3)
    ]  # fmt: skip

    made = services.enter_past_recommendations(past=past, source="台账", at=NOW, by=cast.tang)

    assert made == 3
    assert PartyResult.objects.filter(on=date(2022, 4, 1)).count() == 3
    with refused("not_allowed"):
        services.enter_past_recommendations(past=past, source="台账", at=NOW, by=cast.luo)
