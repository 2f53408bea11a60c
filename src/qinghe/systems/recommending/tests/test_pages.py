"""The pages of recommending: step by step in the browser, refused to others, children unnamed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.systems.recommending.models import PioneerNomination, Recommendation, RecommendingTerms
from tests.cast import make_wider_cast
from tests.desk import sign_in
from tests.kept import kept

from .makers import as_far_as, member, propose, recommended

pytestmark = pytest.mark.django_db


@kept
def cast():
    return make_wider_cast()


def url(name, *arguments):
    return reverse(f"recommending:{name}", args=arguments)


def text(response):
    return response.content.decode()


def today(**more):
    return timezone.localdate().isoformat()


def test_the_whole_way_is_gone_in_the_browser(client, cast):
    someone = member(cast, 1)
    day = today()
    sign_in(client, cast.luo)
    client.post(
        url("recommendation_new"),
        {
            "org": "HGZX-01", "person": someone.number, "aim": "candidate",
            "applied_on": "2021-12-01", "proposed_on": day,
        },
    )  # fmt: skip
    found = Recommendation.objects.get()
    assert client.get(url("recommendation_agree", found.pk)).status_code == 403

    client.logout()
    sign_in(client, cast.tang)
    assert "高一（1）团支部推荐为发展对象" in text(client.get(reverse("web:inbox")))
    client.post(url("recommendation_agree", found.pk), {"on": day, "words": "同意"})
    vote = {"voted_on": day, "entitled": "20", "present": "18", "is_secret": "on"}
    many = client.post(url("recommendation_vote", found.pk), {**vote, "votes": "19"})
    client.post(url("recommendation_vote", found.pk), {**vote, "votes": "17"})
    client.post(url("recommendation_recommend", found.pk), {"on": day, "words": ""})
    client.post(url("recommendation_accept", found.pk), {"on": day})
    client.post(url("recommendation_probationary", found.pk), {"on": day})

    found.refresh_from_db()
    page = text(client.get(url("recommendation", found.pk)))
    assert "赞成票不能多于实到" in text(many)
    assert found.state == "probationary"
    assert "应到20人，实到18人，赞成17票" in page
    assert "梅小1" in page


def test_an_unknown_number_stays_on_the_form(client, cast):
    sign_in(client, cast.luo)

    answer = client.post(
        url("recommendation_new"),
        {
            "org": "HGZX-01", "person": "NOBODY", "aim": "candidate", "applied_on": "2021-12-01",
            "proposed_on": today(),
        },
    )  # fmt: skip

    assert answer.status_code == 422
    assert "没有这个人员编号" in text(answer)


def test_it_ends_with_a_reason(client, cast):
    first, second = propose(cast, number=1), recommended(cast, number=2)
    third = propose(cast, number=3)
    sign_in(client, cast.tang)

    client.post(url("recommendation_turn_down", first.pk), {"on": today(), "reason": "条件不足"})
    client.post(url("recommendation_turn_down", second.pk), {"on": today(), "reason": "名额已满"})
    client.post(url("recommendation_withdraw", third.pk), {"reason": "本人提出"})

    states = Recommendation.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["refused", "declined", "withdrawn"]
    assert "名额已满" in text(client.get(url("recommendation", second.pk)))


@pytest.mark.parametrize("name", ["recommendations", "recommending_terms", "pioneers"])
def test_who_has_nothing_to_do_with_it_is_refused(client, cast, name):
    sign_in(client, cast.he)

    assert client.get(url(name)).status_code == 403


def test_another_schools_or_enterprises_is_not_there(client, cast):
    found = propose(cast)
    sign_in(client, cast.liang)

    assert client.get(url("recommendation", found.pk)).status_code == 404


def test_the_list_masks_names(client, cast):
    as_far_as(cast, propose(cast, number=1), "agreed")
    sign_in(client, cast.lin)

    page = text(client.get(url("recommendations")))

    assert "梅**" in page
    assert "梅小1" not in page


def test_the_district_sets_other_numbers_from_a_coming_day_on(client, cast):
    sign_in(client, cast.lin)
    numbers = {
        "league_months": "12", "application_months": "6", "validity_months": "24",
        "cap_percent": "20", "counted": "probationary", "source": "区委组织部通知",
    }  # fmt: skip
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()

    late = client.post(url("recommending_terms_new"), {**numbers, "starts_on": today()})
    client.post(url("recommending_terms_new"), {**numbers, "starts_on": tomorrow})

    assert "施行日期须在今天之后" in text(late)
    assert RecommendingTerms.objects.get().counted == "probationary"
    assert "被接收为预备党员" in text(client.get(url("recommending_terms")))


def test_a_pioneer_is_nominated_signed_and_taken_up(client, cast):
    sign_in(client, cast.tang)
    new = {
        "org": "HGZX", "squad": "八（3）中队", "name": "苗小芽", "school_number": "80321",
        "nominated_on": today(), "is_of_age": "on",
    }  # fmt: skip

    young = client.post(url("pioneer_new"), {**new, "is_of_age": ""})
    identity = client.post(url("pioneer_new"), {**new, "school_number": "440307200805041234"})
    client.post(url("pioneer_new"), new)
    twice = client.post(url("pioneer_new"), new)
    found = PioneerNomination.objects.get()
    client.post(url("pioneer_take_up", found.pk), {"on": today()})  # not before the brigade
    client.post(url("pioneer_sign", found.pk), {"on": today()})
    client.post(url("pioneer_take_up", found.pk), {"on": today()})

    found.refresh_from_db()
    assert "须年满14周岁" in text(young)
    assert "看起来像身份证号" in text(identity)
    assert "本学年已经提名过" in text(twice)
    assert (found.state, found.signed_on) == ("taken_up", timezone.localdate())
    assert "苗小芽" in text(client.get(url("pioneer", found.pk)))


def test_a_child_is_unnamed_above_their_school(client, cast):
    PioneerNomination.objects.create(
        org=cast.school, school_year=2022, name="苗小芽", school_number="80321",
        squad="八（3）中队", nominated_on=timezone.localdate(),
    )  # fmt: skip
    found = PioneerNomination.objects.get()
    sign_in(client, cast.lin)

    pages = text(client.get(url("pioneers"))) + text(client.get(url("pioneer", found.pk)))

    assert "苗同学" in pages
    assert "苗小芽" not in pages
    assert "80321" not in pages
    assert client.get(url("pioneer_sign", found.pk)).status_code == 403


def test_recommendations_are_read_by_other_programs(client, cast):
    found = propose(cast)
    sign_in(client, cast.tang)

    answer = client.get("/api/v1/recommending/recommendations")

    assert [(one["person"], one["state"]) for one in answer.json()["items"]] == [
        (found.person.number, "proposed")
    ]
