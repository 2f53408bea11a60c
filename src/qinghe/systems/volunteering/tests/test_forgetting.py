"""What is forgotten of volunteers once its time is over (S-08, V-30)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from qinghe.systems.volunteering.models import Scan, SessionCall, SignUp
from qinghe.systems.volunteering.services import RETENTION

from .activity_makers import AHEAD, HOUR, first_post, join, people, publish

pytestmark = pytest.mark.django_db
OVER = AHEAD + 3 * HOUR
MINUTE = timedelta(minutes=1)


def forget(label, until, now):
    line = next(line for line in RETENTION if line.label == label)
    return line.run(until, now)


@pytest.fixture
def post(cast):
    return first_post(publish(cast))


def test_a_sign_up_that_held_its_place_stays_and_what_came_to_nothing_goes(cast, post):
    for _, who in people(cast, 4):
        join(post, who)
    first = SignUp.objects.filter(state="signed").earliest("pk")
    SignUp.objects.filter(pk=first.pk).update(state="cancelled")

    early = forget("没有参加成的活动报名", OVER, OVER)
    late = forget("没有参加成的活动报名", OVER + MINUTE, OVER + MINUTE)

    assert (early, late) == (0, 3)
    assert list(SignUp.objects.values_list("state", flat=True)) == ["signed"]


def test_where_somebody_stood_is_forgotten_and_the_scan_stays(cast, post):
    ((volunteer, _),) = people(cast, 1)
    scan = Scan.objects.create(
        nonce="n" * 20,
        session=post.session,
        volunteer=volunteer,
        kind="in",
        how="code",
        at=AHEAD,
        received_at=AHEAD,
        verdict="recorded",
        latitude=Decimal("22.650"),
        longitude=Decimal("114.210"),
    )

    early = forget("签到位置", AHEAD, AHEAD)
    late = forget("签到位置", AHEAD + MINUTE, AHEAD)

    scan.refresh_from_db()
    assert (early, late) == (0, 1)
    assert (scan.latitude, scan.longitude, scan.at) == (None, None, AHEAD)


def test_who_was_asked_to_come_is_forgotten(cast, post):
    ((volunteer, _),) = people(cast, 1)
    SessionCall.objects.create(
        session=post.session, volunteer=volunteer, asked_by_id=cast.chen.person_id, at=AHEAD
    )

    assert forget("活动邀请", AHEAD + MINUTE, AHEAD) == 1
    assert not SessionCall.objects.exists()


def test_every_line_is_kept_at_least_as_long_as_it_must():
    assert all(line.days >= line.least for line in RETENTION)
