"""Erasing a person as far as the records of others allow: what stays tells nothing of who it was."""

from datetime import datetime

from django.apps import apps
from django.contrib.auth.models import User
from django.db import transaction

from qinghe.edges import system
from qinghe.kernel.access import queries as access
from qinghe.kernel.access import services as accounts
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.models import Holding
from qinghe.kernel.audit import services as audit
from qinghe.kernel.consent import services as consents
from qinghe.kernel.consent.models import Consent, Purpose
from qinghe.kernel.notices.kinds import Channel
from qinghe.kernel.notices.models import Preference
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Contact, ContactField, Person
from qinghe.lib.periods import local_day
from qinghe.systems.privacy import models, queries, rules

ERASED = "已注销用户"
ABOUT_AN_ACCOUNT = (
    "account.EmailAddress",
    "mfa.Authenticator",
    "socialaccount.SocialAccount",
    "usersessions.UserSession",
)
REASON = "本人申请删除个人信息"


@transaction.atomic
def erase(*, person: Person, at: datetime, by: Actor) -> None:
    """Close the account, drop the contact, withdraw all consents and take the name off the books.

    Hours and trail stay, under a name that tells nobody; consents stay three years (S-10).
    Raises Refused: duty_to_keep.
    """
    rules.check_may_erase(duties=queries.duties_to_keep(by, person, local_day(at)))
    for purpose in Purpose.values:
        _withdraw(person, purpose, at=at, by=by)
    for holding in Holding.objects.filter(person=person, ends_on__isnull=True):
        accounts.end_role(holding=holding, on=local_day(at), reason=REASON, at=at, by=by)
    account = access.account_of(person)
    if account and account.user.is_active:
        accounts.disable_account(account=account, reason=REASON, at=at, by=by)
    if account:
        _empty(account.user)
    Preference.objects.filter(person=person).delete()
    people.erase_contact(person=person, fields=list(ContactField), reason=REASON, at=at, by=by)
    Contact.objects.filter(person=person).delete()
    Person.objects.filter(pk=person.pk).update(name=ERASED, sex="", birth_date=None)
    models.Request.objects.filter(person=person).update(wish=None)
    audit.record(by=by, verb="privacy.erase", subject=person, at=at)


@transaction.atomic
def withdraw_purpose(*, person: Person, purpose: str, at: datetime, by: Actor) -> None:
    """Take back a consent and tell every system to stop using the data for it (S-06)."""
    _withdraw(person, purpose, at=at, by=by)


def _empty(user: User) -> None:
    """Take off an account all that could sign in or tell whose it was; its name tells nobody."""
    for kind in ABOUT_AN_ACCOUNT:
        apps.get_model(kind)._default_manager.filter(user=user).delete()
    user.set_unusable_password()
    user.email = ""
    user.save(update_fields=["password", "email"])


def _withdraw(person: Person, purpose: str, *, at: datetime, by: Actor) -> None:
    standing = (
        Consent.objects.filter(person=person, notice__purpose=purpose, withdrawn_at__isnull=True)
        .select_related("notice")
        .first()
    )
    if standing is None:
        return
    consents.withdraw(consent=standing, reason="", at=at, by=by)
    if purpose == Purpose.CONTACT:
        _silence(person)
    for installed in system.INSTALLED:
        if installed.on_withdrawn:
            installed.on_withdrawn(person, purpose, at, by)


def _silence(person: Person) -> None:
    """Send a person no SMS any more, whatever they had chosen before (S-06)."""
    for preference in Preference.objects.filter(person=person):
        preference.chosen = {
            kind: [channel for channel in channels if channel != Channel.SMS]
            for kind, channels in preference.chosen.items()
        }
        preference.save(update_fields=["chosen"])
