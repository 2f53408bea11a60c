"""What is counted of transfers, and which records look wrong."""

from datetime import timedelta

import pytest

from qinghe.analytics import figures
from qinghe.kernel.orgs import services as orgs
from qinghe.lib import periods
from qinghe.systems.transfers import facts, services
from qinghe.systems.transfers.models import Transfer
from tests.cast import CLERK, NOW, TODAY, make_person
from tests.desk import build_facts

from .makers import join, place, sent

pytestmark = pytest.mark.django_db


def test_the_figures_of_a_half_year_are_those_of_its_transfers(ground):
    cast = ground.cast
    place(sent(ground), ground.workshop, cast.liang)
    others = [make_person(f"M00{n}", f"数小{n}") for n in (2, 3, 4)]
    for one in others:
        join(one, cast.branch)
    out = sent(ground, person=others[0], kind="out", to_org=None, outside="广州市天河区团委")
    services.record_receipt(transfer=out, receipt="回1", on=TODAY, at=NOW, by=cast.tang)
    sent(ground, person=others[1], at=NOW - timedelta(days=20))
    services.expire_due(at=NOW, by="tests")
    late = sent(ground, person=others[2], at=NOW - timedelta(days=20))
    Transfer.objects.filter(pk=late.pk).update(accepted_on=TODAY - timedelta(days=15))
    build_facts()

    known = figures.cached(periods.parse("2022H2"))

    def values(org):
        return [known[f"TRF-0{n}", org.pk].value for n in range(1, 7)]

    assert values(cast.school) == [2, 0, 1, 0, 0, 0]
    assert values(cast.enterprise) == [0, 1, 1, 1, 1, 1]
    assert values(cast.longgang) == [2, 1, 2, 1, 1, 1]
    assert known["TRF-07", cast.longgang.pk].value == 100


def test_who_is_left_by_a_closed_branch_without_a_transfer_is_listed(ground):
    (check,) = [one for one in facts.CHECKS if one.code == "TRF-C01"]
    assert not check.records().exists()
    orgs.close_org(org=ground.cast.branch, on=TODAY, at=NOW, by=CLERK)
    assert check.records().get() == ground.place

    sent(ground)

    assert not check.records().exists()


def test_study_that_is_late_for_its_term_and_who_stands_elsewhere_are_listed(ground):
    cast = ground.cast
    late, elsewhere = (one for one in facts.CHECKS if one.code in ("TRF-C02", "TRF-C03"))
    one = sent(ground, kind="study", to_org=cast.school, term_on=TODAY)

    assert late.records().get() == one
    assert not elsewhere.records().exists()
    Transfer.objects.filter(pk=one.pk).update(from_org=ground.local)
    assert elsewhere.records().get() == one
