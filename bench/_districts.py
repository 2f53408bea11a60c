"""Makes more districts of one: the same facts under another code, written by DuckDB and not by Django."""

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from qinghe.analytics.frozen import folders
from qinghe.analytics.shared import contract, exporting


def copy(folder: Path, *, of: int, to: int, every: int = 1) -> Path:
    """Write a district's shared facts as another's, and return its manifest.

    With `every` 3 each third row of the facts is left out, so that the figures are others. What an
    organisation is called begins with the other code where it began with the first.
    """
    told = json.loads((folder / contract.DISTRICTS / f"{of}.json").read_text())
    made_in = TemporaryDirectory(dir=folder, prefix=f".making-{to}-")
    with made_in as made, duckdb.connect(config=dict(folders.LIMITS)) as db:
        for name in sorted(told["files"]):
            target = Path(made) / name.replace(f"district={of}", f"district={to}")
            target.parent.mkdir(parents=True, exist_ok=True)
            table = name.split("/")[0]
            if table == "organisations":
                db.execute(_renamed(folder / name, target, of=of, to=to))
            elif table == "lineage" or every == 1:
                shutil.copyfile(folder / name, target)
            else:
                db.execute(_thinned(folder / name, target, every=every))
        told |= {"district": to, "name": str(to)}
        return exporting.commit(folder, Path(made), district=to, told=told)[0]


def _renamed(source: Path, target: Path, *, of: int, to: int) -> str:
    code = f"CASE WHEN starts_with(code, '{of}') THEN '{to}' || code[7:] ELSE '{to}-' || code END"
    rows = f"read_parquet({folders.quoted(source)}, hive_partitioning = false)"
    return _written(f"SELECT * REPLACE ({code} AS code) FROM {rows}", target)


def _thinned(source: Path, target: Path, *, every: int) -> str:
    rows = (
        f"read_parquet({folders.quoted(source)}, file_row_number = true, hive_partitioning = false)"
    )
    left = f"WHERE file_row_number % {every} <> {every - 1}"
    return _written(f"SELECT * EXCLUDE (file_row_number) FROM {rows} {left}", target)


def _written(sql: str, target: Path) -> str:
    return f"COPY ({sql}) TO {folders.quoted(target)} {folders.AS_PARQUET}"
