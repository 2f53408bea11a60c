"""Who may do what with the rolls."""

import pytest

from qinghe.kernel.access import actors
from qinghe.systems.rolls.access import Act

MAY = {
    Act.SEE: ("lin", "chen", "zhou", "tang", "luo", "liang"),
    Act.KEEP: ("lin", "chen", "zhou", "tang", "luo", "liang"),
    Act.PROPOSE: ("lin", "chen", "zhou", "tang", "luo", "liang"),
    Act.DECIDE: ("lin", "chen", "tang", "liang"),
}


@pytest.mark.parametrize(("act", "who"), MAY.items())
def test_who_may(cast, act, who):
    everyone = ("lin", "chen", "zhou", "tang", "luo", "liang", "auditor", "he", "xu", "xie", "fang")

    assert tuple(one for one in everyone if actors.may_anywhere(getattr(cast, one), act)) == who
