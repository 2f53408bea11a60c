"""What tests of pages share: a round that is open by the real clock, and somebody at a browser."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.access import services as access
from qinghe.kernel.people.models import Person
from qinghe.lib import periods

from .makers import filing_of, open_round

HTMX = {"HX-Request": "true"}


def sign_in(client, who):
    """Open an account for an actor of the cast and sign them in."""
    person = Person.objects.get(pk=who.person_id)
    user = access.open_account(
        person=person, username=f"u{person.pk}", at=timezone.now(), by="the tests"
    )
    client.force_login(user)
    return client


def url(name, *arguments):
    return reverse(f"returns:{name}", args=arguments)


def text(response):
    return response.content.decode()


def half():
    """Return the half-year that is over by the real clock."""
    today = timezone.localdate()
    return periods.half_year(today.year, 1 if today.month <= 6 else 2).previous()


def ask(form, by, *, days=5, period=None):
    """Ask for the half-year that is over; it closes so many days from today."""
    today = timezone.localdate()
    return open_round(
        form,
        by,
        period=period or half(),
        at=timezone.now() - timedelta(days=30),
        opens_on=today - timedelta(days=30),
        closes_on=today + timedelta(days=days),
    )


def asked(form, by, org, **said):
    """Ask one form of everybody and return what one organisation is asked."""
    return filing_of(ask(form, by, **said), org)


def written(filing, **cells):
    """Return what the page of a filing sends: written(filing, LOC_01="3")."""
    posted = {}
    for code, value in cells.items():
        name = code.replace("_", "-")
        kept = filing.values.filter(cell__code=name).first()
        from_before = ""
        if kept is not None and kept.hundredths is not None:
            from_before = f"{kept.hundredths // 100}"
        posted |= {f"v-{name}": value, f"seen-{name}": from_before}
    return posted
