"""Opening, disabling and enabling sign-in accounts."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from qinghe.kernel.access import models, rules
from qinghe.kernel.audit import services as audit
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused


@transaction.atomic
def open_account(*, person: Person, username: str, at: datetime, by: object) -> User:
    """Give a person a sign-in account without a usable password.

    Raises Refused: merged, name_taken, has_account.
    """
    rules.check_not_merged(merged_into=person.merged_into_id)
    if User.objects.filter(username__iexact=username).exists():
        raise Refused("name_taken", f"账号{username}已被使用，请换一个账号名。")
    if models.Account.objects.filter(person=person).exists():
        raise Refused("has_account", f"{person.name}已有账号，没有再开通。")
    user = User.objects.create_user(username=username)
    account = models.Account.objects.create(user=user, person=person)
    audit.record(
        by=by, verb="access.open_account", subject=account, at=at, detail={"username": username}
    )
    return user


@transaction.atomic
def disable_account(
    *, account: models.Account, reason: str, at: datetime, by: object
) -> models.Account:
    """Stop an account at its next request; roles and records stay.

    Raises Refused: oneself, already_disabled.
    """
    rules.check_not_own_account(person_id=account.person_id, by=by)
    if not account.user.is_active:
        raise Refused("already_disabled", "这个账号已经停用，没有变更。")
    account.user.is_active = False
    return _saved(account, verb="access.disable_account", reason=reason, at=at, by=by)


@transaction.atomic
def enable_account(
    *, account: models.Account, reason: str, at: datetime, by: object
) -> models.Account:
    """Let a disabled account sign in again. Raises Refused: oneself, merged, already_enabled."""
    rules.check_not_own_account(person_id=account.person_id, by=by)
    rules.check_not_merged(merged_into=account.person.merged_into_id)
    if account.user.is_active:
        raise Refused("already_enabled", "这个账号没有停用，没有变更。")
    account.user.is_active = True
    return _saved(account, verb="access.enable_account", reason=reason, at=at, by=by)


def _saved(
    account: models.Account, *, verb: str, reason: str, at: datetime, by: object
) -> models.Account:
    account.user.save(update_fields=["is_active"])
    before, after = ("停用", "可用") if account.user.is_active else ("可用", "停用")
    audit.record(
        by=by,
        verb=verb,
        subject=account,
        at=at,
        detail={"before": before, "after": after, "reason": reason},
    )
    return account
