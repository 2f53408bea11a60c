"""What a request changed and the trail does not tell: of the walk of the access table (bar 32).

Each change stands in one transaction with an entry that says who, where, what, with what end and in
which request; and where no entry can be written, there is no change.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError
from django.forms import BaseForm
from django.http import HttpResponseBase

from qinghe.kernel.audit import services as audit
from qinghe.kernel.audit.models import Entry, Outcome

from . import filling
from .noting import Noted, noting, undone
from .world import Somebody

# Sessions and counters move with every request; the trail tells of readings and refusals, and
# looks at records about people are counted (bar 27).
TRACES = {
    "django_session",
    "usersessions_usersession",
    "cache_entry",
    "audit_entry",
    "audit_head",
    "web_looking",
}
# What somebody keeps for themself alone, of which the trail says nothing: views, what was read.
OWN = {"web_savedview", "notices_notice", "web_draft"}
# Said by whoever passes by, and by nobody's name.
NAMELESS = {"venues.rate"}
TRAIL = "audit_entry"
Ask = Callable[[dict[str, object] | None], HttpResponseBase]


def changed(noted: Noted) -> set[str]:
    """Return the tables that were changed and that the trail has to tell of."""
    return noted.tables - TRACES - OWN


def faults(somebody: Somebody, answer: HttpResponseBase, noted: Noted) -> list[str]:
    """Return what is wrong with how the trail tells of an answered request."""
    if not changed(noted):
        return []
    found = [
        f"{sorted(tables - TRACES - OWN)} changed without a word"
        for tables in noted.together()
        if tables - TRACES - OWN and TRAIL not in tables
    ]
    entries = list(Entry.objects.filter(request_id=answer["X-Request-ID"]))
    if not entries:
        found.append("no entry names the request")
    return found + [fault for entry in entries for fault in lacking(entry, somebody)]


def lacking(entry: Entry, somebody: Somebody) -> Iterator[str]:
    """Yield what an entry should say and does not."""
    says = {
        "who": entry.verb in NAMELESS or entry.person_id == somebody.actor.person_id,
        "by": bool(entry.by),
        "account": entry.account_id == (somebody.user.pk if somebody.user else 0),
        "from where": bool(entry.address),
        "what": bool(entry.subject_kind and entry.first_id) or bool(entry.detail),
        "end": entry.outcome in Outcome.values,
    }
    return (f"{entry.verb} lacks {name}" for name, holds in says.items() if not holds)


def insist(
    somebody: Somebody, ask: Ask, answer: HttpResponseBase, noted: Noted, *, code: str
) -> list[str]:
    """Ask with the form filled in where one is shown, and again of a trail that takes nothing.

    Return what is wrong.
    """
    sent, found = None, []
    form = (answer.context or {}).get("form")
    if isinstance(form, BaseForm) and form.is_bound and not form.is_valid():
        sent = filling.filled(form, code=code)
        with undone(), noting() as noted:
            found = faults(somebody, ask(sent), noted)
    if not changed(noted):
        return found
    with refusing(), undone(), noting() as noted:
        answer = ask(sent)
        kept = changed(noted)
    if kept:
        found.append(f"{sorted(kept)} changed although the trail took nothing")
    if answer.status_code < 500:
        found.append(f"{answer.status_code} as if it were done, although the trail took nothing")
    return found


@contextmanager
def refusing() -> Iterator[None]:
    """Let the trail take nothing."""

    def refuse(entries: object) -> None:
        raise DatabaseError("the trail is full")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(audit, "_append_all", refuse)
        yield
