"""The pages of badges: filled in on one screen, handed in, decided."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.lib.periods import local_day
from qinghe.systems.pioneers import services
from qinghe.systems.pioneers.models import Badge, Nomination, Nominee, Round, Slate, StarTerms
from tests.desk import sign_in

from .badged import badge, hold

pytestmark = pytest.mark.django_db


def url(name, *arguments):
    return reverse(f"pioneers:{name}", args=arguments)


def text(response):
    return response.content.decode()


def today():
    return timezone.localdate()


def open_now(cast, level="school"):
    now = timezone.now()
    day = local_day(now)
    new = services.NewRound("本学期", level, "2022H2", day, day + timedelta(days=9))
    return services.open_round(new=new, at=now, by=cast.lin)


def posted(*, troops=(), children=(), **eligible):
    told = {f"e-{name}": str(number) for name, number in eligible.items()}
    for prefix, rows in (("t", troops), ("c", children)):
        told |= {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
        for place, row in enumerate(rows):
            told |= {f"{prefix}-{place}-{name}": str(value) for name, value in row.items()}
    return told


def fill(client, cast, found, **told):
    address = f"{url('nominate', found.pk)}?org={cast.school.code}"
    return client.post(address, posted(**told))


def test_a_school_fills_in_one_screen_and_hands_in(client, cast):
    found, star = open_now(cast), badge(1)
    basic = Badge.objects.get(title="红星章")
    sign_in(client, cast.tang)
    troop = {
        "troop": "三（1）中队", "grade": "3", "consented_on": today().isoformat(),
        f"b{basic.pk}": "40", f"b{star.pk}": "12",
    }  # fmt: skip

    client.get(f"{url('nominate', found.pk)}?org={cast.school.code}")
    answer = fill(client, cast, found, troops=[troop, {"troop": ""}], p3=40)
    made = Slate.objects.get()
    again = text(client.get(f"{url('nominate', found.pk)}?org={cast.school.code}"))
    client.post(url("slate_submit", made.pk))

    assert answer.url == url("slate", made.pk)
    assert sum(Nomination.objects.values_list("count", flat=True)) == 52
    assert 'value="40"' in again
    assert Slate.objects.get().state == "submitted"


def test_what_is_over_the_share_is_said_and_the_draft_stays(client, cast):
    found, star = open_now(cast), badge(1)
    sign_in(client, cast.tang)
    troop = {
        "troop": "三（1）中队", "grade": "3", "consented_on": today().isoformat(),
        f"b{star.pk}": "13",
    }  # fmt: skip

    fill(client, cast, found, troops=[troop], p3=40)
    page = text(client.post(url("slate_submit", Slate.objects.get().pk), follow=True))

    assert "最多申报12枚" in page
    assert Slate.objects.get().state == "draft"


def test_what_is_wrong_is_answered_on_the_screen(client, cast):
    found, star = open_now(cast, "district"), badge(2)
    sign_in(client, cast.tang)
    row = {
        "code": "林小苗", "letter": "L", "troop": "三（1）中队", "grade": "3", "badge": star.pk,
        "consented_on": today().isoformat(),
    }  # fmt: skip

    named = fill(client, cast, found, children=[row])
    silent = fill(client, cast, found, children=[{**row, "code": "A01", "consented_on": ""}])

    assert (named.status_code, silent.status_code) == (422, 422)
    assert "不要填姓名和身份证号" in text(named)
    assert "三（1）中队" in text(named)
    assert "请填写。" in text(silent)
    assert not Slate.objects.exists()


def test_the_district_decides_without_seeing_a_code(client, cast):
    hold(cast, 1, 10, on=today())
    found, star = open_now(cast, "district"), badge(2)
    sign_in(client, cast.tang)
    row = {
        "code": "ZZ-77", "letter": "L", "troop": "三（1）中队", "grade": "3", "badge": star.pk,
        "consented_on": today().isoformat(),
    }  # fmt: skip
    fill(client, cast, found, children=[row])
    made = Slate.objects.get(round=found)
    client.post(url("slate_submit", made.pk))
    at_school = text(client.get(url("slate", made.pk)))
    sign_in(client, cast.lin)

    inbox = text(client.get("/inbox/"))
    pages = text(client.get(url("slate", made.pk))) + text(client.get(url("slate_decide", made.pk)))
    child = Nominee.objects.get()
    client.post(
        url("slate_decide", made.pk),
        {"awarded_on": today().isoformat(), f"c{child.pk}": "on"},
    )

    assert "ZZ-77" in at_school
    assert "ZZ-77" not in pages
    assert url("slate", made.pk) in inbox
    assert Nomination.objects.get(slate=made).awarded == 1


def test_a_street_sends_a_schools_list_back(client, cast):
    found = open_now(cast)
    basic = Badge.objects.get(title="红星章")
    sign_in(client, cast.tang)
    troop = {
        "troop": "三（1）中队", "grade": "3", "consented_on": today().isoformat(),
        f"b{basic.pk}": "40",
    }  # fmt: skip
    fill(client, cast, found, troops=[troop])
    made = Slate.objects.get()
    client.post(url("slate_submit", made.pk))
    sign_in(client, cast.chen)

    over = client.post(
        url("slate_decide", made.pk),
        {"awarded_on": today().isoformat(), f"n{Nomination.objects.get().pk}": "41"},
    )
    client.post(url("slate_send_back", made.pk), {"reason": "人数不对"})

    assert over.status_code == 422
    assert "颁发不能是41枚" in text(over)
    assert Slate.objects.get().state == "sent_back"


def test_who_is_no_school_fills_nothing_in(client, cast):
    found = open_now(cast)

    for who in (cast.lin, cast.chen, cast.auditor):
        sign_in(client, who)
        assert client.get(url("nominate", found.pk)).status_code == 403
    sign_in(client, cast.zhou)
    assert client.get(url("slates")).status_code == 403


def test_the_district_keeps_catalogue_rounds_and_shares(client, cast):
    sign_in(client, cast.lin)
    tomorrow = today() + timedelta(days=1)
    shares = {"star1": 25, "star2": 30, "star3": 20, "star4": 10, "star5": 100, "within_days": 365}

    client.post(
        url("badge_new"),
        {
            "title": "劳动章", "family": "special", "level": "district", "star": "0", "grade": "0",
            "source": "本区章目",
        },
    )  # fmt: skip
    made = Badge.objects.get(title="劳动章")
    client.post(url("badge_close", made.pk), {"reason": "不再颁发"})
    client.post(
        url("round_new"),
        {
            "title": "本学期", "level": "district", "term": "2022H2",
            "opens_on": today().isoformat(), "closes_on": tomorrow.isoformat(),
        },
    )  # fmt: skip
    client.post(
        url("star_terms_new"),
        {
            "title": "新比例", "starts_on": tomorrow.isoformat(), "source": "本区通知",
            "reason": "从严", **shares,
        },
    )  # fmt: skip

    assert Badge.objects.get(title="劳动章").closed_on == today()
    assert StarTerms.objects.get(starts_on=tomorrow).star1 == 25
    for name, keys in (
        ("badges", ()), ("badge", (made.pk,)), ("rounds", ()), ("star_terms", ()), ("slates", ()),
        ("round", (Round.objects.get().pk,)), ("badge_board", ()),
    ):  # fmt: skip
        assert client.get(url(name, *keys)).status_code == 200


@pytest.mark.parametrize("name", ["badge_new", "round_new", "star_terms_new"])
def test_nobody_else_keeps_them(client, cast, name):
    sign_in(client, cast.chen)

    assert client.get(url(name)).status_code == 403


def test_no_page_asks_by_the_row(client, cast, django_assert_max_num_queries):
    found = open_now(cast)
    stars = [badge(1), Badge.objects.get(title="红星章"), Badge.objects.get(title="火炬章")]
    lines = [
        services.NewLine(f"三（{n}）中队", 3, one, 4, today()) for n in range(1, 9) for one in stars
    ]
    listed = services.Listed(lines=lines, eligible=[services.NewEligible(3, 400, 8)])
    now = timezone.now()
    slate = services.keep_slate(round=found, org=cast.school, listed=listed, at=now, by=cast.tang)
    for number in range(4):
        hold(cast, number + 1, 10, codes=[f"C{number}{n}" for n in range(5)])
    sign_in(client, cast.tang)
    held = Slate.objects.get(round__title="以前的3")
    pages = [
        url("slates"),
        url("rounds"),
        url("round", found.pk),
        url("slate", slate.pk),
        url("slate", held.pk),
        url("nominate", found.pk),
        url("badges"),
    ]

    for page in pages:
        client.get(page)
        with django_assert_max_num_queries(24):
            assert client.get(page).status_code == 200
