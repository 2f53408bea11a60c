"""The guardian's step of registering a minor (V-20, S-03)."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent import services as consents
from qinghe.lib.periods import local_day
from qinghe.systems.privacy import forms, rules, services

from .register import finish
from .steps import BY, Under, address_of, show, tell, under_way

CHILD = "child"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@under_way
def guardian(request: Request, under: Under) -> HttpResponse:
    """Show the guardian what they agree to, and send them a code of their own."""
    if not under.typed.birth_date:
        return redirect("register:about")
    at = timezone.now()
    child = rules.is_child(birth_date=under.typed.born, on=local_day(at))
    purposes = (CHILD, *rules.REQUIRED) if child else rules.REQUIRED
    notices = consent.current_notices(purposes, on=local_day(at))
    form = forms.GuardianForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            agreed = services.GuardianConsent(
                guardian=consents.Guardian(**form.cleaned_data),
                notices=tuple(forms.ticked(notices, request.POST.getlist("notice"))),
            )
            message = services.send_guardian_code(
                registration=under.registration,
                agreed=agreed,
                address=address_of(request),
                at=at,
                by=BY,
            )
            tell(request, message)
            return redirect("register:guardian_code")
    return show(
        request,
        "guardian",
        form=form,
        title="监护人同意",
        template="privacy/register/guardian.html",
        notices=notices,
        name=under.typed.name,
        child=child,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@under_way
def guardian_code(request: Request, under: Under) -> HttpResponse:
    """Take the guardian's code; with it the minor is on the books."""
    if not under.typed.guardian_phone:
        return redirect("register:guardian")
    form = forms.CodeForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            registered = services.complete_by_guardian(
                registration=under.registration,
                code=form.cleaned_data["code"],
                at=timezone.now(),
                by=BY,
            )
            if registered:
                return finish(request, registered)
            form.add_error("code", "验证码不正确，请监护人核对短信后重新输入。")
    return show(
        request,
        "guardian",
        form=form,
        submit="完成注册",
        title="输入监护人收到的验证码",
        sent_to=under.typed.guardian_phone,
        again="register:guardian",
    )
