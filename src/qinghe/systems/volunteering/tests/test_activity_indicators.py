"""Sign-ups and posts counted: rows in, figures out (VOL-40 to VOL-46)."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from qinghe.analytics import figures
from qinghe.lib import periods
from qinghe.lib.periods import TZ
from qinghe.systems.volunteering import indicators, models, services, tasks

from .activity_makers import HOUR, first_post, join, people, publish
from .makers import build_facts

pytestmark = pytest.mark.django_db
H1 = periods.half_year(2022, 1)
STARTS = datetime(2022, 5, 4, 9, tzinfo=TZ)
BEFORE = STARTS - timedelta(days=3)
OTHER = STARTS + timedelta(days=1)


@pytest.fixture
def scene(cast):
    """Two of four places taken, one of the two came, one more walked in; a cancelled session.

    红棉 hosts; 华乐 (same street) and 象角塘 (the other street) join.
    """
    activity = publish(
        cast,
        at=BEFORE,
        times=((STARTS, STARTS + 2 * HOUR),),
        posts=(services.NewPost("净滩", 4),),
        partners=(cast.huale, cast.xiangjiaotang),
    )
    (one, first), (_, second), (third, _), (_, fourth) = people(cast, 4)
    post = first_post(activity)
    join(post, first, at=BEFORE)
    join(post, second, at=BEFORE)
    gone = join(post, fourth, at=BEFORE)
    services.cancel_sign_up(sign_up=gone, at=BEFORE, by=fourth)
    for volunteer in (one, third):
        came = services.check_in(session=post.session, volunteer=volunteer, at=STARTS, by=cast.lin)
        services.check_out(attendance=came, at=STARTS + HOUR, by=cast.lin)
    tasks.keep_sign_ups(at=STARTS + 4 * HOUR)
    off = publish(cast, at=BEFORE, title="停办", times=((OTHER, OTHER + HOUR),))
    join(first_post(off), first, at=BEFORE)
    services.cancel_activity(activity=off, reason="雨", at=BEFORE, by=cast.lin)
    return cast


@pytest.mark.parametrize(
    ("code", "longgang", "henggang", "huale", "bantian"),
    [
        ("VOL-02", 1, 1, None, None),
        ("VOL-40", 2, 2, None, None),
        ("VOL-41", 1, 1, None, None),
        ("VOL-42", "50.00", "50.00", None, None),
        ("VOL-43", 4, 4, None, None),
        ("VOL-44", 2, 2, None, None),
        ("VOL-45", "50.00", "50.00", None, None),
        ("VOL-46", 1, 1, 1, 1),  # joined twice below the district, counted once there
    ],
)
def test_what_was_signed_up_for_filled_and_held_together(
    scene, code, longgang, henggang, huale, bantian
):
    computed = figures.compute(build_facts(), indicators.INDICATORS, H1)

    found = [
        computed[code, org.pk].value
        for org in (scene.longgang, scene.henggang, scene.huale, scene.bantian)
    ]
    wanted = [
        None if value is None else Decimal(value) for value in (longgang, henggang, huale, bantian)
    ]
    assert [value or None for value in found] == wanted


def test_a_session_that_was_called_off_counts_nothing(scene):
    assert models.SignUp.objects.filter(post__session__state="cancelled").exists()
    computed = figures.compute(build_facts(), indicators.INDICATORS, H1)

    assert computed["VOL-40", scene.longgang.pk].value == 2
