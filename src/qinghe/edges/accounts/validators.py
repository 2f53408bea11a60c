"""What a password may not be (ASVS 6.2.11, S-30)."""

from datetime import datetime

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
)
from django.core.exceptions import ValidationError
from django.utils import timezone

from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Role
from qinghe.lib import periods

from . import models, rules

WORDS = ("团委", "青年", "共青团", "龙岗", "青禾", "qinghe", "longgang", "tuanwei", "gongqingtuan")
LEAST_PART = 4  # letters: shorter names would forbid half of all passwords
LEAST_REST = 4  # letters that are to be left without our words, digits and marks


class LongEnough(MinimumLengthValidator):
    """At least so many characters."""

    def get_error_message(self) -> str:
        """Say how long it has to be."""
        return f"密码太短，没有保存；请至少用 {self.min_length} 个字符，例如几个不相干的词。"

    def get_help_text(self) -> str:
        """Say so beforehand."""
        return f"至少 {self.min_length} 个字符；用几个不相干的词组成，比夹杂符号更牢、更好记。"


class NotCommon(CommonPasswordValidator):
    """None of the passwords that leaked elsewhere most often."""

    def get_error_message(self) -> str:
        """Say that everybody uses it."""
        return "这个密码在公开泄露的密码表里，没有保存；请换一个。"

    def get_help_text(self) -> str:
        """Say so beforehand."""
        return "不能是常见或已泄露的密码。"


class NotAboutUs:
    """No word that anybody would try here first, nor the account's own name."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse a password built on such a word."""
        lowered = password.lower()
        names = [user.username.lower()] if user and len(user.username) >= LEAST_PART else []
        rest = lowered
        for word in WORDS:
            rest = rest.replace(word, "")
        left = sum(letter.isalpha() for letter in rest)
        if any(name in lowered for name in names) or (rest != lowered and left < LEAST_REST):
            raise ValidationError(
                "密码由本单位常用词或账号名组成，没有保存；请换一个。", code="word"
            )

    def get_help_text(self) -> str:
        """Say so beforehand."""
        return "不能含账号名，也不能以“团委”“青年”“龙岗”“qinghe”等词为主。"


class Mixed:
    """等保: three kinds of characters. Only where `QINGHE_DENGBAO` is on, and for staff (S-30)."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse what is too plain."""
        if is_staff(user) and rules.classes_of(password) < rules.LEAST_CLASSES:
            raise ValidationError(
                "密码要含大写字母、小写字母、数字、符号中的至少三种，没有保存；请修改。",
                code="plain",
            )

    def get_help_text(self) -> str:
        """Say so beforehand."""
        return "工作人员的密码要含大写字母、小写字母、数字、符号中的至少三种，每 90 天更换。"


class NotUsedBefore:
    """等保: none of the last five. Only where `QINGHE_DENGBAO` is on, and for staff (S-30)."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse a password that comes back."""
        if user is None or not is_staff(user):
            return
        former = models.FormerPassword.objects.filter(user=user).order_by("-replaced_at", "-pk")
        others = former.values_list("encoded", flat=True)[: rules.HISTORY - 1]
        kept = [user.password, *others]
        if any(check_password(password, encoded) for encoded in kept):
            raise ValidationError("最近五次用过这个密码，没有保存；请换一个。", code="used")

    def get_help_text(self) -> str:
        """Say so beforehand."""
        return "不能与最近五次的密码相同。"


def is_staff(user: User | None, *, at: datetime | None = None) -> bool:
    """Test if an account's person holds a post of staff today."""
    return user is not None and rules.is_staff(roles_of(user, at=at))


def roles_of(user: User, *, at: datetime | None = None) -> list[Role]:
    """Return the roles that an account's person holds today."""
    if not user.pk:
        return []
    actor = access.actor_of(user, periods.local_day(at or timezone.now()))
    return [held.role for held in actor.holdings]
