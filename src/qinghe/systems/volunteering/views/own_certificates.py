"""Certificates on a volunteer's phone, and the page on which anybody checks one (V-14)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qinghe.edges.web import doors, limits, pages
from qinghe.edges.web.requests import Request
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.volunteering import forms, queries, rules, services
from qinghe.systems.volunteering.queries import Checked, Volunteer

from . import papers

CHECKING = "certificate"


@never_cache
def own_certificates(request: Request) -> HttpResponse:
    """Make a record of one's own service, at once; show those made before."""
    volunteer = _oneself(request)
    today = local_day(timezone.now())
    initial = {
        "served_from": volunteer.registered_on,
        "served_to": today,
    }
    form = forms.OwnCertificateForm(
        request.POST or None, initial=initial, actor=request.actor, volunteer=volunteer
    )
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.certify_oneself(new=form.as_new(), at=timezone.now(), by=request.actor)
            messages.success(request, f"已开具 {made.number}，可以打开 PDF 保存或打印。")
            return redirect("volunteering:own_certificates")
    return pages.page(
        request,
        "volunteering/own_certificates.html",
        status=422 if form.errors else 200,
        title="志愿服务证明",
        form=form,
        days=rules.SHOWN_IN_THE_UNIT,
        rows=queries.own_certificates(request.actor),
    )


@never_cache
@require_safe
def own_certificate_paper(request: Request, certificate_number: str) -> HttpResponse:
    """Give volunteers their own certificate as a PDF."""
    found = get_object_or_404(queries.own_certificates(request.actor), number=certificate_number)
    return papers.certificate_as_pdf(request, found, name=found.volunteer.person.name)


@never_cache
@require_safe
def check(request: Request) -> HttpResponse:
    """Tell anybody who holds a number and its code whether it is valid, and whether hours changed."""
    form = forms.CheckForm(request.GET or None)
    asked = form.is_valid()
    found = None
    if asked:
        limits.check(request, what=CHECKING)
        found = queries.checked(
            request.actor,
            form.cleaned_data["number"],
            code=form.cleaned_data["code"],
            today=local_day(timezone.now()),
        )
    shown = forms.CheckForm() if found or not request.GET else form
    return pages.page(
        request, "volunteering/check.html", title="志愿服务证明查验", form=shown, asked=asked,
        found=found, told=_told(found) if found else None,
    )  # fmt: skip


def _oneself(request: Request) -> Volunteer:
    volunteer = queries.own_volunteer(request.actor)
    if volunteer is None:
        raise doors.closed()
    return volunteer


def _told(found: Checked) -> dict[str, object]:
    certificate = found.certificate
    verdict, words, tone = _verdict(found)
    return {
        "verdict": verdict,
        "words": words,
        "tone": tone,
        "facts": [
            ("类型", certificate.get_state_display()),
            ("编号", certificate.number),
            ("姓名", found.name),
            ("服务时间", f"{certificate.served_from:%Y-%m-%d} 至 {certificate.served_to:%Y-%m-%d}"),
            ("服务时长", f"{found.hours} 小时，{certificate.sessions} 次"),
            ("出具单位", certificate.issuer.name),
            ("出具日期", f"{certificate.issued_at.astimezone(TZ):%Y-%m-%d}"),
        ],
    }


def _verdict(found: Checked) -> tuple[str, str, str]:
    if found.revoked:
        revoked = found.certificate.revoked_at
        day = f"{revoked.astimezone(TZ):%Y年%-m月%-d日}" if revoked else ""
        return "已撤销", f"出具单位已于{day}撤销，本件无效。", "late"
    if found.changed:
        return (
            "有效，时长有变动",
            f"开具后服务记录有变动，现为{found.hours_now}小时，请向出具单位核实。",
            "wait",
        )
    return "有效", "与平台现在的服务记录一致。", "good"
