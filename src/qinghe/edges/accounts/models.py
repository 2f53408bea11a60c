from django.conf import settings
from django.db import models

from qinghe.kernel.secrets.fields import SealedField


class FactorSecret(models.Model):
    """What a second factor is computed from; allauth's own table keeps only this row's number.

    So a stolen database makes no codes, and `manage rotate-keys` finds the secret (S-45).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    sealed = SealedField("密文")

    def __str__(self) -> str:
        return f"factor secret of {self.user_id}"


class FormerPassword(models.Model):
    """The hash of a password once set, kept where passwords may not come back (S-30)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    encoded = models.CharField("密码散列", max_length=128)
    replaced_at = models.DateTimeField("更换时间")

    def __str__(self) -> str:
        return f"password of {self.user_id}"
