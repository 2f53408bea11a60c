"""企业微信 (WeCom): sign-in by its code for a browser, which allauth does not bring along.

The company's token and the code together name a member; only the member's number is kept.
"""

from urllib.parse import urlencode

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from django.http import HttpRequest

LOGIN = "https://login.work.weixin.qq.com/wwlogin/sso/login"
SERVER = "https://qyapi.weixin.qq.com"


class WeComClient(OAuth2Client):
    """Speaks 企业微信's own names for what OAuth 2 calls otherwise."""

    def get_redirect_url(
        self, authorization_url: str, scope: list[str], extra_params: dict[str, str]
    ) -> str:
        """Return where the member scans the code."""
        asked = {
            "login_type": "CorpApp",
            "appid": self.consumer_key,
            "redirect_uri": self.callback_url,
            "state": self.state or "",
            **extra_params,
        }
        return f"{authorization_url}?{urlencode(asked)}"

    def get_access_token(self, code: str, **_: object) -> dict[str, str]:
        """Return the company's token. Raises OAuth2Error."""
        asked = {"corpid": self.consumer_key, "corpsecret": self.consumer_secret}
        return answer_of(self.access_token_url, asked)


class WeComAdapter(OAuth2Adapter):
    """From a code to the member who scanned it."""

    provider_id = "wecom"
    client_class = WeComClient
    authorize_url = LOGIN

    @property
    def server(self) -> str:
        """Return where 企业微信 answers; an installation of its own has another address."""
        return str(self.get_provider().app.settings.get("server", SERVER)).rstrip("/")

    @property
    def access_token_url(self) -> str:  # type: ignore[override]
        """Return where the company's token is asked for."""
        return f"{self.server}/cgi-bin/gettoken"

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **_: object
    ) -> SocialLogin:
        """Return who scanned the code. Raises OAuth2Error."""
        asked = {"access_token": token.token, "code": request.GET["code"]}
        told = answer_of(f"{self.server}/cgi-bin/auth/getuserinfo", asked)
        if not told.get("userid"):
            raise OAuth2Error("the code was scanned by somebody outside the company")
        member = {"userid": told["userid"], "corpid": app.client_id}
        return self.get_provider().sociallogin_from_response(request, member)


class WeComProvider(OAuth2Provider):
    """What allauth lists."""

    id = "wecom"
    name = "企业微信"
    account_class = ProviderAccount
    oauth2_adapter_class = WeComAdapter

    def get_auth_params(self) -> dict[str, str]:
        """Name the application of the company that asks."""
        return {**super().get_auth_params(), "agentid": str(self.app.settings.get("agent", ""))}

    def extract_uid(self, data: dict[str, str]) -> str:
        """Number a member within a company."""
        return f"{data['corpid']}/{data['userid']}"


def answer_of(url: str, asked: dict[str, str]) -> dict[str, str]:
    """Return what 企业微信 answers. Raises OAuth2Error."""
    with get_adapter().get_requests_session() as session:
        response = session.get(url, params=asked)
        response.raise_for_status()
        told = response.json()
    if told.get("errcode", 0) != 0:
        raise OAuth2Error(f"企业微信 answered {told.get('errcode')}")
    return told


provider_classes = [WeComProvider]
