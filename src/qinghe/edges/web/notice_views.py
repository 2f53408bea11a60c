"""Notices: the list, reading them, and how somebody wants to be told."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from qinghe.kernel.notices import channels, queries, services
from qinghe.kernel.notices.kinds import Channel

from . import pages
from .notice_forms import PreferenceForm
from .requests import Request

PER_PAGE = 20
LOCAL = {Channel.WECOM, Channel.DINGTALK}  # robots speak to a group; they name nobody in full


@require_safe
def notices(request: Request) -> HttpResponse:
    """Show the actor's notices, newest first; `?unread=1` only those not read."""
    unread = queries.unread_of(request.actor.person_id)
    only_unread = bool(request.GET.get("unread"))
    rows = unread if only_unread else queries.notices_of(request.actor.person_id)
    return pages.page(
        request,
        "web/notices.html",
        page=Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        only_unread=only_unread,
        unread=unread.count(),
    )


@require_POST
def notice(request: Request, notice_id: int) -> HttpResponse:
    """Open a notice: it is read from now on, and its page follows."""
    mine = queries.notices_of(request.actor.person_id)
    found = get_object_or_404(mine, pk=notice_id)
    services.read(notices=mine.filter(pk=found.pk), at=timezone.now())
    return redirect(found.url or "web:notices")


@require_POST
def notices_read(request: Request) -> HttpResponse:
    """Mark all of the actor's notices as read."""
    services.read(notices=queries.unread_of(request.actor.person_id), at=timezone.now())
    return redirect("web:notices")


def preferences(request: Request) -> HttpResponse:
    """Show and keep how the actor wants to be told."""
    form = PreferenceForm(
        request.POST or None,
        kept=queries.preference_of(request.actor.person_id),
        channels=channels.configured(),
    )
    if form.is_valid():
        with pages.refusals_on(form):
            services.keep_preference(
                person_id=request.actor.person_id,
                email=form.cleaned_data["email"],
                chosen=form.chosen,
                quiet=form.quiet,
                digest_at=form.cleaned_data["digest_at"],
                at=timezone.now(),
                by=request.actor,
            )
            messages.success(request, "通知设置已保存。")
            return redirect("web:preferences")
    wrong = form.is_bound and bool(form.errors)
    return pages.page(
        request,
        "web/preferences.html",
        status=422 if wrong else 200,
        form=form,
        robots=[channel.label for channel in form.channels if channel in LOCAL],
    )
