"""Hours of a whole half-year: the checks of all records, and hours by person as page and workbook.

Measured on the whole demo. What is doubted is counted and not held.
"""

import io
import time
from datetime import date

from django.utils import timezone

from bench import _apart
from bench._limits import at_most
from qinghe.edges.books import Book
from qinghe.kernel.access import queries as access
from qinghe.kernel.access.models import Holding
from qinghe.kernel.orgs import queries as orgs
from qinghe.systems.volunteering import queries
from qinghe.systems.volunteering.models import Stay

FIRST, LAST = date(2022, 1, 1), date(2022, 6, 30)
PAGE, SCAN, SHEET = 0.5, 60.0, 10.0  # seconds
BAR = f"all records checked < {SCAN:g} s; page of hours by person < {PAGE:g} s; workbook < {SHEET:g} s"
LIMITS = (
    at_most("seconds to check all", SCAN),
    at_most("seconds of a page", PAGE),
    at_most("seconds of the workbook", SHEET),
)


def run() -> dict[str, object]:
    """Measure in a process of its own on the whole demo."""
    return _apart.on_the_demo("hours")


def measured() -> dict[str, object]:
    """Measure what is there and return seconds."""
    by = _officer()
    doubts, scan = _timed(
        lambda: sum(
            1
            for _ in queries.doubts(
                by,
                limits=queries.limits_on(by, queries.terms_on(by, LAST)),
                since=None,
                progress=lambda done: None,
            )
        )
    )
    _rows(by)  # opens the facts, once a thread
    first, page = _timed(lambda: _rows(by)[:20])
    written, sheet = _timed(lambda: _write(by))
    return {
        "bar": BAR,
        "check-ins": Stay.objects.count(),
        "doubts": doubts,
        "seconds to check all": scan,
        "rows of the first page": len(first),
        "seconds of a page": page,
        "persons in the workbook": written,
        "seconds of the workbook": sheet,
        "bar met": scan < SCAN and page < PAGE and sheet < SHEET,
    }


def _officer():
    holding = Holding.objects.filter(role="district_officer").select_related("person")[0]
    return access.actor_of_person(holding.person_id, holding.person.name, timezone.localdate())


def _rows(by):
    district = orgs.root()
    return queries.hours_by_person(by, org=district, first=FIRST, last=LAST)


def _write(by):
    with Book(io.BytesIO()) as book:
        page = book.page("个人服务时长", ["姓名", "编号", "主组织", "次数", "分钟", "手工", "补录"])
        return book.rows(
            page,
            (
                [one.person.name, one.volunteer.number, one.org.name, one.sessions, one.minutes,
                 one.manual, one.late]
                for one in _rows(by)
            ),
        )  # fmt: skip


def _timed(do):
    started = time.perf_counter()
    found = do()
    return found, time.perf_counter() - started
