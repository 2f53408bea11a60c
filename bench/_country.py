"""A folder of shared facts of any number of invented districts, written by DuckDB in one go."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.analytics.frozen import folders
from qinghe.analytics.indicators import Indicator, Kind, Ratio
from qinghe.analytics.shared import contract

SERVICE = Fact(
    name="service",
    label="服务",
    grain="one attendance",
    model="bench.Service",
    columns={**REQUIRED, "person_id": "int64", "minutes": "int64", "kind": "string"},
    records=lambda: None,
)


def _one(code: str, kind: Kind, **rest: object) -> Indicator:
    return Indicator(code=code, label=code, unit="", kind=kind, over=SERVICE, meaning=code, **rest)


TIMES = _one("BEN-01", Kind.COUNT)
HOURS = _one("BEN-02", Kind.SUM, of=lambda rows: rows.minutes, per=60)
PEOPLE = _one("BEN-03", Kind.DISTINCT, of=lambda rows: rows.person_id)
AT_A_DOOR = _one("BEN-04", Kind.COUNT, where=lambda rows: rows.kind == "门岗")
EACH = Ratio(code="BEN-05", label="", unit="", top=HOURS, bottom=PEOPLE, scale=1, meaning="each")
INDICATORS = (TIMES, HOURS, PEOPLE, AT_A_DOOR, EACH)


@dataclass(frozen=True)
class Size:
    """How much there is: districts share streets, and streets communities, as evenly as can be."""

    districts: int
    streets: int
    communities: int
    services: int


def write(folder: Path, size: Size) -> None:
    """Write tree, services and manifests."""
    with duckdb.connect(config={"temp_directory": str(folder / ".spill")}) as db:
        _tree(db, size)
        # Division codes: 31 provinces, in each up to 99 cities, in each up to 99 districts.
        db.execute(f"""CREATE TABLE service AS SELECT place.org_id, place.district,
            DATE '2022-01-01' + (hash(row, 1) % 181)::INTEGER AS day,
            1 + (hash(row, 2) % 100000)::BIGINT AS person_id, 60 + (hash(row, 3) % 300)::BIGINT AS minutes,
            CASE WHEN hash(row, 4) % 3 = 0 THEN '门岗' ELSE '巡河' END AS kind, '2022H1' AS half
            FROM (SELECT range AS row FROM range({size.services})) JOIN place
              ON place.c = (hash(row) % {size.communities})::BIGINT""")
        for table, by in (
            ("lineage", "district"),
            ("organisations", "district"),
            ("service", "district, half"),
        ):
            db.execute(
                f"COPY (SELECT * FROM {table} ORDER BY district, org_id) TO {folders.quoted(folder / table)}"
                f" (FORMAT PARQUET, COMPRESSION ZSTD, PARTITION_BY ({by}))"
            )
        had = dict(db.execute("SELECT district, count(*) FROM service GROUP BY 1").fetchall())
        codes = [row[0] for row in db.execute("SELECT DISTINCT district FROM lineage").fetchall()]
    (folder / contract.DISTRICTS).mkdir()
    for code in codes:
        _manifest(folder, code, rows=had.get(code, 0))


def _tree(db: duckdb.DuckDBPyConnection, size: Size) -> None:
    db.execute(f"""
        CREATE TABLE street AS SELECT s, d, 1 + row_number() OVER (PARTITION BY d ORDER BY s) AS org_id
        FROM (SELECT range AS s, range * {size.districts} // {size.streets} AS d FROM range({size.streets}));
        CREATE TABLE area AS SELECT d, count(*) AS streets,
            (11 + d % 31) * 10000 + (1 + d // 31 % 21) * 100 + 1 + d // 651 AS district FROM street GROUP BY d;
        CREATE TABLE place AS SELECT c, area.district, street.org_id AS street,
            1 + area.streets + row_number() OVER (PARTITION BY d ORDER BY c) AS org_id
        FROM (SELECT range AS c, range * {size.streets} // {size.communities} AS s FROM range({size.communities}))
        JOIN street USING (s) JOIN area USING (d);
        CREATE TABLE pair AS
            SELECT district, 1 AS ancestor_id, 1 AS org_id FROM area
            UNION ALL SELECT district, unnest([1, org_id]), org_id FROM street JOIN area USING (d)
            UNION ALL SELECT district, unnest([1, street, org_id]), org_id FROM place;
        CREATE TABLE lineage AS SELECT ancestor_id::BIGINT AS ancestor_id, org_id::BIGINT AS org_id,
            DATE '0001-01-01' AS starts_on, DATE '9999-12-31' AS ends_on, district FROM pair;
        CREATE TABLE organisations AS SELECT DISTINCT org_id, district || '-' || org_id AS code,
            '某处' AS name, '' AS kind, '' AS level, district FROM lineage;
    """)


def _manifest(folder: Path, code: int, *, rows: int) -> None:
    files = list(folder.glob(f"*/district={code}/**/*.parquet"))
    first, last = ("2022-01-01", "2022-06-30") if rows else (None, None)
    service = {"columns": contract.stored(SERVICE), "rows": rows, "first": first, "last": last}
    told = {
        "format": contract.FORMAT,
        "district": code,
        "name": str(code),
        "top": 1,
        "as_of": datetime(2022, 7, 3, tzinfo=UTC).isoformat(),
        "facts": {"service": service},
        "files": {
            path.relative_to(folder).as_posix(): {"bytes": path.stat().st_size} for path in files
        },
    }
    (folder / contract.DISTRICTS / f"{code}.json").write_text(json.dumps(told))
