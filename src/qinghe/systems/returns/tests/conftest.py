import pytest

from qinghe.kernel.access.actors import Role
from tests.cast import make_cast, with_role
from tests.kept import kept

from .makers import filing_of, make_form, open_round


@kept
def cast():
    return make_cast()


@pytest.fixture
def hong(cast):
    """The secretary of 红棉 community."""
    return with_role("P020", "洪棉", role=Role.COMMUNITY_SECRETARY, org=cast.hongmian)


@pytest.fixture
def form(cast):
    return make_form(cast.lin)


@pytest.fixture
def round(form, cast):
    return open_round(form, cast.lin)


@pytest.fixture
def filing(round, cast):
    """What 红棉 community is asked."""
    return filing_of(round, cast.hongmian)
