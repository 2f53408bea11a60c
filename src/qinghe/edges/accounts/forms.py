"""allauth's forms in the house's words."""

from collections.abc import Mapping

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordKeyForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByFactorForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.models import User

CODE_HELP = "身份验证器上显示的六位数字，或一个没有用过的备用码。"
MISMATCH = "两次输入的新密码不一样，没有保存；请重新输入。"


def _words(form: forms.Form, labels: Mapping[str, str]) -> None:
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs["class"] = "form-control"


def _twice(form: forms.Form, cleaned: dict[str, object]) -> dict[str, object]:
    """Say in the house's words that two new passwords differ."""
    if "password2" in form.errors and cleaned.get("password1"):
        del form.errors["password2"]
        form.add_error("password2", MISMATCH)
    return cleaned


class SignInForm(LoginForm):
    """Account name or phone, and password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _words(self, {"login": "账号或手机号", "password": "密码"})
        self.fields["password"].help_text = ""
        self.fields["login"].widget.attrs.update(
            {"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        )


class CodeForm(AuthenticateForm):
    """A code of the authenticator app, or a recovery code."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _words(self, {"code": "验证码"})
        self.fields["code"].help_text = CODE_HELP
        self.fields["code"].widget.attrs["autofocus"] = True


class AgainForm(ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _words(self, {"password": "当前密码"})
        self.fields["password"].help_text = ""


class AgainByFactorForm(ReauthenticateByFactorForm):
    """A code once more."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _words(self, {"code": "验证码"})
        self.fields["code"].help_text = CODE_HELP


class PasswordForm(ChangePasswordForm):
    """The old password and a new one."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _words(
            self, {"oldpassword": "当前密码", "password1": "新密码", "password2": "再输一次新密码"}
        )
        self.fields["oldpassword"].help_text = ""

    def clean(self) -> dict[str, object]:
        """Compare the two."""
        return _twice(self, super().clean())


class NewPasswordForm(ResetPasswordKeyForm):
    """A new password at a one-time address."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _words(self, {"password1": "新密码", "password2": "再输一次新密码"})

    def clean(self) -> dict[str, object]:
        """Compare the two."""
        return _twice(self, super().clean())


class AddTotpForm(ActivateTOTPForm):
    """The first code of an authenticator app."""

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, user=user, **kwargs)
        _words(self, {"code": "验证码"})
        self.fields["code"].help_text = "扫码后，身份验证器上显示的六位数字。"


class AddKeyForm(AddWebAuthnForm):
    """A passkey and its name."""

    passwordless = forms.BooleanField(
        label="以后用它直接登录，不再输入密码",
        required=False,
        initial=True,
        help_text="密钥要能验证本人：指纹、面容或它的 PIN 码。",
    )

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, user=user, **kwargs)
        _words(self, {"name": "名称"})
        self.fields["name"].widget.attrs["maxlength"] = "40"
        self.fields["name"].help_text = "便于辨认，例如“办公室电脑”。"


class RenameKeyForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _words(self, {"name": "名称"})
