"""Who has reported, and who late or not at all: what the returns of a period say of each street."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Count, Q

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import Period
from qinghe.reports.circulars import rules
from qinghe.reports.circulars.sheet import Reported
from qinghe.systems.returns import queries as returns


def reported(
    actor: Actor, *, org: Org, period: Period, streets: Sequence[Org], on: date
) -> tuple[Reported, ...]:
    """Return how far each street has reported; nothing where nothing was due in the period yet.

    Only rounds of this period, or of a part of it, that had closed by a day are counted.
    """
    due = list(
        returns.rounds_seen_by(actor).filter(
            starts_on__gte=period.start, ends_on__lte=period.end, closes_on__lt=on
        )
    )
    if not due:
        return ()
    rows = _by_street(returns.coverage(actor, org, due))
    names = _behind(actor, rounds=[each.pk for each in due])
    return tuple(
        Reported(
            org_id=street.pk,
            name=street.name,
            expected=sum(row.expected for row in rows[street.pk]),
            submitted=sum(row.submitted for row in rows[street.pk]),
            accepted=sum(row.accepted for row in rows[street.pk]),
            late=sum(row.late for row in rows[street.pk]),
            late_names=rules.named(names.get(street.pk, [])),
        )
        for street in streets
        if street.pk in rows
    )


def _by_street(
    rows: Iterable[returns.CoverageRow],
) -> Mapping[int, list[returns.CoverageRow]]:
    found: dict[int, list[returns.CoverageRow]] = defaultdict(list)
    for row in rows:
        if row.street_id is not None:
            found[row.street_id].append(row)
    return dict(found)


def _behind(actor: Actor, *, rounds: Sequence[int]) -> dict[int, list[str]]:
    """Return, street by street, who has not reported and who did so late, with how often."""
    missing = Q(state=returns.State.DRAFT) | Q(state=returns.State.SENT_BACK)
    rows = (
        returns.filings_seen_by(actor)
        .filter(missing | Q(late=True), round__in=rounds, street__isnull=False)
        .order_by()
        .values("street_id", "org__name", "org__path")
        .annotate(missing=Count("pk", filter=missing), late=Count("pk", filter=~missing))
        .order_by("org__path")
    )
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        found[row["street_id"]].append(
            rules.behind_words(row["org__name"], missing=row["missing"], late=row["late"])
        )
    return found
