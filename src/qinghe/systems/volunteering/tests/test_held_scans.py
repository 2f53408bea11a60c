"""Held scans: the host counts them or sets them aside (demand 14, bar 16)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import queries, services
from qinghe.systems.volunteering.models import Attendance, Scan, Stay
from qinghe.systems.volunteering.services import NewScan
from tests.cast import NOW

from .makers import at

pytestmark = pytest.mark.django_db
LATER = at(20, day=5)
FAST = timedelta(minutes=25)  # so much is the device's clock ahead


def code_of(refusing):
    with pytest.raises(Refused) as refusal:
        refusing()
    return refusal.value.code


def scan(session, volunteer, moment, *, kind, by, ahead=FAST):
    """Send a scan of a device whose clock is ahead: it comes in as a held one."""
    new = NewScan(f"{kind} {moment}", volunteer.number, kind, "A", moment + ahead, LATER + ahead)
    services.record_scans(session=session, new=[new], at=LATER, by=by)
    return Scan.objects.get(nonce=new.nonce)


@pytest.fixture
def came(cast, ming, session):
    return scan(session, ming, at(9), kind="in", by=cast.he)


@pytest.fixture
def left(cast, ming, session):
    return scan(session, ming, at(11), kind="out", by=cast.he)


def account(client, actor):
    person = Person.objects.get(pk=actor.person_id)
    client.force_login(access.open_account(person=person, username="u", at=NOW, by="t"))


def test_held_scans_that_are_counted_make_the_stay_that_their_times_tell(cast, came, left):
    assert [came.verdict, left.verdict] == ["held", "held"]
    assert not Attendance.objects.exists()

    services.count_scan(scan=left, at=LATER, by=cast.chen)  # in any order
    services.count_scan(scan=came, at=LATER, by=cast.chen)

    stay = Stay.objects.get(superseded=False)
    assert (stay.came_at, stay.left_at) == (at(9), at(11))  # by our clock, not the device's
    assert (stay.attendance.state, stay.attendance.minutes) == ("effective", 120)
    assert set(Scan.objects.values_list("verdict", "code")) == {("recorded", "")}
    verbs = Entry.objects.filter(verb="volunteering.count_scan")
    assert verbs.count() == 2
    assert str(verbs.last().by).startswith("陈穗")


def test_what_is_set_aside_stays_on_the_books_and_pairs_with_nothing(cast, came, left):
    services.set_scan_aside(scan=came, reason="本人不在场", at=LATER, by=cast.chen)
    services.count_scan(scan=left, at=LATER, by=cast.chen)

    came.refresh_from_db()
    left.refresh_from_db()
    assert (came.verdict, came.code, left.verdict) == ("refused", "set_aside", "waiting")
    assert not Stay.objects.exists()
    assert "本人不在场" in str(Entry.objects.get(verb="volunteering.set_scan_aside").detail)


def test_a_scan_is_decided_once_and_with_a_reason(cast, came):
    def aside(reason):
        return lambda: services.set_scan_aside(scan=came, reason=reason, at=LATER, by=cast.chen)

    assert code_of(aside(" ")) == "reason_needed"
    services.count_scan(scan=came, at=LATER, by=cast.chen)
    assert code_of(aside("晚了")) == "wrong_state"
    assert code_of(lambda: services.count_scan(scan=came, at=LATER, by=cast.chen)) == "wrong_state"


def test_neither_the_leader_nor_a_stranger_nor_the_volunteer_decides(cast, ming, came):
    chen = Actor(ming.person_id, "明小麦", cast.chen.holdings)  # the volunteer, with the right

    for by, code in ((cast.he, "not_allowed"), (cast.zhou, "not_allowed"), (chen, "own_hours")):
        for deed in (
            lambda by=by: services.count_scan(scan=came, at=LATER, by=by),
            lambda by=by: services.set_scan_aside(scan=came, reason="x", at=LATER, by=by),
        ):
            assert code_of(deed) == code
        assert not queries.held_scans_for(by).exists()
    assert queries.held_scans_for(cast.chen).get() == came


def test_what_pairing_would_refuse_stays_held(cast, ming, session):
    early = scan(session, ming, at(5), kind="in", by=cast.he)

    assert code_of(lambda: services.count_scan(scan=early, at=LATER, by=cast.chen)) == "too_early"
    early.refresh_from_db()
    assert early.verdict == "held"
    assert not Entry.objects.filter(verb="volunteering.count_scan").exists()


def test_a_scan_from_after_it_came_in_is_not_counted(cast, came):
    Scan.objects.update(at=LATER + timedelta(hours=1))

    assert code_of(lambda: services.count_scan(scan=came, at=LATER, by=cast.chen)) == "in_future"


def test_the_desk_lists_them_with_the_reason_and_decides(client, cast, came, left):
    account(client, cast.chen)
    listed = client.get(reverse("volunteering:held_scans")).content.decode()
    assert "设备时间相差超过10分钟" in listed
    shown = client.get(reverse("volunteering:held_scan", args=[came.pk])).content.decode()
    assert "2022-05-04 09:00:00" in shown

    client.post(reverse("volunteering:held_scan_count", args=[came.pk]))
    aside = reverse("volunteering:held_scan_set_aside", args=[left.pk])
    assert client.post(aside, {"reason": " "}).status_code == 422
    client.post(aside, {"reason": "重复"})

    assert sorted(Scan.objects.values_list("verdict", flat=True)) == ["recorded", "refused"]
    assert client.get(aside).status_code == 404


def test_they_wait_in_the_inbox_of_who_decides(client, cast, came):
    account(client, cast.chen)
    page = client.get(reverse("web:inbox")).content.decode()

    assert "设备时间相差超过10分钟" in page
    assert reverse("volunteering:held_scan_count", args=[came.pk]) in page


def test_several_are_counted_or_set_aside_at_once_with_one_reason(client, cast, came, left):
    account(client, cast.chen)
    path = reverse("volunteering:held_scans")
    both = [came.pk, left.pk]

    bare = client.post(path, {"bulk": "set_aside", "picked": both}, follow=True)
    assert "2项未办理：请写明原因" in bare.content.decode()
    long = {"bulk": "set_aside", "picked": both, "reason": "重" * 201}
    assert "原因最多写200个字" in client.post(path, long, follow=True).content.decode()
    aside = {"bulk": "set_aside", "picked": [left.pk], "reason": "重复"}
    client.post(path, aside)
    client.post(path, {"bulk": "count", "picked": both})

    assert [scan.verdict for scan in Scan.objects.order_by("at")] == ["recorded", "refused"]
    assert "重复" in str(Entry.objects.get(verb="volunteering.set_scan_aside").detail)


def test_a_reason_typed_before_anything_is_ticked_is_not_lost(client, cast, came):
    account(client, cast.chen)
    typed = {"bulk": "set_aside", "reason": "本人不在场"}
    page = client.post(reverse("volunteering:held_scans"), typed, follow=True).content.decode()

    assert "没有勾选任何一项" in page
    assert 'value="本人不在场"' in page
    assert "本人不在场" not in client.get(reverse("volunteering:held_scans")).content.decode()
    assert Scan.objects.get(pk=came.pk).verdict == "held"


def test_the_desk_of_others_has_none(client, cast, came):
    account(client, cast.zhou)
    assert client.get(reverse("volunteering:held_scan", args=[came.pk])).status_code == 404
    assert "公园净滩" not in client.get(reverse("volunteering:held_scans")).content.decode()


def test_a_leader_has_no_such_list(client, cast, came):
    account(client, cast.he)
    assert client.get(reverse("volunteering:held_scans")).status_code == 403
