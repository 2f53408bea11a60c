"""Two people at the same moment: nothing is lost, nothing is doubled."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from qinghe.kernel.access.actors import Role
from qinghe.kernel.audit.models import Entry as AuditEntry
from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import models, services
from qinghe.systems.returns.services import Entry
from tests.cast import make_cast, with_role

from .makers import DECIDED, FILLED, H1, OPENED, cell, filing_of, keep, make_form, open_round, send

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def stage():
    """Return the cast, 红棉's secretary, and what 红棉 is asked."""
    people = make_cast()
    hong = with_role("P020", "洪棉", role=Role.COMMUNITY_SECRETARY, org=people.hongmian)
    form = make_form(people.lin, cell("LOC-01"), cell("LOC-02"))
    return people, hong, filing_of(open_round(form, people.lin), people.hongmian)


def at_once(*calls):
    """Make calls at one moment, each on a connection of its own; return what was refused."""
    gate = Barrier(len(calls))

    def run(call):
        try:
            gate.wait()
            call()
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(calls)) as threads:
        return sorted(threads.map(run, calls))


def keeping(filing, by, **values):
    entries = [Entry(code.replace("_", "-"), Decimal(one), seen="") for code, one in values.items()]
    return lambda: services.keep_values(filing=filing, entries=entries, at=FILLED, by=by)


def test_two_who_fill_different_cells_both_keep_theirs(stage):
    _, hong, filing = stage

    refused = at_once(keeping(filing, hong, LOC_01=1), keeping(filing, hong, LOC_02=2))

    assert refused == ["", ""]
    assert set(filing.values.values_list("cell__code", "hundredths")) == {
        ("LOC-01", 100),
        ("LOC-02", 200),
    }


def test_of_two_who_fill_one_cell_the_second_is_told(stage):
    _, hong, filing = stage

    refused = at_once(keeping(filing, hong, LOC_01=1), keeping(filing, hong, LOC_01=2))

    assert refused == ["", "changed_meanwhile"]
    assert models.ValueChange.objects.count() == 1


def test_two_acceptances_are_one(stage):
    people, hong, filing = stage
    keep(filing, hong, LOC_01=1, LOC_02=2)
    send(filing, hong)

    refused = at_once(
        *[
            lambda by=by: services.accept(filing=filing, at=DECIDED, by=by)
            for by in (people.chen, people.lin)
        ]
    )

    assert refused == ["", "wrong_state"]
    assert models.Review.objects.count() == 1
    assert AuditEntry.objects.filter(verb="returns.accept").count() == 1


def test_what_is_taken_back_is_not_accepted_too(stage):
    people, hong, filing = stage
    keep(filing, hong, LOC_01=1, LOC_02=2)
    send(filing, hong)

    refused = at_once(
        lambda: services.take_back(filing=filing, at=DECIDED, by=hong),
        lambda: services.accept(filing=filing, at=DECIDED, by=people.chen),
    )

    assert refused == ["", "wrong_state"]
    filing.refresh_from_db()
    assert (filing.state == "accepted") is bool(models.Review.objects.count())


def test_two_chunks_with_the_same_filing_accept_it_once(stage):
    people, hong, filing = stage
    keep(filing, hong, LOC_01=1, LOC_02=2)
    send(filing, hong)

    at_once(
        *[
            lambda by=by: services.accept_many(filings=[filing], at=DECIDED, by=by)
            for by in (people.chen, people.lin)
        ]
    )

    assert models.Review.objects.count() == 1


def test_two_reminders_at_one_moment_are_one(stage):
    people, _, filing = stage

    at_once(
        *[
            lambda by=by: services.remind(
                round=filing.round, orgs=[people.hongmian], at=FILLED, by=by
            )
            for by in (people.chen, people.lin)
        ]
    )

    assert models.Reminder.objects.count() == 1


def test_a_round_that_two_open_is_one(stage):
    people, _, filing = stage
    form, before = filing.round.form, H1.previous()

    refused = at_once(
        *[lambda: services.open_round(form=form, period=before, at=OPENED, by=people.lin)] * 2
    )

    assert refused == ["", "round_exists"]
    assert models.Filing.objects.filter(round__period=before.name).count() == 3
