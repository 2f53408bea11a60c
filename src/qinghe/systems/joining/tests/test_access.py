"""Who may do what in joining."""

import pytest

from qinghe.kernel.access import actors
from qinghe.systems.joining.access import Act
from tests import cast


@pytest.mark.django_db
def test_only_the_district_sees_it():
    everyone = cast.make_cast()

    seeing = [
        name
        for name in ("lin", "chen", "he", "zhou", "auditor")
        if actors.may_anywhere(getattr(everyone, name), Act.SEE)
    ]

    assert seeing == ["lin"]
