import pytest

from tests import cast as everyone


@pytest.fixture
def cast(db):
    return everyone.make_cast()
