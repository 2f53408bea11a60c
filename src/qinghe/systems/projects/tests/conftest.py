import pytest

from . import makers


@pytest.fixture
def scene(db):
    return makers.make_scene()


@pytest.fixture
def running(scene):
    return makers.make_running(scene)
