"""One's own consents: given and taken back with the same one step (S-06)."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import queries as access
from qinghe.kernel.access import services as accounts
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent import services as consents
from qinghe.kernel.consent.models import Consent, Notice, Purpose
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.privacy import queries
from qinghe.systems.privacy.access import Act, require_at_the_top

from . import erasing

WITHDRAWN = "监护人撤回同意"


@transaction.atomic
def agree(*, notice: Notice, at: datetime, by: Actor) -> Consent:
    """Agree to the notice in force, for oneself. Safe to repeat.

    Raises Refused: unknown_person, notice_changed, guardian_needed.
    """
    person = queries.person_of(by)
    if consent.current_notice(notice.purpose, on=local_day(at)).pk != notice.pk:
        raise Refused("notice_changed", "告知书刚刚更新，没有记录；请阅读新的一版后再选择。")
    return consents.give(person=person, notice=notice, guardian=None, at=at, by=by)


@transaction.atomic
def take_back(*, purpose: str, at: datetime, by: Actor) -> None:
    """Take back one's own consent to a purpose; what was done before stays done. Safe to repeat."""
    person = queries.person_of(by)
    erasing.withdraw_purpose(person=person, purpose=purpose, at=at, by=by)


@transaction.atomic
def take_back_for_ward(*, ward: Person, at: datetime, by: Actor) -> None:
    """Take back, as the guardian, all consents for a child; the child's account stops (S-03).

    Raises Refused: not_allowed.
    """
    guardian = consent.guardian_person_of(ward)
    if guardian is None or guardian.pk != by.person_id:
        raise Refused("not_allowed", "只有监护人可以撤回孩子的同意，没有任何改动。")
    for purpose in Purpose.values:
        erasing.withdraw_purpose(person=ward, purpose=purpose, at=at, by=by)
    account = access.account_of(ward)
    if account and account.user.is_active:
        accounts.disable_account(account=account, reason=WITHDRAWN, at=at, by=by)


@transaction.atomic
def publish_notice(*, new: consents.NewNotice, at: datetime, by: Actor) -> Notice:
    """Publish the next version of a notice for the whole district.

    Raises Refused: not_allowed, empty_notice, in_the_past.
    """
    require_at_the_top(by, Act.PUBLISH_NOTICE)
    return consents.publish_notice(new=new, at=at, by=by)
