"""Lecturers, booked lectures, online sessions."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from qinghe.kernel.notices.models import Notice
from qinghe.lib.verdicts import Refused
from qinghe.systems.training import queries, services
from qinghe.systems.training.models import Lecture, Lecturer, Webcast
from tests.cast import NOW, TODAY

from .makers import (
    DAY,
    accept,
    book,
    make_lecturer,
    make_programme,
    make_team,
    make_webcast,
    on,
)

pytestmark = pytest.mark.django_db


def refusal(call, *arguments, **named):
    with pytest.raises(Refused) as refused:
        call(*arguments, **named)
    return refused.value.code


def test_nobody_sends_themself_the_lecturer_they_asked_for(cast, team):
    """Bar 17."""
    asked = book(cast, team, by=cast.lin)

    assert refusal(accept, cast, asked, make_lecturer(cast, team)) == "own_request"


def test_a_booking_goes_its_way_and_its_stars_stand_on_the_lecturers_record(cast, team):
    lecturer = make_lecturer(cast, team)
    asked = book(cast, team, host=cast.xiangjiaotang, by=cast.zhou)
    accepted = accept(cast, asked, lecturer)
    after = on(11, hour=18)
    held = services.hold_lecture(lecture=accepted, people=58, at=after, by=cast.lin)
    services.rate_lecture(lecture=held, stars=5, words="孩子们听得懂", at=after, by=cast.zhou)

    found = queries.lecturers_seen_by(cast.lin).get()
    assert (found.given, found.stars) == (1, 5)
    assert held.held_on == on(11).date()
    assert Notice.objects.filter(person_id=cast.zhou.person_id).count() == 1


def test_only_the_team_answers_and_only_the_host_rates(cast, team):
    asked = book(cast, team, host=cast.xiangjiaotang, by=cast.zhou)
    lecturer = make_lecturer(cast, team)

    answered = refusal(services.refuse_lecture, lecture=asked, reason="排满", at=NOW, by=cast.zhou)
    beside = refusal(services.cancel_lecture, lecture=asked, reason="改期", at=NOW, by=cast.chen)
    held = services.hold_lecture(
        lecture=accept(cast, asked, lecturer), people=9, at=on(12), by=cast.lin
    )
    rated = refusal(services.rate_lecture, lecture=held, stars=1, words="", at=on(12), by=cast.chen)

    assert (answered, beside, rated) == ("not_allowed",) * 3


def test_a_refusal_says_why_and_is_told(cast, team):
    asked = book(cast, team, host=cast.xiangjiaotang, by=cast.zhou)

    assert (
        refusal(services.refuse_lecture, lecture=asked, reason=" ", at=NOW, by=cast.lin)
        == "reason_needed"
    )
    services.refuse_lecture(lecture=asked, reason="本月讲师已排满", at=NOW, by=cast.lin)

    assert "本月讲师已排满" in Notice.objects.get().text


def test_a_team_serves_those_below_it(cast):
    team = make_team(cast, org=cast.henggang)

    assert refusal(book, cast, team, host=cast.xiangjiaotang) == "not_of_the_programme"
    assert cast.hongmian == book(cast, team).host
    assert not queries.teams_to_book(cast.zhou).exists()


@pytest.mark.parametrize(("hours", "code"), [(0, "lecturer_busy"), (1, "lecturer_busy"), (2, "")])
def test_a_lecturer_is_not_sent_to_two_places_at_once(cast, team, hours, code):
    lecturer = make_lecturer(cast, team)
    accept(cast, book(cast, team), lecturer)
    second = book(cast, team)
    when = on(11, hour=15) + timedelta(hours=hours)

    if code:
        assert refusal(accept, cast, second, lecturer, starts_at=when) == code
    else:
        assert accept(cast, second, lecturer, starts_at=when).state == "accepted"


def test_only_who_is_in_the_team_is_sent_and_nobody_leaves_who_is_expected(cast, team):
    other = make_team(cast, code="SY", title="素养讲师队")
    stranger, lecturer = make_lecturer(cast, other), make_lecturer(cast, team, name="程老师")
    first, second = book(cast, team), book(cast, team)
    accept(cast, first, lecturer)

    assert refusal(accept, cast, second, stranger) == "not_of_the_team"
    assert (
        refusal(services.let_go_lecturer, lecturer=lecturer, reason="调离", at=NOW, by=cast.lin)
        == "still_expected"
    )
    services.cancel_lecture(lecture=first, reason="改期", at=NOW, by=cast.lin)
    gone = services.let_go_lecturer(lecturer=lecturer, reason="调离", at=NOW, by=cast.lin)
    assert gone.left_on == TODAY
    assert refusal(accept, cast, second, lecturer) == "not_in_the_team"


def test_person_times_are_entered_once_and_after_the_lecture(cast, team):
    accepted = accept(cast, book(cast, team), make_lecturer(cast, team))

    early = refusal(services.hold_lecture, lecture=accepted, people=3, at=NOW, by=cast.lin)
    none = refusal(services.hold_lecture, lecture=accepted, people=0, at=on(12), by=cast.lin)
    services.hold_lecture(lecture=accepted, people=3, at=on(12), by=cast.lin)
    again = refusal(services.hold_lecture, lecture=accepted, people=4, at=on(12), by=cast.lin)

    assert (early, none, again) == ("too_early", "nobody_came", "wrong_state")
    assert Lecture.objects.get().people == 3


def test_what_was_not_held_is_not_rated_nor_twice_nor_oddly(cast, team):
    accepted = accept(cast, book(cast, team), make_lecturer(cast, team))
    rate = services.rate_lecture

    before = refusal(rate, lecture=accepted, stars=5, words="", at=on(12), by=cast.lin)
    services.hold_lecture(lecture=accepted, people=3, at=on(12), by=cast.lin)
    odd = refusal(rate, lecture=accepted, stars=6, words="", at=on(12), by=cast.lin)
    rate(lecture=accepted, stars=4, words="", at=on(12), by=cast.lin)
    twice = refusal(rate, lecture=accepted, stars=5, words="", at=on(12), by=cast.lin)

    assert (before, odd, twice) == ("wrong_state", "wrong_stars", "rated_already")


def test_a_lecturer_is_one_of_two_things_and_once_in_a_team(cast, team):
    both = services.NewLecturer(team, "急救", "区红会", TODAY, person=cast.xiaoming, name="明")
    nobody = services.NewLecturer(team, "急救", "区红会", TODAY)
    camp = services.NewLecturer(make_programme(cast), "急救", "区红会", TODAY, name="程老师")
    take_in = services.take_in_lecturer
    make_lecturer(cast, team)

    assert refusal(take_in, new=both, at=NOW, by=cast.lin) == "name_needed"
    assert refusal(take_in, new=nobody, at=NOW, by=cast.lin) == "name_needed"
    assert refusal(take_in, new=camp, at=NOW, by=cast.lin) == "not_a_team"
    assert refusal(make_lecturer, cast, team) == "lecturer_already"
    with pytest.raises(IntegrityError), transaction.atomic():
        Lecturer.objects.create(team=team, subjects="急救", sender="区红会", joined_on=TODAY)


def test_an_online_session_is_drawn_up_announced_held_and_counted_once(cast, school, team):
    lecturer = make_lecturer(cast, team)
    drawn = make_webcast(cast, school)

    assert (
        refusal(services.publish_webcast, webcast=drawn, at=NOW, by=cast.lin) == "lecturer_needed"
    )
    services.change_webcast(webcast=drawn, day=DAY, lecturer=lecturer, at=NOW, by=cast.lin)
    services.publish_webcast(webcast=drawn, at=NOW, by=cast.lin)
    assert (
        refusal(services.hold_webcast, webcast=drawn, views=320, at=NOW, by=cast.lin) == "too_early"
    )
    services.hold_webcast(webcast=drawn, views=320, at=on(10, hour=21), by=cast.lin)
    services.set_replay(webcast=drawn, replay="https://example.org/1", at=on(11), by=cast.lin)

    held = Webcast.objects.get()
    assert (held.state, held.views, held.replay) == ("held", 320, "https://example.org/1")
    assert queries.next_number(cast.lin, school) == 2
    assert refusal(make_webcast, cast, school) == "number_taken"


def test_what_is_over_is_not_announced(cast, school, team):
    drawn = make_webcast(
        cast, school, day=TODAY - timedelta(days=1), lecturer=make_lecturer(cast, team)
    )

    assert refusal(services.publish_webcast, webcast=drawn, at=NOW, by=cast.lin) == "in_the_past"


def test_a_community_runs_its_own_sessions_of_the_districts_school(cast, school):
    new = services.NewWebcast(school, 7, "亲子沟通", cast.xiangjiaotang, DAY, "腾讯会议")
    made = services.draw_up_webcast(new=new, at=NOW, by=cast.zhou)

    assert list(queries.webcasts_seen_by(cast.zhou)) == [made]
    assert not queries.webcasts_seen_by(cast.chen).exists()
    assert (
        refusal(services.end_programme, programme=school, reason="收尾", at=NOW, by=cast.zhou)
        == "not_allowed"
    )


def test_what_has_ended_takes_nothing_new(cast, school, team):
    for programme in (school, team):
        services.end_programme(programme=programme, reason="收尾", at=NOW, by=cast.lin)

    school.refresh_from_db()
    team.refresh_from_db()
    assert refusal(make_webcast, cast, school) == "programme_ended"
    assert refusal(book, cast, team) == "programme_ended"
    assert refusal(make_lecturer, cast, team) == "programme_ended"
