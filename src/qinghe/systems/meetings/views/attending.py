"""Answers to invitations, the code at the door, the roll, guests; one's own sign-in on the phone."""

import segno
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qinghe.edges.web import doors, limits, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib import door_codes
from qinghe.lib.verdicts import Refused
from qinghe.systems.meetings import forms, queries, services
from qinghe.systems.meetings.access import Act
from qinghe.systems.meetings.queries import Sitting, Summons

from .sittings import back_to, found_or_404, url_of

CODES = "meetings_code"
MOST_WRONG = 10  # bar 15: bad codes of one account in a minute


def reply(request: Request, summons_id: int) -> HttpResponse:
    """Answer an invitation, for one's unit or as the office."""
    rows = queries.summonses_seen_by(request.actor)
    found: Summons = get_object_or_404(rows, pk=summons_id, member__isnull=False)
    own = queries.units_answered_by(request.actor)
    if found.member not in own:
        actors.require(request.actor, Act.RUN, at=found.sitting.body.org)
    initial = {
        "reply": found.reply or Summons.Reply.COMING,
        "proxy_name": found.proxy_name,
        "proxy_duty": found.proxy_duty,
        "reason": found.reason,
    }
    form = forms.ReplyForm(request.POST or None, initial=initial)

    def do() -> str:
        services.reply(summons=found, answer=form.as_answer(), at=timezone.now(), by=request.actor)
        messages.success(request, "回执已登记，开会前可以再改。")
        return url_of(found.sitting)

    return pages.act_page(
        request,
        title=f"回执：{found.member.name if found.member else ''}",
        note=f"{found.sitting.title}，{found.sitting.day.isoformat()}，{found.sitting.place}。",
        form=form,
        do=do,
        submit="提交回执",
        back=back_to(found.sitting),
    )


def guest_new(request: Request, sitting_id: int) -> HttpResponse:
    """Note somebody who attends beside the units."""
    found = found_or_404(request, sitting_id)
    actors.require(request.actor, Act.RUN, at=found.body.org)
    form = forms.GuestForm(request.POST or None)

    def do() -> str:
        services.add_guest(sitting=found, **form.cleaned_data, at=timezone.now(), by=request.actor)
        return url_of(found)

    return pages.act_page(
        request, title=f"登记列席：{found.title}", form=form, do=do, back=back_to(found)
    )


def roll(request: Request, sitting_id: int) -> HttpResponse:
    """Tick who is there."""
    found = found_or_404(request, sitting_id)
    actors.require(request.actor, Act.RUN, at=found.body.org)
    refused = ""
    if request.method == "POST":
        came = {int(key) for key in request.POST.getlist("came") if key.isdecimal()}
        try:
            services.call_roll(sitting=found, came=came, at=timezone.now(), by=request.actor)
            return redirect(url_of(found))
        except Refused as refusal:
            refused = refusal.reason
    rows = queries.summonses_seen_by(request.actor).filter(sitting=found).order_by("pk")
    return pages.page(
        request,
        "meetings/roll.html",
        status=409 if refused else 200,
        title=f"签到名单：{found.title}",
        back=back_to(found),
        refused=refused,
        rows=[(one, queries.name_of(request.actor, one, on=found.day)) for one in rows],
    )


@never_cache
@require_safe
def screen(request: Request, sitting_id: int) -> HttpResponse:
    """Show the rotating code for a screen that all see; it draws itself anew while it is shown."""
    found = found_or_404(request, sitting_id)
    actors.require(request.actor, Act.RUN, at=found.body.org)
    step = door_codes.step_at(timezone.now())
    code = queries.code_text(request.actor, found, step=step)
    address = request.build_absolute_uri(reverse("meetings:door", args=[code]))
    invited = queries.summonses_seen_by(request.actor).filter(sitting=found)
    return pages.page(
        request,
        "meetings/screen.html",
        part="code",
        title=found.title,
        sitting=found,
        address=address,
        # drawn by segno from our own text
        picture=mark_safe(segno.make(address, error="m").svg_inline(border=2, omitsize=True)),  # noqa: S308
        came=sum(one.came_at is not None for one in invited),
        invited=len(invited),
    )


@never_cache
def door(request: Request, sitting_code: str) -> HttpResponse:
    """Sign in by the code on the screen: one look, one tap."""
    found = _at_the_door(request, sitting_code)
    refused, done = "", None
    if request.method == "POST":
        try:
            done = services.sign_in(sitting=found, at=timezone.now(), by=request.actor)
        except Refused as refusal:
            refused = refusal.reason
    own = queries.own_summonses(request.actor).filter(sitting=found).first()
    return pages.page(
        request,
        "meetings/door.html",
        status=409 if refused else 200,
        title="会议签到",
        sitting=found if own else None,
        own=own,
        done=done,
        refused=refused,
        code=sitting_code,
    )


def _at_the_door(request: Request, sitting_code: str) -> Sitting:
    """Return the sitting whose code was scanned; once opened in time, the tap may take two minutes.

    Raises Refused: bad_code, old_code, early_code.
    """
    if not request.actor.person_id:
        raise doors.closed()
    limits.check_mistakes(request.actor.person_id, what=CODES, most=MOST_WRONG)
    now = timezone.now()
    try:
        code = queries.read_code(request.actor, sitting_code)
        shown = door_codes.starts_at(code.step)
        is_tap = request.method == "POST" and shown <= now <= shown + door_codes.TO_TAP
        door_codes.check_fresh(step=code.step, at=shown if is_tap else now)
    except Refused:
        limits.count_mistake(request.actor.person_id, what=CODES)
        raise
    found = queries.sitting_with_code(request.actor, code)
    if found is None:
        raise Http404
    return found
