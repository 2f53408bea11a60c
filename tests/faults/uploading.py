"""Run as a script on a house's records: somebody who uploads lists, and the files that were kept.

uploading.py begin    enter the cast; print the key of a session of the district's officer
uploading.py as NAME  print the key of a session of whoever has this account
uploading.py look     print the names of kept files that are not whole, and of what else lies there
"""

import json
import os
import sys
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import django  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
django.setup()

from allauth.account.internal.flows.login import record_authentication  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.http import HttpRequest  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from qinghe.edges.accounts import guard  # noqa: E402
from qinghe.kernel.access import services as access  # noqa: E402
from qinghe.kernel.access.actors import Actor  # noqa: E402
from qinghe.kernel.files import models, services  # noqa: E402
from qinghe.kernel.people.models import Person  # noqa: E402
from tests import cast as casting  # noqa: E402


def session_of(actor: Actor, *, at: datetime) -> str:
    """Open an account for somebody and sign them in; return the key of the session."""
    person = Person.objects.get(pk=actor.person_id)
    user = access.open_account(person=person, username=person.number, at=at, by=casting.CLERK)
    return signed_in(user, at=at)


def signed_in(user: User, *, at: datetime) -> str:
    """Sign an account in at a moment, with a second factor; return the key of the session."""
    client, asked = Client(), HttpRequest()
    client.force_login(user)
    asked.session = client.session
    asked.session[guard.BEGAN] = asked.session[guard.SEEN] = int(at.timestamp())
    record_authentication(asked, user, "mfa")
    asked.session.save()
    return str(asked.session.session_key)


def begin() -> str:
    """Enter the cast, and let the district's officer in."""
    return session_of(casting.make_cast().lin, at=timezone.now())


def look() -> dict[str, list[str]]:
    """Compare rows and files."""
    rows = {row.stored_as: row for row in models.File.objects.all()}
    paths = {name: services.path_of(row) for name, row in rows.items()}
    folder = next(iter(paths.values())).parent
    there = {path.name for path in folder.iterdir()} - {services.MARK}
    whole = {name for name in rows if name in there and services.is_whole(rows[name])}
    return {"broken": sorted(set(rows) - whole), "stray": sorted(there - set(rows))}


if __name__ == "__main__":
    if sys.argv[1] == "begin":
        told = begin()
    elif sys.argv[1] == "as":
        told = signed_in(User.objects.get(username=sys.argv[2]), at=timezone.now())
    else:
        told = json.dumps(look())
    sys.stdout.write(told)
