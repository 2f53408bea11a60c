"""Small pieces that the pages of the directory share."""

from datetime import date

from django.urls import reverse

from qinghe.edges.web import pages
from qinghe.kernel.people.models import Membership, Post
from qinghe.lib.verdicts import Refused


def day(value: date | None) -> str:
    """Return a day as a record shows it."""
    return value.isoformat() if value else ""


def about(row: Membership | Post, field: str, value: str) -> pages.Kept:
    """Return a fact about the person of a row, for those who may read it."""
    return pages.Kept(value, f"people.Person.{field}", of=row.person, at=row.org)


def to_person(row: Membership | Post) -> pages.Cell:
    """Return the number of a row's person; while the row holds, a link to the person's page."""
    number = row.person.number
    if row.ends_on:
        return number
    return pages.Link(number, reverse("directory:person", args=[row.person_id]))


def require(allowed: bool) -> None:  # noqa: FBT001  an answer to pass on, no switch
    """Refuse a page that was asked for without a right to it. Raises Refused: not_allowed."""
    if not allowed:
        raise Refused("not_allowed", "您没有办理此事的权限，没有任何改动。")
