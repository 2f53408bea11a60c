"""Codes that prove who holds a phone: sent, tried, spent."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from qinghe.kernel.access import queries as actors
from qinghe.kernel.secrets import services as secrets
from qinghe.lib.verdicts import Refused
from qinghe.systems.privacy import models, queries, rules

PHONE, ADDRESS = "privacy_phonecode.phone", "privacy_phonecode.address"
NO_CODE = "-"  # what no code hashes to: the phone's owner has an account already

OWN_TEXT = "【青禾】您的注册验证码是{code}，10分钟内有效，请勿告诉他人。"
GUARDIAN_TEXT = (
    "【青禾】有未成年人以您为监护人申请注册，验证码{code}，10分钟内有效。"
    "您阅读并同意告知书后再提供；不同意请勿提供。"
)
TAKEN_TEXT = (
    "【青禾】有人用这个手机号申请注册，但它已有账号，没有新建。是您本人请直接登录；不是请忽略。"
)


@dataclass(frozen=True)
class Message:
    """A text to be sent once what it says is on the books."""

    phone: str
    text: str


@dataclass(frozen=True)
class Asked:
    """Who asks for a code: for which registration, whose phone, from which address."""

    registration: models.Registration
    phone: str
    whose: models.PhoneCode.Whose
    address: str


@transaction.atomic
def begin_code(*, asked: Asked, at: datetime, by: object) -> Message:
    """Draw a code for a phone and return the text to send.

    For a phone that has an account the page sees no difference; its owner is told by the text.
    Raises Refused: too_soon, too_many_codes.
    """
    phone_index = secrets.blind(asked.phone, about=PHONE)
    address_index = secrets.blind(asked.address, about=ADDRESS)
    rules.check_may_send(sent=_sent_before(phone_index, address_index, at), at=at)
    code = get_random_string(rules.CODE_DIGITS, "0123456789")
    own = asked.whose == models.PhoneCode.Whose.OWN
    taken = own and queries.has_account(actors.NOBODY, asked.phone)
    models.PhoneCode.objects.create(
        registration_hash=asked.registration.token_hash,
        whose=asked.whose,
        phone_index=phone_index,
        address_index=address_index,
        code_hash=NO_CODE if taken else _hash(asked.registration, phone_index, code),
        sent_at=at,
        expires_at=at + rules.CODE_LASTS,
    )
    text = TAKEN_TEXT if taken else (OWN_TEXT if own else GUARDIAN_TEXT)
    return Message(phone=asked.phone, text=text.format(code=code))


@transaction.atomic
def try_code(
    *,
    registration: models.Registration,
    whose: models.PhoneCode.Whose,
    phone: str,
    typed: str,
    at: datetime,
    by: object,
) -> bool:
    """Spend the newest code of a registration if it is the one typed; a wrong try is counted.

    Raises Refused: code_over.
    """
    newest = (
        models.PhoneCode.objects.select_for_update()
        .filter(registration_hash=registration.token_hash, whose=whose)
        .order_by("-sent_at", "-pk")
        .first()
    )
    if newest is None or newest.phone_index != secrets.blind(phone, about=PHONE):
        raise Refused("code_over", "请先获取验证码。")
    rules.check_may_try(
        expires_at=newest.expires_at,
        tries=newest.tries,
        used=newest.used_at is not None,
        at=at,
    )
    right = constant_time_compare(
        newest.code_hash, _hash(registration, newest.phone_index, typed.strip())
    )
    newest.tries += 1
    newest.used_at = at if right else None
    newest.save(update_fields=["tries", "used_at"])
    return right


def _sent_before(phone_index: str, address_index: str, at: datetime) -> rules.Sent:
    this_hour = models.PhoneCode.objects.filter(sent_at__gt=at - rules.HOUR)
    to_phone = this_hour.filter(phone_index=phone_index).order_by("-sent_at")
    last = to_phone.first()
    return rules.Sent(
        last_at=last.sent_at if last else None,
        to_phone=to_phone.count(),
        from_address=this_hour.filter(address_index=address_index).count(),
    )


def _hash(registration: models.Registration, phone_index: str, code: str) -> str:
    # Bound to the registration, and so to the browser session, and to the phone.
    told = f"{registration.token_hash}:{phone_index}:{code}"
    return salted_hmac("qinghe.privacy.code", told, algorithm="sha256").hexdigest()
