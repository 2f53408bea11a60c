"""Whatever is done in whatever order: never more 优秀 than the cap, never registration above review."""

import contextlib
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from qinghe.lib.verdicts import Refused
from qinghe.systems.appraisals import services
from qinghe.systems.appraisals.models import Grade, Line, Roll
from tests.cast import make_wider_cast

from .makers import MET, STUDIED, make_members, on, open_and_list

MEMBERS = 7


class Road(RuleBasedStateMachine):
    """One branch, to which everything is tried at any time."""

    def __init__(self):
        super().__init__()
        self.all_of_it = transaction.atomic()
        self.all_of_it.__enter__()

    def teardown(self):
        """Let the next run begin with an empty district."""
        transaction.set_rollback(True)
        self.all_of_it.__exit__(None, None, None)

    @initialize()
    def begin(self):
        self.cast = make_wider_cast()
        make_members(self.cast.branch, MEMBERS, party=1)
        self.roll = open_and_list(self.cast).rolls.get()
        self.keys = list(self.roll.lines.order_by("pk").values_list("pk", flat=True))
        self.at = on(1, month=4)

    def line(self, place):
        return Line.objects.get(pk=self.keys[place])

    def attempt(self, do, **told):
        self.at += timedelta(days=1)
        with contextlib.suppress(Refused):
            do(at=self.at, **told)

    @rule()
    def study(self):
        told = {"roll": self.roll, "on": STUDIED, "studied": "学习团章", "by": self.cast.luo}
        self.attempt(services.record_study, **told)

    @rule(present=st.integers(0, MEMBERS))
    def meet(self, present):
        meeting = services.Meeting(MET, MEMBERS, present)
        self.attempt(services.hold_meeting, roll=self.roll, meeting=meeting, by=self.cast.luo)

    @rule(grades=st.lists(st.sampled_from(Grade.values), min_size=MEMBERS, max_size=MEMBERS))
    def propose(self, grades):
        placed = Line.objects.filter(roll=self.roll, standing="in").values_list("pk", flat=True)
        told = {key: grade for key, grade in zip(self.keys, grades, strict=True) if key in placed}
        self.attempt(
            services.propose,
            roll=self.roll,
            grades=told,
            on=self.at.date(),
            by=self.cast.luo,
        )

    @rule(place=st.integers(0, MEMBERS - 1), grade=st.sampled_from(["", *Grade.values]))
    def keep(self, place, grade):
        grades = {self.keys[place]: grade}
        self.attempt(services.keep_grades, roll=self.roll, grades=grades, by=self.cast.luo)

    @rule(
        place=st.integers(0, MEMBERS - 1),
        standing=st.sampled_from(["in", "absent", "excused", "party"]),
    )
    def place(self, place, standing):
        told = {"standing": standing, "reason": "外出务工", "by": self.cast.luo}
        self.attempt(services.place, line=self.line(place), **told)

    @rule()
    def approve(self):
        self.attempt(services.approve, roll=self.roll, by=self.cast.tang)

    @rule()
    def send_back(self):
        told = {"reason": "材料不全", "by": self.cast.tang}
        self.attempt(services.send_back, roll=self.roll, **told)

    @rule(places=st.sets(st.integers(0, MEMBERS - 1), max_size=2))
    def register(self, places):
        deferred = {self.keys[place]: "正在处分期内" for place in places}
        told = {"deferred": deferred, "months": 3, "by": self.cast.luo}
        self.attempt(services.register, roll=self.roll, **told)

    @rule(place=st.integers(0, MEMBERS - 1), days=st.integers(0, 120))
    def register_line(self, place, days):
        self.at += timedelta(days=days)
        self.attempt(services.register_line, line=self.line(place), by=self.cast.luo)

    @rule(place=st.integers(0, MEMBERS - 1), grade=st.sampled_from(Grade.values))
    def correct(self, place, grade):
        told = {"grade": grade, "reason": "复核有误", "by": self.cast.tang}
        self.attempt(services.correct_grade, line=self.line(place), **told)

    @invariant()
    def counts_are_true_and_in_order(self):
        roll = Roll.objects.get(pk=self.roll.pk)
        lines = list(roll.lines.all())
        registered = [line for line in lines if line.registered_on]
        assert all(line.final_on and line.grade in ("top", "good", "basic") for line in registered)
        assert roll.registered == len(registered) <= roll.graded <= roll.due
        assert roll.graded == sum(line.final_on is not None for line in lines)
        assert roll.due == sum(line.standing in ("in", "absent") for line in lines)
        assert roll.top == sum(line.grade == "top" for line in lines)
        assert roll.top <= sum(line.standing == "in" for line in lines) * 30 // 100


@pytest.mark.django_db
def test_cap_and_registration_hold_in_whatever_order_things_are_done():
    run_state_machine_as_test(
        Road,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
