"""Two who do the same step at once do it once, whatever the database."""

import pytest

from qinghe.systems.assessments import services
from qinghe.systems.assessments.models import Assessment, Ranking
from tests.cast import NOW
from tests.desk import at_once

from . import makers

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_publish_at_once_and_it_is_published_once():
    cast = makers.make_scene()
    scheme = makers.make_scheme(cast)

    codes = at_once(
        *[
            lambda by=by: services.publish(scheme=scheme, at=NOW, by=by)
            for by in (cast.lin, cast.heng)
        ]
    )

    assert codes == ["", "wrong_state"]
    assert Assessment.objects.filter(scheme=scheme).count() == 2


def test_two_fix_and_two_announce_at_once_and_there_is_one_ranking():
    cast = makers.make_scene()
    scheme = makers.shown(cast)

    fixed = at_once(
        *[
            lambda by=by: services.fix_ranking(scheme=scheme, at=makers.on(20), by=by)
            for by in (cast.lin, cast.heng)
        ]
    )
    announced = at_once(
        *[
            lambda by=by: services.announce(scheme=scheme, at=makers.on(21), by=by)
            for by in (cast.lin, cast.heng)
        ]
    )

    assert (fixed, announced) == (["", "wrong_state"], ["", "wrong_state"])
    assert Ranking.objects.get().number == 1
