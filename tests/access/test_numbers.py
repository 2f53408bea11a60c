"""A number that no database holds is nobody's: not found, and no fault of ours (ASVS 1.4.2)."""

import pytest

from qinghe.kernel.access.actors import Role

from . import sweep
from .objects import MAKERS
from .world import ONE_BUILDING

pytestmark = [pytest.mark.once, ONE_BUILDING]
TOO_LARGE = 2**63


def test_a_number_past_all_numbers_is_not_found(world, db, routes):
    client = world.everyone[Role.DISTRICT_OFFICER].client()
    client.raise_request_exception = False
    made = world.made["440307017901"]
    faults = {}

    for route in routes:
        numbered = [
            name for name in route.names if isinstance(made.get(route.key(name, made)), int)
        ]
        if not numbered or route.unknown(MAKERS) or "GET" not in route.methods:
            continue
        beyond = {route.key(name, made): TOO_LARGE for name in numbered}
        with sweep.undone():
            answer = client.get(route.url({**made, **beyond}))
        if answer.status_code >= 500:
            faults[route.pattern] = answer.status_code

    assert faults == {}
