"""Who may do what in privacy."""

import pytest

from qinghe.kernel.access import actors
from qinghe.systems.privacy.access import Act
from tests import cast

NAMES = ("lin", "chen", "he", "zhou", "auditor")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("act", "may"),
    [
        (Act.SEE, ["lin"]),
        (Act.ANSWER, ["lin", "chen", "zhou"]),
        (Act.PUBLISH_NOTICE, ["lin"]),
        (Act.SET_RETENTION, ["lin"]),
        (Act.ASSESS, ["lin"]),
    ],
)
def test_who_keeps_records_answers_and_the_district_decides_for_all(act, may):
    everyone = cast.make_cast()

    assert [name for name in NAMES if actors.may_anywhere(getattr(everyone, name), act)] == may
