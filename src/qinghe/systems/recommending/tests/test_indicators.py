"""Whom the Party took, each stage apart, and which of them the report counts (F020, T-34)."""

from datetime import date
from decimal import Decimal

import pytest

from qinghe.analytics import building, catalogue, figures, store
from qinghe.kernel.orgs import queries as orgs
from qinghe.lib import periods
from qinghe.systems.recommending import indicators, services
from qinghe.systems.recommending.models import PartyResult, PioneerNomination
from tests.cast import NOW, TODAY, make_wider_cast
from tests.kept import kept

from .makers import accept, as_far_as, member, propose, recommended, set_terms

pytestmark = pytest.mark.django_db
H2 = periods.half_year(2022, 2)
CODES = ("AFF-01", "REC-01", "REC-02", "REC-03", "REC-04")


@kept
def scene():
    """One was taken twice and became a probationary member, one once, one still waits."""
    cast = make_wider_cast()
    first = member(cast, 1)
    activist = propose(cast, person=first, aim="activist")
    for state in ("agreed", "voted", "recommended", "accepted"):
        activist = as_far_as(cast, activist, state)
    candidate = propose(cast, person=first)
    for state in ("agreed", "voted", "recommended", "accepted", "probationary"):
        candidate = as_far_as(cast, candidate, state)
    accept(cast, recommended(cast, number=2))
    recommended(cast, number=3)
    services.enter_past_recommendations(
        past=[
            services.PastRecommendation(
                member(cast, 4), cast.branch, cast.school, "activist",
                date(2021, 1, 1), date(2022, 1, 5), date(2022, 3, 1),
            )
        ],
        source="台账", at=NOW, by=cast.tang,
    )  # fmt: skip
    PioneerNomination.objects.create(
        org=cast.school, school_year=2021, name="苗小芽", school_number="1", squad="八（3）中队",
        nominated_on=TODAY, signed_on=TODAY, taken_up_on=TODAY, state="taken_up",
    )  # fmt: skip
    return cast


def values(cast):
    building.build(
        facts=catalogue.FACTS.values(), lineage=orgs.lineage(), at=NOW, folder=store.folder()
    )
    computed = figures.compute(store.current(), indicators.INDICATORS, H2)
    places = (cast.longgang, cast.school, cast.bantian)
    return {code: [computed[code, org.pk].value for org in places] for code in CODES}


def test_each_stage_is_counted_apart_and_each_person_once(scene):
    found = values(scene)

    assert found == {
        code: [Decimal(one) for one in row]
        for code, row in {
            "AFF-01": (2, 2, 0),
            "REC-01": (1, 1, 0),
            "REC-02": (2, 2, 0),
            "REC-03": (1, 1, 0),
            "REC-04": (1, 1, 0),
        }.items()
    }


@pytest.mark.parametrize(
    ("counted", "people"), [("activist", 1), ("candidate", 2), ("probationary", 1)]
)
def test_the_district_says_which_stage_the_report_counts(scene, counted, people):
    set_terms(scene, counted=counted)

    assert values(scene)["AFF-01"][0] == people


def test_a_figure_leads_back_to_the_partys_results(scene):
    values(scene)
    traced = figures.trace(store.current(), indicators.RECOMMENDED, H2, scene.longgang.pk)

    assert traced.model == "recommending.PartyResult"
    counted = PartyResult.objects.exclude(stage="probationary").filter(on__gte=date(2022, 7, 1))
    assert sorted(traced.ids) == sorted(counted.values_list("pk", flat=True))
