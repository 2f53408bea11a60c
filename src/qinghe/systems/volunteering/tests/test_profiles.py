"""Profiles: one's own words, found only by consent, called only through the platform (V-04)."""

from datetime import date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.notices.models import Notice
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import TZ
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules, services
from tests.cast import NOW, TODAY, actor

from .makers import make_session, sign_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SATURDAY_MORNING = 15


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


@pytest.fixture
def first_aid():
    return models.SkillWord.objects.get(word="急救")


@pytest.fixture
def soon(cast):
    return make_session("CC7", org=cast.hongmian, starts_at=NOW + 5 * DAY)


@pytest.fixture
def profile(cast, ming, first_aid):
    return keep(cast.xiaoming, skills=[first_aid], free_times=1 << SATURDAY_MORNING)


def keep(person, *, findable=True, at=NOW, **told):
    new = services.OwnProfile(findable=findable, **told)
    return services.keep_profile(new=new, at=at, by=actor(person))


def call(session, profile, by, at=NOW):
    return services.call_to_session(session=session, profile=profile, at=at, by=by)


def url(name, *arguments):
    return reverse(f"volunteering:{name}", args=arguments)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("day", "hour", "label"),
    [
        (4, 9, "周一上午"),
        (4, 12, "周一下午"),
        (4, 17, "周一下午"),
        (4, 18, "周一晚上"),
        (10, 23, "周日晚上"),
    ],
)
def test_a_moment_falls_into_a_part_of_the_week(day, hour, label):
    moment = datetime(2022, 7, day, hour, 59, tzinfo=TZ)

    assert rules.SLOTS[rules.slot_of(moment)] == label


def test_free_times_are_kept_whole():
    every_other = range(0, len(rules.SLOTS), 2)

    assert rules.slots_of(rules.week_of(every_other)) == tuple(every_other)


def test_only_who_agreed_is_found(cast, ming, hua):
    keep(cast.xiaoming)
    keep(hua.person, findable=False)

    found = queries.findable_by(cast.lin)

    assert [one.volunteer for one in found] == [ming]


def test_taking_it_back_works_at_once_and_the_first_day_stays(cast, profile):
    keep(cast.xiaoming, at=NOW + 3 * DAY)
    assert queries.findable_by(cast.lin).get().findable_on == TODAY

    keep(cast.xiaoming, findable=False, at=NOW + 4 * DAY)

    assert not queries.findable_by(cast.lin).exists()


def test_a_leader_finds_those_at_home_and_those_glad_to_come(cast, profile, hua):
    away = keep(hua.person)
    assert list(queries.findable_by(cast.he)) == [profile]

    away = keep(hua.person, places=[cast.hongmian])

    assert set(queries.findable_by(cast.he)) == {profile, away}
    assert list(queries.findable_by(cast.zhou)) == [away]
    assert not queries.findable_by(cast.auditor).exists()


def test_who_left_the_roll_is_not_found_and_what_they_said_goes(cast, profile):
    services.leave(person=cast.xiaoming, at=NOW, by=actor(cast.xiaoming))

    assert not models.Profile.objects.exists()


def test_a_call_is_a_notice_and_comes_once(cast, profile, soon):
    call(soon, profile, cast.he)

    notice = Notice.objects.get(person=cast.xiaoming)
    assert "公园净滩" in notice.text
    assert "明" not in notice.title
    with pytest.raises(Refused, match="已经邀请过"):
        call(soon, profile, cast.he)


def test_three_calls_a_week_are_enough(cast, profile):
    sessions = [
        make_session(f"CD{number}", org=cast.hongmian, starts_at=NOW + (20 + number) * DAY)
        for number in range(4)
    ]
    for session in sessions[:3]:
        call(session, profile, cast.he)

    with pytest.raises(Refused, match="7天内已收到3次"):
        call(sessions[3], profile, cast.he)

    assert call(sessions[3], profile, cast.he, at=NOW + 8 * DAY).volunteer == profile.volunteer


@pytest.mark.parametrize(
    ("change", "said"),
    [({"state": "cancelled"}, "活动已取消"), ({"starts_at": NOW - DAY}, "已经开始")],
)
def test_nobody_is_called_to_what_is_off_or_over(cast, profile, soon, change, said):
    models.Session.objects.filter(pk=soon.pk).update(**change)
    soon.refresh_from_db()

    with pytest.raises(Refused, match=said):
        call(soon, profile, cast.he)


def test_who_did_not_agree_or_is_out_of_reach_is_not_called(cast, profile, soon, hua):
    unwilling = keep(hua.person, findable=False)
    elsewhere = keep(hua.person)

    for one in (unwilling, elsewhere):
        with pytest.raises(Refused, match="没有同意被找到"):
            call(soon, one, cast.he)
    with pytest.raises(Refused) as refused:
        call(soon, profile, cast.zhou)
    assert refused.value.code == "not_allowed"


def test_who_came_or_was_called_is_offered_no_more(cast, profile, soon):
    assert list(queries.could_come(cast.he, soon)) == [profile]

    call(soon, profile, cast.he)

    assert not queries.could_come(cast.he, soon).exists()
    assert queries.calls_of(cast.he, soon) == 1


def test_words_are_kept_by_the_district_and_not_lost_by_those_who_chose_them(
    cast, profile, first_aid
):
    services.retire_skill_word(word=first_aid, at=NOW, by=cast.lin)
    services.add_skill_word(word="无人机", at=NOW, by=cast.lin)

    listed = {one.word for one in queries.skill_words(cast.lin)}
    assert "无人机" in listed
    assert "急救" not in listed
    assert queries.written(cast.lin, profile).skills == "急救"
    with pytest.raises(Refused):
        services.add_skill_word(word="烹饪", at=NOW, by=cast.chen)
    with pytest.raises(Refused, match="已在列表里"):
        services.add_skill_word(word="无人机", at=NOW, by=cast.lin)


def test_somebodys_own_copy_holds_their_profile(cast, profile):
    lines = queries.about_person(actor(cast.xiaoming), cast.xiaoming)

    (line,) = [one for one in lines if one.title == "志愿档案"]
    assert dict(line.cells)["空闲时间"] == "周六上午"


# ── In the browser ───────────────────────────────────────────────────────────────────────────────


def test_a_volunteer_edits_their_own_profile(client, cast, ming, first_aid):
    sign_in(client, actor(cast.xiaoming))
    sent = {
        "skills": [first_aid.pk], "words": "航拍", "slots": ["15", "18"], "languages": ["hakka"],
        "place1": cast.hongmian.pk, "place2": cast.hongmian.pk, "unit": "星河科技", "findable": "on",
    }  # fmt: skip

    client.post(url("own_profile"), sent)
    page = text(client.get(url("own_profile")))

    kept = models.Profile.objects.get()
    told = queries.written(cast.lin, kept)
    assert (told.skills, told.free_times) == ("急救、航拍", "周六上午、周日上午")
    assert (told.languages, told.places) == ("客家话", "红棉社区")
    assert kept.findable_on is not None
    assert "航拍" in page


def test_a_wrong_choice_is_told_and_what_was_typed_stays(client, cast, ming):
    sign_in(client, actor(cast.xiaoming))

    answer = client.post(url("own_profile"), {"slots": ["99"], "words": "航拍"})

    assert answer.status_code == 422
    assert "航拍" in text(answer)
    assert not models.Profile.objects.exists()


def test_a_leader_searches_and_calls(client, cast, profile, first_aid):
    now = timezone.now()
    session = make_session("CC6", org=cast.hongmian, starts_at=now + 5 * DAY)
    sign_in(client, cast.he)
    address = url("could_come", session.pk)

    hit = text(client.get(f"{address}?slot={SATURDAY_MORNING}&skill={first_aid.pk}&grown=yes"))
    miss = text(client.get(f"{address}?slot=0"))
    client.post(address, {"bulk": "call", "picked": [profile.pk]})

    assert "明**" in hit
    assert "明小麦" not in hit
    assert "ZY1" not in hit
    assert "明**" not in miss
    assert queries.calls_of(cast.he, session) == 1


def test_age_is_asked_for_without_telling_a_birthday(client, cast, profile):
    Person.objects.filter(pk=cast.xiaoming.pk).update(birth_date=date(2015, 1, 1))
    sign_in(client, cast.he)

    young = text(client.get(f"{url('findable')}?grown=no"))
    old = text(client.get(f"{url('findable')}?grown=yes"))

    assert "明同学" in young
    assert "2015" not in young
    assert "明同学" not in old


@pytest.mark.parametrize("who", ["auditor"])
def test_who_publishes_nothing_finds_nobody(client, cast, profile, soon, who):
    sign_in(client, getattr(cast, who))

    assert client.get(url("findable")).status_code == 403
    assert client.get(url("could_come", soon.pk)).status_code == 404


def test_only_the_district_opens_the_words(client, cast, first_aid):
    sign_in(client, cast.chen)

    assert client.get(url("skill_words")).status_code == 403
    assert client.post(url("skill_word_retire", first_aid.pk)).status_code == 403


def test_the_list_costs_the_same_however_many_there_are(
    client, cast, profile, first_aid, django_assert_max_num_queries
):
    for number in range(12):
        person = Person.objects.create(number=f"R{number}", name=f"苗{number}")
        volunteer = models.Volunteer.objects.create(
            number=f"ZR{number}", person=person, org=cast.hongmian, applied_on=TODAY,
            registered_on=TODAY, state="registered",
        )  # fmt: skip
        made = models.Profile.objects.create(volunteer=volunteer, findable_on=TODAY, changed_at=NOW)
        models.ProfileSkill.objects.create(profile=made, skill=first_aid)
    sign_in(client, cast.he)
    client.get(url("findable"))

    with django_assert_max_num_queries(24):
        client.get(url("findable"))
