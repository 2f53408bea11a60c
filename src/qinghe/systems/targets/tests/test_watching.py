"""The watch with a moved clock: every step on its day, once, also after a stop and at once."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qinghe.kernel.notices.models import Notice
from qinghe.systems.targets import tasks
from qinghe.systems.targets.models import LadderStep, LightSpan
from qinghe.systems.targets.queries import charges, followed, red_on
from qinghe.systems.targets.rules.pace import Light, Point
from qinghe.systems.targets.services import supervising, terms
from tests.kept import kept

from . import carried
from .carried import accepted, again, carry, light_of, on

pytestmark = pytest.mark.django_db


@kept
def scene():
    return carried.make_scene()


@pytest.fixture
def charge(scene):
    return carry(scene)


def steps(charge):
    rows = LadderStep.objects.filter(charge=charge).order_by("due_on", "pk")
    return [(row.rung, row.due_on.day, row.told) for row in rows]


def titles(who):
    return sorted(Notice.objects.filter(person_id=who.person_id).values_list("title", flat=True))


def walk(days):
    for day in days:
        tasks.supervise(at=on(day, hour=4))


def test_a_charge_without_progress_turns_red_and_is_named_to_the_level_above(scene, charge):
    walk(range(1, 31))

    assert steps(charge) == [("red", 4, 1), ("named", 10, 2), ("soon", 23, 1)]
    assert light_of(charge) == ("red", 4)  # a tenth of its days is too early
    assert titles(scene.wen) == ["任务亮红灯：走访三十家企业", "任务即将到期：走访三十家企业"]
    assert titles(scene.lin) == ["下级任务红灯未转，列入通报名单：走访三十家企业"]


def test_a_week_without_a_worker_loses_nothing_and_tells_nothing_twice(scene):
    steady, stopped = carry(scene), carry(scene, place=2)
    for one in (steady, stopped):
        accepted(one, 12, at=on(8), by=scene.wen, to=scene.lin)

    walk(range(9, 13))
    walk([22, 22, 23])  # nothing ran from the 13th to the 21st
    spans = LightSpan.objects.filter(charge=stopped).order_by("since")

    # 12 are 95 % of what is due until the 12th, 80 % until the 15th.
    assert [(span.light, span.since.day) for span in spans] == [
        ("green", 8), ("yellow", 13), ("red", 16),
    ]  # fmt: skip
    assert sorted(steps(stopped)) == sorted(steps(steady)) == [
        ("named", 23, 2), ("red", 16, 1), ("soon", 23, 1), ("yellow", 13, 1),
    ]  # fmt: skip
    assert titles(scene.wen).count("任务亮黄灯：走访三十家企业") == 2  # of two charges


def test_it_turns_green_when_what_was_told_is_accepted(scene, charge):
    walk([10])
    accepted(charge, 10, at=on(10), by=scene.wen, to=scene.lin)
    walk([10, 11])

    assert light_of(charge) == ("yellow", 11)
    assert charges.lights_of(scene.lin, items=[charge.item_id]) == {
        (charge.item_id, scene.bantian.pk): Light.YELLOW
    }


def test_who_carries_is_asked_for_progress_after_some_days(scene):
    charge = carry(scene, due_on=date(2022, 12, 31))
    walk([30])
    early = again(charge).asked_on
    walk([31])

    asked = again(charge)
    assert early is None
    assert (asked.asked_on, asked.file_by) == (date(2022, 7, 1), date(2022, 7, 6))
    assert list(charges.charges_to_tell(scene.wen)) == [charge]
    assert charges.red_charges_of(scene.wen).get().charge == charge
    assert not charges.red_charges_of(scene.lin).exists()


def test_a_paused_charge_is_dark_until_its_day(scene, charge):
    walk([10])
    supervising.pause(
        charge=charge, until=date(2022, 6, 20), reason="场地改造", at=on(10), by=scene.lin
    )
    dark = light_of(charge)
    walk([22])

    pause = charge.pauses.get()
    assert dark is None
    assert light_of(charge) == ("red", 21)
    assert pause.ended_on == date(2022, 6, 21)


def test_a_pause_is_taken_back(scene, charge):
    supervising.pause(
        charge=charge, until=date(2022, 6, 20), reason="场地改造", at=on(10), by=scene.lin
    )

    supervising.resume(charge=charge, at=on(12), by=scene.lin)

    assert light_of(charge) == ("red", 12)


def test_milestones_say_when_how_much_is_due(scene, charge):
    walk([10])
    points = [Point(date(2022, 6, 15), 50)]

    supervising.set_milestones(
        item=charge.item, points=points, reason="按方案", at=on(10), by=scene.lin
    )
    early = light_of(charge)
    walk([15])

    assert early == ("green", 10)
    assert light_of(charge) == ("red", 15)


def test_measures_hold_from_their_day_on(scene, charge):
    accepted(charge, 9, at=on(10), by=scene.wen, to=scene.lin)
    new = terms.NewTerms(
        title="从宽",
        starts_on=date(2022, 6, 12),
        source="会议议定",
        reason="汛期",
        numbers={
            "green_percent": 70,
            "yellow_percent": 50,
            "quiet_percent": 10,
            "soon_days": 3,
            "named_days": 5,
            "file_days": 30,
            "answer_days": 5,
        },
    )
    terms.set_terms(new=new, at=on(10), by=scene.lin)
    walk([11])
    before = light_of(charge)
    walk([12])

    assert before == ("yellow", 10)
    assert light_of(charge) == ("green", 12)


def test_a_paper_is_numbered_and_keeps_how_it_stood(scene, charge):
    walk([10])
    made = [
        supervising.issue_slip(
            charge=again(charge),
            words="加快走访",
            answer_by=date(2022, 6, 20),
            at=on(10),
            by=scene.lin,
        )
        for _ in range(2)
    ]

    assert [str(one) for one in made] == ["〔2022〕1号", "〔2022〕2号"]
    assert made[0].stood == ("目标30家，截至2022-06-10应完成10家，已完成0家，2022-06-10起亮红灯")
    assert "收到督办单〔2022〕1号：走访三十家企业" in titles(scene.wen)


def test_what_is_dropped_is_dark(scene, charge):
    walk([10])
    charge.item.dropped_on, charge.item.reason = date(2022, 6, 11), "并入其他任务"
    charge.item.save()
    walk([11])

    assert light_of(charge) is None


def test_who_gave_an_item_sees_its_light_and_a_report_what_was_red(scene, charge):
    charge.item.offer_key = "drafting.plan:7"
    charge.item.save()
    walk([10])

    (said,) = followed(scene.lin, ["drafting.plan:7"])["drafting.plan:7"]

    assert (said.light, said.done) == ("red", False)
    assert [span.charge for span in red_on(scene.lin, scene.longgang, day=date(2022, 6, 30))] == [
        charge
    ]
    assert not red_on(scene.lin, scene.longgang, day=date(2022, 6, 9)).exists()
    assert not red_on(scene.chen, scene.longgang, day=date(2022, 6, 30)).exists()


def taken(scene, *, runs, reported):
    """Let a month go by, and return what it left: steps, lights and notices; then undo it."""
    with transaction.atomic():
        charge = carry(scene)
        for day in range(1, 31):
            if day in reported:
                accepted(charge, reported[day], at=on(day), by=scene.wen, to=scene.lin)
            if day in runs:
                tasks.supervise(at=on(day, hour=20))
        spans = LightSpan.objects.filter(charge=charge).order_by("since")
        left = (
            steps(charge),
            list(spans.values_list("light", "since", "ended_on")),
            titles(scene.wen),
            titles(scene.lin),
        )
        transaction.set_rollback(True)
    return left


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    runs=st.sets(st.integers(2, 29)),
    reported=st.dictionaries(st.integers(2, 29), st.integers(0, 29), max_size=4),
)
def test_on_whichever_days_the_worker_runs_the_same_is_found_and_told_once(scene, runs, reported):
    steady = taken(scene, runs=range(1, 31), reported=reported)

    stopped = taken(scene, runs=runs | {1, 30}, reported=reported)

    assert stopped == steady
