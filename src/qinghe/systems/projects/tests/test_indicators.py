"""The figures of projects, from records to numbers."""

from datetime import date

import pytest

from qinghe.analytics import figures
from qinghe.lib.periods import half_year
from qinghe.systems.projects import services
from tests.cast import NOW
from tests.desk import build_facts

from .makers import on


@pytest.mark.django_db
def test_projects_and_parts_are_counted_where_they_stand(scene, running):
    services.submit_part(part=running.piece, outcome="好", used={}, at=on(5), by=scene.mian)
    services.accept_part(part=running.piece, at=on(6), by=scene.chen)
    build_facts()

    counted = figures.cached(half_year(2022, 2), only=("PRJ-01", "PRJ-03", "PRJ-04"))

    def of(code, org):
        return counted[code, org.pk].value

    assert of("PRJ-01", scene.longgang) == 1
    assert of("PRJ-03", scene.longgang) == 2  # 坂田 was asked and has not taken it
    assert of("PRJ-04", scene.hongmian) == 1
    assert of("PRJ-04", scene.henggang) == 1
    assert running.piece.due_on == date(2022, 9, 1)
    assert running.project.founded_on == NOW.astimezone(on(1).tzinfo).date()
