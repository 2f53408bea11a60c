"""Runs alone, as a script, in a process of its own: reads the first sheet and writes it to a pipe.

It may not import the house: it starts quickly, and when a hostile file takes it down, only it falls.
Each line it writes is one JSON value: first what the sheet looks like, then chunks of columns, then
{"done": rows}.
"""

import json
import resource
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

import python_calamine

CHUNK = 5_000
PLAIN = {str, float, int, bool}
DAYS = {date, datetime}


def main() -> None:
    """Read the workbook named on the command line within the memory and time named there."""
    path, memory, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    sheet = python_calamine.load_workbook(path).get_sheet_by_index(0)
    rows = sheet.iter_rows()
    header = next(rows, [])
    _say({
        "header": [_cell(value) for value in header],
        "first_column": sheet.start[1] if sheet.start else 0,
        "rows": max(0, sheet.total_height - 1),
        "merged": sheet.merged_cell_ranges or [],
    })  # fmt: skip
    done = 0
    for chunk in _chunks(rows):
        _say([_column(column) for column in zip(*chunk, strict=True)])
        done += len(chunk)
    _say({"done": done})


def _chunks(rows: Iterator[Sequence[object]]) -> Iterator[list[Sequence[object]]]:
    chunk: list[Sequence[object]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _column(values: tuple[object, ...]) -> tuple[str, list[object]]:
    kinds = set(map(type, values))
    if kinds <= PLAIN:
        return "plain", list(values)
    if kinds <= DAYS or (kinds <= DAYS | {str} and not any(v for v in values if type(v) is str)):
        return "moments", [value.isoformat() if isinstance(value, date) else "" for value in values]
    return "mixed", [_cell(value) for value in values]


def _cell(value: object) -> object:
    if isinstance(value, date):  # a datetime is one, too; a workbook tells them apart by looks only
        return ["moment", value.isoformat()]
    if isinstance(value, time | timedelta):
        return ["time", str(value)]
    return value


def _say(value: object) -> None:
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.buffer.write(line.encode() + b"\n")


if __name__ == "__main__":
    main()
    sys.stdout.buffer.flush()
