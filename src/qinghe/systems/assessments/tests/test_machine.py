"""Whatever is done in whatever order: no mark above its full, nothing changes a frozen ranking."""

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
from qinghe.systems.assessments import queries, services
from qinghe.systems.assessments.models import Mark, Objection, Review, Scheme

from . import makers
from .makers import mark_of, sheet_of

SELF = "党建带团建"


class Road(RuleBasedStateMachine):
    """One scheme and two streets, to which everything is tried at any time."""

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
        self.cast = makers.make_scene()
        self.scheme = makers.publish(self.cast)
        self.streets = (
            (self.cast.chen, self.cast.henggang),
            (self.cast.wen, self.cast.bantian),
        )
        self.officers = (self.cast.lin, self.cast.heng, self.cast.xie)
        self.at = makers.on(4)
        self.frozen = {}

    def attempt(self, do, **told):
        self.at += timedelta(days=1)
        with contextlib.suppress(Refused):
            do(at=self.at, **told)

    @rule(street=st.integers(0, 1), marks=st.integers(0, 6_500))
    def hand_in(self, street, marks):
        who, org = self.streets[street]
        told = services.Told(marks, "台账")
        mark = mark_of(self.scheme, org, SELF)
        self.attempt(services.keep_mark, mark=mark, told=told, by=who)
        self.attempt(services.submit, assessment=sheet_of(self.scheme, org), by=who)

    @rule(street=st.integers(0, 1))
    def send_back(self, street):
        sheet = sheet_of(self.scheme, self.streets[street][1])
        self.attempt(services.send_back, assessment=sheet, reason="补正", by=self.cast.lin)

    @rule(value=st.none() | st.integers(0, 900))
    def take(self, value):
        told = {f"o{self.cast.henggang.code}": value}
        readings = makers.readings(self.scheme, **told)
        self.attempt(services.take_figures, scheme=self.scheme, readings=readings, by=self.cast.lin)

    @rule(street=st.integers(0, 1), officer=st.integers(0, 2))
    def accept(self, street, officer):
        sheet = sheet_of(self.scheme, self.streets[street][1])
        self.attempt(services.judge_rest, assessment=sheet, by=self.officers[officer])

    @rule(
        street=st.integers(0, 1),
        officer=st.integers(0, 2),
        marks=st.integers(0, 6_500),
        name=st.sampled_from([SELF, "建团"]),
    )
    def judge(self, street, officer, marks, name):
        mark = mark_of(self.scheme, self.streets[street][1], name)
        by = self.officers[officer]
        self.attempt(services.judge, mark=mark, marks=marks, reason="核实", by=by)

    @rule()
    def show(self):
        self.attempt(services.show_results, scheme=self.scheme, by=self.cast.lin)

    @rule(street=st.integers(0, 1), officer=st.integers(0, 2), marks=st.integers(0, 6_500))
    def dispute(self, street, officer, marks):
        who, org = self.streets[street]
        mark = mark_of(self.scheme, org, SELF)
        self.attempt(services.object_to, mark=mark, reason="漏计", by=who)
        told = {"marks": marks, "answer": "属实", "by": self.officers[officer]}
        for objection in Objection.objects.filter(mark=mark):
            self.attempt(services.uphold, objection=objection, **told)

    @rule()
    def fix(self):
        self.at += timedelta(days=12)
        self.attempt(services.fix_ranking, scheme=self.scheme, by=self.cast.lin)
        self.attempt(services.announce, scheme=self.scheme, by=self.cast.lin)

    @rule(street=st.integers(0, 1), marks=st.integers(0, 6_500))
    def correct(self, street, marks):
        mark = mark_of(self.scheme, self.streets[street][1], SELF)
        self.attempt(services.correct, mark=mark, marks=marks, reason="复查", by=self.cast.lin)

    @invariant()
    def marks_are_within_their_items(self):
        for mark in Mark.objects.filter(assessment__scheme=self.scheme).select_related("item"):
            assert (mark.final or 0) <= mark.item.full
            assert (mark.self_marks or 0) <= mark.item.full

    @invariant()
    def no_answer_is_by_whoever_reviewed(self):
        for one in Objection.objects.exclude(answered_by=None):
            given = Review.objects.filter(mark=one.mark, reviewer=one.answered_by)
            assert not given.exists()

    @invariant()
    def rankings_stay_and_hold(self):
        newest = None
        for ranking in self.scheme.rankings.order_by("number"):
            kept = self.frozen.setdefault(ranking.number, (ranking.inputs, ranking.outcome))
            assert kept == (ranking.inputs, ranking.outcome)
            assert queries.is_whole(self.cast.lin, ranking)
            assert newest is None or newest.sha256 in ranking.inputs
            newest = ranking
        if newest:
            assert queries.agrees(self.cast.lin, newest)

    @invariant()
    def what_is_shown_is_settled(self):
        scheme = Scheme.objects.get(pk=self.scheme.pk)
        if scheme.state in queries.TOLD:
            assert not Mark.objects.filter(assessment__scheme=scheme, final=None).exists()


@pytest.mark.django_db
def test_whatever_is_done_the_marks_and_the_rankings_hold():
    run_state_machine_as_test(
        Road,
        settings=settings(
            max_examples=6,
            stateful_step_count=16,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
