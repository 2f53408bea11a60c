import pytest

from tests.cast import make_cast
from tests.kept import kept

from . import makers


@kept
def cast():
    return make_cast()


@pytest.fixture
def venue(cast):
    return makers.make_open(cast)


@pytest.fixture
def room(venue):
    return venue.rooms.get()
