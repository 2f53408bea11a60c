"""The small demo in a browser: somebody of its cast looks, and what a page's address needs."""

import shutil
from contextlib import closing
from datetime import date

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.db.backends.sqlite3.base import Database
from django.test import Client
from django.utils import timezone

from qinghe.edges.accounts import guard
from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Role
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.people import queries as people
from qinghe.kernel.people import services as people_services
from qinghe.reports.circulars.models import Circular
from qinghe.reports.drafting.models import Report
from qinghe.systems.returns.models import Filing
from qinghe.systems.volunteering.models import Session

HALF = "org=440307&period=2022H1"


def fill(told):
    """Lay the small demo out in this test's database and files, as it was told (small_demo)."""
    elsewhere = shutil.ignore_patterns("qinghe.sqlite3*", "static")
    shutil.copytree(told, settings.QINGHE_DATA, dirs_exist_ok=True, ignore=elsewhere)
    connection.ensure_connection()
    with closing(Database.connect(told / "qinghe.sqlite3")) as copy:
        copy.backup(connection.connection)


def enter(page, account, *, base_url):
    """Look through somebody of the demo's cast, as its door lets visitors do."""
    page.context.clear_cookies()
    if not account:
        return
    client = Client()
    client.force_login(User.objects.get(username=account))
    session = client.session
    session[guard.DOOR] = True
    session.save()
    carry(client, page, base_url=base_url)


def carry(client, page, *, base_url):
    """Hand the session of a test client to the browser."""
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": base_url}
    page.context.add_cookies([cookie])


def invitation():
    """Invite somebody to a post, and return the code."""
    officer = people.by_number("P001")
    actor = access_queries.actor_of_person(officer.pk, officer.name, date(2022, 6, 30))
    now = timezone.now()
    invited = people_services.add_person(
        new=people_services.NewPerson("P099", "夏新"), at=now, by=actor
    )
    _, code = access.invite(
        person=invited,
        role=Role.STREET_SECRETARY,
        org=orgs.by_code("440307013"),
        at=now,
        by=actor,
    )
    return code


def a_session():
    """Return the key of a session below the street of 陈穗."""
    return str(Session.objects.filter(org__code__startswith="440307017").latest("starts_at").pk)


def what_is_written():
    """Return the keys of the report, the circular and the form that 周远 has to fill."""
    asked = Filing.objects.filter(org__code="440307013002").latest("round__opened_at")
    return {
        "REPORT": str(Report.objects.get().pk),
        "CIRCULAR": str(Circular.objects.get().pk),
        "FILING": str(asked.pk),
    }
