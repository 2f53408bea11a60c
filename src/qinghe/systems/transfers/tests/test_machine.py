"""Whatever is done in whatever order, everybody stands on exactly one roll (T-65)."""

import contextlib
import itertools
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

from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Membership
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.transfers import models, services
from qinghe.systems.transfers.models import Transfer
from tests.cast import CLERK, NOW, make_person

from .makers import actor_of, join, make_ground

SIDES = st.sampled_from(["member", "sender", "receiver"])
KINDS = st.sampled_from(["work", "home", "other", "army", "out"])
who = st.integers(0, 1)
pick = st.integers(0, 5)


class Moves(RuleBasedStateMachine):
    """Two members, four branches of three committees, and everything that may happen to them.

    One of the two may leave the district by a receipt, and only by it.
    """

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
        self.ground = make_ground()
        other = make_person("M002", "田小禾")
        join(other, self.ground.workshop)
        self.people = [self.ground.member, other]
        cast = self.ground.cast
        self.targets = [cast.enterprise, cast.hongmian, cast.school, self.ground.second]
        self.branches = [
            cast.branch, self.ground.workshop, self.ground.second, self.ground.local,
        ]  # fmt: skip
        self.gone = set()
        self.at = NOW

    def attempt(self, do, **named):
        """Do it; a refusal is an answer."""
        with contextlib.suppress(Refused):
            return do(**named, at=self.at)
        return None

    def one(self, place):
        found = list(Transfer.objects.filter(state__in=models.OPEN).order_by("pk"))
        return found[place % len(found)] if found else None

    def step(self, do, place, **named):
        if found := self.one(place):
            return self.attempt(do, transfer=found, by=self.ground.cast.lin, **named)
        return None

    @rule(person=who, side=SIDES, kind=KINDS, to=pick, as_draft=st.booleans())
    def start(self, person, side, kind, to, as_draft):
        chosen = self.people[person]
        new = services.NewTransfer(
            person=chosen,
            kind=kind,
            side=side,
            to_org=self.targets[to % len(self.targets)],
            outside="广州市天河区团委",
            letter="介2022-1",
        )
        by = actor_of(chosen) if side == "member" else self.ground.cast.lin
        self.attempt(services.start_transfer, new=new, as_draft=as_draft, by=by)

    @rule(place=pick)
    def send(self, place):
        self.step(services.send_transfer, place)

    @rule(place=pick)
    def approve(self, place):
        self.step(services.approve_transfer, place)

    @rule(place=pick, into=pick)
    def put(self, place, into):
        self.step(
            services.place_transfer,
            place,
            into=self.branches[into % len(self.branches)],
            on=local_day(self.at),
        )

    @rule(place=pick)
    def receipt(self, place):
        done = self.step(services.record_receipt, place, receipt="回1", on=local_day(self.at))
        if done:
            self.gone.add(done.person_id)

    @rule(place=pick)
    def reject(self, place):
        self.step(services.reject_transfer, place, reason="退回")

    @rule(place=pick)
    def withdraw(self, place):
        self.step(services.withdraw_transfer, place, reason="不转了")

    @rule(place=pick)
    def suspend(self, place):
        self.step(services.suspend_transfer, place, reason="核对")

    @rule(place=pick)
    def resume(self, place):
        self.step(services.resume_transfer, place)

    @rule(days=st.integers(0, 12))
    def wait(self, days):
        self.at += timedelta(days=days)

    @rule()
    def expire(self):
        services.expire_due(at=self.at, by="the clock")

    @rule(which=pick, into=pick)
    def merge(self, which, into):
        org, other = (self.branches[n % len(self.branches)] for n in (which, into))
        if org == other or Org.objects.filter(pk__in=[org.pk, other.pk], closed_on__isnull=False):
            return
        on = local_day(self.at)
        with contextlib.suppress(Refused), transaction.atomic():
            orgs.merge_org(org=org, into=other, on=on, at=self.at, by=CLERK)
            people.transfer_roll(org=org, into=other, on=on, at=self.at, by=CLERK)

    @rule(which=pick)
    def close(self, which):
        org = self.branches[which % len(self.branches)]
        self.attempt(orgs.close_org, org=org, on=local_day(self.at), by=CLERK)

    @invariant()
    def everybody_stands_in_exactly_one_branch(self):
        for person in getattr(self, "people", ()):
            held = Membership.objects.filter(person=person, ends_on__isnull=True).count()
            assert held == (0 if person.pk in self.gone else 1)

    @invariant()
    def no_day_is_on_two_rolls_nor_on_none(self):
        for person in getattr(self, "people", ()):
            spans = list(
                Membership.objects.filter(person=person)
                .order_by("starts_on", "pk")
                .values_list("starts_on", "ends_on")
            )
            joins = [(end, start) for (_, end), (start, _) in itertools.pairwise(spans)]
            assert all(end == start for end, start in joins)

    @invariant()
    def at_most_one_transfer_is_open(self):
        for person in getattr(self, "people", ()):
            assert Transfer.objects.filter(person=person, state__in=models.OPEN).count() <= 1


@pytest.mark.django_db
def test_no_order_of_events_leads_to_two_branches_or_to_none():
    run_state_machine_as_test(
        Moves,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
