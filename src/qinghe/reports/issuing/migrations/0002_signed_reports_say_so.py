"""A report whose last signature is there, and that is not out yet, says so."""

from django.db import migrations


def tell(apps, schema_editor) -> None:
    """Move the reports of rounds that are signed and not issued."""
    using = schema_editor.connection.alias
    rounds = apps.get_model("issuing", "Circulation").objects.using(using)
    signed = list(rounds.filter(state="signed").values_list("report_id", flat=True))
    reports = apps.get_model("drafting", "Report").objects.using(using)
    reports.filter(pk__in=signed, state="signing").update(state="signed")


def untell(apps, schema_editor) -> None:
    """Call them in signing again, as before."""
    reports = apps.get_model("drafting", "Report").objects.using(schema_editor.connection.alias)
    reports.filter(state="signed").update(state="signing")


class Migration(migrations.Migration):
    dependencies = [
        ("issuing", "0001_signing_and_issuing"),
        ("drafting", "0003_signed_and_not_yet_issued"),
    ]

    operations = [migrations.RunPython(tell, untell)]
