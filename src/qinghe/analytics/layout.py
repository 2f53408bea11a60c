"""What a facts file looks like: its link, its types, its lineage. Reader and builder share it."""

from types import MappingProxyType

LINK = "current.duckdb"
DUCKDB = "duckdb"  # what SQL for it is called
LINEAGE = MappingProxyType(
    {"ancestor_id": "int64", "org_id": "int64", "starts_on": "date", "ends_on": "date"}
)
LOADED = MappingProxyType(  # what came of each fact: how many records, from which day to which
    {"fact": "string", "rows": "int64", "first": "date", "last": "date"}
)
SQL_TYPES = MappingProxyType(
    {"int64": "BIGINT", "date": "DATE", "string": "VARCHAR", "boolean": "BOOLEAN"}
)
