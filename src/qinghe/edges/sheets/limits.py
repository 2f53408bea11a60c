"""How large a workbook may be."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What a workbook may hold, and what its reader may use."""

    file: int
    parts: int
    unpacked: int
    rows: int
    columns: int
    cells: int
    merges: int
    memory: int
    seconds: int


# What a page takes.
DEFAULT = Limits(
    file=10 * MEGABYTE, parts=200, unpacked=100 * MEGABYTE, rows=200_000, columns=256,
    cells=2_000_000, merges=1_000, memory=768 * MEGABYTE, seconds=60,
)  # fmt: skip
# What the command takes from somebody who may sit at the machine.
BULK = Limits(
    file=60 * MEGABYTE, parts=200, unpacked=600 * MEGABYTE, rows=600_000, columns=256,
    cells=6_000_000, merges=1_000, memory=2_048 * MEGABYTE, seconds=180,
)  # fmt: skip
