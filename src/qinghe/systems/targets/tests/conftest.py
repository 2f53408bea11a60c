import pytest

from . import makers


@pytest.fixture
def cast(db):
    return makers.make_scene()


@pytest.fixture
def scene(cast):
    return makers.make_filled(cast)


@pytest.fixture
def whole(cast, scene):
    return makers.make_split(cast, scene)
