"""Two rows that both volunteered become one, with the hours of both (docs/adr/0068)."""

from datetime import timedelta

import pytest

from qinghe.lib.verdicts import Refused
from qinghe.systems.merging import services
from qinghe.systems.merging.models import Merge
from qinghe.systems.merging.tests.makers import propose, twins
from qinghe.systems.volunteering.models import Attendance, Session, Team, Volunteer
from tests.cast import NOW, TODAY, make_wider_cast
from tests.desk import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_wider_cast()


def volunteer(who, number, *, org):
    return Volunteer.objects.create(
        number=number, person=who, org=org, applied_on=TODAY, registered_on=TODAY,
        state="registered",
    )  # fmt: skip


def attend(cast, *volunteers):
    """Let some serve in one session of a team of the school."""
    team = Team.objects.create(
        org=cast.school,
        name="河道清洁队",
        code="T001",
        state="approved",
        applied_on=TODAY,
        approved_on=TODAY,
    )
    held = Session.objects.create(
        code="X001", title="河道清洁", org=cast.school, team=team, place="河边", starts_at=NOW,
        ends_at=NOW + timedelta(hours=2), day=TODAY,
    )  # fmt: skip
    return [
        Attendance.objects.create(
            session=held, volunteer=one, state="effective", minutes=120, how="roster"
        )
        for one in volunteers
    ]


def test_two_registrations_as_a_volunteer_become_one_with_the_hours_of_both(cast):
    kept, duplicate = twins(cast)
    one, other = (volunteer(who, f"V{who.pk}", org=cast.school) for who in (kept, duplicate))
    (served,) = attend(cast, other)

    merged = merge_from_above(kept, duplicate, cast, {"volunteering.Volunteer.person": kept.pk})

    served.refresh_from_db()
    assert served.volunteer == one
    assert list(Volunteer.objects.all()) == [one]
    assert other.number in merged.dropped


def merge_from_above(kept, duplicate, cast, stands):
    asked = propose(kept, duplicate, by=cast.tang, stands=stands)
    return services.approve_merge(merge=asked, at=NOW, by=cast.chen)


def test_two_attendances_of_one_session_stop_the_merge_and_are_named(cast):
    kept, duplicate = twins(cast)
    attend(cast, *[volunteer(who, f"V{who.pk}", org=cast.school) for who in (kept, duplicate)])
    chosen = {"volunteering.Volunteer.person": kept.pk}

    with pytest.raises(Refused, match="活动签到1条") as refusal:
        merge_from_above(kept, duplicate, cast, chosen)

    duplicate.refresh_from_db()
    assert refusal.value.code == "clash"
    assert duplicate.merged_into is None
    assert Volunteer.objects.count() == 2


@pytest.mark.parametrize("stands", [0, 1])
def test_of_two_attendances_the_chosen_one_stands_and_the_other_stays_void(cast, client, stands):
    kept, duplicate = twins(cast)
    both = [volunteer(who, f"V{who.pk}", org=cast.school) for who in (kept, duplicate)]
    served = attend(cast, *both)
    sign_in(client, cast.tang)
    page = f"/merging/pairs/{kept.pk}/{duplicate.pk}/"
    name = f"volunteering-Attendance-volunteer:{served[0].pk}:{served[1].pk}"
    told = {
        "reason": "当面核对身份证，是同一人",
        "branch": cast.branch.pk,
        "volunteering-Volunteer-person": kept.pk,
        name: served[stands].pk,
    }

    shown = client.get(page).content.decode()
    assert "河道清洁，现场名册，120分钟，已生效" in shown
    assert "现在还不能合并" not in shown
    assert client.post(page, told | {name: ""}).status_code == 422
    assert client.post(page, told).status_code == 302
    services.approve_merge(merge=Merge.objects.get(), at=NOW, by=cast.chen)

    standing = Attendance.objects.get()
    gone = Attendance.everything.exclude(pk=standing.pk).get()
    assert standing == served[stands]
    assert (standing.state, standing.volunteer) == ("effective", both[0])
    assert (gone.state, gone.minutes, gone.superseded) == ("void", 0, standing.pk)
    assert gone.volunteer == both[0]
