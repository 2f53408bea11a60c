import pytest

from tests.cast import make_cast

from . import makers


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def resource(cast):
    return makers.make_resource(cast)


@pytest.fixture
def need(cast):
    return makers.make_need(cast)


@pytest.fixture
def drive(cast):
    return makers.make_drive(cast)
