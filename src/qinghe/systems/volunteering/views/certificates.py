"""Certificates as officers see them: the list, one of them, announcing, sealing, revoking, paper."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.volunteering import forms, queries, rules, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import Certificate, CertificateState

from . import papers
from .sessions import FIRST, written
from .volunteers import ServiceTable

TONES: dict[str, pages.Tone] = {
    CertificateState.RECORD: pages.Tone.INFO,
    CertificateState.NOTICED: pages.Tone.WAIT,
    CertificateState.SEALED: pages.Tone.GOOD,
    CertificateState.REVOKED: pages.Tone.LATE,
}


class CertificateTable(Table):
    """Certificates, newest first."""

    number = Column("编号", linkify=("volunteering:certificate", [A("pk")]))
    name = columns.MaskedName(
        verbose_name="姓名", accessor="volunteer__person__name", at="volunteer__org"
    )
    issuer = Column("出具单位", accessor="issuer__name", order_by="issuer__path")
    minutes = columns.Number(verbose_name="服务分钟")
    sessions = columns.Number(verbose_name="服务次数")
    issued_at = columns.Moment(verbose_name="出具时间")
    state = columns.State(verbose_name="状态", labels=dict(CertificateState.choices), tones=TONES)


def certificates(request: Request) -> HttpResponseBase:
    """Show the certificates of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = []
    if actors.may(request.actor, Act.CERTIFY, at=request.scope.org):
        url = reverse("volunteering:certificate_new")
        actions.append(pages.Action("开具服务记录", url, primary=True))
    return pages.list_page(
        request,
        title="志愿服务证明",
        table=CertificateTable,
        rows=queries.certificates_seen_by(request.actor).filter(
            issuer__path__startswith=request.scope.org.path
        ),
        filterset=forms.CertificateFilter,
        actions=actions,
    )


def certificate_new(request: Request) -> HttpResponse:
    """Write down what somebody served with the chosen organisation."""
    issuer = request.scope.org
    actors.require(request.actor, Act.CERTIFY, at=issuer)
    today = local_day(timezone.now())
    initial = {"served_from": today.replace(month=1, day=1), "served_to": today}
    form = forms.CertificateForm(request.POST or None, initial=initial, actor=request.actor)
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.certify(
                new=form.as_new(issuer=issuer), at=timezone.now(), by=request.actor
            )
            return redirect("volunteering:certificate", made.pk)
    return pages.form_page(
        request,
        title=f"以{issuer.name}名义开具服务记录",
        form=form,
        submit="开具",
        note="只计入本单位和下级组织主办、已生效的服务；不收费，当场可打印。",
        back=pages.Link("志愿服务证明", reverse("volunteering:certificates")),
    )


def certificate(request: Request, certificate_id: int) -> HttpResponse:
    """Show one certificate and what it rests on."""
    found = _found(request, certificate_id)
    today = local_day(timezone.now())
    state = CertificateState(found.state)
    rows = queries.rows_of(request.actor, found)
    return pages.record_page(
        request,
        title=f"{state.label if state != CertificateState.REVOKED else '证明'} {found.number}",
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            (
                "志愿者",
                pages.Link(
                    levels.short_name(
                        request.actor, found.volunteer.person, at=found.volunteer.org, on=today
                    ),
                    reverse("volunteering:volunteer", args=[found.volunteer_id]),
                ),
            ),
            ("志愿者编号", found.volunteer.number),
            ("出具单位", found.issuer.name),
            ("服务时间", f"{found.served_from.isoformat()} 至 {found.served_to.isoformat()}"),
            ("服务时长", f"{rules.tenths_of_hours(found.minutes)} 小时，{found.sessions} 次"),
            ("现在的记录", _as_it_is_now(request, found)),
            ("出具时间", f"{found.issued_at.astimezone(TZ):%Y-%m-%d %H:%M}"),
            ("申请方式", "本人在手机上开具" if found.by_self else "单位开具"),
            ("公示截止", written(found.notice_until)),
            ("负责人", found.head),
            ("经办人", found.handler),
            ("联系方式", found.contact),
            ("撤销原因", found.reason),
        ],
        actions=_actions(request, found),
        related=[
            pages.Related(
                "证明所依据的服务", tables.short(ServiceTable, rows[:FIRST]), empty="没有服务记录"
            )
        ],
        back=pages.Link("志愿服务证明", reverse("volunteering:certificates")),
    )


@require_POST
def certificate_announce(request: Request, certificate_id: int) -> HttpResponse:
    """Hang a certificate out within the unit."""
    found = _to_certify(request, certificate_id)
    services.announce_certificate(certificate=found, at=timezone.now(), by=request.actor)
    return redirect("volunteering:certificate", found.pk)


def certificate_seal(request: Request, certificate_id: int) -> HttpResponse:
    """Say who answers for a certificate, and seal it."""
    found = _to_certify(request, certificate_id)
    form = forms.SealForm(request.POST or None, initial={"handler": request.actor.name})

    def do() -> str:
        services.seal_certificate(
            certificate=found, seal=form.as_seal(), at=timezone.now(), by=request.actor
        )
        return reverse("volunteering:certificate", args=[found.pk])

    return pages.act_page(
        request,
        title="盖章出具志愿服务证明",
        form=form,
        do=do,
        submit="出具证明",
        note="出具后可打印证明，请在落款处加盖公章；查验页随即显示为“志愿服务证明”。",
        back=_back(found),
    )


def certificate_revoke(request: Request, certificate_id: int) -> HttpResponse:
    """Take a certificate back."""
    found = _to_certify(request, certificate_id)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title=f"撤销 {found.number}",
        note="撤销后编号保留，查验页显示已撤销；已打印的件不再有效。",
        submit="确定撤销",
        back=_back(found),
        then=lambda reason: services.revoke_certificate(
            certificate=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


@require_safe
def certificate_paper(request: Request, certificate_id: int) -> HttpResponse:
    """Give a certificate as a PDF."""
    found = _found(request, certificate_id)
    name = levels.full_name(
        request.actor, found.volunteer.person, at=found.volunteer.org, on=local_day(timezone.now())
    )
    return papers.certificate_as_pdf(request, found, name=name)


def _found(request: Request, certificate_id: int) -> Certificate:
    return get_object_or_404(queries.certificates_seen_by(request.actor), pk=certificate_id)


def _to_certify(request: Request, certificate_id: int) -> Certificate:
    found = _found(request, certificate_id)
    actors.require(request.actor, Act.CERTIFY, at=found.issuer)
    return found


def _back(found: Certificate) -> pages.Link:
    return pages.Link(found.number, reverse("volunteering:certificate", args=[found.pk]))


def _as_it_is_now(request: Request, found: Certificate) -> str:
    now = queries.sum_of(request.actor, queries.rows_of(request.actor, found))
    if (now.minutes, now.sessions) == (found.minutes, found.sessions):
        return "与证明一致"
    return f"已有变动：现为 {rules.tenths_of_hours(now.minutes)} 小时，{now.sessions} 次"


def _actions(request: Request, found: Certificate) -> list[pages.Action]:
    key = [found.pk]
    if found.state == CertificateState.REVOKED:
        return []
    paper = pages.Action("打印（PDF）", reverse("volunteering:certificate_paper", args=key))
    if not actors.may(request.actor, Act.CERTIFY, at=found.issuer):
        return [paper]
    revoke = pages.Action("撤销", reverse("volunteering:certificate_revoke", args=key))
    if found.state == CertificateState.RECORD:
        url = reverse("volunteering:certificate_announce", args=key)
        return [
            pages.Action(f"受理并公示{rules.SHOWN_IN_THE_UNIT}天", url, primary=True, post=True),
            paper,
            revoke,
        ]
    if found.state == CertificateState.NOTICED:
        url = reverse("volunteering:certificate_seal", args=key)
        return [pages.Action("盖章出具", url, primary=True), paper, revoke]
    return [paper, revoke]
