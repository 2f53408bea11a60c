"""Activities: told whole, repeated, held together, moved, called off (V-01, V-32 to V-35)."""

from datetime import date, datetime, timedelta

import pytest

from qinghe.kernel.notices.models import Notice
from qinghe.lib import calendars
from qinghe.lib.periods import TZ
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules, services
from tests.cast import NOW

from .activity_makers import AHEAD, HOUR, first_post, join, new_activity, people, publish
from .team_makers import make_team

pytestmark = pytest.mark.django_db
SATURDAY = datetime(2022, 9, 24, 9, tzinfo=TZ)


def refusal(code, work):
    with pytest.raises(Refused) as refused:
        work()
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"risks": " "}, "not_told"),  # V-01
        ({"title": "周末补录"}, "named_late_entry"),  # V-33
        ({"title": "月度会议"}, "not_service"),  # V-34
        ({"times": ((NOW - HOUR, NOW + HOUR),)}, "already_begun"),  # V-33
        ({"times": ()}, "no_session"),
        ({"times": ((AHEAD, AHEAD + HOUR), (AHEAD, AHEAD + HOUR))}, "sittings_overlap"),  # V-35
        ({"posts": (services.NewPost("a", 1), services.NewPost("a", 1))}, "post_twice"),
        ({"posts": (services.NewPost("a", 0),)}, "no_places"),
        (
            {"posts": (services.NewPost("a", 1, minors=True),), "dangerous": True},
            "minors_in_danger",  # V-21
        ),
        ({"posts": (services.NewPost("a", 1, max_age=16),)}, "no_range"),
    ],
)
def test_what_is_not_published(cast, said, code):
    refusal(code, lambda: publish(cast, **said))
    assert not models.Activity.objects.exists()


def test_the_same_at_the_same_place_and_time_is_published_once(cast):
    publish(cast)

    refusal("held_already", lambda: publish(cast))


def test_only_who_may_publish_there_does(cast):
    refusal("not_allowed", lambda: publish(cast, by=cast.zhou))


def test_each_session_has_all_the_posts(cast):
    times = [(AHEAD + timedelta(days=n), AHEAD + timedelta(days=n, hours=2)) for n in range(3)]
    posts = (services.NewPost("引导", 3), services.NewPost("急救", 1, skills="急救"))

    activity = publish(cast, times=times, posts=posts)

    assert activity.sessions.count() == 3
    assert models.ServicePost.objects.filter(session__activity=activity).count() == 6
    assert len(set(activity.sessions.values_list("code", flat=True))) == 3


def test_weekly_on_given_days_up_to_a_day():
    found = rules.repeats(
        (SATURDAY, SATURDAY + 3 * HOUR),
        weekdays={5, 6},
        until=date(2022, 10, 9),
        without_holidays=False,
    )

    assert [starts.day for starts, _ in found] == [24, 25, 1, 2, 8, 9]
    assert {ends - starts for starts, ends in found} == {3 * HOUR}


def test_public_holidays_are_left_out_where_asked_but_not_mere_weekends():
    found = rules.repeats(
        (SATURDAY, SATURDAY + 3 * HOUR),
        weekdays={5, 6},
        until=date(2022, 10, 9),
        without_holidays=True,
    )

    assert [starts.day for starts, _ in found] == [24, 25, 8, 9]  # not the 1st and 2nd of October


def test_a_repeat_longer_than_a_year_is_refused():
    refusal(
        "repeats_too_long",
        lambda: rules.repeats(
            (SATURDAY, SATURDAY + HOUR),
            weekdays={5},
            until=date(2023, 12, 1),
            without_holidays=False,
        ),
    )


def test_who_joins_an_activity_sees_it_but_not_who_signed_up(cast):
    activity = publish(cast, partners=(cast.xiangjiaotang,))
    ((_, who),) = people(cast, 1)
    join(first_post(activity), who)
    session = activity.sessions.get()

    assert list(queries.activities_of(cast.zhou, cast.xiangjiaotang)) == [activity]
    assert list(queries.sessions_seen_by(cast.zhou)) == [session]
    assert not queries.sign_ups_seen_by(cast.zhou).exists()
    assert queries.sign_ups_seen_by(cast.chen).count() == 1
    assert list(queries.activities_of(cast.lin, cast.longgang)) == [activity]
    refusal(
        "not_allowed",
        lambda: services.cancel_activity(activity=activity, reason="雨", at=NOW, by=cast.zhou),
    )


def test_the_host_does_not_join_itself(cast):
    refusal("host_joins_itself", lambda: publish(cast, partners=(cast.hongmian,)))


def test_moving_a_session_tells_those_signed_up_and_the_calendar(cast):
    activity = publish(cast)
    ((_, who),) = people(cast, 1)
    sign_up = join(first_post(activity), who)
    session = activity.sessions.get()
    models.SignUp.objects.filter(pk=sign_up.pk).update(told_evening=True)

    moved = services.move_sitting(
        session=session,
        spot=services.Spot("人民公园南门"),
        times=(AHEAD + 2 * HOUR, AHEAD + 4 * HOUR),
        at=NOW,
        by=cast.lin,
    )

    assert moved.changes == 1
    sign_up.refresh_from_db()
    assert not sign_up.told_evening  # the reminder of the new time is still to be given
    notice = Notice.objects.get(person=who.person_id)
    assert "南门" in notice.text
    same = services.move_sitting(
        session=moved,
        spot=services.Spot("人民公园南门"),
        times=(AHEAD + 2 * HOUR, AHEAD + 4 * HOUR),
        at=NOW,
        by=cast.lin,
    )
    assert same.changes == 1
    assert Notice.objects.filter(person=who.person_id).count() == 1


def test_calling_off_tells_those_signed_up_and_leaves_what_was_held(cast):
    times = [(AHEAD, AHEAD + HOUR), (AHEAD + timedelta(days=7), AHEAD + timedelta(days=7, hours=1))]
    activity = publish(cast, times=times)
    ((_, who),) = people(cast, 1)
    for post in models.ServicePost.objects.filter(session__activity=activity):
        join(post, who)

    services.cancel_activity(
        activity=activity, reason="台风", at=AHEAD + timedelta(days=1), by=cast.lin
    )

    states = list(activity.sessions.order_by("starts_at").values_list("state", flat=True))
    assert states == ["published", "cancelled"]
    assert Notice.objects.filter(person=who.person_id).count() == 1
    refusal(
        "wrong_state",
        lambda: services.cancel_activity(activity=activity, reason="台风", at=NOW, by=cast.lin),
    )


def test_a_sitting_is_added_with_the_posts_of_the_last(cast):
    activity = publish(cast, posts=(services.NewPost("引导", 3, min_age=20),))

    session = services.add_sitting(
        activity=activity,
        spot=services.Spot("西门"),
        times=(AHEAD + 5 * HOUR, AHEAD + 6 * HOUR),
        at=NOW,
        by=cast.lin,
    )

    post = session.posts.get()
    assert (post.name, post.capacity, post.min_age, post.taken) == ("引导", 3, 20, 0)


def test_what_a_template_keeps_is_overwritten_by_the_same_name(cast):
    for title in ("净滩", "护河"):
        services.keep_template(
            name="每周净滩", org=cast.hongmian, said={"title": title}, at=NOW, by=cast.lin
        )

    assert models.ActivityTemplate.objects.get().said == {"title": "护河"}
    refusal(
        "not_allowed",
        lambda: services.keep_template(name="x", org=cast.hongmian, said={}, at=NOW, by=cast.zhou),
    )


def test_a_project_holds_activities(cast):
    project = services.open_project(title="护河行动", org=cast.hongmian, at=NOW, by=cast.lin)

    services.publish_activity(new=new_activity(cast, project=project), at=NOW, by=cast.lin)

    assert queries.projects_seen_by(cast.lin).get().held == 1
    refusal(
        "project_there",
        lambda: services.open_project(title="护河行动", org=cast.hongmian, at=NOW, by=cast.lin),
    )


def test_a_calendar_folds_escapes_and_says_when_it_is_off():
    event = calendars.Event(
        uid="shift-1@qinghe",
        starts_at=SATURDAY,
        ends_at=SATURDAY + HOUR,
        summary="净滩，护河;带手套, 水\n" + "很长的名称" * 20,
        sequence=2,
        cancelled=True,
    )

    text = calendars.written([event], name="志愿服务", at=NOW)

    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert text.endswith("END:VCALENDAR\r\n")
    unfolded = text.replace("\r\n ", "")
    assert "SUMMARY:净滩，护河\\;带手套\\, 水\\n很长的名称" in unfolded
    assert "DTSTART:20220924T010000Z" in unfolded
    assert "SEQUENCE:2" in unfolded
    assert "STATUS:CANCELLED" in unfolded


def test_a_dangerous_activity_rests_on_a_policy_that_covers_all_its_days(cast):
    policy = models.Policy.objects.create(
        insurer="平安", number="PA-1", org=cast.henggang, covers="人身意外伤害",
        starts_on=AHEAD.date(), ends_on=AHEAD.date(), entered_at=NOW,
    )  # fmt: skip
    later = AHEAD + timedelta(days=7)

    with pytest.raises(Refused) as without:
        publish(cast, dangerous=True)
    with pytest.raises(Refused) as beyond:
        publish(cast, dangerous=True, policy=policy, times=[(later, later + HOUR)])
    session = publish(cast, dangerous=True, policy=policy).sessions.get()
    with pytest.raises(Refused) as moved:
        services.move_sitting(
            session=session,
            spot=services.Spot("南门"),
            times=(later, later + HOUR),
            at=NOW,
            by=cast.lin,
        )

    assert without.value.code == "policy_needed"
    assert (beyond.value.code, moved.value.code) == ("policy_not_in_force", "policy_not_in_force")
    assert (session.risk, session.policy) == ("high", policy)


def test_what_a_team_holds_is_among_its_sessions_and_a_suspended_team_holds_nothing(cast):
    team = make_team(cast.hongmian, approved_on=date(2020, 5, 6))
    held = publish(cast, team=team)

    def add(*, weeks):
        starts = AHEAD + timedelta(weeks=weeks)
        services.add_sitting(
            activity=held,
            spot=services.Spot("人民公园北门"),
            times=(starts, starts + HOUR),
            at=NOW,
            by=cast.lin,
        )

    add(weeks=1)
    assert team.sessions.count() == 2

    models.Team.objects.update(suspended_on=NOW.date())
    refusal("team_suspended", lambda: add(weeks=2))
    refusal("team_suspended", lambda: publish(cast, team=models.Team.objects.get(), title="护河"))
