"""All branches that are ready are registered at once, as one by one; who is not ready says why."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from qinghe.edges.jobs import worker
from qinghe.kernel.audit import verifying
from qinghe.kernel.audit.models import Entry
from qinghe.lib.verdicts import Refused
from qinghe.systems.appraisals import queries, services
from qinghe.systems.appraisals.models import Roll
from tests.cast import make_org
from tests.desk import sign_in

from .makers import make_members, on, open_and_list

pytestmark = pytest.mark.django_db
COUNTS = ("due", "took_part", "top", "graded", "registered", "deferred", "state", "registered_on")


@pytest.fixture
def scene(cast):
    """Three branches of a school: two approved, one that has studied."""
    others = [
        make_org(
            f"HGZX-0{n}", f"高一（{n}）团支部", kind="branch", level="unit", parent=cast.school
        )
        for n in (2, 3)
    ]
    for org in (cast.branch, *others):
        make_members(org, 10, prefix=f"M{org.pk}-")
    campaign = open_and_list(cast)
    ready, late, single = (campaign.rolls.get(org=org) for org in (cast.branch, *others))
    return campaign, ready, late, single


def test_together_is_the_same_as_one_by_one(cast, scene):
    _, ready, _, single = scene
    for roll in (ready, single):
        to_approved_by(cast, roll)
    services.register(roll=single, deferred={}, months=3, at=on(25), by=cast.tang)

    made = services.register_many(rolls=[ready.pk], at=on(25), by=cast.tang)

    one, other = Roll.objects.filter(pk__in=[ready.pk, single.pk]).values(*COUNTS)
    assert made == 1
    assert one == other
    assert (one["registered"], one["due"]) == (8, 10)


def to_approved_by(cast, roll):
    """Take the road with the school's own hand, and grades of every kind."""
    services.record_study(
        roll=roll, on=on(10, month=1).date(), studied="学习团章", at=on(10, month=1), by=cast.tang
    )
    meeting = services.Meeting(on(10).date(), 10, 8, None)
    services.hold_meeting(roll=roll, meeting=meeting, at=on(11), by=cast.tang)
    keys = list(roll.lines.order_by("pk").values_list("pk", flat=True))
    grades = dict(zip(keys, ["top", "failed", "failed", *["good"] * 7], strict=True))
    services.propose(roll=roll, grades=grades, on=on(12).date(), at=on(13), by=cast.tang)
    services.approve(roll=roll, at=on(20), by=cast.chen)


def test_who_is_not_ready_is_left_and_a_second_run_changes_nothing(cast, scene):
    campaign, ready, late, _ = scene
    to_approved_by(cast, ready)
    keys = list(campaign.rolls.values_list("pk", flat=True))

    made = [services.register_many(rolls=keys, at=on(25), by=cast.chen) for _ in range(2)]

    late.refresh_from_db()
    assert made == [1, 0]
    assert late.state == "study"
    assert not late.lines.filter(registered_on__isnull=False).exists()


def test_each_branch_has_its_own_entry_and_the_chain_holds(cast, scene):
    _, ready, _, single = scene
    for roll in (ready, single):
        to_approved_by(cast, roll)

    services.register_many(rolls=[ready.pk, single.pk], at=on(25), by=cast.chen)

    entries = Entry.objects.filter(verb="appraisals.register")
    assert sorted(entries.values_list("first_id", "org_id")) == sorted(
        (roll.pk, roll.org_id) for roll in (ready, single)
    )
    assert verifying.verify().fault is None


def test_nobody_registers_out_of_their_reach(cast, scene):
    _, ready, *_ = scene
    to_approved_by(cast, ready)

    with pytest.raises(Refused, match="权限"):
        services.register_many(rolls=[ready.pk], at=on(25), by=cast.liang)

    ready.refresh_from_db()
    assert ready.state == "approved"


def test_an_officer_registers_all_on_one_page_and_sees_who_is_not_ready(client, cast, scene):
    campaign, ready, late, single = scene
    for roll in (ready, single):
        to_approved_by(cast, roll)
    sign_in(client, cast.chen)
    page = reverse("appraisals:campaign_register", args=[campaign.pk])

    before = client.get(page, {"org": cast.henggang.code}).content.decode()
    client.post(f"{page}?org={quote(cast.henggang.code)}", {"go": "1"})
    worker.work_off()

    states = dict(Roll.objects.values_list("pk", "state"))
    assert "注册 2 个支部" in before
    assert "待登记学习教育" in before
    assert [states[roll.pk] for roll in (ready, late, single)] == [
        "registered", "study", "registered",
    ]  # fmt: skip
    again = client.post(page, {"go": "1"})
    assert again.status_code == 409
    assert "没有等次已批准" in again.content.decode()


def test_those_below_see_no_more_than_theirs(client, cast, scene):
    campaign = scene[0]
    sign_in(client, cast.he)

    page = reverse("appraisals:campaign_register", args=[campaign.pk])

    assert client.get(page).status_code in (403, 404)
    assert queries.readiness(cast.luo, campaign, cast.longgang).waiting == 1
