"""Who may do what in joining."""

import pytest

from qinghe.kernel.access import actors
from qinghe.systems.joining.access import Act
from tests import cast

NAMES = ("lin", "chen", "tang", "luo", "liang", "zhou", "he", "auditor", "xu", "fang")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("act", "names"),
    [
        (Act.SEE, {"lin", "chen", "tang", "luo", "liang", "zhou"}),
        (Act.RUN, {"chen", "tang", "luo", "liang", "zhou"}),
        (Act.APPROVE, {"lin", "chen", "tang", "liang"}),
        (Act.FILE, {"lin"}),
        (Act.SET_TERMS, {"lin"}),
    ],
)
def test_who_may_do_what_somewhere(act, names):
    everyone = cast.make_wider_cast()

    assert {name for name in NAMES if actors.may_anywhere(getattr(everyone, name), act)} == names
