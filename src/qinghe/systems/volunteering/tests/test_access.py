import pytest

from qinghe.kernel.access import actors
from qinghe.systems.volunteering.access import Act

pytestmark = pytest.mark.django_db

# Who may do what at 红棉社区. A new act without a row here fails.
WHO = ("lin", "chen", "he", "zhou", "auditor")
AT_HONGMIAN = {
    Act.SEE: "lin chen he",
    Act.REGISTER: "lin chen",
    Act.APPROVE_VOLUNTEER: "lin chen",
    Act.FOUND_TEAM: "lin chen",
    Act.APPROVE_TEAM: "lin chen",
    Act.KEEP_TEAM: "lin chen he",
    Act.TRAIN: "lin chen",
    Act.INSURE: "lin chen",
    Act.PUBLISH: "lin chen he",
    Act.KEEP_SIGN_UPS: "lin chen he",
    Act.CHECK_IN: "lin chen he",
    Act.CORRECT: "lin chen",
    Act.APPROVE_HOURS: "lin chen",
    Act.APPROVE_CARRIED: "lin chen",
    Act.SET_HOURS_TERMS: "lin",
    Act.APPROVE_LONG_HOURS: "lin",
    Act.UPLOAD: "lin chen",
    Act.CERTIFY: "lin chen",
    Act.PROPOSE_STAR: "lin chen",
    Act.REVIEW_STAR: "lin chen",
    Act.RUN_STARS: "lin",
    Act.KEEP_COURTESY: "lin chen",
    Act.APPROVE_COURTESY: "lin chen",
    Act.KEEP_SKILLS: "lin",
    Act.EVALUATE: "lin chen he",
    Act.ANSWER_FEEDBACK: "lin chen",
    Act.ENTER_LATE: "lin chen he",
    Act.APPROVE_LATE: "lin chen",
    Act.RAISE_LATE: "lin chen",
    Act.REVIEW_FINDING: "lin chen",
    Act.ANSWER_DISPUTE: "lin chen",
    Act.SWEEP: "lin",
}

ABOVE_A_COMMUNITY = {
    Act.APPROVE_LONG_HOURS,
    Act.RUN_STARS,
    Act.APPROVE_COURTESY,
    Act.KEEP_SKILLS,
    Act.SWEEP,
    Act.SET_HOURS_TERMS,
}


@pytest.mark.parametrize("act", list(Act))
def test_who_may_do_what_in_a_community(cast, act):
    allowed = [name for name in WHO if actors.may(getattr(cast, name), act, at=cast.hongmian)]

    assert " ".join(allowed) == AT_HONGMIAN[act]


@pytest.mark.parametrize("act", list(Act))
def test_a_community_secretary_reaches_their_community_only(cast, act):
    at_home = actors.may(cast.zhou, act, at=cast.xiangjiaotang)

    assert at_home is (act not in ABOVE_A_COMMUNITY)
    assert not actors.may(cast.zhou, act, at=cast.bantian)
