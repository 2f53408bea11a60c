"""The facts file: built whole, swapped in, never half there."""

import fcntl
import os
import subprocess
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from qinghe.analytics import building, figures, rebuild, store
from qinghe.analytics.reading import Unfit
from qinghe.lib.verdicts import Refused

from .ledger import (
    AFTER,
    DISTRICT,
    H1,
    HONGMIAN,
    SERVICE,
    TIMES,
    XIAOMING,
)


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != "building.lock")


def test_without_a_rebuild_there_is_a_sentence_instead_of_figures(served):
    with pytest.raises(Refused, match="还没有汇总过数据") as refused:
        store.current()

    assert refused.value.code == "no_facts"


def test_a_rebuild_is_seen_at_once_and_the_file_before_it_is_kept(served):
    served.serve(XIAOMING, at=HONGMIAN)
    served.store().close()
    before = store.current()
    counted_before = figures.cached(H1).column("TST-01")[DISTRICT]
    served.serve(XIAOMING, at=HONGMIAN)
    served.at += timedelta(hours=1)
    served.store().close()

    after = store.current()

    assert (before.as_of, after.as_of) == (AFTER, AFTER + timedelta(hours=1))
    assert (counted_before, figures.cached(H1).column("TST-01")[DISTRICT]) == (1, 2)
    assert names(served.folder) == sorted([before.path.name, after.path.name, "current.duckdb"])
    served.at += timedelta(hours=1)
    served.store().close()
    assert before.path.name not in names(served.folder)


def test_the_store_tells_what_it_holds(served):
    served.serve(XIAOMING, at=HONGMIAN)
    served.store().close()

    loaded = store.current().loaded

    assert (loaded["service"].rows, str(loaded["service"].first_day)) == (1, "2022-03-05")
    assert (loaded["roll"].rows, loaded["roll"].last_day) == (0, None)


def test_two_rebuilds_of_the_same_moment_do_not_collide(served):
    first, second = served.store(), served.store()

    assert first.path != second.path
    assert store.current().path == second.path


def test_a_failed_rebuild_leaves_the_old_figures_and_no_debris(served):
    served.serve(XIAOMING, at=HONGMIAN)
    served.store().close()
    before = names(served.folder)
    served.services.append(served.services[0])

    with pytest.raises(Unfit, match="1 records more than once"):
        served.store()

    assert names(served.folder) == before
    assert figures.cached(H1).column("TST-01")[DISTRICT] == 1


def test_what_a_killed_rebuild_left_behind_goes_with_the_next(served):
    served.folder.mkdir(parents=True)
    (served.folder / "building-20220703.duckdb").write_bytes(b"half")
    (served.folder / "building-20220703.duckdb.wal").write_bytes(b"half")
    (served.folder / "building-20220703.duckdb.spill").mkdir()
    (served.folder / "building-20220703.duckdb.spill" / "1.tmp").write_bytes(b"half")

    served.store().close()

    assert len(names(served.folder)) == 2


def test_a_second_rebuild_at_the_same_time_is_refused(served):
    served.folder.mkdir(parents=True)
    held = os.open(served.folder / "building.lock", os.O_CREAT | os.O_RDWR)
    fcntl.flock(held, fcntl.LOCK_EX)

    with pytest.raises(Refused, match="正在重新汇总"):
        served.store()
    os.close(held)

    assert served.store().as_of == AFTER


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"minutes": None}, "minutes"),
        ({"org_id": 999}, "outside the tree"),
    ],
)
def test_rows_that_cannot_be_counted_stop_the_rebuild(served, row, sentence):
    served.serve(XIAOMING, at=HONGMIAN)
    served.services[0].update(row)

    with pytest.raises(Unfit, match=sentence):
        served.store()


def test_a_day_that_is_no_day_stops_the_rebuild(served):
    @contextmanager
    def source(_facts):
        columns = {name: [1] for name in SERVICE.columns} | {"day": ["2022-13-01"], "kind": [""]}
        yield lambda fact: iter([pa.RecordBatch.from_pydict(columns)])

    with pytest.raises(Unfit, match="2022-13-01"):
        building.build(
            facts=[SERVICE], lineage=served.lineage, at=AFTER, folder=served.folder, source=source
        )


def test_facts_of_an_older_declaration_are_refused_not_miscounted(served):
    building.build(
        facts=[], lineage=served.lineage, at=AFTER, folder=served.folder, source=served._source
    )

    with pytest.raises(Refused, match="请先重新汇总数据"):
        figures.compute(store.current(), [TIMES], H1)


def test_figures_are_computed_once_for_all_threads(served, monkeypatch):
    served.serve(XIAOMING, at=HONGMIAN)
    served.store().close()
    computed, found = [], []
    compute = figures.compute

    def counted(*args):
        computed.append(threading.get_ident())
        return compute(*args)

    monkeypatch.setattr(figures, "compute", counted)
    threads = [
        threading.Thread(target=lambda: found.append(figures.cached(H1).column("TST-01")[1]))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [1] * 8
    assert len(computed) == 1


def test_the_moment_of_the_facts_keeps_its_zone(served):
    served.at = datetime(2022, 7, 3, 4, 0, 0, 123, tzinfo=UTC)
    served.store().close()

    assert store.current().as_of == served.at


def test_a_child_that_says_no_or_breaks_is_told_apart(monkeypatch):
    def ended(code, words):
        done = subprocess.CompletedProcess([], code, stdout="", stderr=words)
        monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: done)

    ended(0, "")
    rebuild.in_child()
    ended(2, "数据正在重新汇总\n")
    with pytest.raises(Refused, match="正在重新汇总"):
        rebuild.in_child()
    ended(1, "Traceback")
    with pytest.raises(RuntimeError, match="Traceback"):
        rebuild.in_child()
