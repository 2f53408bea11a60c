"""What migrations enter comes back after a test that emptied every table."""

from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.db.migrations import RunPython

from tests import entered


def entering() -> set[tuple[str, str, str]]:
    """Return every function by which a migration of a system enters rows."""
    found = set()
    for config in apps.get_app_configs():
        if not config.name.startswith("qinghe.systems."):
            continue
        for path in Path(config.path).glob("migrations/0*.py"):
            steps = import_module(f"{config.name}.migrations.{path.stem}").Migration.operations
            names = [step.code.__name__ for step in steps if isinstance(step, RunPython)]
            found |= {(config.label, path.stem, name) for name in names if name.startswith("enter")}
    return found


def test_every_migration_that_enters_rows_is_known():
    assert entering() == set(entered.ENTERED)
