"""A desk to write at: figures made by hand stand behind every page, and people sign in."""

from django.contrib.auth.models import User
from django.test import Client

from qinghe.analytics import figures
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Person
from qinghe.reports.drafting import queries
from tests import cast

from .makers import Book


def lay(book: Book, monkeypatch) -> None:
    """Let every page read the figures of a book."""
    for name in queries.__all__:
        defaults = getattr(getattr(queries, name), "__kwdefaults__", None) or {}
        if "figures_of" in defaults:
            monkeypatch.setitem(defaults, "figures_of", book.of)
    monkeypatch.setattr(figures, "cached", lambda period, reading=0: book.of(period))


def account(who: Actor) -> User:
    """Open an account for somebody of the cast."""
    person = Person.objects.get(pk=who.person_id)
    return access.open_account(person=person, username=person.number, at=cast.NOW, by=cast.CLERK)


def sign_in(who: Actor) -> Client:
    """Return a browser without a screen in which somebody is signed in."""
    client = Client()
    client.force_login(account(who))
    return client
