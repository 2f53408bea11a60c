import pytest

from . import makers


@pytest.fixture
def house(db):
    return makers.make()
