import pytest

from tests.cast import make_wider_cast


@pytest.fixture
def cast(db):
    return make_wider_cast()
