"""Small pieces that the pages of the directory share."""

from datetime import date

from django.urls import reverse

from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.directory.access import Act


def import_url(request: Request, sheet: str) -> str:
    """Return where a list is brought in as a workbook, or nothing for one who may not."""
    if not actors.may_anywhere(request.actor, Act.UPLOAD):
        return ""
    return reverse("sheets:sheet", args=["directory", sheet])


def day(value: date | None) -> str:
    """Return a day as a record shows it."""
    return value.isoformat() if value else ""
