"""Whatever is done in whatever order, hours stay believable (bar 16)."""

import contextlib
import itertools
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from qinghe.kernel.access.actors import Role
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules, services
from qinghe.systems.volunteering.rules import Frame, Span
from tests.cast import make_cast, with_role

from .hour_makers import close, hold, late, paper
from .makers import MINUTE, at, make_session, make_volunteer

QUOTA = 400
Counts = models.Attendance.State
LIVE = (Counts.EFFECTIVE, Counts.PENDING, Counts.HELD, Counts.PRESENT)
minutes = st.integers(0, 400).map(lambda n: at(6) + n * 3 * MINUTE)


class Hours(RuleBasedStateMachine):
    """Two volunteers, three sessions of one day, and everything that may happen to their hours."""

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
        self.cast = make_cast()
        self.other = with_role("P091", "另青", role=Role.DISTRICT_OFFICER, org=self.cast.longgang)
        models.HoursTerms.objects.update(late_minutes=QUOTA)
        home, away = self.cast.hongmian, self.cast.xiangjiaotang
        self.sessions = [
            make_session("CC1", org=home, starts_at=at(8), hours=5),
            make_session("CC2", org=home, starts_at=at(12), hours=9),
            make_session("CC3", org=away, starts_at=at(10), hours=3),
        ]
        hua = Person.objects.create(number="P008", name="华小稻")
        self.people = [
            make_volunteer("ZY1", person=self.cast.xiaoming, org=home),
            make_volunteer("ZY2", person=hua, org=away),
        ]
        self.paper = itertools.count()

    def attempt(self, do):
        """Do it; a refusal is an answer."""
        with contextlib.suppress(Refused):
            do()

    def some(self, rows, pick):
        rows = list(rows.order_by("pk"))
        return rows[pick % len(rows)] if rows else None

    @rule(who=st.integers(0, 1), where=st.integers(0, 2), moment=minutes)
    def come(self, who, where, moment):
        self.attempt(
            lambda: services.check_in(
                session=self.sessions[where],
                volunteer=self.people[who],
                at=moment,
                by=self.cast.lin,
            )
        )

    @rule(pick=st.integers(0, 5), moment=minutes)
    def go(self, pick, moment):
        record = self.some(models.Attendance.objects, pick)
        open_stay = record and record.stays.filter(left_at__isnull=True, superseded=False).first()
        if open_stay and open_stay.came_at < moment:
            self.attempt(lambda: services.check_out(attendance=record, at=moment, by=self.cast.lin))

    @rule(who=st.integers(0, 1), where=st.integers(0, 2), came=minutes, long=st.integers(1, 300))
    def ask_late(self, who, where, came, long):
        new = late(
            self.sessions[where], self.people[who], came=came, left=came + timedelta(minutes=long)
        )
        evidence = paper(content=b"%PDF-1.7 " + str(next(self.paper)).encode())
        self.attempt(
            lambda: (
                services.ask_late(new=new, evidence=evidence, at=at(23), by=self.cast.chen)
                if new.org == self.cast.hongmian
                else services.ask_late(new=new, evidence=evidence, at=at(23), by=self.cast.zhou)
            )
        )

    @rule(pick=st.integers(0, 5))
    def agree(self, pick):
        entry = self.some(models.LateEntry.objects.filter(state="asked"), pick)
        if entry:
            self.attempt(
                lambda: services.approve_late(entry=entry, at=at(23, 30), by=self.cast.lin)
            )

    @rule(pick=st.integers(0, 5), came=minutes, long=st.integers(1, 300))
    def correct(self, pick, came, long):
        stay = self.some(models.Stay.objects.filter(superseded=False), pick)
        if stay:
            self.attempt(
                lambda: services.correct_stay(
                    stay=stay, came_at=came, left_at=came + timedelta(minutes=long),
                    reason="核对", at=at(23, 40), by=self.cast.lin,
                )
            )  # fmt: skip

    @rule(picks=st.sets(st.integers(0, 5), min_size=1, max_size=2), kind=st.sampled_from(["travel", "night"]))  # fmt: skip
    def doubt(self, picks, kind):
        records = {self.some(models.Attendance.objects, pick) for pick in picks} - {None}
        if records and any(one.state in queries.LOOKED_AT for one in records):
            hold(*records, kind=kind)

    @rule(pick=st.integers(0, 5), void=st.booleans())
    def decide(self, pick, void):
        finding = self.some(models.Finding.objects.filter(state="open"), pick)
        if finding:
            voided = list(finding.held.values_list("attendance", flat=True))[:1] if void else []
            self.attempt(
                lambda: close(
                    finding, verdict="voided" if void else "cleared", voided=voided, by=self.other
                )
            )

    @rule(pick=st.integers(0, 5), yes=st.booleans())
    def word(self, pick, yes):
        record = self.some(models.Attendance.objects, pick)
        if record and yes:
            self.attempt(
                lambda: services.approve_hours(attendance=record, at=at(23), by=self.cast.lin)
            )
        elif record:
            self.attempt(
                lambda: services.refuse_hours(
                    attendance=record, reason="不实", at=at(23), by=self.cast.lin
                )
            )

    @rule(pick=st.integers(0, 5))
    def void(self, pick):
        record = self.some(models.Attendance.objects, pick)
        if record:
            self.attempt(
                lambda: services.void_attendance(
                    attendance=record, reason="未到", at=at(23), by=self.cast.lin
                )
            )

    @invariant()
    def minutes_come_from_in_and_out_and_stay_within_the_session(self):
        for record in self._records():
            frame = Frame(record.session.starts_at, record.session.ends_at)
            live = [one for one in record.stays.all() if not one.superseded]
            counted = sum(
                rules.minutes_of(frame=frame, span=Span(one.came_at, one.left_at)) for one in live
            )
            assert record.minutes in ({counted} if record.state in LIVE else {0, counted})
            most = (frame.ends_at - frame.starts_at) // MINUTE + 60  # 30 before and 30 after
            assert record.minutes <= most

    @invariant()
    def nobody_is_at_two_places_at_once(self):
        spans = {}
        for record in self._records():
            if record.state in LIVE:
                mine = spans.setdefault(record.volunteer_id, [])
                mine += [
                    Span(one.came_at, one.left_at)
                    for one in record.stays.all()
                    if not one.superseded and one.left_at
                ]
        for mine in spans.values():
            for one, other in itertools.combinations(mine, 2):
                assert not rules.overlap(one, other)

    @invariant()
    def what_is_held_counts_nowhere_and_something_holds_it(self):
        for record in self._records():
            holding = queries.open_findings_of(self.cast.lin, record)
            assert (record.state == Counts.HELD) is bool(holding) or record.state in (
                Counts.VOID,
                Counts.REFUSED,
                Counts.PRESENT,
            )
        effective = models.Attendance.objects.filter(state=Counts.EFFECTIVE)
        assert not effective.filter(held_by__finding__state="open").exists()

    @invariant()
    def late_minutes_never_pass_the_quota_nor_the_two_hands(self):
        for month in models.LateMonth.objects.all():
            late_ones = models.Attendance.objects.filter(
                how="late", session__org=month.org, state__in=LIVE
            )
            counted = late_ones.aggregate(all=Sum("minutes"))["all"] or 0
            assert counted <= month.used <= QUOTA

    @invariant()
    def the_shares_add_up_to_the_total(self):
        rows = models.Attendance.objects.all()
        effective = rows.filter(state=Counts.EFFECTIVE).aggregate(all=Sum("minutes"))["all"] or 0
        assert sum(queries.shares_of(self.cast.lin, rows).values()) == effective

    @invariant()
    def long_days_wait_where_they_can_be_decided(self):
        for record in models.Attendance.objects.filter(state=Counts.PENDING):
            settled = queries.settlement_of(self.cast.lin, record)
            assert record.for_district is (settled.approval is rules.Approval.DISTRICT)
            assert local_day(record.session.starts_at) == record.session.day

    def _records(self):
        return models.Attendance.objects.select_related("session").prefetch_related("stays")


@pytest.mark.django_db
def test_hours_stay_believable_in_whatever_order_things_are_done():
    run_state_machine_as_test(
        Hours,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
