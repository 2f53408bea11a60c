"""The demo as a user starts it: a command on an empty folder, and again, and on a used one."""

import csv
import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from bench import _districts
from qinghe.demo.sizes import SMALL
from tests import migrated

from . import commands, spark
from .commands import manage

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]
EXPECTED = Path(__file__).parents[1] / "data" / "figures.csv"


def figures(folder: Path) -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in commands.figures(folder)}


@pytest.fixture(scope="module")
def district(small_demo, tmp_path_factory) -> Path:
    return shutil.copytree(small_demo, tmp_path_factory.mktemp("demo") / "district")


@pytest.fixture(scope="module")
def printed(district) -> dict[str, dict[str, str]]:
    return figures(district)


def test_a_small_district_prints_what_its_size_says(printed):
    assert Decimal(str(printed["VOL-03"]["value"])) == SMALL.person_times
    assert Decimal(str(printed["VOL-04"]["value"])) == SMALL.hours
    assert Decimal(str(printed["VOL-02"]["value"])) == SMALL.sessions
    assert Decimal(str(printed["VOL-01"]["value"])) == SMALL.registered
    assert Decimal(str(printed["VOL-05"]["value"])) == SMALL.approved_teams
    assert Decimal(str(printed["VOL-12"]["value"])) == SMALL.stars
    assert Decimal(str(printed["DIR-01"]["value"])) == SMALL.opened_new_orgs
    assert Decimal(str(printed["DIR-02"]["value"])) == SMALL.new_orgs
    assert Decimal(str(printed["DIR-05"]["value"])) == 11


def test_what_is_reported_prints_as_in_the_reference_report_in_a_small_district_too(printed):
    with EXPECTED.open(encoding="utf-8", newline="") as lines:
        reference = {row["id"]: row["printed"] for row in csv.DictReader(lines)}
    records = {*(f"VOL-0{number}" for number in range(1, 6)), "VOL-12"}
    rates = {"AFF-04", "AFF-05"}  # of three hundred members, not of 48,213
    size_says = {"DIR-01", "DIR-02", "DIR-06", *records, *rates}

    said = [row for row in printed.values() if row["figure"]]
    reported = [row for row in said if row["code"] not in size_says]

    assert len(said) == 56
    assert {row["state"] for row in said} == {"complete"}
    for row in reported:
        assert row["wording"] == (reference[row["figure"]] or "1"), row["code"]


def test_a_figure_leads_back_to_its_records(district):
    said = manage(
        district,
        "trace",
        "--code",
        "VOL-03",
        "--period",
        "2022H1",
        "--org",
        "440307",
        "--limit",
        "5",
        "--json",
    )

    found = json.loads(said.stdout)
    assert found["count"] == SMALL.person_times
    assert len(found["ids"]) == 5
    assert len(found["sha256"]) == 64


def test_a_second_run_enters_nothing_again(district, printed):
    again = manage(district, "demo", "--size", "small")

    assert again.returncode == 0
    assert "没有重复录入" in again.stdout
    assert figures(district) == printed


def test_another_size_over_a_full_database_is_refused(district, printed):
    other = manage(district, "demo", "--size", "medium")

    assert other.returncode != 0
    assert "没有任何改动" in other.stderr
    assert "Traceback" not in other.stderr
    assert figures(district) == printed


def test_a_database_with_real_work_is_never_filled(tmp_path):
    assert manage(migrated.into(tmp_path), "seed").returncode == 0

    told = manage(tmp_path, "demo", "--size", "small")

    assert told.returncode != 0
    assert "没有写入任何演示数据" in told.stderr


def test_the_report_is_written_as_a_document(district, tmp_path):
    out = tmp_path / "report.docx"

    said = manage(district, "report", "--period", "2022H1", "--out", str(out))

    assert said.returncode == 0, said.stderr
    assert out.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["figures", "--period", "2022H3", "--json"], "无法识别该期间"),
        (["figures", "--period", "2022H1", "--org", "999999", "--json"], "999999"),
        (["trace", "--code", "NO-1", "--period", "2022H1", "--org", "440307", "--json"], "NO-1"),
        (["report", "--period", "上半年", "--out", "x.docx"], "无法识别该期间"),
    ],
)
def test_a_wrong_word_gets_one_sentence(district, words, sentence):
    said = manage(district, *words)

    assert said.returncode == 2
    assert sentence in said.stderr
    assert len(said.stderr.strip().splitlines()) == 1


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a master with two workers, each a process of its own."""
    if lacking := spark.lacking():
        pytest.skip(lacking)
    with spark.cluster(workers=2) as address:
        yield address


@pytest.fixture(scope="module")
def shared_facts(district, tmp_path_factory) -> Path:
    """The facts of the small district and of an invented one beside it, in one folder."""
    folder = tmp_path_factory.mktemp("shared")
    told = commands.manage(district, "facts", "export", str(folder))
    assert told.returncode == 0, told.stderr
    _districts.copy(folder, of=440307, to=440306, every=3)
    return folder


def counted(district: Path, folder: Path, *words: str) -> bytes:
    out = folder / "figures.jsonl"
    said = commands.manage(district, "figures", "--facts", str(folder), "--out", str(out), *words)
    assert said.returncode == 0, said.stderr
    return out.read_bytes()


@pytest.mark.whole
def test_a_shared_folder_gives_the_figures_that_the_house_prints(district, shared_facts):
    said = counted(district, shared_facts, "--period", "2022H1")

    rows = [json.loads(line) for line in said.splitlines()]
    ours = {row["code"]: row["value"] for row in rows if row["org"] == "440307"}
    theirs = {row["code"]: row["value"] for row in rows if row["org"] == "440306"}
    printed = {code: row["value"] for code, row in figures(district).items() if row["fed_by"]}
    assert len(printed) > 250
    assert {code: ours[code] for code in printed} == printed
    assert sum(ours[code] != theirs[code] for code in printed) > 50


@pytest.mark.whole
@pytest.mark.parametrize("period", ["2022H1", "2021H2"])
def test_a_cluster_of_two_workers_gives_the_same_bytes(district, shared_facts, cluster, period):
    here = counted(district, shared_facts, "--period", period)

    there = counted(
        district, shared_facts, "--period", period, "--engine", "spark", "--master", cluster
    )

    assert here.count(b"\n") > 200_000
    assert there == here
