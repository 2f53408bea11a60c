"""The pages of grading: a year whole in the browser, refused to others."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.systems.branches import services
from qinghe.systems.branches.models import Grading, GradingItem, GradingRound, GradingTerms
from tests.desk import sign_in

from .graded import REPORT, as_actor
from .makers import enrol

pytestmark = pytest.mark.django_db


def url(name, *arguments):
    return reverse(f"branches:{name}", args=arguments)


def text(response):
    return response.content.decode()


@pytest.fixture
def asked(cast, branch):
    now = timezone.now()
    today = timezone.localdate()
    new = services.NewRound(today.year, date(today.year, 1, 1), today, today)
    return services.open_grading(new=new, at=now, by=cast.lin)


def points(each, **more):
    return dict.fromkeys(GradingItem.values, str(each)) | more


def test_a_year_is_graded_in_the_browser(client, cast, branch):
    witness = enrol(branch, 1, prefix="W")[0]
    today = timezone.localdate()
    days = {
        "reference_on": f"{today.year}-01-01",
        "self_closes_on": today,
        "review_closes_on": today,
    }
    sign_in(client, cast.lin)
    client.post(url("round_new"), {"year": today.year, **days})
    found = Grading.objects.get()

    sign_in(client, cast.luo)
    short = client.post(url("grade_self", found.pk), points(18, words="台账齐全", report="短"))
    client.post(url("grade_self", found.pk), points(18, words="台账齐全", report=REPORT))
    assert short.status_code == 422
    assert "不少于400字" in text(short)

    sign_in(client, as_actor(witness))
    assert "待团员代表签名" in text(client.get(url("own")))
    assert "签名" in text(client.get(url("own_grading", found.pk)))
    client.post(url("own_sign", found.pk))

    sign_in(client, cast.tang)
    assert "自评待复核" in text(client.get("/inbox/"))
    mute = client.post(url("review", found.pk), points(17, veto="", words=""))
    client.post(url("review", found.pk), points(17, veto="", words="核减"))
    assert mute.status_code == 422

    sign_in(client, cast.lin)
    client.post(url("spot_check", found.pk), points(16, veto="", words="抽查核减"))
    client.post(url("round_publish", GradingRound.objects.get().pk))
    found.refresh_from_db()
    assert (found.state, found.points, found.star) == ("published", 80, 4)
    board = text(client.get(url("rounds"), {"org": cast.longgang.code}))
    assert "横岗街道" in board
    assert "四星" in text(client.get(url("gradings"), {"org": cast.longgang.code}))
    assert "四星" in text(client.get(url("branch", branch.pk)))
    assert "抽查核减" in text(client.get(url("grading", found.pk)))


def test_a_committee_sends_back(client, cast, branch, asked):
    found = Grading.objects.get()
    sign_in(client, cast.luo)
    client.post(url("grade_self", found.pk), points(15, words="台账齐全", report=""))
    witness = as_actor(enrol(branch, 1, prefix="W")[0])
    services.sign_grading(grading=found, at=timezone.now(), by=witness)

    sign_in(client, cast.tang)
    client.post(url("send_back", found.pk), {"reason": "缺佐证材料"})

    assert "缺佐证材料" in text(client.get(url("grading", found.pk)))


def test_others_are_refused(client, cast, branch, asked):
    found = Grading.objects.get()
    sign_in(client, cast.zhou)
    for name in ("grading", "grade_self", "review", "own_grading"):
        assert client.get(url(name, found.pk)).status_code == 404
    assert client.get(url("round_new")).status_code == 403
    sign_in(client, cast.auditor)
    for name in ("grading", "grade_self", "review", "spot_check", "send_back"):
        assert client.get(url(name, found.pk)).status_code == 404
    sign_in(client, cast.luo)
    assert client.get(url("grading", found.pk)).status_code == 200
    for name in ("review", "spot_check", "send_back"):
        assert client.get(url(name, found.pk)).status_code == 403
    assert client.post(url("round_publish", asked.pk)).status_code == 403
    sign_in(client, cast.chen)
    assert client.get(url("grading", found.pk)).status_code == 200
    assert client.get(url("grade_self", found.pk)).status_code == 403


def test_terms_of_grading_are_set_in_the_browser(client, cast):
    sign_in(client, cast.lin)
    form = client.get(url("grading_terms_new")).context["form"]
    body = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    body |= {
        "title": "新办法", "starts_on": f"{timezone.localdate().year + 1}-01-01", "source": "会议",
        "reason": "加强", "five_percent": "20", "four_percent": "",
    }  # fmt: skip

    wrong = client.post(url("grading_terms_new"), {**body, "most_team": "30"})
    done = client.post(url("grading_terms_new"), body)

    assert "合计须为100分" in text(wrong)
    assert GradingTerms.objects.count() == 2
    assert "中青办发〔2019〕6号" in text(client.get(done.url))
