import pytest

from tests.cast import make_cast
from tests.kept import kept

from . import makers


@kept
def cast():
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
