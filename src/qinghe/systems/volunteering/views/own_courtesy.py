"""Courtesies on a volunteer's phone: what one may take, why not the others, and the codes."""

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import queries, rules, services
from qinghe.systems.volunteering.queries import ClaimState

MOST_SHOWN = 30


@never_cache
@require_safe
def own_courtesy(request: Request) -> HttpResponse:
    """Show all that is offered, with the reason beside each that cannot be taken now."""
    volunteer = queries.own_volunteer(request.actor)
    if volunteer is None:
        raise doors.closed()
    today = local_day(timezone.now())
    terms = queries.courtesy_terms_on(request.actor, today)
    claims, fen = queries.taken_this_year(request.actor, volunteer, today.year)
    return pages.page(
        request,
        "volunteering/own_courtesy.html",
        title="志愿者礼遇",
        offered=queries.offered_to(request.actor, volunteer, today),
        claims=[
            (one, _standing(one.state, over=one.valid_until < today))
            for one in queries.own_claims(request.actor)[:MOST_SHOWN]
        ],
        taken=claims,
        taken_value=rules.yuan(fen),
        most=terms.most_claims if terms else 0,
        most_value=rules.yuan(terms.most_fen) if terms else "",
    )


@require_POST
def own_courtesy_claim(request: Request, courtesy_item_id: int) -> HttpResponse:
    """Take one, and go to its code."""
    today = local_day(timezone.now())
    item = get_object_or_404(queries.open_items(request.actor, today), pk=courtesy_item_id)
    try:
        made = services.claim_courtesy(item=item, at=timezone.now(), by=request.actor)
    except Refused as refusal:
        messages.error(request, refusal.reason)
        return redirect("volunteering:own_courtesy")
    return redirect("volunteering:own_courtesy_code", made.pk)


@never_cache
@require_safe
def own_courtesy_code(request: Request, courtesy_claim_id: int) -> HttpResponse:
    """Show the code of one's own claim: as a picture and as digits."""
    found = get_object_or_404(queries.own_claims(request.actor), pk=courtesy_claim_id)
    over = found.valid_until < local_day(timezone.now())
    address = request.build_absolute_uri(reverse("volunteering:courtesy_code", args=[found.token]))
    usable = found.state == ClaimState.CLAIMED and not over
    return pages.page(
        request,
        "volunteering/own_courtesy_code.html",
        title=found.item.title,
        claim=found,
        state=_standing(found.state, over=over),
        usable=usable,
        digits=f"{found.code[:4]} {found.code[4:]}",
        weekdays=rules.weekdays_written(found.item.weekdays),
        picture=segno.make(address, error="m").svg_data_uri(scale=6, border=2) if usable else "",
    )


@require_POST
def own_courtesy_cancel(request: Request, courtesy_claim_id: int) -> HttpResponse:
    """Give one back."""
    found = get_object_or_404(queries.own_claims(request.actor), pk=courtesy_claim_id)
    try:
        services.cancel_courtesy(claim=found, at=timezone.now(), by=request.actor)
        messages.success(request, "已取消，份数退回，也不计入您今年的次数。")
    except Refused as refusal:
        messages.error(request, refusal.reason)
    return redirect("volunteering:own_courtesy")


def _standing(state: str, *, over: bool) -> ClaimState:
    """Return how a claim stands today; one that is too old is so before the stock has it again."""
    return ClaimState.EXPIRED if state == ClaimState.CLAIMED and over else ClaimState(state)
