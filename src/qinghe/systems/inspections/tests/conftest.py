import pytest

from qinghe.kernel.access.actors import Role
from tests.cast import make_cast, with_role
from tests.kept import kept

from . import makers


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.QINGHE_DATA = str(tmp_path)


@kept
def cast():
    return make_cast()


@pytest.fixture
def hong(cast):
    """The secretary of 红棉, who puts right what is found there."""
    return with_role("P120", "洪棉", role=Role.COMMUNITY_SECRETARY, org=cast.hongmian)


@pytest.fixture
def yan(cast):
    """An inspector of the district."""
    return with_role("P121", "严察", role=Role.INSPECTOR, org=cast.longgang)


@pytest.fixture
def point(cast):
    return makers.make_point(cast)
