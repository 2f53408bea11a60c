"""The pages: each for whom it is for, refused to others, unknown outside of sight."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.access.actors import Role
from qinghe.systems.venues import services
from qinghe.systems.venues.models import Booking, Count, Rating, Schedule, Shift, Venue
from qinghe.systems.venues.rules import Stretch
from tests.cast import with_role
from tests.desk import sign_in

from .makers import TOLD, make_open, member, week

pytestmark = pytest.mark.django_db
ALL_DAY = {number: (Stretch(0, 1440),) for number in range(1, 8)}


def url(name, *arguments):
    return reverse(f"venues:{name}", args=arguments)


def text(response):
    return response.content.decode()


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def venue(cast, today):
    """Open a place of 横岗 around the clock, from today on."""
    return open_today(cast, today)


def open_today(cast, today, **given):
    now = timezone.now()
    venue = make_open(cast, when=now, **given)
    hours = week(valid_from=today, days=ALL_DAY, closed_on_holidays=False)
    services.set_hours(venue=venue, week=hours, at=now, by=cast.lin)
    return venue


@pytest.fixture
def ming(cast):
    return member("M1", "晓明", cast.hongmian)


def take_first_shift(cast, venue, ming, today):
    """Lay a shift over the whole of today, and let somebody take it."""
    now = timezone.now()
    services.lay_shifts(venue=venue, laying=services.Laying(today, today), at=now, by=cast.lin)
    return services.take_shift(shift=venue.shifts.get(), at=now, by=ming)


def test_a_street_enters_a_place_gives_it_hours_and_opens_it(client, cast, today):
    sign_in(client, cast.chen)
    kind = {"kind": str(make_kind().pk)}
    told = {name: value for name, value in vars(TOLD).items() if name not in ("kind",)}

    client.post(url("venue_new"), {**told, **kind, "code": "hg-01", "org": cast.henggang.code})
    found = Venue.objects.get()
    wrong = client.post(url("hours_new", found.pk), {"valid_from": today, "day_1": "9点"})
    client.post(
        url("hours_new", found.pk), {"valid_from": today, "day_1": "09:00-12:00、14:00-18:00"}
    )
    client.post(url("room_new", found.pk), {"name": "会议室", "capacity": "20"})
    client.post(url("venue_open", found.pk))

    found.refresh_from_db()
    assert (found.code, found.state) == ("HG-01", "open")
    assert wrong.status_code == 422
    assert "看不懂“9点”" in text(wrong)
    assert Schedule.objects.get().minutes == 420
    assert "周一 09:00–12:00、14:00–18:00" in text(client.get(url("venue", found.pk)))


def make_kind():
    return Venue._meta.get_field("kind").related_model.objects.get(slug="volunteer_home")


def test_anybody_finds_open_places_and_no_names(client, cast, venue):
    open_today(cast, timezone.localdate(), code="HG-02", name="横岗U站", kind="u_station")

    page = client.get(url("public"))
    stations = text(client.get(f"{url('public')}?kind=u_station"))

    assert page.status_code == 200
    assert "横岗志愿者之家" in text(page)
    assert 'data-latitude="22.642100"' in text(page)
    assert "开放中，今天到 24:00" in text(page)
    assert "geolocation=(self)" in page["Permissions-Policy"]
    assert "geolocation=()" in client.get("/accounts/login/")["Permissions-Policy"]
    assert ("横岗志愿者之家" in stations, "横岗U站" in stations) == (False, True)


def test_a_visitor_says_what_they_think_five_times_an_hour(client, cast, venue):
    told = {"stars": "5", "words": "热情周到"}

    answers = [client.post(url("rate", venue.code), told) for _ in range(6)]

    assert [one.status_code for one in answers] == [200] * 5 + [429]
    assert Rating.objects.count() == 5
    assert "谢谢您的评价" in text(answers[0])
    assert "热情周到" not in text(client.get(url("rate", venue.code)))
    assert client.get(url("rate", "NO-SUCH")).status_code == 404


def test_a_young_person_without_a_post_books_and_cancels(client, venue, ming, today):
    sign_in(client, ming)
    room = venue.rooms.get()
    day = today + timedelta(days=2)
    told = {
        "day": day.isoformat(),
        "starts": "09:00",
        "ends": "10:00",
        "people": "4",
        "purpose": "读书会",
        "weeks": "1",
    }

    listed = text(client.get(url("own_venues")))
    made = client.post(url("own_room", room.pk), told)
    again = client.post(url("own_room", room.pk), told)
    calendar = text(client.get(f"{url('own_room', room.pk)}?week={day.isoformat()}"))
    own = text(client.get(url("own")))
    client.post(url("own_booking_cancel", Booking.objects.get().pk))

    assert url("own_room", room.pk) in listed
    assert (made.status_code, again.status_code) == (302, 422)
    assert "已有预约" in text(again)
    assert "已有预约" in calendar
    assert "读书会" not in calendar
    assert "读书会" in own
    assert Booking.objects.get().state == "cancelled"


def test_a_team_leader_names_their_own_organisation_only(client, cast, venue, today):
    sign_in(client, cast.he)
    room = venue.rooms.get()
    told = {
        "day": today + timedelta(days=2),
        "starts": "09:00",
        "ends": "10:00",
        "people": "4",
        "purpose": "队会",
        "weeks": "2",
    }

    other = client.post(url("own_room", room.pk), {**told, "org": cast.huale.code})
    client.post(url("own_room", room.pk), {**told, "org": cast.hongmian.code})

    assert other.status_code == 422
    assert {one.for_org for one in Booking.objects.all()} == {cast.hongmian}
    assert Booking.objects.count() == 2


def test_a_volunteer_takes_a_shift_signs_on_and_counts_on_the_phone(
    client, cast, venue, ming, today
):
    sign_in(client, ming)
    now = timezone.now()
    services.lay_shifts(venue=venue, laying=services.Laying(today, today), at=now, by=cast.lin)
    shift = venue.shifts.get()
    closed = client.get(url("counter", venue.pk))

    client.post(url("own_shift_take", shift.pk))
    client.post(url("own_shift_on", shift.pk))
    counter = text(client.get(url("counter", venue.pk)))
    tap = {"kind": "visit", "people": "2", "nonce": "one-and-the-same"}
    for _ in range(2):
        client.post(url("counter", venue.pk), tap)
    client.post(url("own_shift_off", shift.pk))

    assert closed.status_code == 403
    assert "点两次也只算一次" in counter
    assert Count.objects.get().people == 2
    assert Shift.objects.get().state == "done"
    assert "值班不是志愿服务" in text(client.get(url("own")))


def test_who_is_on_duty_says_who_came(client, cast, venue, ming, today):
    take_first_shift(cast, venue, ming, today)
    now = timezone.now()
    room = venue.rooms.get()
    booked = Booking.objects.create(
        room=room, person_id=cast.he.person_id, purpose="队会", people=3, day=today,
        starts_at=now, ends_at=now + timedelta(hours=1), asked_at=now, state="confirmed",
    )  # fmt: skip
    sign_in(client, ming)

    before = client.post(url("booking_used", booked.pk))
    client.post(url("own_shift_on", venue.shifts.get().pk))
    after = client.post(url("booking_used", booked.pk))

    booked.refresh_from_db()
    assert (before.status_code, after.status_code) == (404, 302)
    assert after.url == url("counter", venue.pk)
    assert booked.state == "used"


def test_a_swap_goes_over_two_phones(client, cast, venue, ming, today):
    shift = take_first_shift(cast, venue, ming, today)
    fang = member("M2", "方青", cast.hongmian)
    sign_in(client, ming)

    client.post(url("own_shift_swap", shift.pk), {"other": "M2", "words": "家里有事"})
    stranger = client.post(url("own_shift_swap", shift.pk), {"other": "P001"})
    sign_in(client, fang)
    page = text(client.get(url("own")))
    client.post(url("own_swap_accept", shift.swaps.get().pk))

    shift.refresh_from_db()
    assert stranger.status_code == 422
    assert "家里有事" in page
    assert shift.person_id == fang.person_id


def test_the_roster_names_the_gaps_and_the_inbox_leads_to_it(client, cast, venue):
    sign_in(client, cast.chen)

    inbox = text(client.get("/inbox/"))
    page = text(client.get(url("roster", venue.pk)))

    assert url("roster", venue.pk) in inbox
    assert "没有人值班：00:00–24:00" in page
    assert "不计入志愿服务时长（V-34）" in page


def test_the_keeper_sets_who_is_on_duty_by_their_number(client, cast, venue, ming, today):
    sign_in(client, cast.chen)

    client.post(url("shifts_new", venue.pk), {"first": today, "last": today, "places": "1"})
    shift = venue.shifts.get()
    unknown = client.post(url("shift_set", shift.pk), {"person": "P001"})  # of the district
    client.post(url("shift_set", shift.pk), {"person": "M1"})

    shift.refresh_from_db()
    assert unknown.status_code == 422
    assert shift.person_id == ming.person_id


def test_a_wrong_count_is_corrected_at_the_desk(client, cast, venue):
    new = services.NewCount(venue, "visit", 30, "n")
    made = services.record_count(new=new, at=timezone.now(), by=cast.chen)
    sign_in(client, cast.chen)

    refused = client.post(url("count_correct", made.pk), {"takes": "31", "reason": "错"})
    client.post(url("count_correct", made.pk), {"takes": "27", "reason": "多按一个0"})

    assert refused.status_code == 422
    assert sum(one.people for one in Count.objects.all()) == 3


def test_what_is_beside_is_not_there(client, cast, venue):
    booked = services.book(
        new=services.NewBooking(
            venue.rooms.get(),
            timezone.localdate() + timedelta(days=1),
            Stretch(540, 600),
            2,
            "会议",
        ),
        at=timezone.now(),
        by=cast.chen,
    )[0]
    sign_in(client, cast.zhou)

    pages = [
        url("venue", venue.pk),
        url("roster", venue.pk),
        url("room", venue.rooms.get().pk),
        url("booking", booked.pk),
    ]

    assert [client.get(page).status_code for page in pages] == [404] * 4


def test_who_may_look_may_not_keep(client, cast, venue):
    sign_in(client, with_role("P030", "沈照", role=Role.TEAM_LEADER, org=venue.org))

    assert client.get(url("venues")).status_code == 200
    assert client.get(url("venue", venue.pk)).status_code == 200
    assert client.get(url("roster", venue.pk)).status_code == 200
    assert client.get(url("venue_new")).status_code == 403
    assert client.get(url("venue_suspend", venue.pk)).status_code == 403
    assert client.get(url("shifts_new", venue.pk)).status_code == 403


def test_a_special_day_is_set_and_taken_back_on_the_pages(client, cast, venue, today):
    sign_in(client, cast.chen)
    day = today + timedelta(days=3)

    half = client.post(
        url("special_day_new", venue.pk), {"day": day, "opens": "09:00", "reason": "演练"}
    )
    client.post(url("special_day_new", venue.pk), {"day": day, "reason": "消防演练"})
    special = venue.special_days.get()
    page = text(client.get(url("venue", venue.pk)))
    client.post(url("special_day_drop", special.pk), {"sure": "on"})

    assert half.status_code == 422
    assert url("special_day_drop", special.pk) in page
    assert not venue.special_days.exists()


def test_every_page_of_the_desk_opens(client, cast, venue):
    sign_in(client, cast.lin)
    room = venue.rooms.get()
    names = ["board", "venues", "venue_new", "kind_new", "schedules", "bookings", "counts"]
    ones = ["venue", "venue_change", "venue_suspend", "venue_close", "room_new", "hours_new"]

    pages = [
        *(url(name) for name in (*names, "ratings")),
        *(url(name, venue.pk) for name in (*ones, "special_day_new", "poster", "counter")),
        url("room", room.pk),
        url("room_close", room.pk),
        url("walk_in", room.pk),
    ]

    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_lists_ask_the_database_as_often_for_many_as_for_few(
    client, cast, today, django_assert_max_num_queries
):
    sign_in(client, cast.lin)
    for number in range(8):
        open_today(cast, today, code=f"HG-1{number}", name=f"阵地{number}")

    for name in ("venues", "schedules", "own_venues", "public"):
        client.get(url(name))
        with django_assert_max_num_queries(30):
            assert client.get(url(name)).status_code == 200


def test_a_program_lists_and_counts(client, cast, venue):
    sign_in(client, cast.chen)
    root = "/api/v1/venues"
    body = {"kind": "visit", "people": 3, "nonce": "n1"}

    listed = client.get(f"{root}/venues").json()["items"]
    for _ in range(2):
        made = client.post(
            f"{root}/venues/{venue.pk}/counts", body, content_type="application/json"
        )

    assert [(one["code"], one["kind"]) for one in listed] == [("HG-01", "volunteer_home")]
    assert (made.status_code, made.json()["people"]) == (200, 3)
    assert Count.objects.count() == 1
    assert client.get(f"{root}/bookings").json()["items"] == []
