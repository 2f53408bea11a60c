"""Figures as reports read them, for the items that are marked by one."""

from decimal import Decimal

from django.db.models import QuerySet

from qinghe.analytics import catalogue, figures
from qinghe.analytics.figures import Figure, Figures
from qinghe.kernel.access.actors import Actor
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused
from qinghe.systems.assessments import models, rules

Mark = models.Mark


def readings_of(actor: Actor, scheme: models.Scheme) -> dict[tuple[str, int], rules.Reading]:
    """Return the scheme's figures of its period, by code and organisation, as they are printed.

    What is not known of an organisation is left out. Raises Refused: no_facts, facts_outdated.
    """
    codes = tuple(sorted({item.code for item in scheme.items.exclude(code="")}))
    if not codes:
        return {}
    known = figures.cached(periods.parse(scheme.period), only=codes)
    keys = list(scheme.assessments.values_list("org_id", flat=True))
    found = {}
    for code in codes:
        for key in keys:
            if (figure := _figure(known, code, key)) is not None:
                found[code, key] = _reading(figure)
    return found


def figure_marks(actor: Actor, scheme: models.Scheme) -> QuerySet[Mark]:
    """Return the marks of a scheme that follow from figures."""
    rows = Mark.objects.filter(assessment__scheme=scheme, item__way=models.Item.Way.FIGURE)
    return rows.select_related("item", "assessment").prefetch_related("item__steps")


def figure_names(actor: Actor) -> list[tuple[str, str]]:
    """Return every indicator that an item may be marked by, with its name and unit."""
    every = catalogue.every()
    return [(code, f"{code} {every[code].label}（{every[code].unit}）") for code in sorted(every)]


def figure_label(actor: Actor, code: str) -> str:
    """Return what an indicator is called, or its code where it is gone."""
    found = catalogue.every().get(code)
    return f"{found.label}（{found.unit}）" if found else code


def _figure(known: Figures, code: str, key: int) -> Figure | None:
    try:
        return known[code, key]
    except Refused:  # the organisation was not in the tree then, or the code is gone
        return None


def _reading(figure: Figure) -> rules.Reading:
    value: Decimal | None = figure.value
    return rules.Reading(
        value=None if value is None else rules.in_hundredths(value),
        version=figure.version,
        as_of=figure.as_of,
        state=figure.state.value,
    )
