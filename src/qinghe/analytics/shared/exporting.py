"""Writes one district's facts into a shared folder, whole or not at all.

New files lie under names of their own until the manifest, replaced in one step, names them; those of
the export before go afterwards. A reader takes only what a manifest names, so it sees one export or
the other. The keys of persons and all else but organisations are numbered anew, in an order drawn
from a secret that is forgotten at the end: equal keys stay equal within an export, and no number
leads back to a row of the house, nor from one export to the next.
"""

import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

import duckdb

from qinghe.analytics import catalogue
from qinghe.analytics.facts import Fact
from qinghe.analytics.frozen import folders
from qinghe.analytics.layout import SQL_TYPES
from qinghe.analytics.store import Store
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused

from . import contract

HALF = "year(day)::VARCHAR || CASE WHEN month(day) <= 6 THEN 'H1' ELSE 'H2' END"
LIMITS = {**folders.LIMITS, "memory_limit": "512MB"}
Written: TypeAlias = dict[str, dict[str, object]]


@dataclass(frozen=True)
class Exported:
    """What one export wrote."""

    district: int
    manifest: Path
    rows: Mapping[str, int]
    files: int


def export(*, now: Store, into: Path, at: datetime, by: object) -> Exported:
    """Write all facts and the tree of this district, and name them by its manifest.

    Raises Refused: no_orgs, no_division_code, facts_outdated.
    """
    top = orgs.root()
    if top is None:
        raise Refused("no_orgs", "还没有任何组织，没有可以导出的数据。")
    district = contract.district_code(top.code)
    facts = list(catalogue.FACTS.values())
    for fact in facts:
        now.table(fact.name)
    (into / contract.DISTRICTS).mkdir(parents=True, exist_ok=True)
    making = into / f".making-{district}-{secrets.token_hex(4)}"
    try:
        told = {
            "format": contract.FORMAT,
            "district": district,
            "name": top.name,
            "top": top.pk,
            "as_of": now.as_of.isoformat(),
            "facts": {fact.name: _told(now, fact) for fact in facts},
        }
        write_files(making, district=district, source=now.path, facts=facts)
        manifest, files = commit(into, making, district=district, told=told)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    rows = {fact.name: now.loaded[fact.name].rows for fact in facts}
    detail = {"district": district, "as_of": now.as_of.isoformat(), "rows": sum(rows.values())}
    audit.record_event(by=by, verb="analytics.export_facts", at=at, detail=detail)
    return Exported(district, manifest, rows, files)


def write_files(making: Path, *, district: int, source: Path, facts: Iterable[Fact]) -> None:
    """Write the Parquet files of a district: a folder a fact, in it one a half-year."""
    making.mkdir(mode=0o700)
    chosen = {fact.name: contract.stored(fact) for fact in facts}
    with duckdb.connect(config={**LIMITS, "temp_directory": str(making / ".spill")}) as db:
        db.execute(f"ATTACH {folders.quoted(source)} AS now (READ_ONLY)")
        _number_anew(db, chosen)
        for name, columns in chosen.items():
            _write_fact(db, name, columns, to=making / name / f"district={district}")
        lineage = making / "lineage" / f"district={district}"
        lineage.mkdir(parents=True)
        db.execute(
            f"COPY (SELECT * FROM now.lineage ORDER BY ALL) TO {folders.quoted(lineage / '0.parquet')}"  # noqa: S608 - a name of ours
            f" {folders.AS_PARQUET}"
        )
    organisations = making / "organisations" / f"district={district}"
    organisations.mkdir(parents=True)
    rows = Org.objects.order_by("pk").values_list("pk", *list(contract.ORGANISATIONS)[1:])
    typed = {name: SQL_TYPES[kind] for name, kind in contract.ORGANISATIONS.items()}
    folders.write(organisations / "0.parquet", typed, list(rows))
    shutil.rmtree(making / ".spill", ignore_errors=True)


def _number_anew(db: duckdb.DuckDBPyConnection, facts: Mapping[str, Mapping[str, str]]) -> None:
    """Number the keys of each name from 1 on, in an order that nobody can tell; 0 is none."""
    holders: dict[str, list[str]] = {}
    for name, columns in facts.items():
        for key in contract.hidden(columns):
            holders.setdefault(key, []).append(name)
    for key, names in holders.items():
        known = " UNION ".join(
            f'SELECT DISTINCT "{key}" AS old FROM now."{name}"'  # noqa: S608 - names are checked
            for name in names
        )
        db.execute(
            f'CREATE TEMP TABLE "new_{key}" AS SELECT old, CASE WHEN old <= 0 THEN old ELSE'  # noqa: S608 - the same
            " row_number() OVER (PARTITION BY old <= 0 ORDER BY sha256($secret || old::VARCHAR), old)"
            f" END AS new FROM ({known})",
            {"secret": secrets.token_hex(32)},
        )


def _write_fact(
    db: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, str], *, to: Path
) -> None:
    hidden = contract.hidden(columns)
    chosen = ", ".join(
        f'"new_{column}".new AS "{column}"' if column in hidden else f'fact."{column}"'
        for column in columns
    )
    joins = " ".join(f'JOIN "new_{key}" ON "new_{key}".old = fact."{key}"' for key in hidden)
    to.parent.mkdir(parents=True)
    db.execute(
        f'COPY (SELECT {chosen}, {HALF} AS half FROM now."{name}" AS fact {joins} ORDER BY ALL)'  # noqa: S608 - the same
        f" TO {folders.quoted(to)} (FORMAT PARQUET, COMPRESSION ZSTD, PARTITION_BY (half))"
    )


def commit(
    into: Path, making: Path, *, district: int, told: Mapping[str, object]
) -> tuple[Path, int]:
    """Move finished files in, then name them by the manifest; then drop those of before."""
    mark = secrets.token_hex(8)
    files: Written = {}
    for path in sorted(making.rglob("*.parquet")):
        about = folders.about(path)
        place = path.relative_to(making)
        place = place.with_name(f"{mark}-{place.name}")
        (into / place).parent.mkdir(parents=True, exist_ok=True)
        folders.flush_file(path)
        os.replace(path, into / place)
        files[place.as_posix()] = about
    manifest = into / contract.DISTRICTS / f"{district}.json"
    fresh = manifest.with_suffix(".new")
    text = json.dumps({**told, "files": files}, ensure_ascii=False, indent=1, sort_keys=True)
    fresh.write_text(text + "\n", encoding="utf-8")
    folders.flush_file(fresh)
    os.replace(fresh, manifest)
    folders.flush_file(manifest.parent)
    for old in _of_district(into, district):
        if old.relative_to(into).as_posix() not in files:
            old.unlink(missing_ok=True)
    return manifest, len(files)


def _of_district(into: Path, district: int) -> Iterator[Path]:
    yield from into.glob(f"*/district={district}/**/*.parquet")


def _told(now: Store, fact: Fact) -> dict[str, object]:
    loaded = now.loaded[fact.name]
    first, last = loaded.first_day, loaded.last_day
    return {
        "columns": contract.stored(fact),
        "rows": loaded.rows,
        "first": first.isoformat() if first else None,
        "last": last.isoformat() if last else None,
    }
