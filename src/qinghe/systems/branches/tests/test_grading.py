"""A round of grading: who takes part, who signs, who reviews, what is published."""

from datetime import date
from decimal import Decimal

import pytest

from qinghe.analytics import figures
from qinghe.kernel.notices.models import Notice
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused
from qinghe.systems.branches import indicators, queries, services
from qinghe.systems.branches.models import Grading, GradingShare
from tests.cast import NOW
from tests.desk import build_facts

from .graded import REPORT, allow, as_actor, grading_of, judged, open_round, sent
from .makers import enrol, make_branch, on

pytestmark = pytest.mark.django_db


def code_of(do, **values):
    with pytest.raises(Refused) as refused:
        do(**values)
    return refused.value.code


@pytest.fixture
def members(branch):
    return enrol(branch, 2, prefix="W")


@pytest.fixture
def asked(cast, branch):
    return open_round(cast.lin)


@pytest.fixture
def waiting(cast, branch, members, asked):
    return sent(branch, secretary=cast.luo, witness=as_actor(members[0]))


def test_who_takes_part_is_computed(cast, branch):
    make_branch(cast.hongmian, "HM-01", "红棉团支部")
    make_branch(cast.hongmian, "HM-02", "新支部", opened_on=date(2022, 3, 1))
    make_branch(cast.hongmian, "HM-03", "流动支部", kind="floating_member_branch")

    open_round(cast.lin)

    found = {one.org.code: one.share.committee for one in Grading.objects.all()}
    assert found == {"HGZX-01": cast.school, "HM-01": cast.henggang}
    assert set(GradingShare.objects.values_list("branches", flat=True)) == {1}
    assert code_of(open_round, by=cast.lin) == "year_taken"
    assert code_of(open_round, by=cast.chen) == "not_allowed"


def test_a_branch_grades_itself_two_sign_and_its_committee_reviews(cast, branch, waiting):
    assert waiting.state == "review"
    assert list(queries.reviews_waiting_for(cast.tang)) == [waiting]
    assert not queries.reviews_waiting_for(cast.luo).exists()

    done = services.review_grading(grading=waiting, judged=judged(), at=NOW, by=cast.tang)
    seen = services.check_grading(
        grading=done, judged=judged(17, words="核减5分"), at=NOW, by=cast.lin
    )
    count = services.publish_gradings(found=waiting.round, at=NOW, by=cast.lin)

    assert (done.points, done.star) == (90, 5)
    assert (seen.points, seen.star) == (85, 4)
    assert count == 1
    found = grading_of(branch)
    assert (found.state, found.star, found.published_on) == ("published", 4, date(2022, 7, 3))
    given = queries.points_by_step(cast.lin, found)
    assert [sum(given[step].values()) for step in ("self", "review", "check")] == [90, 90, 85]
    assert Notice.objects.filter(person=cast.luo.person_id).exists()


def test_five_stars_need_a_report(cast, branch, asked):
    told = {"grading": grading_of(branch), "judged": judged(), "at": NOW, "by": cast.luo}

    assert code_of(services.grade_self, **told) == "report_needed"
    assert code_of(services.grade_self, **(told | {"judged": judged(21)})) == "too_many_points"
    assert code_of(services.grade_self, **(told | {"judged": judged(words=" ")})) == "words_needed"
    assert code_of(services.grade_self, **(told | {"by": cast.tang})) == "not_allowed"
    assert code_of(services.grade_self, **(told | {"at": on(11)})) == "closed"
    services.grade_self(**told, report=REPORT)


def test_two_different_people_sign_and_the_second_is_a_member(cast, branch, members, asked):
    found = grading_of(branch)
    witness = as_actor(members[0])
    assert code_of(services.sign_grading, grading=found, at=NOW, by=witness) == "wrong_state"
    services.grade_self(grading=found, judged=judged(15), at=NOW, by=cast.luo)

    for who, code in ((cast.luo, "same_person"), (cast.tang, "not_a_member")):
        assert code_of(services.sign_grading, grading=found, at=NOW, by=who) == code
    services.sign_grading(grading=found, at=NOW, by=witness)


def test_nobody_reviews_what_they_signed(cast, branch, members, asked):
    waiting = sent(branch, secretary=cast.luo, witness=as_actor(members[0]))
    Grading.objects.update(witness=cast.tang.person_id)

    told = {"grading": waiting, "judged": judged(), "at": NOW}
    assert code_of(services.review_grading, **told, by=cast.tang) == "own_branch"
    assert not queries.reviews_waiting_for(cast.tang).exists()
    for who in (cast.luo, cast.zhou, cast.liang, cast.auditor):
        assert code_of(services.review_grading, **told, by=who) == "not_allowed"


def test_other_points_and_a_veto_need_a_reason(cast, branch, waiting):
    told = {"grading": waiting, "at": NOW, "by": cast.tang}

    mute = judged(17, words="")
    assert code_of(services.review_grading, **told, judged=mute) == "reason_needed"
    vetoed = services.review_grading(**told, judged=judged(veto="一年未开展组织生活"))
    assert vetoed.star == 0
    assert code_of(services.review_grading, **told, judged=judged()) == "wrong_state"


def test_what_is_sent_back_is_signed_anew(cast, branch, members, waiting):
    services.review_grading(grading=waiting, judged=judged(), at=NOW, by=cast.tang)

    back = services.send_back_grading(grading=waiting, reason="缺佐证", at=NOW, by=cast.tang)

    assert (back.state, back.star, back.witness_id) == ("draft", None, None)
    assert Notice.objects.filter(person=cast.luo.person_id, text="缺佐证").exists()
    services.grade_self(
        grading=back, judged=judged(16), at=on(15), by=cast.luo
    )  # after the day of the branches: it was sent back
    assert set(queries.points_by_step(cast.lin, back)) == {"self"}


def test_a_quota_holds(cast, branch, waiting):
    allow(five_percent=20)  # of one branch: none

    full = {"grading": waiting, "judged": judged(), "at": NOW, "by": cast.tang}
    assert code_of(services.review_grading, **full) == "quota_full"
    four = services.review_grading(**(full | {"judged": judged(17, words="名额")}))
    assert four.star == 4


def test_grades_become_figures_until_the_next_one(cast, branch, waiting):
    services.review_grading(grading=waiting, judged=judged(), at=NOW, by=cast.tang)
    services.publish_gradings(found=waiting.round, at=NOW, by=cast.lin)

    computed = figures.compute(
        build_facts(), indicators.GRADING_INDICATORS, periods.half_year(2022, 2)
    )

    found = {
        code: computed[code, cast.longgang.pk].value for code in ("BRN-11", "BRN-12", "BRN-17")
    }
    assert found == {"BRN-11": Decimal(1), "BRN-12": Decimal(0), "BRN-17": Decimal("100.00")}
    nothing = {"found": waiting.round, "at": NOW, "by": cast.lin}
    assert code_of(services.publish_gradings, **nothing) == "nothing_to_publish"


def test_terms_hold_from_their_day_on(cast):
    numbers = {
        name: getattr(queries.grading_terms_on(cast.lin, date(2022, 1, 1)), name)
        for name in queries.GRADING_NUMBERS
    }
    new = services.NewGradingTerms(
        "新办法", date(2023, 1, 1), "会议", "加强", numbers | {"five_percent": 20}
    )
    wrong = services.NewGradingTerms(
        "新办法", date(2023, 1, 1), "会议", "加强", numbers | {"most_team": 30}
    )

    assert code_of(services.set_grading_terms, new=wrong, at=NOW, by=cast.lin) == "not_a_hundred"
    assert code_of(services.set_grading_terms, new=new, at=NOW, by=cast.chen) == "not_allowed"
    services.set_grading_terms(new=new, at=NOW, by=cast.lin)
    assert queries.grading_terms_on(cast.lin, date(2023, 1, 1)).five_percent == 20
