"""Two who approve one application at once open one organisation, whatever the database (bar 13)."""

import pytest

from qinghe.kernel.orgs.models import Org
from qinghe.systems.founding import services
from qinghe.systems.founding.models import Unit
from tests.cast import NOW
from tests.desk import at_once

from .makers import make_application, make_scene, make_unit

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_approvals_open_one_organisation():
    cast = make_scene()
    asked = make_application(cast, make_unit(cast))
    services.agree(application=asked, at=NOW, by=cast.wen)

    def approve(by):
        return lambda: services.approve(application=asked, secretary=None, at=NOW, by=by)

    codes = at_once(approve(cast.lin), approve(cast.luo))

    assert codes == ["", "wrong_state"]
    assert Org.objects.filter(code__startswith="LX-").count() == 1
    assert Unit.objects.get().state == "founded"


def test_two_applications_of_one_unit_are_one():
    cast = make_scene()
    unit = make_unit(cast)

    codes = at_once(*[lambda: make_application(cast, unit) for _ in range(2)])

    assert codes == ["", "not_open"]
    assert unit.applications.count() == 1
