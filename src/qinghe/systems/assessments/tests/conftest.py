import pytest

from . import makers


@pytest.fixture
def cast(db):
    return makers.make_scene()


@pytest.fixture
def scheme(cast):
    return makers.publish(cast)
