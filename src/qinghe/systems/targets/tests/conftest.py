import pytest

from tests.kept import kept

from . import makers


@kept
def cast():
    return makers.make_scene()


@pytest.fixture
def scene(cast):
    return makers.make_filled(cast)


@pytest.fixture
def whole(cast, scene):
    return makers.make_split(cast, scene)
