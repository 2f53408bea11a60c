"""Coming in by another house's account: 钉钉, 飞书, 微信, 企业微信, or any OpenID Connect server."""

from dataclasses import dataclass

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.dingtalk.views import DingTalkOAuth2Adapter
from allauth.socialaccount.providers.feishu.views import FeishuOAuth2Adapter
from allauth.socialaccount.providers.oauth2.views import (
    OAuth2Adapter,
    OAuth2CallbackView,
    OAuth2LoginView,
)
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.socialaccount.providers.weixin.views import WeixinOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from qinghe.edges.accounts.provider import WeComAdapter

ADAPTERS: dict[str, type[OAuth2Adapter]] = {
    "dingtalk": DingTalkOAuth2Adapter,
    "feishu": FeishuOAuth2Adapter,
    "wecom": WeComAdapter,
    "weixin": WeixinOAuth2Adapter,
}


@dataclass(frozen=True)
class Offered:
    """Another house that signs people in, as a button says it."""

    label: str
    url: str


def offered(request: HttpRequest) -> list[Offered]:
    """Return the houses that are configured."""
    return [
        Offered(label=provider.app.name, url=provider.get_login_url(request))
        for provider in get_adapter().list_providers(request)
    ]


@require_POST
def sign_in_by(request: HttpRequest, house: str, provider_id: str = "") -> HttpResponse:
    """Lead to the other house. Not by a redirect: the policy lets forms go no further than here."""
    response = _view(OAuth2LoginView, request, house=house, provider_id=provider_id)
    if response.status_code != 302:
        return response
    return render(request, "accounts/going.html", {"url": response["Location"]})


@require_GET
def callback(request: HttpRequest, house: str, provider_id: str = "") -> HttpResponse:
    """Come back from the other house."""
    return _view(OAuth2CallbackView, request, house=house, provider_id=provider_id)


@require_GET
def cancelled(request: HttpRequest) -> HttpResponse:
    """Lead back somebody who turned round at the other house's door."""
    return redirect(reverse("account_login"))


def _view(
    view: type[OAuth2LoginView] | type[OAuth2CallbackView],
    request: HttpRequest,
    *,
    house: str,
    provider_id: str,
) -> HttpResponse:
    try:
        adapter = (
            OpenIDConnectOAuth2Adapter(request, provider_id)
            if provider_id
            else ADAPTERS[house](request)
        )
        adapter.get_provider()
    except SocialApp.DoesNotExist:
        raise Http404 from None  # not configured
    return view.adapter_view(adapter)(request)
