"""By account name or phone and password, in the same time whether or not there is such an account."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import User

from . import attempts


class Backend(AuthenticationBackend):
    """allauth's own, with the phone beside the account name.

    Several persons of a family may share a phone: then the password decides.
    """

    def _authenticate_by_username(self, username: str, password: str) -> User | None:
        checked = [
            found
            for user in attempts.candidates(username)
            if (found := self._check_password(user, password))
        ]
        return checked[0] if len(checked) == 1 else None
