"""The paper of a certificate: its four groups of information, its number and its code (V-11, V-14)."""

from pathlib import Path

import segno
from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from qinghe.edges import papers
from qinghe.edges.web.requests import Request
from qinghe.kernel.people import queries as people
from qinghe.lib.periods import TZ
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import queries, rules
from qinghe.systems.volunteering.queries import Certificate, CertificateState

PAPER = Path(__file__).parents[1] / "templates" / "volunteering" / "certificate.typ"
MOST_LINES = 400
UNSEALED = "本件为平台志愿服务记录，未经出具单位盖章前不作为志愿服务证明使用。"
SEALED = "本件经出具单位核实并公示，加盖公章后生效。"


def certificate_as_pdf(request: Request, certificate: Certificate, *, name: str) -> HttpResponse:
    """Set a certificate for one reader, with the name as this reader may see it.

    `?as=text` asks for its signed words alone.
    """
    if request.GET.get("as") == "text":
        return certificate_as_text(request, certificate, name=name)
    response = HttpResponse(
        papers.pdf_of(PAPER, data=_told(request, certificate, name=name)),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{certificate.number}.pdf"'},
    )
    add_never_cache_headers(response)
    return response


def certificate_as_text(request: Request, certificate: Certificate, *, name: str) -> HttpResponse:
    """Give what a certificate says as words that the house has signed, for machines to check."""
    response = HttpResponse(
        queries.signed_text(request.actor, certificate, name=name),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{certificate.number}.txt"'},
    )
    add_never_cache_headers(response)
    return response


def check_address(request: Request, certificate: Certificate) -> str:
    """Return the address that a certificate's QR code leads to."""
    query = urlencode({"number": certificate.number, "code": certificate.check_code})
    return request.build_absolute_uri(f"{reverse('volunteering:check')}?{query}")


def _told(request: Request, certificate: Certificate, *, name: str) -> dict[str, object]:
    address = check_address(request, certificate)
    contact = people.masked_contact(certificate.volunteer.person)
    sealed = certificate.state == CertificateState.SEALED
    rows = list(queries.rows_of(request.actor, certificate)[: MOST_LINES + 1])
    return {
        "title": "志愿服务证明" if sealed else "平台志愿服务记录",
        "notice": SEALED if sealed else UNSEALED,
        "sealed": sealed,
        "name": name,
        "id_type": "居民身份证" if contact.id_number else "",
        "id_number": contact.id_number,
        "volunteer": certificate.volunteer.number,
        "home": certificate.volunteer.org.name,
        "from": _day(certificate.served_from),
        "to": _day(certificate.served_to),
        "hours": rules.tenths_of_hours(certificate.minutes),
        "sessions": certificate.sessions,
        "issuer": certificate.issuer.name,
        "head": certificate.head,
        "handler": certificate.handler,
        "contact": certificate.contact,
        "number": certificate.number,
        "code": certificate.check_code,
        "issued": _day(certificate.issued_at.astimezone(TZ)),
        "address": address,
        "picture": _picture(address),
        "signed": _signed(request, certificate, name=name),
        "signed_at": request.build_absolute_uri(reverse("volunteering:check_signed")),
        "lines": [
            [
                one.session.day.isoformat(),
                one.session.title,
                one.session.org.name,
                rules.tenths_of_hours(one.minutes),
            ]
            for one in rows[:MOST_LINES]
        ],
        "more": len(rows) > MOST_LINES,
    }


def _signed(request: Request, certificate: Certificate, *, name: str) -> str:
    """Return the code of the signed words; nothing where the keys are missing, which stops no paper."""
    try:
        text = queries.signed_text(request.actor, certificate, name=name)
    except Refused:
        return ""
    return segno.make(text, error="l", encoding="utf-8").svg_inline(scale=4, border=0)


def _day(day: object) -> str:
    return f"{day:%Y}年{day:%-m}月{day:%-d}日"


def _picture(address: str) -> str:
    return segno.make(address, error="m").svg_inline(scale=4, border=0)
