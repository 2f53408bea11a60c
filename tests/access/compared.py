"""What comparing with other rolls leaves at every organisation.

A source is known to the whole house by its name: it carries no mark, as an organisation's name.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.kernel.files.models import File
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.reconciling.models import (
    BranchTally,
    Difference,
    RollColumns,
    RollSource,
    Run,
    RunRow,
)

DAY, AT = date(2022, 3, 1), datetime(2022, 3, 1, 11, 0, tzinfo=UTC)
COLUMNS = {"name": "姓名", "number": "编号"}


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person
    minor: Person


def _source(at: Stands) -> RollSource:
    source, _ = RollSource.objects.get_or_create(
        name=f"名册{at.org.pk}", defaults={"org": at.org, "made_at": AT, "made_by": at.person}
    )
    RollColumns.objects.get_or_create(
        source=source, version=1,
        defaults={
            "columns": COLUMNS, "headings": list(COLUMNS.values()), "made_at": AT,
            "made_by": at.person,
        },
    )  # fmt: skip
    return source


def _run(at: Stands) -> Run:
    source = _source(at)
    file, _ = File.objects.get_or_create(
        sha256=f"{at.org.pk:064}",
        defaults={
            "name": "名册.xlsx", "size": 1, "media_type": "x", "stored_as": f"{at.org.pk}.xlsx",
            "at": AT, "by": "tests",
        },
    )  # fmt: skip
    return Run.objects.get_or_create(
        source=source, org=at.org,
        defaults={
            "columns": source.versions.get(), "file": file, "file_name": f"{at.mark}.xlsx",
            "state": "done", "rows": 1, "written": 1, "uploaded_at": AT, "uploaded_by": at.person,
            "finished_at": AT, "finished_on": DAY,
        },
    )[0]  # fmt: skip


def _tally(at: Stands) -> BranchTally:
    return BranchTally.objects.get_or_create(
        run=_run(at), org=at.org,
        defaults={
            "rows": 1, "changed": 1, "sent": 1, "to_answer": 0, "to_decide": 1, "compared_on": DAY,
        },
    )[0]  # fmt: skip


def _difference(at: Stands) -> Difference:
    run = _run(at)
    _tally(at)
    RunRow.objects.get_or_create(
        run=run, line=2,
        defaults={
            "org": at.org, "name": at.mark, "shown": "4403**********1230", "branch": at.mark,
            "outcome": "changed", "how": "number", "person": at.minor, "words": at.mark,
        },
    )  # fmt: skip
    return Difference.objects.get_or_create(
        run=run, org=at.org, key=f"changed:joined_on:{at.minor.pk}",
        defaults={
            "kind": "changed", "field": "joined_on", "line": 2, "person": at.minor,
            "ours": at.mark, "theirs": at.mark, "state": "answered", "answer": "ours",
            "reason": f"依据{at.mark}", "answered_by": at.person, "answered_at": AT,
            "found_on": DAY,
        },
    )[0]  # fmt: skip


MAKERS: dict[str, Callable[[Stands], object]] = {
    "roll_source_id": lambda at: _source(at).pk,
    "run_id": lambda at: _run(at).pk,
    "branch_tally_id": lambda at: _tally(at).pk,
    "difference_id": lambda at: _difference(at).pk,
}
