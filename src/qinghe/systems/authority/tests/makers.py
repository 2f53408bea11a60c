"""Signing the cast in."""

from qinghe.kernel.access import queries, services
from qinghe.kernel.people.models import Person
from tests import cast as house


def person_of(actor):
    return Person.objects.get(pk=actor.person_id)


def account_of(actor):
    person = person_of(actor)
    if queries.account_of(person) is None:
        services.open_account(person=person, username=f"u{person.pk}", at=house.NOW, by=house.CLERK)
    return queries.account_of(person)


def sign_in(client, actor):
    client.force_login(account_of(actor).user)
