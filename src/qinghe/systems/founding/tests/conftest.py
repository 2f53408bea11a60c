import pytest

from tests.kept import kept

from . import makers


@kept
def cast():
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
