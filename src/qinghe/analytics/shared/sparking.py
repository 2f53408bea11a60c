"""Spark, through the same Ibis: imported only where somebody asks for it and pyspark is installed.

Whole numbers stay whole: ANSI mode raises where a sum would pass 2^63 instead of wrapping round,
days are read as they were written (the tree begins on 0001-01-01) and the clock is UTC.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType

import ibis
import numpy
from ibis.backends.pyspark import Backend
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from qinghe.lib.verdicts import Refused

TYPES = MappingProxyType(
    {"int64": "BIGINT", "date": "DATE", "string": "STRING", "boolean": "BOOLEAN"}
)
SETTINGS = MappingProxyType(
    {
        "spark.sql.ansi.enabled": "true",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "4",
        # How large a table is, is guessed from its packed files: a country's tree, said to be small,
        # fits no memory once it is unpacked. Only what a shuffle has counted is handed round whole.
        "spark.sql.autoBroadcastJoinThreshold": "-1",
        "spark.sql.adaptive.autoBroadcastJoinThreshold": "10MB",
        "spark.driver.memory": "2g",
    }
)


@contextmanager
def started(master: str) -> Iterator["Spark"]:
    """Start a session on a cluster, or in this machine's own cores, and stop it with the block.

    Raises Refused: no_java.
    """
    builder = SparkSession.builder.appName("qinghe").master(master or "local[*]")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except PySparkException:
        raise Refused(
            "no_java",
            "Spark没有启动，没有计算；请装好Java 17（如 apt-get install openjdk-17-jre-headless），"
            "并核对 --master 的地址。",
        ) from None
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield Spark(ibis.pyspark.connect(session), session)
    finally:
        session.stop()


class Spark:
    """Spark SQL, in a cluster or on this machine."""

    dialect = "pyspark"

    def __init__(self, backend: Backend, session: SparkSession) -> None:
        self._backend = backend
        self._session = session

    def attach(
        self, name: str, *, folder: str, files: Sequence[str], columns: Mapping[str, str]
    ) -> None:
        """Make a view over files, whose paths tell the district; an empty one of no files."""
        typed = {**{column: TYPES[kind] for column, kind in columns.items()}, "district": "BIGINT"}
        if not files:
            nothing = ", ".join(
                f"CAST(NULL AS {kind}) AS `{column}`" for column, kind in typed.items()
            )
            self.define(name, f"SELECT {nothing} WHERE FALSE")
            return
        schema = ", ".join(f"`{column}` {kind}" for column, kind in typed.items())
        reader = self._session.read.schema(schema).option("basePath", folder)
        reader.parquet(*files).createOrReplaceTempView(name)

    def define(self, name: str, sql: str) -> None:
        """Give a query a name."""
        self._backend.raw_sql(sql).createOrReplaceTempView(name)

    def hold(self, name: str, sql: str) -> None:
        """Give a query a name and keep its rows, in the memory of those who work."""
        self.define(name, sql)
        self._session.catalog.cacheTable(name)

    def columns(self, sql: str) -> Mapping[str, numpy.ndarray]:
        """Run a query and return its columns."""
        found = self._backend.raw_sql(sql).toArrow()
        return {
            name: column.to_numpy(zero_copy_only=False)
            for name, column in zip(found.column_names, found.columns, strict=True)
        }
