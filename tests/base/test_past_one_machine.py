"""A pair of PostgreSQL servers, a replica for lists, a pool before the server (bars 3, 9; ADR 0080)."""

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from django.conf import settings

from bench import _clusters, check_in, failover

PGBOUNCER = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
pytestmark = [
    pytest.mark.whole,
    pytest.mark.once,
    pytest.mark.slow,
    pytest.mark.skipif(bool(_clusters.MISSING), reason=_clusters.MISSING),
]


def test_a_list_comes_from_the_replica_and_never_without_what_its_reader_wrote():
    others = {name: word for name, word in os.environ.items() if not name.startswith("DATABASE_")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.lists_of_a_pair"],
        cwd=settings.ROOT, env=others, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip

    told = json.loads(done.stdout)

    behind = {"from the replica": True, "new": False}
    told_apart = {"from the replica": False, "new": True}
    assert told["at first"] == behind
    assert told["another"] == behind
    assert told["who wrote"] == told_apart
    assert told["who wrote, once it arrived"] == {"from the replica": True, "new": True}
    assert told["in a transaction"] == told_apart
    assert told["a row of the replica is saved where writes go"] == "新办的街道改"
    assert told["a cookie that is none"] == told_apart
    assert told["the replica is dead"] == told_apart
    assert told["may read of a replica without its primary"] is False
    assert told["may read of one that was promoted"] is False


def test_what_was_acknowledged_outlives_the_primary():
    told = failover.measure(size="tiny", before=60, after=60)

    assert told["acknowledged"] >= 120
    assert told["acknowledged and missing"] == 0


@contextmanager
def pool(server):
    """Run PgBouncer by the file of deploy/, but for its places; yield the address of the pool."""
    port, folder = _clusters.free_port(), server.folder
    text = (settings.ROOT / "deploy/pgbouncer.ini").read_text()
    for shipped, here in {
        "host=db.example port=5432": f"host=127.0.0.1 port={server.port} user=qinghe",
        "listen_port = 6432": f"listen_port = {port}\nunix_socket_dir =",
        "auth_type = scram-sha-256": "auth_type = any",
        "auth_file = /etc/pgbouncer/userlist.txt": f"logfile = {folder}/pool.log",
        "default_pool_size = 20": "default_pool_size = 3",
    }.items():
        assert shipped in text
        text = text.replace(shipped, here)
    (folder / "pgbouncer.ini").write_text(text)
    (folder / "pgbouncer.ini").chmod(0o644)
    process = _clusters.begin(PGBOUNCER, "-q", folder / "pgbouncer.ini")
    try:
        patience = time.monotonic() + 20
        while not _clusters.listens(port):
            assert process.poll() is None
            assert time.monotonic() < patience
            time.sleep(0.02)
        yield f"postgresql://qinghe@127.0.0.1:{port}/qinghe"
    finally:
        process.kill()
        process.wait()


@pytest.mark.skipif(not PGBOUNCER, reason="no PgBouncer (apt-get install pgbouncer)")
def test_pages_work_through_a_pool_that_lends_a_connection_for_one_transaction(
    monkeypatch, tmp_path
):
    with _clusters.cluster(fsync="off") as server, pool(server) as address:
        monkeypatch.setenv("DATABASE_URL", server.url())
        monkeypatch.setenv("DATABASE_POOL_URL", address)
        monkeypatch.setenv("QINGHE_THROWAWAY", "1")

        scanned = check_in.measure(size="tiny")
        done = subprocess.run(
            [sys.executable, "-m", "tests.pooled"],
            cwd=settings.ROOT, stdout=subprocess.PIPE, check=True,
            env={**os.environ, "QINGHE_WEB": "1", "QINGHE_DATA": str(tmp_path)},
        )  # fmt: skip

    told = json.loads(done.stdout)
    assert scanned["acknowledged and missing"] == scanned["one a request: faults"] == 0
    assert told["limits"] == ["3s", "30s"]
    assert (told["inside"], told["afterwards"]) != ("3s", "3s")
    assert told["afterwards"] == "3s"
    assert told["rows by pieces"] == told["rows"] > 10
    assert told["search path"] == '"$user", public'
