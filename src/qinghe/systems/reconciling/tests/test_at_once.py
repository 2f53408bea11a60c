"""At once: two officers upload for one organisation, two hands answer and confirm one line."""

import pytest

from qinghe.systems.reconciling.models import Run
from tests.cast import make_wider_cast
from tests.desk import at_once

from . import makers

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_uploads_for_one_organisation_begin_one_run():
    cast = make_wider_cast()
    source = makers.make_source(cast.lin, cast.longgang)

    def upload(by):
        return lambda: makers.upload(source, makers.line("柯小舟"), org=cast.school, by=by)

    assert at_once(upload(cast.tang), upload(cast.lin), upload(cast.chen)) == [
        "", "run_waits", "run_waits",
    ]  # fmt: skip
    assert Run.objects.count() == 1
