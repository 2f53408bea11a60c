import pytest

from tests.kept import kept

from . import makers


@kept
def scene():
    return makers.make_scene()


@pytest.fixture
def running(scene):
    return makers.make_running(scene)
