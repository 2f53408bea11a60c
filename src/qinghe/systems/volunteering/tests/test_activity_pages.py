"""The pages and the API of activities and sign-ups: the road, the refusals, few queries."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Person
from qinghe.systems.volunteering import models, queries, services, sheets

from .activity_makers import HOUR, first_post, join, people, publish
from .makers import make_volunteer, sign_in

pytestmark = pytest.mark.django_db
MOST = 24
API = "/api/v1/volunteering"


@pytest.fixture
def soon():
    return (timezone.now() + timedelta(days=3)).replace(minute=0, second=0, microsecond=0)


@pytest.fixture
def activity(cast, soon):
    return publish(cast, at=timezone.now(), times=((soon, soon + 2 * HOUR),))


@pytest.fixture
def ming(client, cast):
    """小明 with an account, on the phone."""
    volunteer = make_volunteer("ZY1", person=cast.xiaoming, org=cast.hongmian)
    person = Person.objects.get(pk=volunteer.person_id)
    who = Actor(person_id=person.pk, name=person.name)
    sign_in(client, who)
    return who


def url(name, *arguments):
    return reverse(f"volunteering:{name}", args=arguments)


def text(response):
    return response.content.decode()


def local(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def typed(cast, soon, **other):
    return {
        "title": "周末净滩", "kind": "environment", "about": "清理河岸", "risks": "临水",
        "contact": "0755-00000000", "org": cast.hongmian.code, "place": "北门",
        "partners": cast.huale.code, "starts_at": local(soon), "ends_at": local(soon + 2 * HOUR),
        "name": "净滩", "capacity": "5", "cancel_hours": "24", "offer_minutes": "120", **other,
    }  # fmt: skip


def test_an_activity_is_published_with_repeats_and_kept_as_a_template(client, cast, soon):
    sign_in(client, cast.chen)
    until = timezone.localdate(soon) + timedelta(days=13)
    said = typed(cast, soon, weekdays=list(range(7)), until=until.isoformat(), template="每日净滩")

    answer = client.post(url("activity_new"), said)

    activity = models.Activity.objects.get()
    assert answer["Location"] == url("activity", activity.pk)
    assert activity.sessions.count() == 14
    page = text(client.get(url("activity", activity.pk)))
    assert "华乐社区" in page
    assert "临水" in page
    template = models.ActivityTemplate.objects.get()
    filled = text(client.get(url("activity_from_template", template.pk)))
    assert "清理河岸" in filled
    assert "每日净滩" in text(client.get(url("activity_templates")))


def test_half_a_repeat_and_half_a_place_are_mended_on_the_form(client, cast, soon):
    sign_in(client, cast.chen)

    answer = client.post(url("activity_new"), typed(cast, soon, weekdays=[5], latitude="22.6"))

    assert answer.status_code == 422
    assert "要重复请同时选择星期和截止日期" in text(answer)
    assert "经度和纬度要么都填" in text(answer)
    assert "清理河岸" in text(answer)


def test_who_may_not_publish_is_refused_the_form(client, cast, soon):
    sign_in(client, cast.auditor)

    assert client.get(url("activity_new")).status_code == 403
    assert client.get(url("activities")).status_code == 403


def test_what_is_out_of_sight_is_not_there(client, cast, activity):
    sign_in(client, cast.zhou)
    session = activity.sessions.get()

    for page in (
        url("activity", activity.pk),
        url("activity_cancel", activity.pk),
        url("session_sign_ups", session.pk),
        url("post_resize", first_post(activity).pk),
    ):
        assert client.get(page).status_code == 404


def test_the_list_of_activities_asks_few_questions(
    client, cast, activity, soon, django_assert_max_num_queries
):
    sign_in(client, cast.chen)
    client.get(url("activities"))
    for number in range(12):
        publish(
            cast,
            at=timezone.now(),
            title=f"护河{number}",
            times=((soon, soon + HOUR),),
            partners=(cast.huale,),
        )

    with django_assert_max_num_queries(13):
        page = text(client.get(url("activities")))

    assert "护河11" in page
    assert page.count("公园净滩") >= 1


def test_two_taps_sign_up_and_a_third_lets_go(client, cast, ming, activity):
    listed = text(client.get(url("own_find")))
    session = activity.sessions.get()
    assert url("own_session", session.pk) in listed
    assert "余 2" in listed

    signed = client.post(url("own_sign_up", first_post(activity).pk), follow=True)
    assert "报名成功" in text(signed)
    mine = text(client.get(url("own_sign_ups")))
    assert "公园净滩" in mine
    sign_up = models.SignUp.objects.get()
    gone = client.post(url("own_sign_up_cancel", sign_up.pk), follow=True)

    assert "已取消报名" in text(gone)
    assert models.ServicePost.objects.get().taken == 0


def test_a_refusal_stays_on_the_page_with_its_reason(client, cast, ming, activity, soon):
    other = publish(
        cast, at=timezone.now(), title="河堤巡护", times=((soon + HOUR, soon + 3 * HOUR),)
    )
    client.post(url("own_sign_up", first_post(activity).pk))

    answer = client.post(url("own_sign_up", first_post(other).pk))

    assert answer.status_code == 409
    assert "与已报名的“公园净滩”" in text(answer)


def test_an_offer_waits_in_the_inbox_and_is_accepted_there(client, cast, ming, activity):
    now = timezone.now()
    post = first_post(activity)
    others = [join(post, who, at=now) for _, who in people(cast, 2)]
    client.post(url("own_sign_up", post.pk))
    services.release_sign_up(sign_up=others[0], reason="来电", at=now, by=cast.lin)

    assert "候补到名额" in text(client.get(reverse("web:inbox")))
    mine = queries.own_offers(ming).get()
    client.post(url("own_sign_up_accept", mine.pk))

    mine.refresh_from_db()
    assert mine.state == "signed"
    assert not queries.own_offers(ming).exists()


def test_nobody_reaches_anothers_sign_up(client, cast, ming, activity):
    ((_, who),) = people(cast, 1)
    other = join(first_post(activity), who, at=timezone.now())

    for name in ("own_sign_up_cancel", "own_sign_up_accept", "own_sign_up_decline"):
        assert client.post(url(name, other.pk)).status_code == 404


def test_finding_narrows_by_day_kind_street_skill_and_fit(client, cast, ming, soon):
    now = timezone.now()
    publish(cast, at=now, title="净滩", times=((soon, soon + HOUR),))
    publish(
        cast, at=now, title="急救岗", org=cast.xiangjiaotang, kind="health",
        times=((soon + timedelta(days=1), soon + timedelta(days=1, hours=1)),),
        posts=(services.NewPost("保障", 1, skills="急救员证"),),
    )  # fmt: skip
    publish(
        cast, at=now, title="长者岗", times=((soon, soon + HOUR),),
        posts=(services.NewPost("陪伴", 1, min_age=60),),
    )  # fmt: skip

    def titles(**asked):
        wish = queries.Wish(**asked)
        return {one.title for one in queries.open_sessions(ming, wish, now)}

    assert titles() == {"净滩", "急救岗"}  # not for those from sixty on
    assert titles(day=timezone.localdate(soon)) == {"净滩"}
    assert titles(kind="health") == {"急救岗"}
    assert titles(street=cast.bantian.code) == {"急救岗"}
    assert titles(skill="急救") == {"急救岗"}


def test_near_comes_first_with_its_distance_and_what_is_far_is_left_out(client, cast, ming, soon):
    now = timezone.now()
    for title, latitude in (("远", "22.700000"), ("近", "22.650000"), ("北京", "39.900000")):
        publish(
            cast, at=now, title=title, times=((soon, soon + HOUR),),
            spot=services.Spot(title, Decimal(latitude), Decimal("114.200000")),
        )  # fmt: skip
    publish(cast, at=now, title="未标注", times=((soon, soon + HOUR),))

    asked = {"latitude": "22.640", "longitude": "114.200"}
    page = text(client.get(url("own_find"), asked))

    assert re.findall(r"<b>(.+?)</b>", page) == ["近", "远"]
    assert "1.1 公里" in page
    assert "6.7 公里" in page
    answer = client.get(url("own_find"), {"latitude": "x", "day": "不是日期"})
    assert answer.status_code == 200  # what cannot be read is left aside


def test_only_the_page_that_needs_ones_place_may_ask_for_it(client, ming):
    assert "geolocation=(self)" in client.get(url("own_find"))["Permissions-Policy"]
    assert "geolocation=()" in client.get(url("own_sign_ups"))["Permissions-Policy"]


def test_the_calendar_is_secret_replaced_and_taken_back(client, cast, ming, activity):
    client.post(url("own_sign_up", first_post(activity).pk))
    shown = text(client.post(url("own_calendar_make")))
    first = re.search(r"/volunteering/public/calendar/[\w-]+\.ics", shown).group()
    client.logout()

    answer = client.get(first)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "SUMMARY:公园净滩" in text(answer)

    code = services.make_feed(at=timezone.now(), by=ming)
    assert client.get(first).status_code == 404
    assert client.get(url("calendar", code)).status_code == 200
    services.end_feed(at=timezone.now(), by=ming)
    assert client.get(url("calendar", code)).status_code == 404


def test_who_is_no_volunteer_finds_nothing_to_sign_up_for(client, cast, activity):
    sign_in(client, cast.lin)

    assert client.get(url("own_find")).status_code == 403
    assert client.post(url("own_sign_up", first_post(activity).pk)).status_code == 404


def test_the_session_shows_posts_and_list_and_the_leader_keeps_it(client, cast, activity):
    sign_in(client, cast.he)
    session = activity.sessions.get()
    ((volunteer, _),) = people(cast, 1)
    said = {"post": first_post(activity).pk, "volunteer": volunteer.number}

    answer = client.post(url("sign_up_other", session.pk), said, follow=True)

    assert volunteer.number in text(answer)
    sign_up = models.SignUp.objects.get()
    client.post(url("sign_up_release", sign_up.pk), {"reason": "来电"})
    sign_up.refresh_from_db()
    assert sign_up.state == "cancelled"
    assert volunteer.number in text(client.get(url("session_sign_ups", session.pk)))


def test_the_roll_is_called_from_its_page(client, cast):
    now = timezone.now()
    start = now - timedelta(minutes=10)
    activity = publish(cast, at=now - timedelta(days=2), times=((start, start + 2 * HOUR),))
    pair = people(cast, 2)
    mine = [join(first_post(activity), who, at=now - timedelta(days=1)) for _, who in pair]
    sign_in(client, cast.he)
    session = activity.sessions.get()

    assert pair[0][0].number in text(client.get(url("session_roll", session.pk)))
    answer = client.post(url("session_roll", session.pk), {"came": [mine[0].pk]}, follow=True)

    assert "未到场1人" in text(answer)
    assert "曾未到场 1 次" in text(answer)
    assert models.Attendance.objects.count() == 1


def test_a_session_that_lacks_people_waits_for_its_leader(cast, soon):
    now = timezone.now()
    publish(cast, at=now, times=((now + 20 * HOUR, now + 21 * HOUR),))
    publish(cast, at=now, title="以后", times=((now + 60 * HOUR, now + 61 * HOUR),))

    (item,) = queries.short_of_people_items(
        cast.he, [one.pk for one in queries.short_of_people(cast.he)]
    )

    assert "还缺 2 人" in item.title
    assert not queries.short_of_people(cast.zhou).exists()


def test_a_program_finds_signs_up_once_and_lets_go(client, cast, ming, activity):
    found = client.get(f"{API}/open-sessions").json()["items"]
    post = found[0]["posts"][0]["id"]
    key = {"HTTP_IDEMPOTENCY_KEY": "tap-1"}

    first = client.post(f"{API}/posts/{post}/sign-ups", {}, content_type="application/json", **key)
    again = client.post(f"{API}/posts/{post}/sign-ups", {}, content_type="application/json", **key)

    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    assert models.ServicePost.objects.get().taken == 1
    mine = client.get(f"{API}/sign-ups").json()["items"]
    assert [one["state"] for one in mine] == ["signed"]
    gone = client.post(f"{API}/sign-ups/{mine[0]['id']}/cancel")
    assert gone.json()["state"] == "cancelled"
    refused = client.post(f"{API}/sign-ups/{mine[0]['id']}/accept")
    assert refused.status_code == 409


def plan(line, soon, **other):
    said = {
        "title": "计划净滩", "org": "440307017901", "kind": "environment", "about": "净滩",
        "risks": "临水", "contact": "0755", "place": "北门", "starts_at": soon,
        "ends_at": soon + HOUR, "post": "净滩", "capacity": 3, "skills": None, "minors": None,
    }  # fmt: skip
    return sheets.ACTIVITIES.row(line=line, **{**said, **other})


def test_a_plan_makes_activities_of_lines_alike(cast, soon):
    sheet, now = sheets.ACTIVITIES, timezone.now()
    rows = [
        plan(2, soon),
        plan(3, soon, post="引导", capacity=1),
        plan(4, soon + timedelta(days=7), ends_at=soon + timedelta(days=7, hours=1)),
    ]

    resolved = sheet.resolve(cast.chen, rows, now)
    sheet.write(ready=resolved.ready, at=now, by=cast.chen, source={"file": "x"})

    activity = models.Activity.objects.get()
    assert resolved.problems == []
    assert activity.sessions.count() == 2
    assert models.ServicePost.objects.count() == 3
    again = sheet.resolve(cast.chen, rows, now)
    assert {problem.line for problem in again.problems} == {2, 3, 4}


def test_a_plan_with_bad_lines_says_which(cast, soon):
    past = timezone.now() - timedelta(days=1)
    rows = [
        plan(2, past, ends_at=past + HOUR),
        plan(3, soon, org="440307013901"),
        plan(4, soon, title="月度会议"),
        plan(5, soon, capacity=0),
    ]

    resolved = sheets.ACTIVITIES.resolve(cast.chen, rows, timezone.now())

    assert [problem.line for problem in resolved.problems] == [2, 3, 4, 5]
    assert resolved.ready == []


def test_what_is_told_is_put_right_and_never_left_out(client, cast, activity):
    sign_in(client, cast.chen)
    said = {"about": "清理河岸和步道", "risks": "临水、高温", "contact": "0755-1"}

    client.post(url("activity_amend", activity.pk), said)
    answer = client.post(url("activity_amend", activity.pk), {**said, "risks": ""})

    assert answer.status_code == 422
    activity.refresh_from_db()
    assert activity.risks == "临水、高温"


def test_templates_are_dropped_from_their_list(client, cast):
    services.keep_template(
        name="每周净滩", org=cast.hongmian, said={}, at=timezone.now(), by=cast.chen
    )
    template = models.ActivityTemplate.objects.get()
    sign_in(client, cast.chen)

    client.post(url("activity_templates"), {"bulk": "drop", "picked": [template.pk]})

    assert not models.ActivityTemplate.objects.exists()
