"""The engines that can count a folder of shared facts. Spark is looked for only when it is asked for."""

import importlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import duckdb
import ibis
import numpy

from qinghe.analytics.frozen import folders
from qinghe.analytics.layout import DUCKDB, SQL_TYPES
from qinghe.lib.verdicts import Refused

from .gathered import Engine

SPARK = "spark"
NAMES = (DUCKDB, SPARK)
LIMITS = MappingProxyType({"memory_limit": "2GB"})


@contextmanager
def started(name: str, *, master: str = "") -> Iterator[Engine]:
    """Start an engine and end it with the block. `master` is where Spark runs; DuckDB runs here.

    Raises Refused: no_spark.
    """
    if name == DUCKDB:
        backend = ibis.duckdb.connect(**LIMITS)
        try:
            yield Duck(backend.con)
        finally:
            backend.disconnect()
        return
    try:
        spark = importlib.import_module("qinghe.analytics.shared.sparking")
    except ImportError:
        raise Refused(
            "no_spark",
            "这台机器上没有装Spark，没有计算；请运行 ./qinghe setup --spark 安装，并装好Java 17，"
            "或者改用 --engine duckdb。",
        ) from None
    with spark.started(master) as engine:
        yield engine


class Duck:
    """DuckDB, in this process."""

    dialect = DUCKDB

    def __init__(self, db: duckdb.DuckDBPyConnection) -> None:
        self._db = db

    def attach(
        self, name: str, *, folder: str, files: Sequence[str], columns: Mapping[str, str]
    ) -> None:
        """Make a view over files; an empty table of no files."""
        typed = ", ".join(f'"{column}" {SQL_TYPES[kind]}' for column, kind in columns.items())
        if not files:
            self._db.execute(f'CREATE TABLE "{name}" ({typed}, district BIGINT)')
            return
        paths = ", ".join(folders.quoted(Path(path)) for path in files)
        self._db.execute(
            f'CREATE VIEW "{name}" AS SELECT * FROM read_parquet([{paths}], hive_partitioning = true,'  # noqa: S608 - names of ours
            " hive_types = {'district': BIGINT})"
        )

    def define(self, name: str, sql: str) -> None:
        """Give a query a name."""
        self._db.execute(f'CREATE VIEW "{name}" AS {sql}')

    def hold(self, name: str, sql: str) -> None:
        """Give a query a name and keep its rows."""
        self._db.execute(f'CREATE TABLE "{name}" AS {sql}')

    def columns(self, sql: str) -> Mapping[str, numpy.ndarray]:
        """Run a query and return its columns."""
        return dict(self._db.execute(sql).fetchnumpy())
