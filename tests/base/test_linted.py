"""The linter of migrations finds what the version before could not live with (bar 11)."""

import pytest
from django.db import migrations, models
from django_migration_linter.sql_analyser.base import Issue

from qinghe.config import migrating
from tests import linted

GARDEN = migrations.CreateModel(
    "Garden",
    [("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=20))],
)


def water(apps, schema_editor):
    """Change rows, and not back."""


def found(*operations):
    """Return the codes of what is wrong with a migration of the garden, and what it tells PostgreSQL."""
    state, on = migrating.State({}, set()), linted.nowhere()
    for number, steps in enumerate([[GARDEN], list(operations)], start=1):
        migration = migrations.Migration(f"000{number}", "gardens")
        migration.operations = steps
        sql = linted.statements(migration, state=state, on=on)
    return {
        issue.code for issue in linted.findings(migration, sql=sql, linter=linted.make_linter())
    }


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize(
    ("operation", "codes"),
    [
        (migrations.RemoveField("Garden", "name"), {"DROP_COLUMN"}),
        (migrations.RenameField("Garden", "name", "title"), {"RENAME_COLUMN"}),
        (migrations.AlterModelTable("Garden", "park"), {"RENAME_TABLE"}),
        (migrations.DeleteModel("Garden"), {"DROP_TABLE"}),
        (migrations.AddField("Garden", "plots", models.IntegerField(default=0)), {"NOT_NULL"}),
        (
            migrations.AddConstraint(
                "Garden", models.UniqueConstraint(fields=["name"], name="one_name")
            ),
            {"ADD_UNIQUE"},
        ),
        (migrations.RunPython(water), {"RUNPYTHON_REVERSIBLE"}),
        (migrations.AddField("Garden", "plots", models.IntegerField(null=True)), set()),
        (migrations.AddField("Garden", "plots", models.IntegerField(db_default=0)), set()),
        (migrations.AddIndex("Garden", models.Index(fields=["name"], name="by_name")), set()),
        (
            migrations.AddConstraint(
                "Garden",
                models.CheckConstraint(condition=~models.Q(name=""), name="named"),
            ),
            set(),
        ),
    ],
    ids=lambda each: (
        each.describe() if isinstance(each, migrations.operations.base.Operation) else ""
    ),
)
def test_what_the_version_before_could_not_live_with_is_found(operation, codes):
    assert found(operation) == codes


def test_what_is_found_is_known_or_red_and_what_is_known_is_found():
    dropped = Issue("DROP_COLUMN", "DROPPING columns", "garden", "name")
    known = {
        "landed": {"gardens.0002_old": ["DROP_COLUMN"], "gardens.0003_mended": ["NOT_NULL"]},
        "excused": {
            "gardens.0004_told": {"finds": ["DROP_COLUMN"], "why": "Nobody reads it."},
            "gardens.0005_silent": {"finds": ["DROP_COLUMN"], "why": ""},
        },
    }
    names = ("0002_old", "0004_told", "0005_silent", "0006_new")

    red = linted.wrong({f"gardens.{name}": [dropped] for name in names}, known=known)

    assert [line.partition(":")[0] for line in red] == [
        "gardens.0005_silent",
        "gardens.0006_new",
        "gardens.0003_mended",
    ]
