"""Whatever is done with numbers in whatever order: nobody has two, and no number had two (T-27)."""

import contextlib
from collections import Counter
from datetime import date

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
from qinghe.systems.joining import services
from qinghe.systems.joining.models import Number, Quota
from tests.cast import NOW, make_wider_cast

from .number_makers import NEXT_YEAR, enter, hand, pupil

PLACES = ("longgang", "henggang", "school", "branch")
anywhere, anybody = st.sampled_from(PLACES), st.integers(0, 3)
days = st.sampled_from([NOW, NOW, NOW, NEXT_YEAR])


class Numbers(RuleBasedStateMachine):
    """A district, a street, a school, a branch, four pupils, and everything that may happen."""

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
        self.people = [pupil(number) for number in range(4)]
        self.had = {}  # number -> the only person it may ever have named
        self.entered = 0

    def attempt(self, do):
        """Do it; a refusal is an answer, and leaves nothing behind."""
        with contextlib.suppress(Refused), transaction.atomic():
            do()

    def at(self, name):
        return getattr(self.cast, name)

    def quota(self, name):
        return Quota.objects.filter(org=self.at(name)).select_related("org", "giver").first()

    @rule(size=st.integers(1, 6), gap=st.integers(-2, 2))
    def receive(self, size, gap):
        first = 202200000100 + self.entered + gap
        self.attempt(lambda: enter(self.cast, size=size, first=first))
        self.entered = Number.objects.count()

    @rule(giver=anywhere, to=anywhere, amount=st.integers(0, 7), at=days)
    def hand_down(self, giver, to, amount, at):
        self.attempt(lambda: hand(self.cast, self.at(to), amount, giver=self.at(giver), at=at))

    @rule(of=anywhere, amount=st.integers(0, 7), at=days)
    def take_back(self, of, amount, at):
        if quota := self.quota(of):
            self.attempt(
                lambda: services.take_back(
                    quota=quota, amount=amount, reason="调剂", at=at, by=self.cast.lin
                )
            )

    @rule(of=anywhere, at=days)
    def give_back(self, of, at):
        if quota := self.quota(of):
            self.attempt(lambda: services.return_numbers(quota=quota, at=at, by=self.cast.lin))

    @rule(who=anybody, where=anywhere, at=days)
    def reserve(self, who, where, at):
        self.attempt(
            lambda: services.reserve_number(
                org=self.at(where), person=self.people[who], at=at, by=self.cast.lin
            )
        )

    @rule(who=anybody, joined=st.sampled_from([date(2022, 7, 1), date(2023, 1, 2)]), at=days)
    def use(self, who, joined, at):
        self.attempt(
            lambda: services.use_number(
                person=self.people[who], joined_on=joined, at=at, by=self.cast.lin
            )
        )

    @rule(who=anybody)
    def release(self, who):
        self.attempt(
            lambda: services.release_number(
                person=self.people[who], reason="未通过", at=NOW, by=self.cast.lin
            )
        )

    @rule(pick=st.integers(0, 9))
    def void(self, pick):
        numbers = list(Number.objects.select_related("org"))
        if numbers:
            one = numbers[pick % len(numbers)]
            self.attempt(
                lambda: services.void_number(number=one, reason="污损", at=NOW, by=self.cast.lin)
            )

    @invariant()
    def what_was_given_is_what_lies_there_and_below(self):
        held = Counter(Number.objects.values_list("org_id", flat=True))
        quotas = list(Quota.objects.all())
        for one in quotas:
            below = [each for each in quotas if each.giver_id == one.org_id]
            assert one.handed == sum(each.amount for each in below) <= one.amount
            gone_up = one.returned if one.giver_id else 0  # from the top they go out of use
            come_up = sum(each.returned for each in below)
            assert one.amount == held[one.org_id] - come_up + one.handed + gone_up

    @invariant()
    def nobody_has_two_and_no_number_had_two(self):
        having = Number.objects.filter(state__in=["reserved", "used"])
        assert all(count == 1 for count in Counter(one.person_id for one in having).values())
        for one in Number.objects.filter(person__isnull=False):
            assert self.had.setdefault(one.number, one.person_id) == one.person_id

    @invariant()
    def a_used_number_is_of_the_year_of_joining_and_stays_used(self):
        for one in Number.objects.filter(state="used"):
            assert one.number[:4] == str(one.used_on.year)
        now = set(Number.objects.filter(state="used").values_list("number", "person_id"))
        assert getattr(self, "used", set()) <= now
        self.used = now


@pytest.mark.django_db
def test_numbers_hold_whatever_is_done():
    run_state_machine_as_test(
        Numbers,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
