import pytest

from tests.cast import make_wider_cast
from tests.kept import kept

from . import makers


@kept
def cast():
    return make_wider_cast()


@pytest.fixture
def source(cast):
    return makers.make_source(cast.lin, cast.longgang)


@pytest.fixture
def member(cast):
    return makers.make_member(
        "K001", "柯小舟", org=cast.branch, league="201944000001", id_number=makers.KE_ID
    )
