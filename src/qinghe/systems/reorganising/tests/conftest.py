import pytest

from .makers import make_ground


@pytest.fixture
def ground(db):
    return make_ground()
