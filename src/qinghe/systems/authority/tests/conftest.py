import pytest

from tests import cast as house


@pytest.fixture
def wide(db):
    return house.make_wider_cast()
