"""A new installation is migrated fast, and to the same tables as by Django alone."""

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import models
from django.db.migrations.state import ModelState

from qinghe.config import migrating

DJANGOS_OWN = """
import django; django.setup()
from django.core.management.commands.migrate import Command
from django.core.management import call_command
call_command(Command(), verbosity=0)
"""


def made_of(name, **to):
    """Return a model that points to others."""
    fields = [("id", models.BigAutoField(primary_key=True))]
    fields += [
        (field, models.ForeignKey(f"house.{model}", models.PROTECT)) for field, model in to.items()
    ]
    return ModelState("house", name, fields)


def a_house():
    """Return a state: a guest has a room, a room has a house; a key stands alone."""
    state = migrating.State({}, set())
    for model in (
        made_of("House"),
        made_of("Room", house="House"),
        made_of("Guest", room="Room"),
        made_of("Key"),
    ):
        state.add_model(model)
    return state


def rendered(apps):
    return set(apps.all_models["house"])


def test_what_is_asked_for_is_rendered_with_what_it_points_to():
    apps = a_house().apps

    room = apps.get_model("house", "Room")

    assert rendered(apps) == {"room", "house"}
    assert room._meta.get_field("house").related_model is apps.get_model("house.House")
    with pytest.raises(LookupError):
        apps.get_model("house", "Cellar")


def test_what_points_at_it_is_rendered_where_a_migration_asks_both_ways():
    apps = a_house().apps
    apps.both_ways = True

    apps.get_model("house", "Room")

    assert rendered(apps) == {"room", "house", "guest"}


def test_whoever_asks_for_an_app_gets_all_of_it():
    models_of_house = a_house().apps.get_app_config("house").get_models()

    assert {model.__name__ for model in models_of_house} == {"House", "Room", "Guest", "Key"}


def test_a_change_forgets_the_model_and_those_that_point_to_it_and_leaves_the_copy_alone():
    state = a_house()
    state.apps.get_app_config("house")
    before = state.clone()

    state.add_field("house", "room", "size", models.IntegerField(default=1), preserve_default=True)

    assert rendered(state.apps) == {"house", "key"}
    assert rendered(before.apps) == {"house", "room", "guest", "key"}
    assert state.apps.get_model("house", "Room")._meta.get_field("size")
    assert "size" not in {
        field.name for field in before.apps.get_model("house", "Room")._meta.fields
    }


def tables(folder):
    """Return what a database is made of, the columns of a table in the order of their names."""
    database = sqlite3.connect(folder / "qinghe.sqlite3")
    try:
        made = database.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    finally:
        database.close()
    return {
        (kind, name, *(_columns(sql) if kind == "table" else [sql])) for kind, name, sql in made
    }


def _columns(sql):
    """Where a column stands in its table depends on when Django rendered which model first."""
    head, _, rest = sql.partition("(")
    body, _, tail = rest.rpartition(")")
    return [head, *sorted(re.split(r", (?=\"|CONSTRAINT )", body)), tail]


@pytest.mark.slow
@pytest.mark.whole
@pytest.mark.once
def test_the_tables_are_those_that_django_makes(tmp_path):
    root = Path(__file__).parents[2]
    made = []
    for way in (["-c", DJANGOS_OWN], [str(root / "manage.py"), "migrate", "--verbosity", "0"]):
        folder = tmp_path / str(len(made))
        folder.mkdir()
        subprocess.run(
            [sys.executable, *way],
            env={
                "QINGHE_DATA": str(folder),
                "PYTHONPATH": f"{root}/src:{root}",
                "DJANGO_SETTINGS_MODULE": "qinghe.config.settings",
            },
            check=True,
        )
        made.append(tables(folder))

    assert len(made[0]) > 1000
    assert made[0] == made[1]
