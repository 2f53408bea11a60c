"""Signing up: never too many, nobody twice, in order of waiting (demands 1, 2, 10, 12, 13)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from qinghe.kernel.notices.models import Notice
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules, services, tasks
from qinghe.systems.volunteering.models import SignUp
from tests.cast import NOW

from .activity_makers import AHEAD, HOUR, first_post, join, people, publish

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def post(cast):
    return first_post(publish(cast))


def states(post):
    return list(post.sign_ups.order_by("pk").values_list("state", flat=True))


def taken(post):
    return models.ServicePost.objects.get(pk=post.pk).taken


def refusal(code, work):
    with pytest.raises(Refused) as refused:
        work()
    assert refused.value.code == code
    return refused.value.reason


def told(actor):
    return list(Notice.objects.filter(person=actor.person_id).values_list("title", flat=True))


def test_who_comes_when_all_places_are_taken_waits(cast, post):
    for _, who in people(cast, 3):
        join(post, who)

    assert states(post) == ["signed", "signed", "waiting"]
    assert taken(post) == 2


def test_signing_up_again_changes_nothing(cast, post):
    ((_, who),) = people(cast, 1)

    assert join(post, who).pk == join(post, who).pk
    assert taken(post) == 1


def test_the_database_refuses_one_place_too_many(cast, post):
    with pytest.raises(IntegrityError), transaction.atomic():
        models.ServicePost.objects.filter(pk=post.pk).update(taken=3)


def test_the_database_refuses_a_second_live_sign_up(cast, post):
    ((volunteer, who),) = people(cast, 1)
    join(post, who)

    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.create(
            post=post, volunteer=volunteer, state="waiting", signed_at=NOW, moved_at=NOW
        )


def test_overlapping_sign_ups_are_refused_with_the_name_of_the_other(cast, post):
    other = publish(cast, title="河堤巡护", times=((AHEAD + HOUR, AHEAD + 5 * HOUR),))
    ((_, who),) = people(cast, 1)
    join(post, who)

    reason = refusal("clashing", lambda: join(first_post(other), who))

    assert "公园净滩" in reason
    assert taken(first_post(other)) == 0


def test_what_follows_at_once_does_not_overlap(cast, post):
    other = publish(cast, title="河堤巡护", times=((AHEAD + 3 * HOUR, AHEAD + 5 * HOUR),))
    ((_, who),) = people(cast, 1)
    join(post, who)

    assert join(first_post(other), who).state == "signed"


def test_a_freed_place_is_offered_in_order_and_kept_for_two_hours(cast, post):
    (_, first), (_, second), (_, third), (_, fourth) = people(cast, 4)
    mine = [join(post, who) for who in (first, second, third, fourth)]

    services.cancel_sign_up(sign_up=mine[0], at=NOW, by=first)

    assert states(post) == ["cancelled", "signed", "offered", "waiting"]
    assert taken(post) == 2
    assert post.sign_ups.get(state="offered").offer_until == NOW + 2 * HOUR
    assert "候补到名额，请确认" in told(third)
    assert told(fourth) == []
    accepted = services.accept_offer(sign_up=mine[2], at=NOW + HOUR, by=third)
    assert accepted.state == "signed"
    assert taken(post) == 2


def test_who_comes_while_others_wait_waits_behind_them(cast, post):
    waiting = people(cast, 4)
    mine = [join(post, who) for _, who in waiting]
    services.release_sign_up(sign_up=mine[0], reason="本人来电", at=NOW, by=cast.lin)

    ((_, late),) = people(cast, 1, start=9)
    join(post, late)

    assert states(post) == ["cancelled", "signed", "offered", "waiting", "waiting"]


def test_an_offer_not_answered_goes_to_the_next_once_also_after_a_stop(cast, post):
    everybody = people(cast, 4)
    mine = [join(post, who) for _, who in everybody]
    services.cancel_sign_up(sign_up=mine[0], at=NOW, by=everybody[0][1])
    late = NOW + 20 * HOUR  # nobody looked for a day

    assert tasks.keep_sign_ups(at=late).expired == 1
    assert tasks.keep_sign_ups(at=late).expired == 0

    assert states(post) == ["cancelled", "signed", "expired", "offered"]
    assert post.sign_ups.get(state="offered").offer_until == late + 2 * HOUR
    assert told(everybody[2][1]).count("候补名额逾期未确认，已顺延") == 1
    refusal(
        "offer_over",
        lambda: services.accept_offer(sign_up=mine[2], at=late, by=everybody[2][1]),
    )


def test_a_late_answer_is_refused_even_while_no_job_runs(cast, post):
    everybody = people(cast, 3)
    mine = [join(post, who) for _, who in everybody]
    services.cancel_sign_up(sign_up=mine[0], at=NOW, by=everybody[0][1])

    refusal(
        "offer_over",
        lambda: services.accept_offer(sign_up=mine[2], at=NOW + 2 * HOUR, by=everybody[2][1]),
    )


def test_a_declined_offer_goes_on_at_once(cast, post):
    everybody = people(cast, 4)
    mine = [join(post, who) for _, who in everybody]
    services.cancel_sign_up(sign_up=mine[0], at=NOW, by=everybody[0][1])

    services.decline_offer(sign_up=mine[2], at=NOW, by=everybody[2][1])

    assert states(post) == ["cancelled", "signed", "declined", "offered"]


@pytest.mark.parametrize(
    ("before", "minutes"),
    [(48 * HOUR, 120), (4 * HOUR, 120), (2 * HOUR, 60), (10 * MINUTE, 5), (0 * HOUR, None)],
)
def test_an_offer_is_shorter_near_the_start_and_none_after_it(before, minutes):
    until = rules.offer_until(starts_at=NOW + before, minutes=120, at=NOW)

    assert until == (None if minutes is None else NOW + minutes * MINUTE)


def test_a_volunteer_lets_go_until_the_deadline_then_only_the_leader(cast, post):
    ((_, who),) = people(cast, 1)
    mine = join(post, who)
    late = AHEAD - 2 * HOUR

    refusal("too_late_to_cancel", lambda: services.cancel_sign_up(sign_up=mine, at=late, by=who))
    services.release_sign_up(sign_up=mine, reason="发烧", at=late, by=cast.lin)

    assert states(post) == ["cancelled"]
    assert taken(post) == 0
    assert "您的活动报名已由负责人取消" in told(who)


def test_nobody_lets_go_of_anothers_place(cast, post):
    (_, who), (_, other) = people(cast, 2)
    mine = join(post, who)

    refusal("not_allowed", lambda: services.cancel_sign_up(sign_up=mine, at=NOW, by=other))
    refusal(
        "not_allowed",
        lambda: services.release_sign_up(sign_up=mine, reason="误报", at=NOW, by=cast.zhou),
    )


def test_a_leader_signs_up_who_asks_at_the_desk(cast, post):
    ((volunteer, who),) = people(cast, 1)

    made = services.sign_up_other(post=post, volunteer=volunteer, vouched=False, at=NOW, by=cast.he)

    assert (made.state, made.by_leader) == ("signed", True)
    assert told(who) == ["负责人已为您报名活动"]
    refusal(
        "not_allowed",
        lambda: services.sign_up_other(
            post=post, volunteer=volunteer, vouched=False, at=NOW, by=cast.zhou
        ),
    )


@pytest.mark.parametrize(
    ("terms", "born", "agreed", "code"),
    [
        ({}, date(1995, 3, 1), None, None),
        ({}, date(2006, 3, 1), date(2022, 1, 1), "minors_not_taken"),
        ({"minors": True}, date(2006, 3, 1), date(2022, 1, 1), None),
        ({"minors": True}, date(2006, 3, 1), None, "guardian_needed"),  # V-20
        ({"minors": True}, date(2010, 3, 1), date(2022, 1, 1), "too_young"),  # V-21
        ({"min_age": 30}, date(1995, 3, 1), None, "age_outside"),
        ({"max_age": 25}, date(1995, 3, 1), None, "age_outside"),
        ({}, None, None, "age_unknown"),
        ({"minors": True}, None, None, None),
    ],
)
def test_whom_a_post_takes(terms, born, agreed, code):
    def check():
        rules.check_fits(
            rules.Terms(**terms), birth_date=born, guardian_agreed_on=agreed, on=date(2022, 7, 8)
        )

    if code:
        refusal(code, check)
    else:
        check()


def test_a_post_that_asks_for_skills_asks_for_a_word(cast):
    activity = publish(cast, posts=(services.NewPost("急救", 2, skills="急救员证"),))
    ((_, who),) = people(cast, 1)
    post = first_post(activity)

    reason = refusal(
        "not_vouched", lambda: services.sign_up(post=post, vouched=False, at=NOW, by=who)
    )
    assert "急救员证" in reason
    assert join(post, who).vouched == "急救员证"


def test_what_has_begun_or_is_off_takes_nobody(cast, post):
    (_, who), (_, other) = people(cast, 2)

    refusal("begun", lambda: join(post, who, at=AHEAD))
    services.cancel_session(session=post.session, reason="台风", at=NOW, by=cast.lin)
    refusal("session_cancelled", lambda: join(post, other))


def test_only_registered_volunteers_sign_up(cast, post):
    ((volunteer, who),) = people(cast, 1)
    mine = join(post, who)
    services.withdraw_volunteer(volunteer=volunteer, reason="搬离", at=NOW, by=cast.lin)

    mine.refresh_from_db()
    assert mine.state == "cancelled"
    assert taken(post) == 0
    refusal("not_registered", lambda: join(post, who))
    refusal("not_registered", lambda: join(post, cast.lin))


def test_reminders_go_on_the_evening_before_and_two_hours_before_once_each(cast, post):
    ((_, who),) = people(cast, 1)
    join(post, who)
    evening = AHEAD.replace(hour=10) - timedelta(days=1)  # 18:00 in 龙岗

    assert tasks.keep_sign_ups(at=evening - MINUTE).reminded == 0
    assert tasks.keep_sign_ups(at=evening).reminded == 1
    assert tasks.keep_sign_ups(at=evening + MINUTE).reminded == 0
    assert tasks.keep_sign_ups(at=AHEAD - 2 * HOUR).reminded == 1
    assert tasks.keep_sign_ups(at=AHEAD - HOUR).reminded == 0
    assert told(who).count("活动提醒") == 2


def test_after_a_stop_only_the_reminder_of_now_is_given_and_none_after_the_start(cast, post):
    ((_, who),) = people(cast, 1)
    join(post, who)

    assert tasks.keep_sign_ups(at=AHEAD - HOUR).reminded == 1
    assert tasks.keep_sign_ups(at=AHEAD - HOUR).reminded == 0
    assert told(who).count("活动提醒") == 1


def test_a_stop_over_the_start_reminds_nobody(cast, post):
    ((_, who),) = people(cast, 1)
    join(post, who)

    assert tasks.keep_sign_ups(at=AHEAD + MINUTE).reminded == 0


def test_who_did_not_come_is_marked_after_the_session_and_who_walked_in_is_welcome(cast, post):
    (one, first), (_, second), (third, _) = people(cast, 3)
    for who in (first, second):
        join(post, who)
    for volunteer in (one, third):
        services.check_in(session=post.session, volunteer=volunteer, at=AHEAD, by=cast.he)

    over = AHEAD + 4 * HOUR
    assert tasks.keep_sign_ups(at=over - MINUTE).absent == 0
    assert tasks.keep_sign_ups(at=over).absent == 1
    assert tasks.keep_sign_ups(at=over).absent == 0

    assert states(post) == ["signed", "absent"]
    roster = {row.volunteer_id: row.walked_in for row in queries.roster_of(cast.he, post.session)}
    assert roster == {one.pk: False, third.pk: True}


def test_the_roll_checks_in_the_ticked_and_marks_the_others_absent(cast, post):
    (one, first), (_, second) = people(cast, 2)
    mine = [join(post, who) for who in (first, second)]

    refusal(
        "too_early",
        lambda: services.call_roll(session=post.session, came=[], at=NOW, by=cast.he),
    )
    absent = services.call_roll(session=post.session, came=[mine[0].pk], at=AHEAD, by=cast.he)

    assert absent == 1
    assert states(post) == ["signed", "absent"]
    assert models.Attendance.objects.get().volunteer == one
    services.call_roll(
        session=post.session, came=[sign_up.pk for sign_up in mine], at=AHEAD + HOUR, by=cast.he
    )
    assert states(post) == ["signed", "signed"]
    assert models.Attendance.objects.count() == 2


def test_more_places_are_offered_to_who_waits_and_fewer_than_taken_are_refused(cast, post):
    for _, who in people(cast, 4):
        join(post, who)

    services.resize_post(post=post, capacity=3, at=NOW, by=cast.lin)

    assert states(post) == ["signed", "signed", "offered", "waiting"]
    refusal(
        "places_taken",
        lambda: services.resize_post(post=post, capacity=2, at=NOW, by=cast.lin),
    )


def test_a_post_that_asks_for_a_training_takes_who_has_its_credits(cast):
    asked = services.NewPost("急救", 2, training=models.Training.Kind.SKILLS)
    post = first_post(publish(cast, posts=(asked,)))
    (volunteer, who), (_, other) = people(cast, 2)
    training = services.enter_training(
        new=services.NewTraining(
            title="急救员初级班",
            kind="skills",
            org=cast.hongmian,
            day=NOW.date(),
            credit_hours=Decimal(4),
        ),
        at=NOW,
        by=cast.lin,
    )
    services.credit(training=training, volunteers=[volunteer], at=NOW, by=cast.lin)

    reason = refusal("untrained", lambda: join(post, other))
    made = join(post, who)

    assert "专业技能" in reason
    assert made.state == SignUp.State.SIGNED


def test_who_signed_up_stands_on_the_roster_of_the_door(cast, post):
    (volunteer, who), *_ = people(cast, 1)
    join(post, who)

    expected = queries.expected_at(cast.lin, post.session, NOW)

    assert [(one.number, one.has_come) for one in expected] == [(volunteer.number, False)]
