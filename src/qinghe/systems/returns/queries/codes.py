"""Which numbers a form can ask for, and who answers for each of them today."""

from collections.abc import Iterable
from dataclasses import dataclass

from qinghe.analytics import catalogue
from qinghe.analytics.indicators import Indicator, Ratio, Time
from qinghe.kernel.access.actors import Actor
from qinghe.systems.returns import models

RECORDS = "records"  # a system keeps the records: the cell is shown, not typed
RETURNS = "returns"  # declared in code, fed by what is reported
DEFINED = "defined"  # defined by people in the browser


@dataclass(frozen=True)
class Known:
    """A number that a form can ask for."""

    code: str
    label: str
    unit: str
    meaning: str
    decimals: int
    source: str
    computed: bool = False  # made of others, so nobody can be asked for it
    time: str = Time.FLOW

    @property
    def is_of_a_year(self) -> bool:
        """Test if it holds for a calendar year, such as a quota (G-58)."""
        return self.time == Time.ANNUAL


def codes_known(actor: Actor) -> dict[str, Known]:
    """Return every number of the catalogue, and those that people defined, by code."""
    declared = {code: _declared(found) for code, found in sorted(catalogue.INDICATORS.items())}
    defined = {
        one.code: Known(
            one.code, one.label, one.unit, one.meaning, one.decimals, DEFINED, time=one.time
        )
        for one in models.Definition.objects.order_by("code", "version")
    }
    return declared | defined if actor.person_id else {}


def of_a_year(actor: Actor, codes: Iterable[str]) -> list[str]:
    """Return the labels of those that are typed, and hold for a whole year."""
    known = codes_known(actor)
    found = [known[code] for code in codes if code in known]
    return [each.label for each in found if each.is_of_a_year and each.source != RECORDS]


def _declared(found: Indicator | Ratio) -> Known:
    models_read = {part.over.model for part in catalogue.parts(found)}
    returned = all(model.startswith("returns.") for model in models_read)
    return Known(
        code=found.code,
        label=found.label,
        unit=found.unit,
        meaning=found.meaning,
        decimals=found.decimals,
        source=RETURNS if returned else RECORDS,
        computed=isinstance(found, Ratio),
        time=str(catalogue.parts(found)[0].time),
    )
