"""What all tests count on when they are run on all cores."""

import os

import pytest


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="one process runs them all")
def test_the_tests_of_a_module_stay_together(request):
    if request.config.getoption("loadgroup"):
        assert request.node.nodeid.endswith("@none tests/base/test_sharing_out.py")
