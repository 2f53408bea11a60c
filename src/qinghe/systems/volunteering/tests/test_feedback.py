"""Feedback: sessions rated without a name, volunteers evaluated with a right to object (V-03)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.analytics import figures
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import indicators, models, queries, services
from qinghe.systems.volunteering.queries import EvaluationState
from tests.cast import actor

from .makers import HOUR, at, build_facts, make_session, serve, sign_in

pytestmark = pytest.mark.django_db
AFTER = at(13)


@pytest.fixture
def served(cast, ming):
    """小明 came to 红棉 on 4 May, from nine to half past ten; the session ended at noon."""
    session = make_session("CC1", org=cast.hongmian)
    return serve(ming, session=session, came=at(9), left=at(10, 30), by=cast.he)


@pytest.fixture
def given(cast, served):
    return evaluate(served, cast.he, "late")


def rate(attendance, person, score, when=AFTER, words=""):
    return services.rate_session(
        attendance=attendance, score=score, words=words, at=when, by=actor(person)
    )


def evaluate(attendance, by, *traits, when=AFTER):
    return services.evaluate(attendance=attendance, traits=traits, words="", at=when, by=by)


def object_to(evaluation, person, when=AFTER):
    return services.object_to_evaluation(
        evaluation=evaluation, words="当天有签到记录。", at=when, by=actor(person)
    )


def answer(evaluation, by, verdict=EvaluationState.WITHDRAWN):
    return services.answer_evaluation(
        evaluation=evaluation, verdict=verdict, answer="核对后撤销。", at=AFTER, by=by
    )


def url(name, *arguments):
    return reverse(f"volunteering:{name}", args=arguments)


def text(response):
    return response.content.decode()


def test_a_second_rating_takes_the_place_of_the_first(cast, served):
    rate(served, cast.xiaoming, 3)
    rate(served, cast.xiaoming, 5)

    assert queries.score_of(cast.lin, served.session) == (5, 1)


@pytest.mark.parametrize(
    ("when", "said"),
    [(at(11, 59), "活动结束"), (at(12) + timedelta(days=30, minutes=1), "超过30天")],
)
def test_a_session_is_rated_after_its_end_and_soon(cast, served, when, said):
    with pytest.raises(Refused, match=said):
        rate(served, cast.xiaoming, 5, when)


def test_nobody_rates_for_another_or_a_service_that_never_was(cast, served, hua):
    with pytest.raises(Refused, match="本人参加"):
        rate(served, hua.person, 1)
    models.Attendance.objects.update(state="void", minutes=0)
    with pytest.raises(Refused, match="活动结束"):
        rate(served, cast.xiaoming, 5)


def test_the_rate_is_of_all_ratings_and_not_of_rates(cast, served, hua):
    away = make_session("CC2", org=cast.xiangjiaotang, starts_at=at(14))
    both = [
        serve(one, session=away, came=at(14), left=at(15), by=cast.lin)
        for one in (served.volunteer, hua)
    ]
    rate(served, cast.xiaoming, 5)
    for one in both:
        rate(one, one.volunteer.person, 2, at(18))

    computed = figures.compute(build_facts(), indicators.INDICATORS, periods.half_year(2022, 1))

    found = [
        computed["VOL-77", org.pk].value for org in (cast.longgang, cast.henggang, cast.bantian)
    ]
    assert found == [Decimal("33.33"), Decimal("100"), Decimal("0")]  # one of three, not 50


def test_the_whole_way_of_an_objection(cast, given):
    objected = object_to(given, cast.xiaoming)
    assert queries.objected_for(cast.chen).get() == objected

    done = answer(objected, cast.chen)

    assert (done.state, done.answer) == ("withdrawn", "核对后撤销。")
    assert not queries.objected_for(cast.chen).exists()
    with pytest.raises(Refused, match="不能这样办理"):
        answer(done, cast.lin)


def test_who_gave_it_does_not_decide_and_a_stranger_neither(cast, served):
    given = evaluate(served, cast.chen, "late")
    object_to(given, cast.xiaoming)

    assert not queries.objected_for(cast.chen).exists()
    with pytest.raises(Refused, match="自己登记"):
        answer(given, cast.chen)
    for by in (cast.he, cast.zhou):
        with pytest.raises(Refused) as refused:
            answer(given, by)
        assert refused.value.code == "not_allowed"


def test_an_objection_is_ones_own_and_comes_in_time(cast, given, hua):
    with pytest.raises(Refused, match="本人的评价"):
        object_to(given, hua.person)
    with pytest.raises(Refused, match="超过15天"):
        object_to(given, cast.xiaoming, AFTER + timedelta(days=15, minutes=1))


def test_one_service_is_evaluated_once_with_words_of_the_list(cast, served):
    for traits in ((), ("rude",)):
        with pytest.raises(Refused, match="至少选一项"):
            evaluate(served, cast.he, *traits)
    evaluate(served, cast.he, "warm", "punctual")

    with pytest.raises(Refused, match="已经评价过"):
        evaluate(served, cast.lin, "late")
    assert models.Evaluation.objects.get().traits == "punctual,warm"


def test_nobody_evaluates_themself(cast, served):
    models.Volunteer.objects.filter(pk=served.volunteer_id).update(person=cast.he.person_id)

    with pytest.raises(Refused, match="本人的服务"):
        evaluate(served, cast.he, "warm")


# ── In the browser ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def lately(cast, ming):
    """A session that ended an hour ago."""
    starts = timezone.now() - 4 * HOUR
    session = make_session("CC5", org=cast.hongmian, starts_at=starts)
    return serve(ming, session=session, came=starts, left=starts + HOUR, by=cast.he)


def test_a_volunteer_rates_and_the_organiser_reads_no_name(client, cast, lately):
    sign_in(client, actor(cast.xiaoming))
    wrong = client.post(url("own_rating", lately.pk), {"score": "6"})
    client.post(url("own_rating", lately.pk), {"score": "4", "words": "安排周到"})
    mine = text(client.get(url("own_feedback")))
    sign_in(client, cast.he)

    session = text(client.get(url("session", lately.session_id)))
    ratings = text(client.get(url("session_ratings", lately.session_id)))

    assert wrong.status_code == 422
    assert "您评了 4 分" in mine
    assert "4.0分（1人）" in session
    assert "安排周到" in ratings
    assert "明" not in ratings.split("<main")[1]


def test_from_the_evaluation_to_the_answer(client, cast, lately):
    sign_in(client, cast.he)
    client.post(url("evaluate", lately.pk), {"traits": ["late"], "words": "晚到20分钟"})
    made = models.Evaluation.objects.get()
    sign_in(client, actor(cast.xiaoming))
    mine = text(client.get(url("own_feedback")))
    client.post(url("own_objection", made.pk), {"words": "当天堵车已报备"})
    sign_in(client, cast.chen)
    inbox = text(client.get("/inbox/"))
    client.post(url("evaluation_answer", made.pk), {"verdict": "withdrawn", "answer": "属实"})
    record = text(client.get(url("volunteer", lately.volunteer_id)))

    made.refresh_from_db()
    assert "晚到20分钟" in mine
    assert "服务评价的异议" in inbox
    assert made.state == "withdrawn"
    assert "迟到早退" in record
    assert "已撤销" in record


def test_strangers_find_none_of_it(client, cast, given, served, hua):
    sign_in(client, actor(hua.person))
    own = [
        client.get(url("own_rating", served.pk)).status_code,
        client.get(url("own_objection", given.pk)).status_code,
    ]
    sign_in(client, cast.zhou)
    desk = [
        client.get(url("evaluation", given.pk)).status_code,
        client.get(url("evaluate", served.pk)).status_code,
        client.get(url("session_ratings", served.session_id)).status_code,
    ]

    assert own + desk == [404] * 5
