"""Coming in as staff do, in a real browser: the password, then a second factor, twice."""

import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import User
from playwright.sync_api import expect

from qinghe.kernel.access.models import Account
from tests import cast

PASSWORD = "竹林里的三盏旧灯"


@pytest.fixture
def lin(transactional_db, settings):
    """Return the account of 林青, whose post needs a second factor."""
    settings.QINGHE_SECOND_FACTOR = True
    user = User.objects.create_user("linqing", password=PASSWORD)
    Account.objects.create(user=user, person_id=cast.make_cast().lin.person_id)
    return user


@pytest.fixture
def page(lin, browser_page):
    """Type the account name and the password at the sign-in page."""
    sign_in(browser_page)
    return browser_page


def sign_in(page):
    page.goto("/")
    page.get_by_label("账号或手机号").fill("linqing")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def sign_out(page):
    page.goto("/accounts/security/")
    page.locator(".q-who summary").click()
    page.get_by_role("button", name="退出登录").click()


def code_of(secret):
    """Return what the app shows now, with some seconds left to type it."""
    if (left := 30 - time.time() % 30) < 4:
        time.sleep(left)
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def test_an_authenticator_app_is_paired_and_asked_for_at_the_next_sign_in(page):
    expect(page.get_by_text("您的岗位要求第二重验证")).to_be_visible()
    page.get_by_role("link", name="添加").first.click()
    secret = page.locator("code.q-code").inner_text()
    assert page.locator("img.q-qr").evaluate("image => image.naturalWidth") > 0
    page.get_by_label("验证码").fill(code_of(secret))
    page.get_by_role("button", name="启用").click()
    assert page.locator(".q-codes li").count() == 10
    sign_out(page)

    sign_in(page)
    expect(page.get_by_role("heading", name="第二重验证")).to_be_visible()
    page.get_by_label("验证码").fill(code_of(secret))
    page.get_by_role("button", name="验证并登录").click()

    page.goto("/accounts/security/")
    expect(page.locator("#menu")).to_be_visible()
    expect(page.get_by_text("已启用")).to_be_visible()


@pytest.fixture
def key(page):
    """Plug a key that knows its owner into the browser."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_registered_and_opens_the_door_without_a_password(page, key):
    page.goto("/accounts/keys/add/")
    page.get_by_label("名称").fill("办公室电脑")
    page.get_by_role("button", name="添加").click()
    expect(page.get_by_role("heading", name="备用码")).to_be_visible()
    sign_out(page)

    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)

    page.goto("/accounts/security/")
    expect(page.get_by_text("办公室电脑")).to_be_visible()
    expect(page.locator("#menu")).to_be_visible()


def test_a_passkey_is_a_second_factor_after_the_password(page, key):
    page.goto("/accounts/keys/add/")
    page.get_by_role("button", name="添加").click()
    expect(page.get_by_role("heading", name="备用码")).to_be_visible()
    sign_out(page)

    sign_in(page)
    page.get_by_role("button", name="用通行密钥验证").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)

    page.goto("/accounts/security/")
    expect(page.locator("#menu")).to_be_visible()


def test_without_a_key_the_page_says_what_to_do(page):
    page.goto("/accounts/keys/add/")
    page.evaluate(
        "() => { navigator.credentials.create = () => Promise.reject(new Error('no key')) }"
    )
    page.get_by_role("button", name="添加").click()

    expect(page.get_by_text("密钥没有完成操作")).to_be_visible()
