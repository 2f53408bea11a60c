import pytest

from tests.kept import kept

from . import makers


@kept
def cast():
    return makers.make_scene()


@pytest.fixture
def scheme(cast):
    return makers.publish(cast)
