import pytest

from tests.cast import make_wider_cast

from . import makers


@pytest.fixture
def cast(db):
    return make_wider_cast()


@pytest.fixture
def branch(cast):
    """罗's branch with four members."""
    makers.enrol(cast.branch, 4)
    return cast.branch
