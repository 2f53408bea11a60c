"""Registering oneself: told, phone proved, described, and a minor's guardian agreed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.crypto import get_random_string

from qinghe.kernel.access import queries as actors
from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent import rules as consent_rules
from qinghe.kernel.consent import services as consents
from qinghe.kernel.consent.models import Notice, Purpose
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.secrets import services as secrets
from qinghe.lib.identifiers import check_phone
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.privacy import models, queries, rules

from . import codes, entering

Whose = models.PhoneCode.Whose
TOKEN_LENGTH = 43


@dataclass(frozen=True)
class Description:
    """Who registers, as they say themselves."""

    name: str
    sex: str
    birth_date: date
    org: Org
    password_hash: str


@dataclass(frozen=True)
class GuardianConsent:
    """Who agrees for a minor, to which versions of which notices."""

    guardian: consents.Guardian
    notices: tuple[Notice, ...]


@transaction.atomic
def begin(*, notices: Sequence[Notice], at: datetime, by: object) -> str:
    """Begin a registration with the notices that were agreed to, and return its token.

    Nothing about a person is kept yet. Raises Refused: consent_needed, notice_changed.
    """
    rules.check_told(agreed=frozenset(notice.purpose for notice in notices))
    today = local_day(at)
    if any(consent.current_notice(one.purpose, on=today).pk != one.pk for one in notices):
        raise Refused("notice_changed", "告知书刚刚更新，请重新阅读后再选择；没有保存任何信息。")
    token = get_random_string(TOKEN_LENGTH)
    registration = models.Registration.objects.create(
        token_hash=queries.token_hash(actors.NOBODY, token),
        started_at=at,
        expires_at=at + rules.REGISTRATION_LASTS,
    )
    _keep(registration, rules.Typed(notices=tuple(one.pk for one in notices)))
    return token


@transaction.atomic
def send_own_code(
    *, registration: models.Registration, phone: str, address: str, at: datetime, by: object
) -> codes.Message:
    """Take the phone and return the text to send to it.

    Raises Refused: bad_phone, too_soon, too_many_codes.
    """
    phone = _mobile(phone)
    asked = codes.Asked(registration, phone, Whose.OWN, address)
    message = codes.begin_code(asked=asked, at=at, by=by)
    _keep(registration, replace(_typed(registration), phone=phone, phone_proved=False))
    return message


@transaction.atomic
def prove_own_phone(
    *, registration: models.Registration, code: str, at: datetime, by: object
) -> bool:
    """Take the code typed; false when it is wrong. Raises Refused: code_over."""
    typed = _typed(registration)
    right = codes.try_code(
        registration=registration, whose=Whose.OWN, phone=typed.phone, typed=code, at=at, by=by
    )
    if right:
        _keep(registration, replace(typed, phone_proved=True))
    return right


@transaction.atomic
def describe(
    *, registration: models.Registration, description: Description, at: datetime, by: object
) -> None:
    """Take who registers.

    Raises Refused: phone_unproved, bad_birth_date, org_closed, known_already, nobody_in_charge.
    """
    typed = _typed(registration)
    rules.check_proved(typed)
    today = local_day(at)
    rules.check_birth_date(birth_date=description.birth_date, on=today)
    orgs.check_takes_new(org=description.org)
    if queries.is_known(actors.NOBODY, typed.phone, description.name.strip()):
        raise Refused(
            "known_already",
            "组织的名册上已有您的资料，没有重复登记；请向所在组织索取邀请码开通账号。",
        )
    if rules.is_child(birth_date=description.birth_date, on=today):
        child = consent.current_notice(Purpose.CHILD, on=today)
        consent_rules.check_child_rules(responsible=child.responsible)
    described = replace(
        typed,
        name=description.name.strip(),
        sex=description.sex,
        birth_date=description.birth_date.isoformat(),
        org=description.org.code,
        password_hash=description.password_hash,
    )
    _keep(registration, described)


@transaction.atomic
def send_guardian_code(
    *,
    registration: models.Registration,
    agreed: GuardianConsent,
    address: str,
    at: datetime,
    by: object,
) -> codes.Message:
    """Take the guardian, who read and ticked these notices, and return the text to send.

    Raises Refused: bad_phone, same_phone, guardian_incomplete, consent_needed,
    child_rules_needed, too_soon, too_many_codes.
    """
    typed = _typed(registration)
    rules.check_proved(typed)
    guardian = agreed.guardian
    phone = _mobile(guardian.phone)
    child = rules.is_child(birth_date=typed.born, on=local_day(at))
    consent_rules.check_guardian_told(name=guardian.name, phone=phone, relation=guardian.relation)
    rules.check_guardian_phone(own=typed.phone, guardian=phone, child=child)
    purposes = frozenset(notice.purpose for notice in agreed.notices)
    rules.check_told(agreed=purposes)
    rules.check_child_rules(agreed=not child or Purpose.CHILD in purposes)
    asked = codes.Asked(registration, phone, Whose.GUARDIAN, address)
    message = codes.begin_code(asked=asked, at=at, by=by)
    told = replace(
        typed,
        guardian_name=guardian.name.strip(),
        guardian_phone=phone,
        guardian_relation=guardian.relation,
        guardian_notices=tuple(notice.pk for notice in agreed.notices),
    )
    _keep(registration, told)
    return message


@transaction.atomic
def complete_by_guardian(
    *, registration: models.Registration, code: str, at: datetime, by: object
) -> entering.Registered | None:
    """Put a minor on the books once the guardian's code is right; nothing when it is wrong.

    Raises Refused: code_over, guardian_missing, phone_taken.
    """
    typed = _typed(registration)
    rules.check_proved(typed)
    if not typed.guardian_phone:
        raise _guardian_missing()
    right = codes.try_code(
        registration=registration,
        whose=Whose.GUARDIAN,
        phone=typed.guardian_phone,
        typed=code,
        at=at,
        by=by,
    )
    return _entered(registration, typed, at=at, by=by) if right else None


@transaction.atomic
def complete(*, registration: models.Registration, at: datetime, by: object) -> entering.Registered:
    """Put an adult on the books. Raises Refused: guardian_missing, phone_taken, org_closed."""
    typed = _typed(registration)
    rules.check_proved(typed)
    if rules.needs_guardian(birth_date=typed.born, on=local_day(at)):
        raise _guardian_missing()
    return _entered(registration, typed, at=at, by=by)


@transaction.atomic
def give_up(*, registration: models.Registration, at: datetime, by: object) -> None:
    """Forget a registration and all that was typed; its codes still count against floods."""
    models.PhoneCode.objects.filter(
        registration_hash=registration.token_hash, used_at__isnull=True
    ).update(used_at=at)
    registration.delete()


def _entered(
    registration: models.Registration, typed: rules.Typed, *, at: datetime, by: object
) -> entering.Registered:
    registered = entering.enter(typed=typed, at=at, by=by)
    give_up(registration=registration, at=at, by=by)
    return registered


def _typed(registration: models.Registration) -> rules.Typed:
    return queries.typed_in(actors.NOBODY, registration)


def _keep(registration: models.Registration, typed: rules.Typed) -> None:
    place = secrets.place(registration, "typed")
    registration.typed = secrets.seal(typed.as_text(), about=place)
    registration.save(update_fields=["typed"])


def _mobile(phone: str) -> str:
    checked = check_phone(phone)
    if not checked.startswith("1"):
        raise Refused("bad_phone", "请填写11位手机号码，固定电话收不到验证码。")
    return checked


def _guardian_missing() -> Refused:
    return Refused("guardian_missing", "未满18周岁须监护人同意，没有注册；请先填写监护人。")
