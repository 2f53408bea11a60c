"""The pages of those who oversee privacy in the whole district."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent import services as consents_services
from qinghe.kernel.consent.models import Purpose
from qinghe.lib.periods import local_day
from qinghe.systems.privacy import forms, queries, services
from qinghe.systems.privacy.access import Act

from .tables import AssessmentTable, ConsentTable, MinorTable, NoticeTable, ReadTable

METHODS = ["GET", "HEAD", "POST"]
CHILD = "child"


@require_safe
def home(request: Request) -> HttpResponse:
    """Show how things stand: consents by age, minors without a guardian, requests, the child rules."""
    _check(request, Act.SEE)
    today = local_day(timezone.now())
    child = consent.current_notice(CHILD, on=today) if _told(request) else None
    waiting = queries.requests_seen_by(request.actor).filter(state="open")
    return pages.page(
        request,
        "privacy/home.html",
        title="个人信息",
        counts=queries.consent_counts(request.actor, today),
        purposes=Purpose.labels,
        missing=queries.minors_without_guardian(request.actor, today).count(),
        open=waiting.count(),
        late=waiting.filter(due_on__lt=today).count(),
        nobody_in_charge=child is None or not child.responsible,
        year=today.year,
        may_publish=actors.may_anywhere(request.actor, Act.PUBLISH_NOTICE),
    )


@require_safe
def consents(request: Request) -> HttpResponse:
    """Show the ledger of consents."""
    _check(request, Act.SEE)
    return pages.list_page(
        request,
        title="同意记录",
        table=ConsentTable,
        rows=queries.consents_seen_by(request.actor),
        filterset=forms.ConsentFilter,
    )


@require_safe
def minors(request: Request) -> HttpResponse:
    """Show the minors with an account for whom no guardian's consent stands."""
    _check(request, Act.SEE)
    today = local_day(timezone.now())
    return pages.list_page(
        request,
        title="缺少监护人同意的未成年人",
        table=MinorTable,
        rows=queries.minors_without_guardian(request.actor, today),
        actions=[
            pages.Action(
                f"{today.year}年查看记录", reverse("privacy:minors_report", args=[today.year])
            )
        ],
    )


@require_safe
def minors_report(request: Request, year: int) -> HttpResponse:
    """Show who read the data of minors in a year: the ledger of the yearly audit (S-05)."""
    _check(request, Act.SEE)
    if not 2000 <= year <= 2100:
        raise Http404
    return pages.list_page(
        request,
        title=f"{year}年未成年人信息查看记录",
        table=ReadTable,
        rows=queries.minors_reads(request.actor, year),
        actions=[
            pages.Action(f"{other}年", reverse("privacy:minors_report", args=[other]))
            for other in (year - 1,)
        ],
    )


@require_safe
def notices(request: Request) -> HttpResponse:
    """Show all versions of all notices."""
    _check(request, Act.SEE)
    may = actors.may_anywhere(request.actor, Act.PUBLISH_NOTICE)
    new = reverse("privacy:notice_new", args=[Purpose.VOLUNTEERING])
    return pages.list_page(
        request,
        title="告知书",
        table=NoticeTable,
        rows=queries.notices_seen_by(request.actor),
        actions=[pages.Action("发布新版", new, primary=True)] if may else (),
    )


@require_safe
def notice(request: Request, pk: int) -> HttpResponse:
    """Show one version of a notice with its text."""
    _check(request, Act.SEE)
    found = get_object_or_404(queries.notices_seen_by(request.actor), pk=pk)
    may = actors.may_anywhere(request.actor, Act.PUBLISH_NOTICE)
    new = reverse("privacy:notice_new", args=[found.purpose])
    return pages.record_page(
        request,
        title=f"{found}",
        record=found,
        facts=[
            ("用途", found.get_purpose_display()),
            ("启用日期", found.starts_on.isoformat()),
            ("负责人", found.responsible or "未指定"),
            ("须重新同意", "是" if found.renews else "否"),
            ("全文", found.text),
        ],
        actions=[pages.Action("在此基础上发布新版", new, primary=True)] if may else (),
        back=pages.Link("告知书", reverse("privacy:notices")),
    )


@require_http_methods(METHODS)
def notice_new(request: Request, purpose: str) -> HttpResponse:
    """Publish the next version of a notice, begun from the one in force."""
    _check(request, Act.PUBLISH_NOTICE)
    if purpose not in Purpose.values:
        raise Http404
    today = local_day(timezone.now())
    last = queries.notices_seen_by(request.actor).filter(purpose=purpose).first()
    initial = {"purpose": purpose, "starts_on": today}
    if last:
        initial |= {"title": last.title, "text": last.text, "responsible": last.responsible}
    form = forms.NoticeForm(request.POST or None, initial=initial)
    if form.is_valid():
        with pages.refusals_on(form):
            new = consents_services.NewNotice(**form.cleaned_data)
            made = services.publish_notice(new=new, at=timezone.now(), by=request.actor)
            return redirect("privacy:notice", made.pk)
    return pages.form_page(
        request,
        title="发布告知书新版",
        form=form,
        submit="发布",
        note="发布后不能修改，旧版和按旧版作出的同意都保留；要改只能再发新版。",
        back=pages.Link("告知书", reverse("privacy:notices")),
    )


@require_safe
def retention(request: Request) -> HttpResponse:
    """Show for how long what is kept, when the table last ran, and what it met."""
    _check(request, Act.SEE)
    return pages.page(
        request,
        "privacy/retention.html",
        title="保存期限",
        table=queries.retention_table(request.actor, local_day(timezone.now())),
        run=queries.last_run(request.actor),
        may_set=actors.may_anywhere(request.actor, Act.SET_RETENTION),
    )


@require_http_methods(METHODS)
def retention_term(request: Request, line: int) -> HttpResponse:
    """Change for how long one kind of record is kept."""
    _check(request, Act.SET_RETENTION)
    today = local_day(timezone.now())
    table = queries.retention_table(request.actor, today)
    if line >= len(table):
        raise Http404
    kept = table[line]
    form = forms.TermForm(request.POST or None, initial={"days": kept.days, "starts_on": today})
    if form.is_valid():
        with pages.refusals_on(form):
            new = services.NewTerm(entry=kept.entry, **form.cleaned_data)
            services.set_term(new=new, at=timezone.now(), by=request.actor)
            return redirect("privacy:retention")
    least = f"依规至少保存{kept.entry.least}天。" if kept.entry.least else ""
    return pages.form_page(
        request,
        title=f"调整保存期限：{kept.entry.label}",
        form=form,
        note=f"从生效日期起，每晚按新的天数{kept.entry.action.label}到期的记录。{least}",
        back=pages.Link("保存期限", reverse("privacy:retention")),
    )


@require_safe
def assessments(request: Request) -> HttpResponse:
    """Show the register of impact assessments (S-11)."""
    _check(request, Act.SEE)
    may = actors.may_anywhere(request.actor, Act.ASSESS)
    new = pages.Action("登记评估", reverse("privacy:assessment_new"), primary=True)
    return pages.list_page(
        request,
        title="个人信息保护影响评估",
        table=AssessmentTable,
        rows=queries.assessments_seen_by(request.actor),
        actions=[new] if may else (),
    )


@require_http_methods(METHODS)
def assessment_new(request: Request) -> HttpResponse:
    """Enter an impact assessment."""
    _check(request, Act.ASSESS)
    form = forms.AssessmentForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            services.register_assessment(**form.cleaned_data, at=timezone.now(), by=request.actor)
            return redirect("privacy:assessments")
    return pages.form_page(
        request,
        title="登记影响评估",
        form=form,
        note="评估记录至少保存三年。",
        back=pages.Link("个人信息保护影响评估", reverse("privacy:assessments")),
    )


def _told(request: Request) -> bool:
    return queries.notices_seen_by(request.actor).filter(purpose=CHILD).exists()


def _check(request: Request, act: Act) -> None:
    doors.require_anywhere(request.actor, act)
