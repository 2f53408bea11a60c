"""The proof: at full size every fed figure prints exactly as in the reference report."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from qinghe.lib import wording

from . import commands

EXPECTED = Path(__file__).parents[1] / "data" / "figures.csv"
FED = {"F031", "F032", "F053", "F054", "F055", "F056", "F057", "F058", "F083", "F084"}


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> dict[str, dict[str, str]]:
    folder = commands.told(tmp_path_factory.mktemp("full"), "full")
    return {row["figure"]: row for row in commands.figures(folder) if row["figure"]}


@pytest.mark.slow
@pytest.mark.sqlite
def test_every_fed_figure_prints_exactly_as_in_the_reference_report(printed):
    with EXPECTED.open(encoding="utf-8", newline="") as lines:
        reference = {row["id"]: row for row in csv.DictReader(lines)}

    fed = {figure: row for figure, row in printed.items() if row["fed_by"]}

    assert set(fed) == FED
    assert set(printed) == set(reference)
    for figure, row in fed.items():
        want = reference[figure]
        assert row["state"] == "complete", figure
        assert row["wording"] == want["printed"], figure
        assert wording.is_true(want["printed"], Decimal(row["value"])), figure
        if not want["printed"].startswith(("超", "近", "约")) and want["kind"] != "ratio":
            assert Decimal(row["value"]) == Decimal(want["value"]), figure
    assert Decimal(fed["F056"]["value"]) > 27_000
