"""Whatever is tried in whatever order: no gate is passed by, nobody becomes a member twice."""

from datetime import date, timedelta

from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from qinghe.kernel.people.models import LeagueFile, Membership, Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.joining import queries, services
from qinghe.systems.joining.models import Case, Number

from . import makers

SHORTEST = 89  # days of three months, February among them
STEPS = {
    2: "hold_talk",
    3: "propose_activist",
    4: "name_contacts",
    5: "finish_cultivation",
    6: "recommend",
    7: "preview",
    8: "post_notice",
    9: "name_introducers",
    10: "fill_form",
    11: "hold_meeting",
    12: "approve",
    13: "tell_result",
    14: "hold_ceremony",
    15: "archive",
}


def next_verb(case):
    """Return what would be the right thing to do now."""
    if case.step == 3 and case.awaits == "committee":
        return "confirm_activist"
    if case.step == 8 and case.steps.get(number=8).on:
        return "close_notice"
    return STEPS.get(case.step, "archive")


class Road(RuleBasedStateMachine):
    """One applicant, one branch; days go by, and everybody tries everything."""

    cast = None

    def __init__(self):
        super().__init__()
        self.all_of_it = transaction.atomic()
        self.all_of_it.__enter__()
        self.day = date(2022, 1, 10)
        self.applicant = Person.objects.get(number="P005")
        self.lessons = 0

    def teardown(self):
        """Let the next run begin with nobody on the road."""
        transaction.set_rollback(True)
        self.all_of_it.__exit__(None, None, None)

    @property
    def case(self):
        return Case.objects.filter(person=self.applicant).order_by("-pk").first()

    def attempt(self, do, *, by, **told):
        """Try it today; a refusal changes nothing."""
        before = list(Case.objects.order_by("pk").values())
        try:
            do(**told, at=makers.on(self.day, 20), by=by)
        except Refused:
            assert list(Case.objects.order_by("pk").values()) == before

    @rule(days=st.sampled_from([1, 8, 40, 95]))
    def time_goes_by(self, days):
        self.day += timedelta(days=days)

    @rule()
    def apply(self):
        new = makers.new_application(self.cast, on=self.day)
        self.attempt(services.apply, new=new, by=makers.actor_of(self.applicant))

    @precondition(lambda self: self.case)
    @rule(
        other=st.sampled_from(["", "", "", *makers.ROAD]),
        by=st.sampled_from(["luo", "luo", "tang", "tang", "lin"]),
    )
    def take_a_step(self, other, by):
        verb, day = other or next_verb(self.case), self.day
        told = makers.told_of(self.cast, self.case, verb)
        if verb == "fill_form":
            self.day += timedelta(days=1)
            told["opinion_on"] = self.day
        do, who = getattr(services, verb), getattr(self.cast, by)
        self.attempt(do, by=who, case=self.case, on=day, **told)

    @precondition(lambda self: self.case)
    @rule(length=st.sampled_from([8, 32]))
    def attend(self, length):
        self.lessons += 1
        told = {"on": self.day, "title": f"第{self.lessons}讲", "quarters": length}
        self.attempt(services.add_lesson, by=self.cast.luo, case=self.case, **told)

    @precondition(lambda self: self.case)
    @rule(how=st.sampled_from(["refuse", "withdraw", "pause", "lapse"]))
    def stop(self, how):
        told = {"case": self.case, "reason": "原因"}
        self.attempt(getattr(services, how), by=self.cast.luo, **told)

    @precondition(lambda self: self.case)
    @rule()
    def resume_or_file(self):
        self.attempt(services.resume, by=self.cast.luo, case=self.case)
        self.attempt(services.file_case, by=self.cast.lin, case=self.case)

    @invariant()
    def nobody_is_a_member_twice_or_without_the_road(self):
        files = LeagueFile.objects.filter(person=self.applicant)
        places = Membership.objects.filter(person=self.applicant)
        admitted = Case.objects.filter(person=self.applicant, joined_on__isnull=False)
        assert files.count() == places.count() == admitted.count() <= 1
        for case in admitted:
            assert case.joined_on == files.get().joined_on == places.get().starts_on
            assert case.number == files.get().number
        used = Number.objects.filter(state="used")
        assert used.count() == admitted.count()
        assert Number.objects.filter(person=self.applicant, state="reserved").count() <= 1

    @invariant()
    def every_step_behind_is_settled_in_order(self):
        for case in Case.objects.filter(person=self.applicant):
            days = [s.done_on for s in case.steps.all() if s.number < case.step]
            assert len(days) == case.step - 1
            assert None not in days
            assert days == sorted(days)
            standing = queries.standing_of(self.cast.lin, case)
            if case.step > 5:
                assert (days[4] - days[2]).days >= SHORTEST
                assert standing.quarters >= 32
            if case.step > 8:
                assert days[7] > standing.until

    @invariant()
    def at_most_one_case_is_open(self):
        going = Case.objects.filter(person=self.applicant, state__in=["open", "paused"])
        assert going.count() <= 1


def test_no_path_skips_a_gate_or_makes_two_memberships(cast):
    for year in (2023, 2024, 2025):
        makers.hand_numbers(cast, year=year)
    Road.cast = cast
    often = settings(max_examples=10, stateful_step_count=40, deadline=None)
    run_state_machine_as_test(Road, settings=often)
