"""The pages at the door: the code on the screen, the tap of a volunteer, many at once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.queries import NOBODY
from qinghe.kernel.audit.models import Entry
from qinghe.systems.volunteering import queries, rules
from qinghe.systems.volunteering.models import Attendance, Scan, Stay
from tests.cast import make_cast

from .makers import make_session, make_volunteer, sign_in

pytestmark = pytest.mark.django_db
AT_ONCE = 8


@pytest.fixture
def running(cast):
    return make_session(
        "CC8", org=cast.hongmian, starts_at=timezone.now() - timedelta(minutes=5), hours=2
    )


@pytest.fixture
def young(client, ming):
    return sign_in(client, Actor(ming.person_id))


def code(session, *, kind="in", steps=0):
    """Return the address of the code that was on the screen so many steps ago."""
    step = rules.step_at(timezone.now()) - steps
    text = queries.code_text(NOBODY, rules.Code(session.pk, kind, step))
    return reverse("volunteering:own_scan_code", args=[text])


def text(answer):
    return answer.content.decode()


# ── The leader's device ──────────────────────────────────────────────────────────────────────────


def test_a_device_gets_the_codes_of_the_next_hours_and_numbers_without_names(
    client, cast, ming, running
):
    Attendance.objects.create(session=running, volunteer=ming, how="roster")
    answer = sign_in(client, cast.he).get(reverse("volunteering:spot_kept", args=[running.pk]))

    kept = answer.json()
    assert len(kept["codes"]["in"]) == len(kept["digits"]["out"])
    last = kept["step"] + len(kept["codes"]["in"]) - 1
    assert rules.step_at(running.ends_at + rules.GRACE) == last
    assert queries.read_code(NOBODY, kept["codes"]["out"][1]).step == kept["step"] + 1
    assert [one["number"] for one in kept["numbers"]] == [ming.number]
    assert cast.xiaoming.name not in text(answer)


@pytest.mark.parametrize("page", ["spot", "spot_screen", "spot_kept", "spot_place"])
def test_the_door_is_shut_to_those_who_do_not_keep_it(client, cast, running, reader, page):
    address = reverse(f"volunteering:{page}", args=[running.pk])

    assert sign_in(client, reader).get(address).status_code == 403
    assert sign_in(client, cast.zhou).get(address).status_code == 404


def test_only_the_pages_at_the_door_may_use_camera_and_place(client, cast, running):
    he = sign_in(client, cast.he)
    door = he.get(reverse("volunteering:spot", args=[running.pk]))
    other = he.get(reverse("volunteering:session", args=[running.pk]))

    assert "camera=(self)" in door["Permissions-Policy"]
    assert "camera=()" in other["Permissions-Policy"]
    assert cast.xiaoming.name not in text(door)


def test_a_place_is_asked_for_and_given_up_again(client, cast, running):
    he = sign_in(client, cast.he)
    address = reverse("volunteering:spot_place", args=[running.pk])

    assert "先填写" in text(he.post(address, {"metres": 300}))
    he.post(address, {"latitude": "22.72", "longitude": "114.25", "metres": 300})
    running.refresh_from_db()
    assert running.place_check_metres == 300
    he.post(address, {})
    running.refresh_from_db()
    assert (running.place_check_metres, running.latitude) == (None, None)
    assert Entry.objects.filter(verb="volunteering.set_place_check").count() == 2


# ── The volunteer ────────────────────────────────────────────────────────────────────────────────


def test_one_tap_checks_in_and_a_second_is_answered_alike(young, running):
    address = code(running)
    asked = young.get(address)
    first, again = young.post(address), young.post(address)

    assert 'type="submit"' in text(asked)
    assert "已签到" in text(first)
    assert "已签到" in text(again)
    assert Stay.objects.count() == Scan.objects.count() == 1


def test_who_opened_the_page_in_time_may_tap_a_little_later(young, running, monkeypatch):
    address = code(running)
    seen = young.get(address).context["form"].initial["seen"]
    now = timezone.now() + timedelta(seconds=100)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    assert "已经过期" in text(young.post(address))
    assert "已签到" in text(young.post(address, {"seen": seen}))


def test_the_seal_of_another_opens_nothing(client, young, cast, hua, running, monkeypatch):
    """Bar 14."""
    address = code(running)
    seen = young.get(address).context["form"].initial["seen"]
    other = sign_in(Client(), Actor(hua.person_id))
    now = timezone.now() + timedelta(seconds=100)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    assert "已经过期" in text(other.post(address, {"seen": seen}))


def test_a_picture_of_a_minute_ago_is_refused_with_what_to_do(young, running):
    """Bar 14."""
    answer = young.get(code(running, steps=2))

    assert answer.status_code == 409
    assert "重新扫一次" in text(answer)
    assert not Scan.objects.exists()


def test_ten_bad_codes_in_a_minute_close_the_door(young, running):
    """Bar 15."""
    forged = code(running)[:-2] + ("A/" if code(running)[-2] != "A" else "B/")
    tried = [young.get(forged).status_code for _ in range(11)]

    assert tried == [409] * 10 + [429]
    assert young.post(code(running)).status_code == 429


def test_six_digits_check_in_and_wrong_ones_are_counted(young, running):
    address = reverse("volunteering:own_scan")
    step = rules.step_at(timezone.now())
    good = queries.digits_of(NOBODY, rules.Code(running.pk, "in", step))
    wrong = f"{(int(good) + 1) % 10**6:06}"

    assert young.post(address, {"session": running.pk, "digits": wrong}).status_code == 409
    as_shown = f"{good[:3]} {good[3:]}"
    assert "已签到" in text(young.post(address, {"session": running.pk, "digits": as_shown}))
    assert Scan.objects.get().how == "digits"


def test_who_is_no_volunteer_is_told_so(client, cast, running):
    answer = sign_in(client, cast.he).get(code(running))

    assert answer.status_code == 403


def test_the_card_shows_number_name_and_a_code(young, ming):
    answer = text(young.get(reverse("volunteering:own_card")))

    assert ming.number in answer
    assert "<svg" in answer
    assert 'style="' not in answer


# ── The API ──────────────────────────────────────────────────────────────────────────────────────


def test_a_batch_is_taken_in_and_each_scan_answered(client, cast, ming, running):
    now = timezone.now()
    body = {
        "sent_at": now.isoformat(),
        "device": "A",
        "scans": [
            {"nonce": "n-000001", "volunteer": ming.number, "at": now.isoformat()},
            {"nonce": "n-000002", "volunteer": "ZY9", "at": now.isoformat()},
        ],
    }
    address = f"/api/v1/volunteering/sessions/{running.pk}/check-ins/batch"
    he = sign_in(client, cast.he)
    first = he.post(address, body, content_type="application/json").json()
    again = he.post(address, body, content_type="application/json").json()

    assert [one["verdict"] for one in first] == ["recorded", "refused"]
    assert first == again
    assert Stay.objects.count() == 1


def test_leaving_first_is_kept_and_waits(client, cast, ming, running):
    address = f"/api/v1/volunteering/sessions/{running.pk}/check-ins"
    body = {"volunteer": ming.number, "kind": "out"}
    answer = sign_in(client, cast.he).post(address, body, content_type="application/json")

    assert (answer.status_code, answer.json()["verdict"]) == (202, "waiting")


# ── At once ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db(transaction=True)
def test_the_same_code_tapped_eight_times_at_once_is_one_attendance():
    """Bars 12 and 13."""
    cast = make_cast()
    volunteer = make_volunteer("ZY1", person=cast.xiaoming, org=cast.hongmian)
    running = make_session(
        "CC1", org=cast.hongmian, starts_at=timezone.now() - timedelta(minutes=5)
    )
    clients = [Client(raise_request_exception=False) for _ in range(AT_ONCE)]
    first = sign_in(clients[0], Actor(volunteer.person_id))
    for one in clients[1:]:
        one.cookies = first.cookies
    address, gate, said = code(running), threading.Barrier(AT_ONCE), []

    def tap(browser):
        gate.wait()
        try:
            said.append(browser.post(address).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=tap, args=[one]) for one in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert said == [200] * AT_ONCE
    assert Attendance.objects.count() == Stay.objects.count() == Scan.objects.count() == 1
    assert Entry.objects.filter(verb="volunteering.check_in").count() == 1
