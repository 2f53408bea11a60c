"""What is asked of applicants: from a day on, by field; a case keeps its own (T-13)."""

from dataclasses import replace
from datetime import date

import pytest

from qinghe.lib.verdicts import Refused
from qinghe.systems.joining import queries, services
from qinghe.systems.joining.models import JoiningTerms

from . import makers
from .makers import enter

pytestmark = pytest.mark.django_db


def test_terms_of_a_field_go_before_those_for_all_and_cases_keep_their_own(cast, case):
    numbers = {name: getattr(JoiningTerms(), name) for name in queries.NUMBERS}
    new = services.NewJoiningTerms(
        title="学校领域",
        starts_on=date(2022, 8, 1),
        sector="school",
        source="区学联会议纪要",
        reason="试行",
        needs_volunteer=False,
        numbers={**numbers, "volunteer_hours": 10},
    )
    made = services.set_joining_terms(new=new, at=makers.NOW, by=cast.lin)

    late = enter(cast, number="A002", name="苗禾", on=date(2022, 8, 1))
    assert queries.terms_of(cast.luo, late) == made
    assert queries.terms_of(cast.luo, case).volunteer_hours == 20
    for by, changed, code in (
        (cast.tang, {}, "not_allowed"),
        (cast.lin, {}, "day_taken"),
        (cast.lin, {"starts_on": date(2022, 7, 3)}, "wrong_order"),
        (cast.lin, {"source": ""}, "reason_needed"),
    ):
        told = {"new": replace(new, **changed), "at": makers.NOW, "by": by}
        with pytest.raises(Refused) as refusal:
            services.set_joining_terms(**told)
        assert refusal.value.code == code
