import pytest

from tests.cast import make_cast

from . import makers


@pytest.fixture
def cast(db):
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
