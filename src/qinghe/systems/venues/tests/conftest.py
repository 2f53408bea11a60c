import pytest

from tests.cast import make_cast

from . import makers


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def venue(cast):
    return makers.make_open(cast)


@pytest.fixture
def room(venue):
    return venue.rooms.get()
