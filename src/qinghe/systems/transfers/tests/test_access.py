"""Who may do what in transfers."""

import pytest

from qinghe.kernel.access import actors
from qinghe.systems.transfers.access import Act
from tests import cast

NAMES = ("lin", "chen", "zhou", "tang", "liang", "luo", "auditor", "he", "xu", "an", "fang")


@pytest.mark.django_db
def test_each_side_has_its_own_act():
    everyone = cast.make_wider_cast()

    able = {
        act: [name for name in NAMES if actors.may_anywhere(getattr(everyone, name), act)]
        for act in Act
    }

    secretaries = ["lin", "chen", "zhou", "tang", "liang"]
    assert able == {
        Act.SEE: [*secretaries, "luo"],
        Act.SEND: [*secretaries, "luo"],
        Act.RECEIVE: secretaries,
        Act.SET_TERMS: ["lin"],
    }
