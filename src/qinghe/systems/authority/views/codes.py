"""The page that shows an invitation's code: once, with a QR code, to be printed or handed over."""

import segno
from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access.models import Invitation

from .names import name_of


def shown_once(request: Request, invitation: Invitation, code: str) -> HttpResponse:
    """Show the code of an invitation just made; nothing keeps it for a second time."""
    address = request.build_absolute_uri(reverse("join:join", args=[code]))
    response = pages.page(
        request,
        "authority/code.html",
        title="邀请码",
        invitation=invitation,
        name=name_of(request, invitation),
        address=address,
        picture=segno.make(address, error="m").svg_data_uri(scale=5, border=2),
        back=pages.Link("邀请", reverse("authority:invitations")),
    )
    add_never_cache_headers(response)
    return response
