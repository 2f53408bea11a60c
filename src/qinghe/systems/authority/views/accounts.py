"""Accounts: list, record, disabling and enabling."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.models import Account
from qinghe.systems.authority import forms, queries, services
from qinghe.systems.authority.access import Act
from qinghe.systems.authority.queries import AccountState

TONES: dict[str, pages.Tone] = {
    AccountState.USABLE: pages.Tone.GOOD,
    AccountState.DISABLED: pages.Tone.LATE,
}
NEVER = "从未登录"


class AccountTable(Table):
    """Who can sign in, with names masked."""

    username = Column(
        "账号",
        accessor="user__username",
        linkify=("authority:account", {"account_id": A("pk")}),
    )
    name = columns.MaskedName(verbose_name="姓名", accessor="person__name", at="")
    last_login = columns.Moment(verbose_name="最近登录", accessor="user__last_login", default=NEVER)
    factors = columns.Number(verbose_name="第二重验证")
    state = columns.State(verbose_name="状态", labels=dict(AccountState.choices), tones=TONES)
    idle = columns.State(
        verbose_name="久未登录",
        labels={"idle": "90天以上", "": ""},
        tones={"idle": pages.Tone.WAIT},
    )


def accounts(request: Request) -> HttpResponseBase:
    """Show all accounts, those not used for ninety days among them (S-34)."""
    doors.require_anywhere(request.actor, Act.SEE_ACCOUNTS)
    return pages.list_page(
        request,
        title="账号",
        table=AccountTable,
        rows=queries.accounts_seen_by(request.actor, timezone.now()),
        filterset=forms.AccountFilter,
        totals=lambda rows: [
            pages.Total("可用", rows.filter(state=AccountState.USABLE).count(), "个"),
            pages.Total("90天以上未登录", rows.filter(idle="idle").count(), "个"),
        ],
    )


def account(request: Request, account_id: int) -> HttpResponse:
    """Show one account and what was done to it."""
    found = _found(request, account_id)
    last = found.user.last_login
    return pages.record_page(
        request,
        title=f"账号{found.user.username}",
        record=found,
        state=pages.Tag(AccountState(found.state).label, TONES[found.state]),
        facts=[
            ("姓名", _name(request, found)),
            ("开通时间", f"{timezone.localtime(found.user.date_joined):%Y-%m-%d %H:%M}"),
            ("最近登录", f"{timezone.localtime(last):%Y-%m-%d %H:%M}" if last else NEVER),
            ("第二重验证", found.factors),
            ("密码", "已设置" if found.user.has_usable_password() else "未设置"),
        ],
        actions=_actions(request, found),
        back=pages.Link("账号", reverse("authority:accounts")),
    )


def account_disable(request: Request, account_id: int) -> HttpResponse:
    """Stop an account."""
    found = _found(request, account_id)
    return _with_a_reason(
        request,
        found,
        do=services.disable_account,
        title=f"停用账号{found.user.username}",
        note="停用后立即不能登录，已登录的页面下一次点击起失效；任职和记录都保留。",
        submit="确定停用",
    )


def account_enable(request: Request, account_id: int) -> HttpResponse:
    """Let an account sign in again."""
    found = _found(request, account_id)
    return _with_a_reason(
        request,
        found,
        do=services.enable_account,
        title=f"启用账号{found.user.username}",
        submit="确定启用",
    )


def account_factors(request: Request, account_id: int) -> HttpResponse:
    """Remove the second factors of who lost them."""
    found = _found(request, account_id)
    return _with_a_reason(
        request,
        found,
        do=services.reset_factors,
        title=f"重置{found.user.username}的第二重验证",
        note="请先当面或电话核实本人。重置后全部第二重验证失效并退出登录，下次登录须重新添加。",
        submit="确定重置",
    )


def _with_a_reason(
    request: Request,
    found: Account,
    *,
    do: Callable[..., object],
    title: str,
    submit: str,
    note: str = "",
) -> HttpResponse:
    """Do something to an account once a reason is given, or show the form that asks for it."""
    form = forms.ReasonForm(request.POST or None)

    def done() -> str:
        do(account=found, **form.cleaned_data, at=timezone.now(), by=request.actor)
        return _back(found).url

    return pages.act_page(
        request, title=title, form=form, do=done, note=note, submit=submit, back=_back(found)
    )


@require_POST
def account_link(request: Request, account_id: int) -> HttpResponse:
    """Show once the address at which the owner sets a password."""
    found = _found(request, account_id)
    path = services.issue_password_link(account=found, at=timezone.now(), by=request.actor)
    response = pages.page(
        request,
        "authority/password_link.html",
        title="设置密码的链接",
        account=found,
        address=request.build_absolute_uri(path),
        back=_back(found),
    )
    add_never_cache_headers(response)
    return response


def _found(request: Request, account_id: int) -> Account:
    seen = queries.accounts_seen_by(request.actor, timezone.now())
    return get_object_or_404(seen, pk=account_id)


def _actions(request: Request, found: Account) -> list[pages.Action]:
    own = found.person_id == request.actor.person_id
    if own or not actors.may_anywhere(request.actor, Act.KEEP_ACCOUNTS):
        return []
    label, name = ("停用", "disable") if found.user.is_active else ("启用", "enable")
    offered = [pages.Action(label, reverse(f"authority:account_{name}", args=[found.pk]))]
    if found.factors:
        url = reverse("authority:account_factors", args=[found.pk])
        offered.insert(0, pages.Action("重置第二重验证", url))
    if found.user.is_active:
        url = reverse("authority:account_link", args=[found.pk])
        ask = "将生成一个只能用一次的链接，请核实本人后交给他。确定生成吗？"
        offered.insert(0, pages.Action("生成设置密码的链接", url, post=True, ask=ask))
    return offered


def _back(found: Account) -> pages.Link:
    return pages.Link("返回", reverse("authority:account", args=[found.pk]))


def _name(request: Request, found: Account) -> str:
    return levels.short_name(request.actor, found.person, at=None, on=timezone.localdate())
