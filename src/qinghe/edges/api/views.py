"""Somebody's own tokens: made, shown once, revoked."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qinghe.edges import system
from qinghe.edges.accounts import guard
from qinghe.edges.hooks import access as hooks_access
from qinghe.edges.web import pages, timeline
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.verdicts import Refused

from . import forms, queries, services

TITLE = "接口令牌"
timeline.VERBS.update({"api.make_token": "生成接口令牌", "api.revoke_token": "撤销接口令牌"})
timeline.DETAILS.update({"scopes": "权限", "name": "名称"})
TONES = {"有效": pages.Tone.GOOD, "已过期": pages.Tone.WAIT, "已撤销": pages.Tone.PLAIN}
SHARED = Refused("not_allowed", "这是演示身份，很多人共用，不能生成接口令牌；没有任何改动。")


@require_safe
def tokens(request: Request) -> HttpResponse:
    """Show somebody's own tokens."""
    at = timezone.now()
    words = system.act_words()
    rows = []
    for token in queries.tokens_of(request.actor, _user(request)):
        state = queries.state_of(token, at)
        said = "、".join(words.get(scope, scope) for scope in token.scopes)
        rows.append((token, said, pages.Tag(state, TONES[state]), state == "有效"))
    return pages.page(
        request,
        "api/tokens.html",
        title=TITLE,
        rows=rows,
        actions=[pages.Action("生成令牌", reverse("tokens:new"), primary=True), *_hooks(request)],
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def token_new(request: Request) -> HttpResponse:
    """Make a token, after the password was typed once more, and show it this once."""
    if guard.came_by_the_door(request):
        raise SHARED
    form = forms.TokenForm(request.POST or None, scopes=queries.scopes_by_system(request.actor))
    if form.is_valid():
        with pages.refusals_on(form):
            token, text = services.make_token(
                user=_user(request),
                name=form.cleaned_data["name"],
                scopes=form.cleaned_data["scopes"],
                lasts=form.lasts,
                at=timezone.now(),
                by=request.actor,
            )
            return pages.page(
                request, "api/token_made.html", title="令牌已生成", token=token, text=text
            )
    return pages.form_page(
        request,
        title="生成接口令牌",
        form=form,
        submit="生成",
        note="令牌只显示一次。持有它的程序能以您的名义办理所勾选的事项，请像密码一样保管。",
        back=pages.Link(TITLE, reverse("tokens:list")),
    )


@require_POST
def token_revoke(request: Request, token_id: int) -> HttpResponse:
    """Revoke one of somebody's own tokens."""
    token = get_object_or_404(queries.tokens_of(request.actor, _user(request)), pk=token_id)
    services.revoke_token(token=token, at=timezone.now(), by=request.actor)
    messages.success(request, f"已撤销令牌“{token.name}”，用它发来的请求从现在起都不再受理。")
    return redirect("tokens:list")


def _hooks(request: Request) -> list[pages.Action]:
    may = actors.may_anywhere(request.actor, hooks_access.Act.SUBSCRIBE)
    return [pages.Action("事件推送", reverse("hooks:list"))] if may else []


def _user(request: Request) -> User:
    if not isinstance(request.user, User):
        raise TypeError("nobody without an account comes here")
    return request.user
