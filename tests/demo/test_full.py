"""The proof: at full size every fed figure prints exactly as in the reference report."""

import csv
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from qinghe.lib import wording

ROOT = Path(__file__).parents[2]
EXPECTED = ROOT / "tests" / "data" / "figures.csv"
FED = {"F031", "F032", "F053", "F054", "F055", "F056", "F057", "F058", "F083", "F084"}


def manage(*words: str, env: dict[str, str]) -> str:
    done = subprocess.run(  # our own script, with words written here
        [sys.executable, str(ROOT / "manage.py"), *words],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def printed(tmp_path_factory, own_environment) -> dict[str, dict[str, str]]:
    env = {**own_environment, "QINGHE_DATA": str(tmp_path_factory.mktemp("full"))}
    manage("migrate", "--verbosity", "0", env=env)
    manage("demo", "--size", "full", env=env)
    lines = manage("figures", "--period", "2022H1", "--json", env=env).splitlines()
    return {row["figure"]: row for row in map(json.loads, lines) if row["figure"]}


@pytest.mark.slow
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
