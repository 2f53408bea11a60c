"""A volunteer's own star, how far it is to the next, and the public notice."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qinghe.edges.web import doors, limits, pages
from qinghe.edges.web.requests import Request
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import forms, queries, rules, services

NOTICE = "star_notice"


@never_cache
def own_stars(request: Request) -> HttpResponse:
    """Show one's star and the way to the next; a tap asks for it while a round is open."""
    volunteer = queries.own_volunteer(request.actor)
    if volunteer is None:
        raise doors.closed()
    today = local_day(timezone.now())
    scheme = queries.scheme_on(request.actor, today)
    standing = queries.standing_of(request.actor, volunteer, today)
    levels = queries.levels_of(request.actor, scheme) if scheme else ()
    way = rules.way_to_next(standing, levels=levels)
    season = queries.season_for(request.actor, volunteer, today)
    return pages.page(
        request,
        "volunteering/own_stars.html",
        title="我的星级",
        star=standing.star,
        hours=rules.tenths_of_hours(standing.minutes),
        way=way,
        lacking=rules.tenths_still_lacking(way.lacking) if way else "",
        wanted=f"{way.minutes // 60:,}" if way else "",
        early=way is not None and way.ready_on > today,
        scheme=scheme,
        levels=[(one, f"{one.minutes // 60:,}") for one in levels],
        season=season,
        reached=queries.star_in_reach(request.actor, volunteer, season) if season else 0,
        carried=[
            (one, rules.tenths_of_hours(one.minutes))
            for one in queries.carried_of(request.actor, volunteer)
        ],
        cases=queries.own_cases(request.actor),
        withdrawable=("reviewing", "noticed"),
    )


@require_POST
def own_star_apply(request: Request, star_round_id: int) -> HttpResponse:
    """Ask for the star that one's hours bear."""
    found = get_object_or_404(queries.rounds_open(request.actor), pk=star_round_id)
    try:
        made = services.apply_for_star(found=found, at=timezone.now(), by=request.actor)
        messages.success(request, f"已申请{made.star}星，审核和公示的进展会通知您。")
    except Refused as refusal:
        messages.error(request, refusal.reason)
    return redirect("volunteering:own_stars")


@require_POST
def own_star_withdraw(request: Request, star_case_id: int) -> HttpResponse:
    """Take one's own case back."""
    found = get_object_or_404(queries.own_cases(request.actor), pk=star_case_id)
    services.withdraw_star(case=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已撤回申请，申报期内可以重新申请。")
    return redirect("volunteering:own_stars")


@never_cache
@require_safe
def star_notice(request: Request) -> HttpResponse:
    """Show anybody who is to have a star: surname, number's end, organisation, star, until when."""
    limits.check(request, what=NOTICE, most=120)
    return pages.page(
        request,
        "volunteering/star_notice.html",
        title="星级志愿者公示",
        rows=queries.notice_lines(request.actor, local_day(timezone.now())),
    )


def own_star_object(request: Request, star_case_id: int) -> HttpResponse:
    """Hold something against a star on notice, in one's own name."""
    found = get_object_or_404(queries.on_notice(request.actor), pk=star_case_id)
    form = forms.WordsForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            services.object_to_star(
                case=found,
                words=form.cleaned_data["words"],
                at=timezone.now(),
                by=request.actor,
            )
            messages.success(request, "异议已提交，由主组织核实，结果会通知您。")
            return redirect(reverse("volunteering:star_notice"))
    return pages.page(
        request,
        "volunteering/star_object.html",
        status=422 if form.errors else 200,
        title="提出异议",
        form=form,
        line=queries.notice_line(request.actor, found, local_day(timezone.now())),
    )
