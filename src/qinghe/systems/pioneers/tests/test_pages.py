"""The pages: each for whom it is for, refused to others, unknown outside of sight."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from qinghe.systems.pioneers.models import Ceremony, Outline
from tests.desk import sign_in

from .makers import PHOTO, accept, register, steps_of, submit

pytestmark = pytest.mark.django_db


def url(name, *arguments):
    return reverse(f"pioneers:{name}", args=arguments)


def text(response):
    return response.content.decode()


def told(cast, **changed):
    return {
        "org": cast.school.code, "day": "2022-06-01", "place": "操场", "people": "180",
        "leaders": "余老师", "steps": steps_of("admission"), "again": "", **changed,
    }  # fmt: skip


def test_a_school_registers_adds_a_photo_and_hands_in(client, cast):
    sign_in(client, cast.tang)

    answer = client.post(f"{url('ceremony_new')}?kind=admission", told(cast))
    made = Ceremony.objects.get()
    bare = client.post(url("ceremony_submit", made.pk))
    client.post(
        reverse("web:attach", args=["pioneers.Ceremony", made.pk]),
        {"attachment-file": SimpleUploadedFile("现场.png", PHOTO), "attachment-label": "现场"},
    )
    client.post(url("ceremony_submit", made.pk))

    assert answer.url == url("ceremony", made.pk)
    assert bare.status_code == 409
    assert "还没有照片" in text(bare)
    assert Ceremony.objects.get().state == "submitted"


def test_what_is_wrong_is_answered_on_the_form(client, cast):
    register(cast)
    sign_in(client, cast.tang)

    twin = client.post(f"{url('ceremony_new')}?kind=admission", told(cast))
    branch = client.post(f"{url('ceremony_new')}?kind=admission", told(cast, org=cast.branch.code))

    assert (twin.status_code, branch.status_code) == (422, 422)
    assert "已登记过同一类仪式" in text(twin)
    assert "余老师" in text(twin)
    assert "没有找到这个组织" in text(branch)


def test_the_form_offers_the_points_of_its_kind(client, cast):
    sign_in(client, cast.tang)

    page = text(client.get(f"{url('ceremony_new')}?kind=league_education"))

    assert "学习团章和团的历史" in page
    assert "呼号" not in page


def test_a_street_finds_it_in_its_inbox_and_accepts(client, cast):
    made = submit(cast)
    sign_in(client, cast.chen)

    inbox = text(client.get("/inbox/"))
    answer = client.post(url("ceremony_accept", made.pk))

    assert url("ceremony", made.pk) in inbox
    assert answer.status_code == 302
    assert Ceremony.objects.get().state == "accepted"


def test_a_street_sends_back_and_the_school_mends(client, cast):
    made = submit(cast)
    sign_in(client, cast.chen)

    silent = client.post(url("ceremony_send_back", made.pk), {"reason": " "})
    client.post(url("ceremony_send_back", made.pk), {"reason": "照片不清"})
    sign_in(client, cast.tang)
    page = text(client.get(url("ceremony", made.pk)))
    client.post(url("ceremony_change", made.pk), told(cast, people="150"))
    client.post(url("ceremony_submit", made.pk))

    assert silent.status_code == 422
    assert "照片不清" in page
    assert Ceremony.objects.get().people == 150
    assert Ceremony.objects.get().state == "submitted"


def test_several_are_accepted_at_once_but_not_ones_own(client, cast):
    first = submit(cast)
    own = submit(cast, org=cast.henggang, by=cast.chen)
    sign_in(client, cast.chen)

    client.post(
        f"{url('ceremonies')}?org={cast.henggang.code}",
        {"bulk": "accept", "picked": [first.pk, own.pk]},
    )

    assert Ceremony.objects.get(pk=first.pk).state == "accepted"
    assert Ceremony.objects.get(pk=own.pk).state == "submitted"


def test_cancelling_asks_why(client, cast):
    made = register(cast)
    sign_in(client, cast.tang)

    client.post(url("ceremony_cancel", made.pk), {"reason": "登记错日期"})

    assert Ceremony.objects.get().reason == "登记错日期"


def test_nobody_out_of_sight_finds_it(client, cast):
    made = accept(cast)
    sign_in(client, cast.zhou)

    assert client.get(url("ceremony", made.pk)).status_code == 404
    assert client.get(url("ceremonies")).status_code == 403


def test_who_reads_does_not_accept_and_an_auditor_finds_nothing(client, cast):
    made = submit(cast)

    for who, seen, done in ((cast.tang, 200, 403), (cast.auditor, 404, 404)):
        sign_in(client, who)
        assert client.get(url("ceremony", made.pk)).status_code == seen
        assert client.post(url("ceremony_accept", made.pk)).status_code == done
        assert client.get(url("outline_new")).status_code in (403, 404)
    assert client.get(url("ceremony_cancel", made.pk)).status_code == 404
    assert client.get(url("ceremonies")).status_code == 403


def test_the_district_sets_an_outline(client, cast):
    sign_in(client, cast.lin)
    today = timezone.localdate().isoformat()

    answer = client.post(
        url("outline_new"),
        {
            "kind": "admission", "title": "入队仪式要点", "source": "本区通知", "starts_on": today,
            "lines": "出旗\n\n宣誓\n合影（可选）",
        },
    )  # fmt: skip

    made = Outline.objects.get(version=2)
    assert answer.status_code == 302
    assert list(made.steps.values_list("text", "is_required")) == [
        ("出旗", True),
        ("宣誓", True),
        ("合影", False),
    ]
    assert "合影" in text(client.get(url("outlines")))


def test_the_board_and_the_schools_of_a_half_year(client, cast):
    accept(cast)
    sign_in(client, cast.lin)

    page = text(client.get(f"{url('schools')}?period=2022H1"))
    gap = text(client.get(f"{url('schools')}?period=2022H1&gap=admission"))

    assert client.get(url("board")).status_code == 200
    assert cast.school.name in page
    assert cast.school.name not in gap
