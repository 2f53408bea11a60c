"""我的信息: what is held about oneself, what was agreed to, who looked (S-06, S-07)."""

from collections.abc import Mapping

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qinghe.edges import books
from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access.actors import Role
from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent.models import Notice, Purpose
from qinghe.kernel.people import queries as people
from qinghe.kernel.people import services as people_services
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.privacy import queries, services

MOST_READS = 10
COPY_NAME = "my-data"
Copy = Mapping[str, list[dict[str, str]]]


@never_cache
@require_safe
def me(request: Request) -> HttpResponse:
    """Show a person everything about themself on one page."""
    person = queries.person_of(request.actor)
    contact = people.masked_contact(person)
    actor = request.actor
    return pages.page(
        request,
        "privacy/me/home.html",
        person=person,
        username=request.user.get_username(),
        contact=[
            ("手机号码", contact.phone),
            ("身份证号码", contact.id_number),
            ("住址", contact.address),
            ("监护人", contact.guardian_name),
            ("监护人电话", contact.guardian_phone),
        ],
        alarm=contact.alarm,
        holdings=[
            (one.org.name, Role(one.role).label, one) for one in queries.holdings_of(actor, person)
        ],
        memberships=queries.memberships_of(actor, person),
        posts=queries.posts_of(actor, person),
        consents=queries.consents_shown_to(actor, person, local_day(timezone.now())),
        wards=consent.wards_of(person),
        reads=queries.reads_of(actor, person)[:MOST_READS],
        requests=queries.requests_of(actor, person),
        systems=queries.lines_about(actor, person),
    )


@never_cache
@require_safe
@reauthentication_required
def own_contact(request: Request) -> HttpResponse:
    """Show a person's own contact in full, after the password was typed once more."""
    person = queries.person_of(request.actor)
    contact = people_services.copy_own_contact(person=person, at=timezone.now(), by=request.actor)
    facts = [
        ("手机号码", contact.phone),
        ("身份证号码", contact.id_number),
        ("住址", contact.address),
        ("监护人", contact.guardian_name),
        ("监护人电话", contact.guardian_phone),
    ]
    return pages.page(request, "privacy/me/contact.html", facts=facts)


@never_cache
@require_safe
def own_consent(request: Request, pk: int) -> HttpResponse:
    """Show one version of a notice, in force or not, to read again."""
    return pages.page(request, "privacy/me/consent.html", notice=get_object_or_404(Notice, pk=pk))


@require_POST
def agree(request: Request, pk: int) -> HttpResponse:
    """Agree with one tap."""
    notice = get_object_or_404(Notice, pk=pk)
    try:
        services.agree(notice=notice, at=timezone.now(), by=request.actor)
        messages.success(request, f"已同意《{notice.title}》，可以随时撤回。")
    except Refused as refusal:
        messages.error(request, refusal.reason)
    return redirect("me:home")


@require_POST
def take_back(request: Request, purpose: str) -> HttpResponse:
    """Take back a consent with one tap."""
    if purpose not in Purpose.values:
        raise Http404
    services.take_back(purpose=purpose, at=timezone.now(), by=request.actor)
    messages.success(request, f"已撤回“{Purpose(purpose).label}”的同意，之前的记录保留。")
    return redirect("me:home")


@require_POST
def take_back_for_ward(request: Request, pk: int) -> HttpResponse:
    """Take back, as the guardian, what was agreed to for a child."""
    person = queries.person_of(request.actor)
    beside = get_object_or_404(consent.wards_of(person), ward_id=pk)
    services.take_back_for_ward(ward=beside.ward, at=timezone.now(), by=request.actor)
    messages.success(request, "已撤回对孩子的全部同意，孩子的账号已停用。")
    return redirect("me:home")


@never_cache
@require_safe
@reauthentication_required
def own_copy(request: Request, kind: str) -> HttpResponse:
    """Hand a person a copy of all that is held about them, as .json or .xlsx (S-07)."""
    if kind not in ("json", "xlsx"):
        raise Http404
    person = queries.person_of(request.actor)
    at = timezone.now()
    contact = people_services.copy_own_contact(person=person, at=at, by=request.actor)
    copy = queries.own_copy(request.actor, person, contact)
    if kind == "json":
        response: HttpResponse = JsonResponse(copy, json_dumps_params={"ensure_ascii": False})
    else:
        response = HttpResponse(_workbook(copy), content_type=books.MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{COPY_NAME}.{kind}"'
    return response


def _workbook(copy: Copy) -> bytes:
    """Return a copy as a workbook, one sheet for each heading; an empty one says so."""
    with books.Book() as book:
        for title, rows in copy.items():
            labels = list(dict.fromkeys(label for row in rows for label in row))
            page = book.page(title, labels or ["没有记录"])
            book.rows(page, ([row.get(label, "") for label in labels] for row in rows))
    return book.content()
