"""The database itself refuses to change an entry, and to delete one younger than 184 days.

S-14 asks for six months of logs; six months of the calendar can be 184 days.
"""

from django.db import migrations, models

SQLITE = [
    """
    CREATE TRIGGER audit_entry_no_change BEFORE UPDATE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END
    """,
    """
    CREATE TRIGGER audit_entry_no_deletion BEFORE DELETE ON audit_entry
    WHEN OLD.at > strftime('%Y-%m-%d %H:%M:%f', 'now', '-184 days')
    BEGIN SELECT RAISE(ABORT, 'audit entries are kept for 184 days'); END
    """,
    # INSERT OR REPLACE would delete the row in its way without asking the trigger above.
    """
    CREATE TRIGGER audit_entry_no_replacement BEFORE INSERT ON audit_entry
    WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id OR seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END
    """,
]
SQLITE_OFF = [
    "DROP TRIGGER IF EXISTS audit_entry_no_change",
    "DROP TRIGGER IF EXISTS audit_entry_no_deletion",
    "DROP TRIGGER IF EXISTS audit_entry_no_replacement",
]
POSTGRESQL = [
    """
    CREATE FUNCTION audit_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND OLD.at <= now() - interval '184 days' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'audit entries are append-only and kept for 184 days'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER audit_entry_no_change BEFORE UPDATE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_guard()
    """,
    """
    CREATE TRIGGER audit_entry_no_deletion BEFORE DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_guard()
    """,
    """
    CREATE TRIGGER audit_entry_no_truncation BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_guard()
    """,
]
POSTGRESQL_OFF = [
    "DROP TRIGGER IF EXISTS audit_entry_no_change ON audit_entry",
    "DROP TRIGGER IF EXISTS audit_entry_no_deletion ON audit_entry",
    "DROP TRIGGER IF EXISTS audit_entry_no_truncation ON audit_entry",
    "DROP FUNCTION IF EXISTS audit_entry_guard()",
]
ON = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
OFF = {"sqlite": SQLITE_OFF, "postgresql": POSTGRESQL_OFF}


def guard(apps, schema_editor) -> None:
    for statement in ON[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unguard(apps, schema_editor) -> None:
    for statement in OFF[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_chain_what_is_there")]

    operations = [
        migrations.AlterField("entry", "seq", models.BigIntegerField(unique=True)),
        migrations.AlterField("entry", "area", models.CharField(max_length=30)),
        migrations.AlterField("entry", "address", models.CharField(blank=True, max_length=45)),
        migrations.AlterField("entry", "request_id", models.CharField(blank=True, max_length=36)),
        migrations.AlterField("entry", "algorithm", models.CharField(max_length=30)),
        migrations.AlterField("entry", "previous", models.CharField(max_length=64)),
        migrations.AlterField("entry", "hash", models.CharField(max_length=64)),
        migrations.AddIndex(
            "entry",
            models.Index(
                name="entry_chunk",
                fields=["subject_kind", "first_id"],
                condition=models.Q(last_id__gt=models.F("first_id")),
            ),
        ),
        migrations.AddIndex("entry", models.Index(name="entry_when", fields=["at", "seq"])),
        migrations.AddIndex(
            "entry", models.Index(name="entry_who", fields=["person_id", "at", "seq"])
        ),
        migrations.AddIndex("entry", models.Index(name="entry_area", fields=["area", "at", "seq"])),
        migrations.AddIndex("entry", models.Index(name="entry_verb", fields=["verb", "at", "seq"])),
        migrations.AddIndex(
            "entry",
            models.Index(
                name="entry_org", fields=["org_id", "at", "seq"], condition=models.Q(org_id__gt=0)
            ),
        ),
        migrations.AddIndex(
            "entry",
            models.Index(
                name="entry_refused",
                fields=["at", "seq"],
                condition=models.Q(outcome="refused"),
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
