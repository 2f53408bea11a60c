"""Coming in by another house's account, against a real OpenID provider on the loopback.

The provider does not check PKCE itself, so what it is asked for is written down and compared.
"""

import base64
import hashlib
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured

from qinghe.config import signing_in
from tests.accounts.conftest import enrol, text, try_to_sign_in, verbs_of

SUBJECT = "zhang.san"
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the provider's own


@pytest.fixture(scope="module")
def server():
    """Run an OpenID provider; each request of its token address is kept."""
    claims = [oidc_provider_mock.User(sub=SUBJECT, claims={"email": "hehe@example.org"})]
    with oidc_provider_mock.run_server_in_thread(user_claims=claims) as running:
        yield f"http://localhost:{running.server_port}"


@pytest.fixture
def house(server, settings, tmp_path):
    """Configure the provider as an installation does."""
    said = {
        "openid_connect": [
            {
                "id": "city",
                "name": "城市统一认证",
                "client_id": "qinghe",
                "secret": "s",
                "server_url": server,
            }
        ]
    }
    path = tmp_path / "sign-in.json"
    path.write_text(json.dumps(said), encoding="utf-8")
    settings.SOCIALACCOUNT_PROVIDERS = signing_in.providers(path)
    return server


def go_there(client, *, process=""):
    """Press the button; return where it leads."""
    query = f"?process={process}" if process else ""
    page = text(client.post(f"/accounts/by/oidc/city/{query}"))
    return re.search(r'url=([^"]+)"', page)[1].replace("&amp;", "&")


def come_back(client, url, *, sub=SUBJECT):
    """Sign in at the other house, and follow its answer home."""
    answer = requests.post(url, data={"sub": sub}, allow_redirects=False, timeout=5)
    home = urlsplit(answer.headers["Location"])
    return client.get(f"{home.path}?{home.query}")


def bind(client):
    return come_back(client, go_there(client, process="connect"))


def test_nothing_is_offered_until_configured(db, client):
    page = text(client.get("/accounts/login/"))

    assert "统一认证" not in page
    assert client.post("/accounts/by/oidc/city/").status_code == 404
    assert client.post("/accounts/by/wecom/").status_code == 404


def test_an_identity_that_nobody_bound_is_refused_and_opens_no_account(house, he, client):
    User.objects.filter(pk=he.pk).update(email="hehe@example.org")  # the mail is no key

    answer = come_back(client, go_there(client))

    assert answer.status_code == 403
    assert "没有绑定本平台的账号" in text(answer)
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 1
    assert "_auth_user_id" not in client.session
    assert verbs_of() == ["accounts.sign_in_failed"]


def test_once_bound_it_opens_the_account(house, he, client):
    owner, _ = try_to_sign_in("hehe")
    bind(owner)

    answer = come_back(client, go_there(client))

    assert answer.url == "/"
    assert client.session["_auth_user_id"] == str(he.pk)
    bound = SocialAccount.objects.get()
    assert (bound.uid, bound.extra_data) == (SUBJECT, {})
    assert not EmailAddress.objects.exists()


def test_the_second_factor_is_asked_all_the_same(house, lin, client):
    owner, _ = try_to_sign_in("linqing")
    enrol(owner)
    bind(owner)

    assert come_back(client, go_there(client)).url == "/accounts/2fa/"


def test_the_code_is_proved_with_its_verifier(house, he, client, monkeypatch):
    asked = []
    send = requests.Session.request

    def spy(self, method, url, **rest):
        asked.append((url, rest.get("data")))
        return send(self, method, url, **rest)

    monkeypatch.setattr(requests.Session, "request", spy)
    url = go_there(client)
    come_back(client, url)

    query = parse_qs(urlsplit(url).query)
    verifier = next(data["code_verifier"] for to, data in asked if to.endswith("/token"))
    digest = hashlib.sha256(verifier.encode()).digest()
    assert query["code_challenge_method"] == ["S256"]
    assert query["code_challenge"] == [base64.urlsafe_b64encode(digest).rstrip(b"=").decode()]


def test_an_answer_with_another_state_is_refused(house, he, client):
    owner, _ = try_to_sign_in("hehe")
    bind(owner)
    url = go_there(client)
    answer = requests.post(url, data={"sub": SUBJECT}, allow_redirects=False, timeout=5)
    home = urlsplit(answer.headers["Location"])
    forged = re.sub(r"state=[^&]+", "state=forged", home.query)

    refused = client.get(f"{home.path}?{forged}")

    assert refused.status_code == 401
    assert "外部账号的登录没有完成" in text(refused)
    assert "_auth_user_id" not in client.session


def test_an_identity_bound_elsewhere_cannot_be_bound_again(house, he, lin, settings):
    settings.QINGHE_SECOND_FACTOR = False
    owner, _ = try_to_sign_in("hehe")
    bind(owner)
    other, _ = try_to_sign_in("linqing")

    page = other.get(bind(other).url)

    assert "已绑定在另一个账号上" in text(page)
    assert SocialAccount.objects.get().user == he


def test_unbinding_closes_the_door_again(house, he, client):
    owner, _ = try_to_sign_in("hehe")
    bind(owner)

    owner.post("/accounts/bindings/", {"account": SocialAccount.objects.get().pk})

    assert come_back(client, go_there(client)).status_code == 403
    assert "accounts.unbind" in verbs_of()


def test_binding_is_written_down(house, he):
    owner, _ = try_to_sign_in("hehe")

    bind(owner)

    assert verbs_of()[-1] == "accounts.bind"
    assert "城市统一认证" in text(owner.get("/accounts/bindings/"))


def test_a_file_that_cannot_be_read_stops_the_start(tmp_path):
    path = tmp_path / "sign-in.json"
    path.write_text('{"dingtalk": {"client_id": "x"}}')

    with pytest.raises(ImproperlyConfigured, match="secret"):
        signing_in.providers(path)


# ── 企业微信 ─────────────────────────────────────────────────────────────────────────────────────


class Company(BaseHTTPRequestHandler):
    """Answers as 企业微信's server does."""

    def do_GET(self):
        asked = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(asked.query).items()}
        told = {"errcode": 40029, "errmsg": "invalid code"}
        if asked.path == "/cgi-bin/gettoken" and query["corpsecret"] == "right":
            told = {"errcode": 0, "access_token": "T", "expires_in": 7200}
        if asked.path == "/cgi-bin/auth/getuserinfo" and query == {
            "access_token": "T",
            "code": "member",
        }:
            told = {"errcode": 0, "userid": "lisi"}
        if query.get("code") == "guest":
            told = {"errcode": 0, "openid": "o1"}
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Keep quiet."""


@pytest.fixture
def company(settings, tmp_path):
    served = ThreadingHTTPServer(("127.0.0.1", 0), Company)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    said = {
        "wecom": {
            "client_id": "ww1",
            "secret": "right",
            "agent": "1000002",
            "server": f"http://127.0.0.1:{served.server_port}",
        }
    }
    path = tmp_path / "sign-in.json"
    path.write_text(json.dumps(said), encoding="utf-8")
    settings.SOCIALACCOUNT_PROVIDERS = signing_in.providers(path)
    yield
    served.shutdown()
    served.server_close()


def scan(client, code, *, process=""):
    """Press the button, scan the code, come back."""
    query = f"?process={process}" if process else ""
    page = text(client.post(f"/accounts/by/wecom/{query}"))
    asked = parse_qs(urlsplit(re.search(r'url=([^"]+)"', page)[1].replace("&amp;", "&")).query)
    assert (asked["appid"], asked["agentid"]) == (["ww1"], ["1000002"])
    return client.get(f"/accounts/by/wecom/callback/?code={code}&state={asked['state'][0]}")


def test_a_member_of_the_company_comes_in_once_bound(company, he, client):
    assert "用企业微信登录" in text(client.get("/accounts/login/"))
    refused = scan(client, "member")
    owner, _ = try_to_sign_in("hehe")
    scan(owner, "member", process="connect")

    answer = scan(client, "member")

    assert refused.status_code == 403
    assert answer.url == "/"
    assert SocialAccount.objects.get().uid == "ww1/lisi"


@pytest.mark.parametrize("code", ["guest", "stale"])
def test_who_is_no_member_stays_outside(company, he, client, code):
    answer = scan(client, code)

    assert answer.status_code == 401
    assert "外部账号的登录没有完成" in text(answer)
