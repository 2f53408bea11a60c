"""The figures of cadres, counted from records."""

from datetime import date
from decimal import Decimal

import pytest

from qinghe.analytics import catalogue, figures
from qinghe.lib import periods
from qinghe.systems.cadres import indicators, services
from qinghe.systems.cadres.models import Candidate, Election
from tests.cast import NOW
from tests.desk import build_facts

from .makers import make_cadre, new_election, nomination, second, self_of
from .test_people import examine

pytestmark = pytest.mark.django_db


def test_tenures_reserve_and_secondments_are_counted(cast):
    history = [
        [new_election(cast.branch, held_on=date(2021, 3, 1), years=1)],
        [new_election(cast.branch, held_on=date(2022, 2, 20), years=1)],  # in time
        [
            new_election(
                cast.school, held_on=date(2019, 4, 1), years=3
            ),  # over in April, not renewed
            new_election(cast.enterprise, held_on=date(2019, 5, 1), years=3),
        ],
        [new_election(cast.enterprise, held_on=date(2022, 6, 1), years=3)],  # a month late
    ]
    for ready in history:
        services.record_many(ready=ready, at=NOW, by=cast.chen, source={})
    person, _ = make_cadre("G1", cast.school)
    second(cast, person, starts_on=date(2022, 6, 1))
    services.nominate(new=nomination(cast, self_of(cast.liang)), at=NOW, by=cast.chen)
    candidate = services.agree(candidate=Candidate.objects.get(), at=NOW, by=cast.liang)
    examine(cast, candidate)
    services.admit(candidate=candidate, words="同意入库", at=NOW, by=cast.chen)
    wanted = [*indicators.INDICATORS, catalogue.INDICATORS["DIR-07"]]
    store = build_facts()
    h1 = figures.compute(store, wanted, periods.half_year(2022, 1))
    h2 = figures.compute(store, wanted, periods.half_year(2022, 2))

    def of(found, *codes):
        return [found[code, cast.longgang.pk].value for code in codes]

    assert of(h1, "CAD-01", "CAD-02", "CAD-03", "CAD-04") == [Decimal("33.33"), 1, 3, 1]
    assert of(h1, "CAD-05", "CAD-06") == [None, 1]
    assert of(h2, "CAD-05", "CAD-06") == [1, 1]
    assert of(h1, "DIR-07") == [1]  # the post of the secondment is the same person's
    traced = figures.trace(
        store, indicators.OVERDUE_ORGS, periods.half_year(2022, 1), cast.longgang.pk
    )
    assert [Election.objects.get(pk=key).org for key in traced.ids] == [cast.school]
