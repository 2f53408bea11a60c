"""Where the facts of a freezing lie: Parquet files and a manifest that names each with its SHA-256.

The same facts make the same bytes: rows are in the order of their keys, one thread writes them, and
nothing in a file tells when or by whom. A folder is written under another name and moved in by one
step; what a killed run left behind is swept by the next.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
from django.conf import settings

from qinghe.analytics.layout import LINEAGE
from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused

LIMITS = {"memory_limit": "512MB", "threads": "1", "preserve_insertion_order": "true"}
MANIFEST, MAKING = "manifest.json", ".making"
AS_PARQUET = "(FORMAT PARQUET, COMPRESSION ZSTD, ROW_GROUP_SIZE 122880)"
TALLIES = {
    "code": "VARCHAR",
    "org_id": "BIGINT",
    "value": "VARCHAR",
    "exact": "VARCHAR",
    "state": "VARCHAR",
    "records": "BIGINT",
    "sha256": "VARCHAR",
}
Tally = tuple[str, int, str, str, str, int, str]  # the columns of TALLIES


class Held:
    """The right to freeze, held by one process at a time until it is let go, forgotten or dies."""

    def __init__(self, handle: int) -> None:
        self.handle = handle
        self._is_open = True

    def release(self) -> None:
        """Let others freeze."""
        if self._is_open:
            self._is_open = False
            os.close(self.handle)

    __del__ = release


def root() -> Path:
    """Return the folder of all freezings, readable by this program alone."""
    path = Path(settings.QINGHE_DATA) / "frozen"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def hold() -> Held:
    """Let nobody else freeze meanwhile. Raises Refused: already_freezing."""
    held = Held(os.open(root() / "freezing.lock", os.O_WRONLY | os.O_CREAT, 0o600))
    try:
        fcntl.flock(held.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.release()
        raise Refused(
            "already_freezing", "另一次封存正在进行，没有重复封存；请等它完成后再试。"
        ) from None
    return held


def sweep(*, known: Iterable[str]) -> list[str]:
    """Take away folders that no freezing owns; to be called by whoever holds the right."""
    kept = set(known)
    swept = [each for each in root().iterdir() if each.is_dir() and each.name not in kept]
    for folder in swept:
        shutil.rmtree(folder)
    return [folder.name for folder in swept]


def fresh() -> Path:
    """Return an empty folder to write a freezing in."""
    path = root() / MAKING
    path.mkdir(mode=0o700)
    return path


def flush(made: Path) -> None:
    """Have all files of a finished folder on the disk, which may take long."""
    for path in sorted(made.iterdir()):
        flush_file(path)
    flush_file(made)


def move_in(made: Path, *, name: str) -> None:
    """Give a folder that was flushed its name, in one step that outlasts a loss of power."""
    os.replace(made, root() / name)
    flush_file(root())


def write_facts(
    folder: Path, *, source: Path, facts: Mapping[str, Mapping[str, str]]
) -> dict[str, int]:
    """Copy facts and the lineage out of a facts file; return the rows of each."""
    counts: dict[str, int] = {}
    with duckdb.connect(config=dict(LIMITS)) as db:
        db.execute(f"ATTACH {quoted(source)} AS now (READ_ONLY)")
        for name, columns in sorted(facts.items()):
            _copy(db, f"now.{name}", columns, order="record_id", to=folder / fact_file(name))
            ((counts[name],),) = db.execute(f'SELECT count(*) FROM now."{name}"').fetchall()  # noqa: S608 - a fact's name is checked
        order = "ancestor_id, org_id, starts_on"
        _copy(db, "now.lineage", LINEAGE, order=order, to=folder / "lineage.parquet")
    return counts


def write_orgs(folder: Path) -> None:
    """Write down what the organisations are called, for whoever reads the files alone."""
    rows = Org.objects.order_by("pk").values_list("pk", "code", "name", "kind")
    columns = {"org_id": "BIGINT", "code": "VARCHAR", "name": "VARCHAR", "kind": "VARCHAR"}
    write(folder / "organisations.parquet", columns, list(rows))


def write_tallies(folder: Path, rows: Sequence[Tally]) -> None:
    """Write all figures beside the facts."""
    write(folder / "figures.parquet", TALLIES, rows)


def write_manifest(folder: Path, *, told: Mapping[str, object]) -> str:
    """Name every file with its size and SHA-256; return the manifest's own."""
    files = {path.name: about(path) for path in sorted(folder.iterdir())}
    text = json.dumps({**told, "files": files}, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n")
    return digest(folder / MANIFEST)


def files_of(folder: Path) -> dict[str, str]:
    """Return the SHA-256 that the manifest gives each file."""
    told = json.loads((folder / MANIFEST).read_text())
    return {name: about["sha256"] for name, about in told["files"].items()}


def damaged(name: str, *, sha256: str) -> list[str]:
    """Return the files of a freezing that are gone, changed or not its own."""
    folder = root() / name
    if not (folder / MANIFEST).exists() or digest(folder / MANIFEST) != sha256:
        return [MANIFEST]
    known = files_of(folder)
    there = {path.name for path in folder.iterdir()} - {MANIFEST}
    return sorted(
        each
        for each in there | set(known)
        if each not in there or digest(folder / each) != known.get(each)
    )


@contextmanager
def opened(names: Mapping[str, str]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the facts of freezings, each in a schema: `{"old": "2022H1-1", "new": "2022H1-2"}`."""
    with duckdb.connect(config={"memory_limit": "512MB"}) as db:
        for schema, name in names.items():
            db.execute(f'CREATE SCHEMA "{schema}"')
            for path in sorted((root() / name).glob("*.parquet")):
                table = path.stem.removeprefix("fact-")
                db.execute(
                    f'CREATE VIEW "{schema}"."{table}" AS SELECT * FROM read_parquet({quoted(path)})'  # noqa: S608 - names of ours
                )
        yield db


def fact_file(name: str) -> str:
    """Return the name of the file that holds a fact."""
    return f"fact-{name}.parquet"


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def about(path: Path) -> dict[str, object]:
    """Return the size and the SHA-256 of a file."""
    return {"sha256": digest(path), "bytes": path.stat().st_size}


def _copy(
    db: duckdb.DuckDBPyConnection, table: str, columns: Iterable[str], *, order: str, to: Path
) -> None:
    schema, name = table.split(".")
    chosen = ", ".join(f'"{column}"' for column in columns)
    db.execute(f'COPY (SELECT {chosen} FROM {schema}."{name}" ORDER BY {order}) TO {quoted(to)} {AS_PARQUET}')  # noqa: S608 - names are checked  # fmt: skip


def write(path: Path, columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> None:
    """Write rows as a Parquet file."""
    arrow = {"BIGINT": pa.int64(), "VARCHAR": pa.string()}
    by_column = list(zip(*rows, strict=True)) or [()] * len(columns)
    incoming = pa.table(
        {
            name: pa.array(column, arrow[kind])
            for (name, kind), column in zip(columns.items(), by_column, strict=True)
        }
    )
    with duckdb.connect(config=dict(LIMITS)) as db:
        db.register("incoming", incoming)
        db.execute(f"COPY (SELECT * FROM incoming) TO {quoted(path)} {AS_PARQUET}")  # noqa: S608 - names of ours


def quoted(path: Path) -> str:
    """Return a path as SQL writes a text."""
    return "'" + str(path).replace("'", "''") + "'"


def flush_file(path: Path) -> None:
    """Have one file, or the names in a folder, on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
