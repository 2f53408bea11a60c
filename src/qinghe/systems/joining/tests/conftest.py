import pytest

from tests.cast import make_wider_cast
from tests.kept import kept

from . import makers


@kept
def cast():
    everyone = make_wider_cast()
    makers.make_members(everyone)
    makers.hand_numbers(everyone)
    return everyone


@pytest.fixture
def case(cast):
    return makers.enter(cast)
