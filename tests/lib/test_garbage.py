"""What is large and lasts is not walked by the collector, neither while it is made nor afterwards (bar 7)."""

import gc

from qinghe.lib import garbage

MANY = 200_000


def test_what_was_made_meanwhile_is_not_walked_afterwards_and_goes_by_itself():
    walked = []

    def watch(phase, told):
        if phase == "stop":
            walked.append(told["generation"])

    with garbage.uncollected():
        made = [[number] for number in range(MANY)]
    young = len(gc.get_objects(generation=0)) + len(gc.get_objects(generation=1))
    kept = gc.get_freeze_count()
    gc.callbacks.append(watch)
    del made
    gc.callbacks.remove(watch)

    assert gc.isenabled()
    assert young < MANY / 10
    assert kept - gc.get_freeze_count() >= MANY
    assert 2 not in walked
