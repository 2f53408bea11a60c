"""What the retention table says, done (S-08), and the register of assessments (S-11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.apps import apps
from django.db import transaction
from django.db.models import DateTimeField, Model, ProtectedError

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent import services as consents
from qinghe.kernel.consent.models import RetentionTerm
from qinghe.kernel.consent.retention import Action, Retention
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.privacy import models, rules
from qinghe.systems.privacy.access import Act, require_at_the_top

PIECE = 500


@dataclass(frozen=True)
class NewTerm:
    """For how many days an entity is kept from a day on, and by which document."""

    entry: Retention
    days: int
    starts_on: date
    document: str


@transaction.atomic
def apply_retention(
    *, entries: Sequence[Retention], at: datetime, by: object
) -> models.RetentionRun:
    """Delete or anonymise what has been kept long enough, entity by entity, and keep the counts."""
    counts = {entry.label: _apply(entry, at=at) for entry in entries}
    run = models.RetentionRun.objects.create(at=at, counts=counts)
    met = {label: count for label, count in counts.items() if count}
    audit.record(by=by, verb="privacy.apply_retention", subject=run, at=at, detail=met)
    return run


@transaction.atomic
def set_term(*, new: NewTerm, at: datetime, by: Actor) -> RetentionTerm:
    """Change for how long an entity is kept. Raises Refused: not_allowed, too_short, in_the_past."""
    require_at_the_top(by, Act.SET_RETENTION)
    return consents.set_term(
        entry=new.entry,
        days=new.days,
        starts_on=new.starts_on,
        document=new.document,
        at=at,
        by=by,
    )


@transaction.atomic
def register_assessment(
    *,
    title: str,
    done_on: date,
    conclusion: str,
    measures: str,
    at: datetime,
    by: Actor,
) -> models.Assessment:
    """Enter an impact assessment (S-11). Raises Refused: not_allowed, in_future."""
    require_at_the_top(by, Act.ASSESS)
    rules.check_done(done_on=done_on, today=local_day(at))
    assessment = models.Assessment.objects.create(
        title=title.strip(),
        done_on=done_on,
        conclusion=conclusion,
        measures=measures.strip(),
        by=by.name,
    )
    audit.record(by=by, verb="privacy.register_assessment", subject=assessment, at=at)
    return assessment


def _apply(entry: Retention, *, at: datetime) -> int:
    if entry.action is Action.KEEP:
        return 0
    until = at - timedelta(days=consent.days_kept(entry, on=local_day(at)))
    if entry.run:
        return entry.run(until, at)
    return _delete(apps.get_model(entry.model), field=entry.starts, until=until)


def _delete(model: type[Model], *, field: str, until: datetime) -> int:
    """Delete what began before a moment; what something else still needs stays."""
    moments = isinstance(model._meta.get_field(field), DateTimeField)
    limit = until if moments else until.astimezone(TZ).date()
    old = model._default_manager.filter(**{f"{field}__lt": limit}).order_by("pk")
    keys = list(old.values_list("pk", flat=True))
    deleted = 0
    for start in range(0, len(keys), PIECE):
        piece = model._default_manager.filter(pk__in=keys[start : start + PIECE])
        try:
            with transaction.atomic():
                deleted += piece.count()
                piece.delete()
        except ProtectedError:
            deleted -= piece.count()
    return deleted
