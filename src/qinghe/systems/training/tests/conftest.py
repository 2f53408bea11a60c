import pytest

from qinghe.kernel.consent import services as consents
from tests.cast import NOW, make_cast
from tests.kept import kept

from . import makers


@kept
def cast():
    consents.enter_missing(at=NOW, by="the tests")
    return make_cast()


@pytest.fixture
def course(cast):
    return makers.make_course(cast, makers.make_programme(cast))


@pytest.fixture
def planned(cast, course):
    return makers.make_class(cast, course)


@pytest.fixture
def team(cast):
    return makers.make_team(cast)


@pytest.fixture
def school(cast):
    return makers.make_programme(cast, kind="school", code="SX", title="心理健康学堂")
