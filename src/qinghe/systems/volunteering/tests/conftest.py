import pytest

from qinghe.kernel.people.models import Person
from tests.cast import make_cast

from .makers import make_session, make_volunteer


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def ming(cast):
    return make_volunteer("ZY1", person=cast.xiaoming, org=cast.hongmian)


@pytest.fixture
def hua(cast):
    person = Person.objects.create(number="P008", name="华小稻")
    return make_volunteer("ZY2", person=person, org=cast.xiangjiaotang)


@pytest.fixture
def session(cast):
    return make_session("CC1", org=cast.hongmian)
