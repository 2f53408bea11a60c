"""What somebody typed is never markup, on any page: every text of every record ends in a tag (bar 38)."""

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat

from qinghe.edges import inbox
from qinghe.kernel.access.actors import Role

from . import sweep
from .objects import MAKERS
from .world import ONE_BUILDING

pytestmark = [pytest.mark.once, pytest.mark.slow, ONE_BUILDING]

TAG = """'"><i onclick=x9>"""
RAW, SHOWN = b"<i onclick=x9", b"&lt;i onclick=x9"
# Texts that the code reads: a code, a key, an address.
READ = {"code", "path", "key", "kind", "state", "verb", "model", "number", "nonce", "url", "slug"}


def texts():
    """Yield every column of the house that holds what somebody may have typed."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField)
            typed = is_text and not (field.choices or field.unique or field.name in READ)
            if model.__module__.startswith("qinghe.") and typed and (field.max_length or 99) >= 20:
                yield model, field


def end_all_in_a_tag():
    """Append the tag wherever the database takes it; return how many columns have it."""
    done = 0
    for model, field in texts():
        try:
            with transaction.atomic():
                rows = model._base_manager.exclude(**{field.name: ""})
                done += bool(rows.update(**{field.name: Concat(F(field.name), Value(TAG))}))
        except DatabaseError:  # a constraint, or a table that only grows
            continue
    return done


def test_no_page_takes_a_text_for_markup(world, db, routes, monkeypatch):
    monkeypatch.setattr(inbox, "QUEUES", [])
    officer = world.everyone[Role.DISTRICT_OFFICER]
    place = world.made["440307017901"]
    client = officer.client()
    client.raise_request_exception = False
    taken, shown = [], 0

    with sweep.undone():
        assert end_all_in_a_tag() > 40
        for route in routes:
            if route.is_operation or "GET" not in route.methods or route.unknown(MAKERS):
                continue
            with sweep.undone():
                answer = client.get(route.url(place), {"org": "440307"})
            said = sweep.body_of(answer)
            if not answer.headers.get("Content-Type", "").startswith("text/html"):
                continue
            shown += SHOWN in said
            if RAW in said:
                taken.append(route.pattern)

    assert taken == []
    assert shown > 60
