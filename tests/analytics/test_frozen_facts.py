"""What was frozen can be counted again by anybody, from files that tell when they were touched."""

import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from io import StringIO

import duckdb
import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qinghe.analytics import catalogue, figures, frozen
from qinghe.analytics.frozen import folders, gathering, keeping
from qinghe.analytics.models import Freezing, FrozenFigure, Gathering
from qinghe.kernel.orgs import queries as orgs
from qinghe.lib.verdicts import Refused
from tests import guards
from tests.cast import NOW

from .ledger import DOOR_SHARE, H1, HOURS, INDICATORS, TIMES, XIAOHONG, XIAOMING


def serve_all(ledger, cast, *, order=1):
    rows = [
        (1, cast.hongmian.pk, XIAOMING, 50, "巡河"),
        (2, cast.hongmian.pk, XIAOHONG, 60, "门岗"),
        (3, cast.xiangjiaotang.pk, XIAOMING, 70, "巡河"),
    ]
    ledger.services = [
        {
            "record_id": number,
            "org_id": org,
            "day": date(2022, 3, 5),
            "person_id": who,
            "minutes": minutes,
            "kind": kind,
        }
        for number, org, who, minutes, kind in rows[::order]
    ]
    ledger.store().close()


@pytest.fixture
def half_year(served, cast):
    """A half-year with three services, counted."""
    served.lineage = orgs.lineage()
    served.enrol(XIAOMING, at=cast.hongmian.pk, on=date(2020, 1, 1))
    serve_all(served, cast)
    return served


@pytest.fixture
def kept(half_year, cast):
    """The half-year, frozen."""
    return frozen.freeze(period=H1, by=cast.lin, at=NOW)


def said(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def contents(name):
    return {path.name: path.read_bytes() for path in (folders.root() / name).iterdir()}


def test_the_same_facts_make_the_same_bytes_whenever_and_in_whatever_order_they_were_read(
    half_year, cast, kept
):
    half_year.at = datetime(2022, 7, 9, 4, 0, tzinfo=UTC)
    half_year.lineage = half_year.lineage[::-1]
    serve_all(half_year, cast, order=-1)

    again = frozen.freeze(period=H1, by=cast.lin, at=NOW, reason="再试一次")

    assert contents(kept.folder) == contents(again.folder)
    assert kept.sha256 == again.sha256


SERVED = st.lists(
    st.tuples(
        st.sampled_from(["hongmian", "huale", "xiangjiaotang"]),
        st.sampled_from([XIAOMING, XIAOHONG]),
        st.dates(date(2021, 12, 30), date(2022, 7, 2)),
        st.integers(0, 480),
        st.sampled_from(["巡河", "门岗"]),
    ),
    max_size=12,
)


@pytest.mark.slow
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(served=SERVED, data=st.data())
def test_any_facts_make_the_same_bytes_in_any_order(half_year, cast, served, data):
    names = ("org_id", "person_id", "day", "minutes", "kind")
    rows = [
        {"record_id": number, **dict(zip(names, (getattr(cast, org).pk, *rest), strict=True))}
        for number, (org, *rest) in enumerate(served, start=1)
    ]
    made = []
    for ordered in (rows, data.draw(st.permutations(rows), label="read in another order")):
        half_year.services = list(ordered)
        half_year.store().close()
        made.append(frozen.freeze(period=H1, by=cast.lin, at=NOW, reason="再试一次"))

    first, second = made
    assert contents(first.folder) == contents(second.folder)
    assert first.sha256 == second.sha256


def test_the_manifest_names_every_file_with_its_hash(kept):
    folder = folders.root() / kept.folder

    told = json.loads((folder / folders.MANIFEST).read_text())

    assert set(told["files"]) == {path.name for path in folder.iterdir()} - {folders.MANIFEST}
    assert told["rows"] == {"roll": 1, "service": 3}
    assert kept.sha256 == folders.digest(folder / folders.MANIFEST)


def test_counting_again_from_the_frozen_facts_gives_the_same_digits(kept):
    found = frozen.recount(kept)

    assert found.equal
    assert found.figures == len(INDICATORS) * 6
    assert said("recompute", "2022H1").startswith("一致：2022H1 第1次封存")
    assert said("recompute", "2022H1", "1").startswith("一致")


def test_counting_again_asks_neither_todays_facts_nor_todays_formulas(
    half_year, cast, kept, monkeypatch
):
    half_year.serve(103, at=cast.hongmian.pk)
    half_year.store().close()
    for name in ("FACTS", "INDICATORS"):
        monkeypatch.setattr(catalogue, name, {})

    assert frozen.recount(kept).equal


def test_a_fact_that_was_tampered_with_is_found_out(kept):
    path = folders.root() / kept.folder / "fact-service.parquet"
    with duckdb.connect() as db:
        db.execute(
            f"COPY (SELECT * REPLACE (minutes + 60 AS minutes) FROM '{path}' ORDER BY record_id)"
            f" TO '{path}.new' (FORMAT PARQUET)"
        )
    os.replace(f"{path}.new", path)

    out = StringIO()
    with pytest.raises(CommandError, match="不一致") as error:
        call_command("recompute", "2022H1", stdout=out)

    assert error.value.returncode == 3
    assert "文件与校验值不符：fact-service.parquet" in out.getvalue()
    assert "TST-02 440307 数值：封存为3.0，重算为6.0" in out.getvalue()
    with pytest.raises(Refused, match="与校验值不符"):
        frozen.behind(kept, code="TST-01", org_id=1, part="top", offset=0, limit=10)


def test_a_figure_that_was_tampered_with_in_the_database_is_found_out(kept, cast):
    with guards.frozen_lifted():
        row = FrozenFigure.objects.filter(code=HOURS.code, org=cast.henggang)
        super(type(row), row).update(value="9.9", exact="9.9")

    found = frozen.recount(kept)

    assert not found.damaged
    assert [(each.code, each.org_id, each.what, each.kept) for each in found.differences] == [
        (HOURS.code, cast.henggang.pk, "数值", "9.9"),
        (HOURS.code, cast.henggang.pk, "精确值", "9.9"),
    ]


@pytest.mark.parametrize("name", ["formulas.json", "lineage.parquet", "manifest.json"])
def test_a_file_that_is_gone_is_named(kept, name):
    (folders.root() / kept.folder / name).unlink()

    assert name in frozen.recount(kept).damaged


def test_the_records_behind_a_frozen_figure_stay_those_of_then(half_year, cast, kept):
    half_year.serve(103, at=cast.hongmian.pk)
    half_year.store().close()
    asked = {"org_id": cast.henggang.pk, "offset": 0, "limit": 10}

    found = frozen.behind(kept, code=TIMES.code, part="top", **asked)
    doors = frozen.behind(kept, code=DOOR_SHARE.code, part="top", **asked)

    assert (found.ids, found.count, found.model) == ([1, 2], 2, "volunteering.Attendance")
    assert doors.ids == [2]
    assert (
        figures.fingerprint(found.ids)
        == FrozenFigure.objects.get(code=TIMES.code, org=cast.henggang).sha256
    )


def test_two_freezings_tell_which_figures_changed_and_by_which_records(half_year, cast, kept):
    half_year.services[0]["minutes"] = 110  # mended
    del half_year.services[1]  # withdrawn
    half_year.services.append({**half_year.services[0], "record_id": 9, "kind": "门岗"})  # late
    half_year.store().close()
    again = frozen.freeze(period=H1, by=cast.lin, at=NOW, reason="补报")

    changes = frozen.changes(kept, again, org_ids=[cast.henggang.pk])
    differing = frozen.differing(kept, again, code=HOURS.code, org_id=cast.henggang.pk)

    found = {change.code: change for change in changes}
    assert (found["TST-02"].old.value, found["TST-02"].new.value) == ("1.8", "3.7")
    assert not found["TST-01"].is_printed_differently  # two before, two now, but not the same two
    assert "TST-06" not in found
    assert (differing.added, differing.removed, differing.changed) == ([9], [2], [1])


def test_what_a_killed_run_left_behind_is_swept_and_the_next_is_whole(half_year, cast):
    script = (
        "import os, pathlib, signal, sys; made = pathlib.Path(sys.argv[1]); made.mkdir();"
        "(made / 'fact-service.parquet').write_bytes(b'half'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    made = folders.root() / folders.MAKING
    ended = subprocess.run([sys.executable, "-c", script, str(made)], check=False)
    orphan = folders.root() / "2022H1-1"  # named, but killed before its rows were written
    shutil.copytree(made, orphan)

    freezing = frozen.freeze(period=H1, by=cast.lin, at=NOW)

    assert ended.returncode == -signal.SIGKILL
    assert frozen.recount(freezing).equal
    assert sorted(p.name for p in folders.root().iterdir() if p.is_dir()) == ["2022H1-1"]


def test_a_freezing_that_fails_on_the_way_leaves_nothing(half_year, cast, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(keeping, "_tell", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            frozen.freeze(period=H1, by=cast.lin, at=NOW)

    assert not Freezing.objects.exists()
    assert not (folders.root() / "2022H1-1").exists()
    frozen.freeze(period=H1, by=cast.lin, at=NOW)
    assert Gathering.objects.filter(freezing=None).count() == 0
    assert FrozenFigure.objects.count() == len(INDICATORS) * 6


def test_figures_that_somebody_else_swept_are_not_frozen(half_year, cast):
    made = frozen.make(period=H1, by=cast.lin, at=NOW)
    gathering.sweep()  # as a server would that has the database in common, but not the folder

    with pytest.raises(Refused, match="另一台服务器同时在封存"):
        frozen.keep(made=made, by=cast.lin, at=NOW)

    made.held.release()
    assert not Freezing.objects.exists()


def test_sweeping_leaves_what_a_freezing_names(half_year, cast):
    first = frozen.freeze(period=H1, by=cast.lin, at=NOW)
    made = frozen.make(period=H1, by=cast.lin, at=NOW, reason="补报")
    made.held.release()

    swept = gathering.sweep()

    assert swept == made.figures
    assert list(Gathering.objects.all()) == [first.gathering]
    assert first.gathering.figures.count() == first.figures
    assert frozen.recount(first).equal


def test_nothing_of_what_is_gathered_counts_before_it_is_named(half_year, cast):
    made = frozen.make(period=H1, by=cast.lin, at=NOW)

    assert made.gathering.figures.count() == made.figures
    assert not frozen.is_frozen(H1)
    with pytest.raises(Refused, match="还没有封存"):
        frozen.newest_figures(H1)
    made.held.release()


def test_two_do_not_freeze_at_the_same_time(half_year, cast):
    held = folders.hold()

    with pytest.raises(Refused, match="另一次封存正在进行"):
        frozen.freeze(period=H1, by=cast.lin, at=NOW)

    held.release()
    assert frozen.freeze(period=H1, by=cast.lin, at=NOW).number == 1
