from dataclasses import dataclass

from django.http import HttpResponse

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.reports.drafting import queries
from qinghe.reports.drafting.queries import Compared, Passage, Version

from . import beyond, sheet, side


@dataclass(frozen=True)
class Line:
    """A passage in two versions, as it is shown."""

    passage: Passage
    what: str  # 新增 | 移除 | 修改
    heading: list[sheet.Change]
    text: list[sheet.Change]


def compare(request: Request, report_id: int) -> HttpResponse:
    """Show any two versions of a report beside each other, or choose them."""
    found = side.report_seen_by(request, report_id)
    versions = queries.versions_seen_by(request.actor, found)
    new = _chosen(request, found, "new", default=versions[_place(versions, str(found.pk))])
    old = _chosen(request, found, "old", default=_before(versions, new))
    two = queries.compare_whole(
        request.actor,
        old,
        new,
        figures_for=lambda report: beyond.figures_for(request.actor, report),
    )
    return pages.page(
        request,
        "drafting/compare.html",
        title="版本对比",
        report=found,
        versions=versions,
        old=old,
        new=new,
        turned=old.order > new.order,
        figures=two.figures,
        lines=[_line(each) for each in two.changed],
        same=len(two.passages) - len(two.changed),
    )


def _chosen(request: Request, report: queries.Report, name: str, *, default: Version) -> Version:
    key = request.GET.get(name, "")
    return queries.version_named(request.actor, report, key) if key else default


def _place(versions: list[Version], key: str) -> int:
    return next(place for place, each in enumerate(versions) if each.key == key)


def _before(versions: list[Version], new: Version) -> Version:
    """Return what to compare with first: the report it corrects, or else what it began with."""
    older = [each for each in versions if each.order < new.order]
    whole = [each for each in older if each.moment is None]
    return whole[0] if whole else older[-1] if older else new


def _line(found: Compared) -> Line:
    what = "新增" if found.before is None else "移除" if found.after is None else "修改"
    shown = found.after or found.before
    if shown is None:
        raise ValueError("a passage is in neither version")
    return Line(
        passage=shown,
        what=what,
        heading=sheet.changes(found.heading, {}),
        text=sheet.changes(found.text, {}),
    )
