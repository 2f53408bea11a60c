"""The ranking: as a table to announce, with its versions, and as a workbook."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from qinghe.edges import books
from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.lib import periods
from qinghe.systems.assessments import queries, rules
from qinghe.systems.assessments.queries import Place, Ranking, Scheme

from .schemes import found_scheme, url_of
from .steps import actions_of
from .tables import SCHEME_TONES

HEADING = ("名次", "单位", "得分", "计分项目", "加分", "扣分", "说明")
POINTS = ("单位代码", "单位", "考核期", "名次", "积分")


@require_safe
def ranking(request: Request, scheme_id: int) -> HttpResponse:
    """Show the newest ranking that the reader may see, or the version that was asked for."""
    found = found_scheme(request, scheme_id)
    versions = list(queries.rankings_seen_by(request.actor, found))
    shown = _asked(request, versions)
    watches = queries.may_watch(request.actor, found)
    return pages.page(
        request,
        "assessments/ranking.html",
        title=f"{found.name}排名",
        scheme=found,
        period=periods.parse(found.period),
        state=pages.Tag(found.get_state_display(), SCHEME_TONES[found.state]),
        shown=shown,
        places=queries.places_of(request.actor, shown),
        versions=versions,
        whole=queries.is_whole(request.actor, shown),
        agrees=queries.agrees(request.actor, shown) if shown == versions[0] and watches else True,
        actions=_actions(request, found),
        back=pages.Link(found.name, url_of(found)),
    )


@require_safe
def ranking_book(request: Request, scheme_id: int) -> HttpResponse:
    """Give the ranking as a workbook: the table to announce, all marks, and the points."""
    found = found_scheme(request, scheme_id)
    shown = _asked(request, list(queries.rankings_seen_by(request.actor, found)))
    response = HttpResponse(_book(request, found, shown), content_type=books.MEDIA_TYPE)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{found.name}排名第{shown.number}版.xlsx"
    )
    return response


def _asked(request: Request, versions: list[Ranking]) -> Ranking:
    """Return the version that the address asks for, else the newest. Raises Http404."""
    number = request.GET.get("number", "")
    chosen = [one for one in versions if not number or str(one.number) == number]
    if not chosen:
        raise Http404
    return chosen[0]


def _book(request: Request, found: Scheme, shown: Ranking) -> bytes:
    places = queries.places_of(request.actor, shown)
    with books.Book(created=shown.made_at) as book:
        book.rows(book.page("通报表", HEADING), map(_line, places))
        points = queries.points_of(request.actor, found)
        if points:
            rows = [
                (one.org, one.name, one.period, one.rank, rules.as_decimal(one.hundredths))
                for one in points
            ]
            book.rows(book.page("积分", POINTS), rows)
        about = [
            ("考核方案", found.name),
            ("考核期", periods.parse(found.period).label),
            ("排名版次", shown.number),
            ("封存时间", shown.made_at),
            ("校验码", shown.sha256),
            ("名次规则", "按得分从高到低，得分相同名次相同，其后名次不空"),
        ]
        book.rows(book.page("说明", ("项目", "内容")), about)
    return book.content()


def _line(place: Place) -> tuple[object, ...]:
    marks = (place.total, place.normal, place.bonus, place.deduction)
    total, *rest = map(rules.as_decimal, marks)
    return place.rank, place.name, total, *rest, "并列" if place.tied else ""


def _actions(request: Request, found: Scheme) -> list[pages.Action]:
    book = reverse("assessments:ranking_book", args=[found.pk])
    number = request.GET.get("number", "")
    query = f"?number={number}" if number.isdecimal() else ""
    others = [one for one in actions_of(request, found) if one.label != "排名"]
    return [*others, pages.Action("导出 .xlsx", f"{book}{query}")]
