import pytest

from tests.cast import make_cast
from tests.kept import kept

from . import makers


@kept
def cast():
    return makers.with_second_officer(make_cast())


@pytest.fixture
def conference(cast):
    return makers.make_conference(cast)


@pytest.fixture
def planned(cast, conference):
    return makers.plan(cast, conference)


@pytest.fixture
def held(cast, planned):
    return makers.hold(cast, planned)
