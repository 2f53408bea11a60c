"""Two secretaries at once for the last star: one has it, whatever the database."""

import threading

import pytest
from django.db import connection

from qinghe.kernel.access.actors import Role
from qinghe.lib.verdicts import Refused
from qinghe.systems.branches import services
from qinghe.systems.branches.models import Grading, GradingTerms
from tests.cast import NOW, make_wider_cast, with_role

from .graded import allow, as_actor, judged, make_secretary, open_round, sent
from .makers import enrol, make_branch

pytestmark = pytest.mark.django_db(transaction=True)
BRANCHES = 5


@pytest.fixture
def entered(transactional_db):
    """Enter the terms again: a test of transactions begins with empty tables."""

    if not GradingTerms.objects.exists():
        GradingTerms.objects.create(title="办法", starts_on="2019-01-01", source="测试")


def test_the_last_star_is_given_once(entered):
    cast = make_wider_cast()
    allow(five_percent=20)  # one of five
    branches = [cast.branch] + [
        make_branch(cast.school, f"HGZX-{n}0", f"高{n}支部") for n in range(1, BRANCHES)
    ]
    rolls = [enrol(one, 2) for one in branches]
    open_round(cast.lin)
    waiting = [
        sent(one, secretary=make_secretary(one, roll[0]), witness=as_actor(roll[1]))
        for one, roll in zip(branches, rolls, strict=True)
    ]
    hands = [
        with_role(f"S{n:03}", f"唐{n}", role=Role.SCHOOL_SECRETARY, org=cast.school)
        for n in range(BRANCHES)
    ]
    gate, codes = threading.Barrier(BRANCHES), []

    def give(grading, who):
        gate.wait()
        try:
            services.review_grading(grading=grading, judged=judged(), at=NOW, by=who)
            codes.append("")
        except Refused as refused:
            codes.append(refused.code)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=give, args=pair) for pair in zip(waiting, hands, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(codes) == [""] + ["quota_full"] * (BRANCHES - 1)
    assert Grading.objects.filter(star=5).count() == 1
