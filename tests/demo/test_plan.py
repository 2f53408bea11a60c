"""The invented half-year, before any door is used: its totals follow from its size."""

from collections import defaultdict
from dataclasses import replace

import pytest

from qinghe.demo import plan
from qinghe.demo.plan import returns
from qinghe.demo.sizes import FROM, MEDIUM, SMALL, TO, Size


def people_and_service(size: Size):
    district = plan.plan_district(size)
    volunteers = list(plan.plan_volunteers(size, district))
    teams = list(plan.plan_teams(size, district))
    sessions = plan.plan_sessions(size, district, teams)
    attended = plan.plan_attendances(size, district, sessions, volunteers)
    return district, volunteers, teams, sessions, attended


@pytest.mark.parametrize("size", [SMALL, MEDIUM], ids=lambda size: size.name)
def test_totals_are_exact(size):
    _, _, _, _, attended = people_and_service(size)

    assert len(attended.effective) == size.person_times
    assert sum(row.minutes for row in attended.effective) == size.hours * 60
    assert len({row.session_code for row in attended.effective}) == size.sessions


def test_another_size_gives_other_totals():
    size = replace(SMALL, person_times=541, hours=2_021)

    _, _, _, _, attended = people_and_service(size)

    assert len(attended.effective) == 541
    assert sum(row.minutes for row in attended.effective) == 2_021 * 60


def test_the_same_seed_tells_the_same_story_and_another_seed_another():
    one, again = people_and_service(SMALL)[4], people_and_service(SMALL)[4]
    other = people_and_service(replace(SMALL, seed=7))[4]

    assert one == again
    assert one != other


def test_nobody_serves_twice_a_day_nor_before_the_day_after_registering():
    _, volunteers, _, sessions, attended = people_and_service(MEDIUM)
    registered = {row.number: row.registered_on for row in volunteers}
    days = {row.code: row.starts_at.date() for row in sessions}
    served = defaultdict(set)

    for row in attended.effective:
        day = days[row.session_code]
        assert registered[row.volunteer_number] < day
        assert day not in served[row.volunteer_number]
        served[row.volunteer_number].add(day)


def test_who_stays_longer_than_eight_hours_waits_for_approval():
    _, _, _, _, attended = people_and_service(MEDIUM)

    assert max(row.minutes for row in attended.effective) <= 8 * 60  # V-31
    assert len(attended.awaiting) == MEDIUM.awaiting
    assert all(8 * 60 < row.minutes <= 12 * 60 for row in attended.awaiting)


def test_organisations_are_as_many_as_the_size_says():
    district = plan.plan_district(MEDIUM)
    new = [org for org in district.opened if org.new_org_kind]

    assert district.counted == MEDIUM.orgs
    assert len(new) == MEDIUM.new_orgs
    assert sum(FROM <= org.opened_on <= TO for org in new) == MEDIUM.opened_new_orgs


def test_cadres_hold_posts_and_the_full_time_ones_are_as_many_as_the_size_says():
    rows = list(plan.plan_cadres(MEDIUM, plan.plan_district(MEDIUM)))

    assert len({row.person.number for row in rows}) == MEDIUM.cadres
    assert len(rows) > MEDIUM.cadres, "somebody holds two posts (T-81)"
    full_time = {row.person.number for row in rows if row.service == "full_time"}
    assert len(full_time) == MEDIUM.full_time


def test_what_is_reported_adds_up_and_no_part_exceeds_its_whole():
    district = plan.plan_district(MEDIUM)

    for form in returns.plan_forms(MEDIUM, district):
        rows = list(returns.plan_answers(MEDIUM, district, form))
        for cell in form.cells:
            amounts = [row.amounts[cell.code] for row in rows]
            assert sum(amount or 0 for amount in amounts) == cell.total, (form.slug, cell.code)
            if cell.within:
                wholes = [row.amounts[cell.within] for row in rows]
                assert all(part <= whole for part, whole in zip(amounts, wholes, strict=True))


def test_who_has_no_hotline_says_so_instead_of_nought():
    district = plan.plan_district(SMALL)
    form = next(
        form
        for form in returns.plan_forms(SMALL, district)
        if (form.slug, form.period) == ("street", returns.NOW)
    )

    rows = list(returns.plan_answers(SMALL, district, form))

    assert {row.amounts["CAS-03"] is None for row in rows} == {True, False}
    assert all((row.amounts["CAS-03"] is None) == (row.amounts["CAS-02"] == 0) for row in rows)


def test_some_report_late_some_are_sent_back_and_some_do_not_agree():
    district = plan.plan_district(SMALL)

    happened = [
        event
        for form in returns.plan_forms(SMALL, district)
        for row in returns.plan_answers(SMALL, district, form)
        for event in row.events
    ]

    assert {"late", "sent_back", "disputed"} == set(happened)
