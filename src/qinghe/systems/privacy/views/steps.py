"""What the steps of registering share: whose registration it is, and how a step is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.audit import asking
from qinghe.kernel.notices import channels
from qinghe.lib import identifiers
from qinghe.systems.privacy import queries, rules, services

TOKEN = "registration"  # noqa: S105  a key of the session
BY = "自助注册"
STEPS = ("告知与同意", "验证手机", "个人信息", "监护人同意")
AT = {"told": 1, "phone": 2, "about": 3, "guardian": 4}
NOT_SENT = "短信没有发出，已填内容都还在；请过一分钟再获取，仍收不到请联系所在社区。"


@dataclass(frozen=True)
class Under:
    """A registration under way, and what was typed in it."""

    registration: queries.Registration
    typed: rules.Typed


Step = Callable[[Request, Under], HttpResponse]


def under_way(step: Step) -> Callable[[Request], HttpResponse]:
    """Give a step its browser session's registration; without one, begin at the beginning."""

    @wraps(step)
    def found(request: Request) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect("me:home")
        token = request.session.get(TOKEN, "")
        registration = queries.registration_by(queries.NOBODY, token, timezone.now())
        if registration is None:
            return redirect("register:begin")
        typed = queries.typed_in(queries.NOBODY, registration)
        return step(request, Under(registration=registration, typed=typed))

    return found


def address_of(request: Request) -> str:
    """Return the address that asks."""
    return asking.current().address or request.META.get("REMOTE_ADDR", "")


def tell(request: Request, message: services.Message) -> None:
    """Send a code; when it did not go, say so on the next page."""
    if not channels.send_sms(message.phone, message.text):
        messages.warning(request, NOT_SENT)


def show(
    request: Request,
    step: str,
    *,
    template: str = "privacy/register/step.html",
    sent_to: str = "",
    **context: object,
) -> HttpResponse:
    """Show one step of registering."""
    form = context.get("form")
    wrong = isinstance(form, BaseForm) and form.is_bound and bool(form.errors)
    return pages.page(
        request,
        template,
        part="",
        status=422 if wrong else 200,
        steps=list(enumerate(STEPS, start=1)),
        at=AT[step],
        sent_to=identifiers.mask_phone(sent_to) if sent_to else "",
        **context,
    )
