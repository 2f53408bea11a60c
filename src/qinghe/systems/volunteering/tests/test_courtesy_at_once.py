"""Many at the same moment: never more than the stock, never more than a person's year (bars 12, 13)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from qinghe.kernel.audit.models import Entry
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, services
from tests.cast import NOW, actor, make_cast

from .courtesy_makers import make_item, make_sponsor, make_till
from .makers import make_volunteer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
MANY, STOCK = 40, 5


@pytest.fixture
def cast():
    people = make_cast()
    # a flush between tests takes what migrations entered
    models.CourtesyTerms.objects.get_or_create(
        starts_on=date(2022, 1, 1),
        defaults={"most_claims": 12, "most_fen": 50_000, "valid_days": 7},
    )
    return people


def at_once(calls):
    """Make calls at one moment, each on a connection of its own; return what each came to."""
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
        return list(threads.map(run, calls))


def taking(item, by):
    return lambda: services.claim_courtesy(item=item, at=NOW, by=by)


def test_forty_who_ask_for_five_get_five(cast):
    item = make_item(cast, make_sponsor(cast), stock=STOCK)
    for number in range(MANY):
        person = Person.objects.create(number=f"Q{number}", name=f"苗{number}")
        make_volunteer(f"ZQ{number}", person=person, org=cast.hongmian)
    people = [actor(person) for person in Person.objects.filter(number__startswith="Q")]

    came_to = at_once([taking(item, by) for by in people])

    item.refresh_from_db()
    assert came_to.count("") == STOCK == item.taken == item.claims.count()
    assert came_to.count("not_eligible") == MANY - STOCK


def test_one_who_taps_on_ten_items_at_once_gets_what_a_year_allows(cast):
    models.CourtesyTerms.objects.update(most_claims=3)
    sponsor = make_sponsor(cast)
    items = [make_item(cast, sponsor, title=f"礼遇{number}") for number in range(10)]
    make_volunteer("ZY1", person=cast.xiaoming, org=cast.hongmian)
    wheat = actor(cast.xiaoming)

    came_to = at_once([taking(item, wheat) for item in items])

    assert came_to.count("") == models.CourtesyClaim.objects.count() == 3


def test_a_code_sent_from_two_tills_at_once_is_used_at_one(cast):
    sponsor = make_sponsor(cast)
    make_volunteer("ZY1", person=cast.xiaoming, org=cast.hongmian)
    made = services.claim_courtesy(item=make_item(cast, sponsor), at=NOW, by=actor(cast.xiaoming))
    tills = [make_till(cast, sponsor, f"{number}号窗")[0] for number in range(8)]

    came_to = at_once(
        [lambda till=till: services.redeem_courtesy(claim=made, at=NOW, by=till) for till in tills]
    )

    assert sorted(came_to) == [""] + ["already_redeemed"] * 7
    assert Entry.objects.filter(verb="volunteering.redeem_courtesy").count() == 1
