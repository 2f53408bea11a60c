"""Registering oneself by phone, step by step. Nobody is signed in here."""

from django.contrib.auth.hashers import make_password
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.consent import queries as consent
from qinghe.kernel.notices import channels
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.privacy import forms, queries, rules, services

from .steps import AT, BY, STEPS, TOKEN, Under, address_of, show, tell, under_way

PURPOSES = (*rules.REQUIRED, *rules.OPTIONAL)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: Request) -> HttpResponse:
    """Show every notice with its own unticked box, and begin with those that were ticked."""
    if request.user.is_authenticated:
        return redirect("me:home")
    if not channels.sms_configured():
        return pages.page(request, "privacy/register/by_invitation.html")
    at = timezone.now()
    notices = consent.current_notices(PURPOSES, on=local_day(at))
    reason = ""
    if request.method == "POST":
        chosen = forms.ticked(notices, request.POST.getlist("notice"))
        try:
            request.session[TOKEN] = services.begin(notices=chosen, at=at, by=BY)
            return redirect("register:phone")
        except Refused as refusal:
            reason = refusal.reason
    return pages.page(
        request,
        "privacy/register/notices.html",
        status=422 if reason else 200,
        steps=list(enumerate(STEPS, start=1)),
        at=AT["told"],
        reason=reason,
        required=[one for one in notices if one.purpose in rules.REQUIRED],
        optional=[one for one in notices if one.purpose in rules.OPTIONAL],
    )


@never_cache
@require_POST
def declined(request: Request) -> HttpResponse:
    """Say what a refusal means, and forget what was typed (S-04)."""
    at = timezone.now()
    registration = queries.registration_by(queries.NOBODY, request.session.get(TOKEN, ""), at)
    if registration:
        services.give_up(registration=registration, at=at, by=BY)
    request.session.pop(TOKEN, None)
    return pages.page(request, "privacy/register/declined.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@under_way
def phone(request: Request, under: Under) -> HttpResponse:
    """Take the phone and send it a code."""
    form = forms.PhoneForm(request.POST or None, initial={"phone": under.typed.phone})
    if form.is_valid():
        with pages.refusals_on(form):
            message = services.send_own_code(
                registration=under.registration,
                phone=form.cleaned_data["phone"],
                address=address_of(request),
                at=timezone.now(),
                by=BY,
            )
            tell(request, message)
            return redirect("register:code")
    return show(request, "phone", form=form, submit="获取验证码", title="验证手机号")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@under_way
def code(request: Request, under: Under) -> HttpResponse:
    """Take the code that came."""
    if not under.typed.phone:
        return redirect("register:phone")
    form = forms.CodeForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            if services.prove_own_phone(
                registration=under.registration,
                code=form.cleaned_data["code"],
                at=timezone.now(),
                by=BY,
            ):
                return redirect("register:about")
            form.add_error("code", "验证码不正确，请核对短信后重新输入。")
    return show(
        request,
        "phone",
        form=form,
        submit="下一步",
        title="输入验证码",
        sent_to=under.typed.phone,
        again="register:phone",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@under_way
def about(request: Request, under: Under) -> HttpResponse:
    """Take who registers; an adult is done with it, a minor's guardian comes next."""
    if not under.typed.phone_proved:
        return redirect("register:phone")
    form = forms.AboutForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        with pages.refusals_on(form):
            at = timezone.now()
            description = services.Description(
                name=typed["name"],
                sex=typed["sex"],
                birth_date=typed["birth_date"],
                org=typed["org"],
                password_hash=make_password(typed["password"]),
            )
            services.describe(
                registration=under.registration, description=description, at=at, by=BY
            )
            if rules.needs_guardian(birth_date=typed["birth_date"], on=local_day(at)):
                return redirect("register:guardian")
            return finish(request, services.complete(registration=under.registration, at=at, by=BY))
    words = str(form["org_name"].value() or "").strip()
    return show(
        request,
        "about",
        form=form,
        submit="下一步",
        title="填写个人信息",
        template="privacy/register/about.html",
        orgs=_orgs_named(words),
        chosen=str(form["org"].value() or ""),
    )


@never_cache
@require_GET
@under_way
def org_choices(request: Request, under: Under) -> HttpResponse:
    """Show the communities and schools whose name holds what is typed."""
    words = request.GET.get("org_name", "").strip()
    return pages.page(
        request, "privacy/register/org_choices.html", orgs=_orgs_named(words), words=words
    )


@never_cache
@require_GET
def done(request: Request) -> HttpResponse:
    """Say that the registration is complete, once."""
    username = request.session.pop("registered_as", "")
    if not username:
        return redirect("register:begin")
    return pages.page(request, "privacy/register/done.html", username=username)


def finish(request: Request, registered: services.Registered) -> HttpResponse:
    """Lead to the last page; the account signs in like any other."""
    request.session.pop(TOKEN, None)
    request.session["registered_as"] = registered.username
    return redirect("register:done")


def _orgs_named(words: str) -> list[tuple[str, str, str]]:
    if len(words) < queries.LEAST_LETTERS:
        return []
    found = queries.orgs_to_choose(queries.NOBODY, words).select_related("parent")
    return [
        (str(one.pk), one.name, one.parent.name if one.parent else "")
        for one in found[: queries.MOST_CHOICES]
    ]
