"""What is counted of runs: how far both sides agree, what is open, which branches have answered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qinghe.analytics import figures
from qinghe.lib import periods
from qinghe.lib.periods import local_day
from qinghe.systems.reconciling import facts
from qinghe.systems.reconciling.models import BranchTally
from tests.desk import build_facts

from .makers import answer, compare, confirm, line, one

pytestmark = pytest.mark.django_db


def test_the_figures_are_those_of_the_last_run(cast, source, member):
    good = line("柯小舟", number="201944000001", code="HGZX-01")
    compare(source, good, line("无此人", code="HGZX-01"), org=cast.school, by=cast.tang)
    lost = line("无此人", code="HGZX-01")
    other = line("别的人", code="HGZX-01")
    run = compare(source, good, lost, other, org=cast.henggang, by=cast.chen)
    answer(one(run, name="无此人"), "unknown", by=cast.luo)
    confirm(difference=one(run, name="无此人"), by=cast.tang, at=timezone.now())
    today = local_day(timezone.now())
    build_facts()

    known = figures.cached(periods.parse(f"{today.year}H{1 if today.month < 7 else 2}"))

    for org in (cast.branch, cast.school, cast.longgang):
        values = [known[f"RCN-0{n}", org.pk].value for n in (1, 2, 4, 5, 6)]
        assert values == [3, 1, 1, 1, 0], org
    assert known["RCN-07", cast.longgang.pk].value == 0
    assert known["RCN-01", cast.bantian.pk].value == 0


def test_what_nobody_answers_for_a_month_is_listed(cast, source, member):
    compare(source, line("无此人", code="HGZX-01"), org=cast.school, by=cast.tang)
    unanswered = next(check for check in facts.CHECKS if check.code == "RCN-C01")
    assert not unanswered.records().exists()

    BranchTally.objects.update(compared_on=local_day(timezone.now()) - timedelta(days=40))

    assert unanswered.records().count() == 1
    assert not next(check for check in facts.CHECKS if check.code == "RCN-C02").records().exists()
