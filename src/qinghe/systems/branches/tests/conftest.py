import pytest

from tests.cast import make_wider_cast
from tests.kept import kept

from . import makers


@kept
def cast():
    return make_wider_cast()


@pytest.fixture
def branch(cast):
    """罗's branch with four members."""
    makers.enrol(cast.branch, 4)
    return cast.branch
