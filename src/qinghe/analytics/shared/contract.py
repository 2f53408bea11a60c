"""What a folder of shared facts looks like. Writer, reader and docs/facts-contract.md follow this."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from qinghe.analytics.facts import Fact
from qinghe.lib.verdicts import Refused

FORMAT = 1  # of the folder; the columns of each fact are told by each manifest
DISTRICTS = "districts"  # the folder of the manifests: 440307.json
ORGANISATIONS = MappingProxyType(
    {"org_id": "int64", "code": "string", "name": "string", "kind": "string", "level": "string"}
)
BACK = "record_id"  # leads back to a row of the district's own database, so it stays at home

# A key means something within its district only. Over all of them it is the district's code and the
# key side by side in one whole number: code · 2^40 + key, at most 999,999 · 2^40 + 2^40 < 2^63.
SPAN = 2**40
TIERS = (100, 10_000, 1_000_000)  # 440307 lies in 440300, 440000 and the country, 0 (GB/T 2260)

_CODE = re.compile(r"[1-9][0-9]{5}")


def stored(fact: Fact) -> dict[str, str]:
    """Return the columns of a fact that leave the house."""
    return {name: kind for name, kind in fact.columns.items() if name != BACK}


def keys(columns: Mapping[str, str]) -> tuple[str, ...]:
    """Return the columns whose numbers stand for something else: an organisation, a person, a team."""
    return tuple(name for name, kind in columns.items() if kind == "int64" and name.endswith("_id"))


def hidden(columns: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys that are numbered anew in each export: all but those of organisations."""
    open_keys = {"org_id", "ancestor_id", BACK}
    return tuple(name for name in keys(columns) if name not in open_keys)


def district_code(code: str) -> int:
    """Return the number of a district by the code of the top of its tree.

    Raises Refused: no_division_code.
    """
    if not _CODE.fullmatch(code):
        raise Refused(
            "no_division_code",
            f"顶层组织的代码是“{code}”，不是六位行政区划代码（如 440307），"
            "别的区无从分辨，没有导出任何文件。",
        )
    return int(code)


def tiers_above(district: int) -> list[int]:
    """Return the codes of what a district lies in, nearest first; the country is 0."""
    above = [district - district % size for size in TIERS]
    return [code for code in above if code != district]
