"""Two workers at once take each step once, whatever the database."""

import pytest

from qinghe.kernel.notices.models import Notice
from qinghe.systems.targets import tasks
from qinghe.systems.targets.models import LadderStep, LightSpan
from tests.desk import at_once

from .carried import carry, make_scene, on

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_tell_once():
    scene = make_scene()
    carry(scene)

    codes = at_once(*[lambda: tasks.supervise(at=on(10)) for _ in range(2)])

    assert codes == ["", ""]
    assert LadderStep.objects.count() == 1
    assert LightSpan.objects.count() == 1
    assert Notice.objects.filter(person_id=scene.wen.person_id).count() == 1
