"""How long records are kept, as a page shows it."""

from dataclasses import dataclass
from datetime import date

from django.apps import apps

from qinghe.edges import system
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent.retention import Retention
from qinghe.systems.privacy import models


@dataclass(frozen=True)
class Kept:
    """One line of the retention table as it stands on a day."""

    entry: Retention
    days: int
    rows: int
    last: int | None


def retention_table(actor: Actor, on: date) -> list[Kept]:
    """Return every kind of record with the days in force, how many there are, and the last run."""
    run = last_run(actor)
    entries = [entry for installed in system.INSTALLED for entry in installed.retention]
    days = consent.terms_kept(entries, on=on)
    return [
        Kept(
            entry=entry,
            days=days[entry.label],
            rows=apps.get_model(entry.model)._default_manager.count(),
            last=run.counts.get(entry.label) if run else None,
        )
        for entry in entries
    ]


def last_run(actor: Actor) -> models.RetentionRun | None:
    """Return the newest run of the retention table."""
    return models.RetentionRun.objects.order_by("-at").first()
