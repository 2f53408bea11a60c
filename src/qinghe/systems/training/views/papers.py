"""Certificates of completion: the record, the paper, the public check."""

from pathlib import Path

import segno
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qinghe.edges import papers
from qinghe.edges.web import limits, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.kernel.people import queries as people
from qinghe.lib import identifiers
from qinghe.systems.training import forms, queries, services
from qinghe.systems.training.access import Act
from qinghe.systems.training.queries import Completion

PAPER = Path(__file__).parents[1] / "templates" / "training" / "completion.typ"
CHECKING = "training_check"


def completion(request: Request, completion_id: int) -> HttpResponse:
    """Show one certificate."""
    found = _found(request, completion_id)
    held = found.enrolment.training_class
    key = [found.pk]
    actions = [pages.Action("下载证书", reverse("training:completion_paper", args=key))]
    if not found.revoked_at and actors.may(request.actor, Act.ENROL, at=held.org):
        actions.append(pages.Action("撤销", reverse("training:completion_revoke", args=key)))
    return pages.record_page(
        request,
        title=f"结业证书 {found.number}",
        record=found,
        state=pages.Tag("已撤销", pages.Tone.LATE)
        if found.revoked_at
        else pages.Tag("有效", pages.Tone.GOOD),
        facts=[
            ("姓名", _name(request, found)),
            ("班次", pages.Link(held.title, reverse("training:class", args=[held.pk]))),
            ("主办单位", held.org.name),
            ("发放日期", found.issued_on.isoformat()),
            ("撤销原因", found.reason or "—"),
        ],
        actions=actions,
        back=pages.Link(held.title, reverse("training:class", args=[held.pk])),
    )


def completion_revoke(request: Request, completion_id: int) -> HttpResponse:
    """Take a certificate back."""
    found = _found(request, completion_id)
    actors.require(request.actor, Act.ENROL, at=found.enrolment.training_class.org)
    return pages.reason_page(
        request,
        title=f"撤销结业证书 {found.number}",
        note="编号保留，公开查验时显示已撤销。",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.revoke_completion(
            completion=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定撤销",
        back=pages.Link("结业证书", reverse("training:completion", args=[found.pk])),
    )


def completion_paper(request: Request, completion_id: int) -> HttpResponse:
    """Send the paper to whoever sees the certificate at the desk."""
    return _paper(request, _found(request, completion_id))


@never_cache
def own_completion(request: Request, completion_id: int) -> HttpResponse:
    """Send the paper of one's own certificate, or of one's child's."""
    rows = queries.own_completions(request.actor)
    return _paper(request, get_object_or_404(rows, pk=completion_id))


@never_cache
@require_safe
def check(request: Request) -> HttpResponse:
    """Tell anybody who holds a number and its code whether the certificate is valid."""
    form = forms.CheckForm(request.GET or None)
    asked = form.is_valid()
    found = None
    if asked:
        limits.check(request, what=CHECKING)
        found = queries.completion_with(request.actor, **form.cleaned_data)
    return pages.page(
        request,
        "training/check.html",
        title="结业证书查验",
        form=forms.CheckForm() if found or not request.GET else form,
        asked=asked,
        found=found,
        facts=_told(found) if found else (),
    )


def _told(found: Completion) -> list[tuple[str, str]]:
    person, held = found.enrolment.person, found.enrolment.training_class
    mask = identifiers.mask_name
    if people.is_minor(person, timezone.localdate()):
        mask = identifiers.mask_child_name
    return [
        ("证书编号", found.number),
        ("姓名", mask(person.name)),
        ("课程", held.course.title),
        ("班次", held.title),
        ("日期", held.day.isoformat()),
        ("主办单位", held.org.name),
        ("发放日期", found.issued_on.isoformat()),
    ]


def _paper(request: Request, found: Completion) -> HttpResponse:
    held = found.enrolment.training_class
    query = urlencode({"number": found.number, "code": found.check_code})
    address = request.build_absolute_uri(f"{reverse('training:check')}?{query}")
    told = {
        "name": _name(request, found),
        "programme": held.course.programme.title,
        "course": held.course.title,
        "title": held.title,
        "hours": f"{held.course.quarters / 4:g}",
        "day": f"{held.day:%Y}年{held.day.month}月{held.day.day}日",
        "issued": f"{found.issued_on:%Y}年{found.issued_on.month}月{found.issued_on.day}日",
        "issuer": held.org.name,
        "number": found.number,
        "code": found.check_code,
        "revoked": bool(found.revoked_at),
        "picture": segno.make(address, error="m").svg_inline(scale=4, border=0),
    }
    response = HttpResponse(
        papers.pdf_of(PAPER, data=told),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{found.number}.pdf"'},
    )
    add_never_cache_headers(response)
    return response


def _name(request: Request, found: Completion) -> str:
    """Return the name in full to oneself and the guardian, else as the reader's level allows."""
    person = found.enrolment.person
    if queries.own_completions(request.actor).filter(pk=found.pk).exists():
        return person.name
    at = found.enrolment.training_class.org
    return levels.full_name(request.actor, person, at=at, on=timezone.localdate())


def _found(request: Request, completion_id: int) -> Completion:
    return get_object_or_404(queries.completions_seen_by(request.actor), pk=completion_id)
