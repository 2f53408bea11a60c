import pytest

from . import makers


@pytest.fixture
def cast(db):
    return makers.make_scene()


@pytest.fixture
def unit(cast):
    return makers.make_unit(cast)


@pytest.fixture
def asked(cast, unit):
    return makers.make_application(cast, unit)


@pytest.fixture
def target(cast):
    return makers.make_target(cast)
