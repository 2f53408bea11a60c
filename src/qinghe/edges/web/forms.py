"""Where a refusal meets the form that asked for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.forms import AuthenticationForm
from django.forms import BaseForm

from qinghe.lib.verdicts import Refused


@contextmanager
def refusals_on(form: BaseForm) -> Iterator[None]:
    """Turn a domain refusal into an error of the form, with all that was typed kept."""
    try:
        yield
    except Refused as refusal:
        form.add_error(None, refusal.reason)


class SignInForm(AuthenticationForm):
    """User name and password."""

    error_messages = {
        "invalid_login": "账号或密码不正确，没有登录；请核对后重新输入（密码区分大小写）。",
        "inactive": "这个账号已停用，没有登录；请联系本级管理员。",
    }
