"""Every column about a person stands in the register of data with its level (S-37)."""

from collections import Counter

from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session

from qinghe.kernel.access import levels
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.files.models import File
from qinghe.kernel.people.models import Person

NAMED_WITHOUT_A_KEY = {"person_id", "by", "user_id"}


def tables_about_people():
    """Return the models from which a chain of foreign keys leads to a person or an account."""
    models = apps.get_models(include_auto_created=True)
    found = {Person, User, Session, Entry, File}
    before = 0
    while len(found) > before:
        before = len(found)
        found |= {model for model in models if _points_into(model, found)}
    return found


def _points_into(model, found):
    return any(
        field.related_model in found or field.name in NAMED_WITHOUT_A_KEY
        for field in model._meta.concrete_fields
    )


def columns(model):
    """Return the columns that say something: not the number a row got when it was made."""
    return [
        f"{model._meta.label}.{field.name}"
        for field in model._meta.concrete_fields
        if not (field.primary_key and field.get_internal_type().endswith("AutoField"))
    ]


def test_every_column_about_people_has_a_level():
    registered = {f"{row.model}.{row.field}" for row in levels.REGISTER}
    there = {column for model in tables_about_people() for column in columns(model)}

    missing = sorted(there - registered)

    assert missing == [], (
        "write each into `data` of the system's manifest, or into kernel/access/register.py"
    )


def test_the_register_names_no_column_that_is_gone():
    there = {
        column for model in apps.get_models(include_auto_created=True) for column in columns(model)
    }

    assert [row for row in levels.REGISTER if f"{row.model}.{row.field}" not in there] == []


def test_no_column_stands_twice():
    times = Counter((row.model, row.field) for row in levels.REGISTER)

    assert [column for column, count in times.items() if count > 1] == []


def test_every_row_says_what_it_is_and_what_it_is_for():
    assert [row for row in levels.REGISTER if not row.label or not row.purpose] == []
