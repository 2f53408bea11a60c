"""Run as a script: freezes a half-year in a data folder of its own, and may be killed on the way.

freezing.py make            a database with a few services, counted
freezing.py freeze [WHERE]  freeze and say what there was before and is now; with WHERE the process
                            kills itself at that moment
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import django  # noqa: E402

django.setup()


from qinghe.analytics import catalogue, frozen, store  # noqa: E402
from qinghe.analytics.access import FREEZE  # noqa: E402
from qinghe.analytics.frozen import defining, folders, gathering, keeping  # noqa: E402
from qinghe.analytics.models import Freezing, FrozenFigure, FrozenIndicator, Gathering  # noqa: E402
from qinghe.kernel.access import actors  # noqa: E402
from qinghe.kernel.access import queries as access  # noqa: E402
from qinghe.kernel.access.actors import Actor  # noqa: E402
from qinghe.kernel.audit.models import Entry  # noqa: E402
from qinghe.kernel.orgs import queries as orgs  # noqa: E402
from qinghe.kernel.orgs.models import Org  # noqa: E402
from qinghe.lib.verdicts import Refused  # noqa: E402
from tests.analytics.ledger import H1, INDICATORS, ROLL, SERVICE, XIAOMING, Ledger  # noqa: E402
from tests.cast import NOW, make_cast  # noqa: E402

PLACES = {
    "facts": (folders, "write_facts"),
    "figures": (folders, "write_tallies"),
    "formulas": (defining, "dump"),
    "manifest": (folders, "write_manifest"),
    "some rows": (gathering.bulk, "insert_many"),
    "rows": (gathering, "gather"),
    "told": (keeping, "_tell"),
    "trail": (keeping.audit, "record"),
    "named": (folders, "move_in"),
    "kept": (keeping.Held, "release"),  # let go once it is committed
}


def make() -> None:
    """Write people, organisations and services, and count them."""
    cast = make_cast()
    ledger = Ledger(store.folder(), lineage=orgs.lineage())
    for org in (cast.hongmian, cast.xiangjiaotang):
        ledger.serve(XIAOMING, at=org.pk)
        ledger.enrol(XIAOMING, at=org.pk, on=date(2020, 1, 1))
    ledger.store().close()


def freeze(where: str) -> None:
    """Freeze as the officer of the district, and die right after what is named, if anything."""
    if where:
        owner, name = PLACES[where]
        setattr(owner, name, dying(getattr(owner, name)))
    before, said = look(), ""
    try:
        frozen.freeze(period=H1, by=officer(), at=NOW)
    except Refused as refused:
        said = refused.code
    sys.stdout.write(json.dumps({"before": before, "said": said, "now": look()}))


def dying(do: Callable[..., object]) -> Callable[..., None]:
    """Return the same, with death after it."""

    def done(*given: object, **named: object) -> None:
        do(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    return done


def officer() -> Actor:
    """Return whoever may freeze."""
    top = orgs.root()
    return next(each for each in access.actors_on(NOW.date()) if actors.may(each, FREEZE, at=top))


def look() -> dict[str, object]:
    """Return what a reader finds."""
    kept = [each.folder for each in Freezing.objects.order_by("number")]
    return {
        "freezings": kept,
        "folders": sorted(each.name for each in folders.root().iterdir() if each.is_dir()),
        "rows": FrozenFigure.objects.filter(gathering__freezing__isnull=False).count(),
        "left over": Gathering.objects.filter(freezing=None).count(),
        "expected rows": len(kept) * len(INDICATORS) * Org.objects.count(),
        "formulas": FrozenIndicator.objects.count(),
        "expected formulas": len(kept) * len(INDICATORS),
        "trail": Entry.objects.filter(verb="analytics.freeze").count(),
        "equal": [frozen.recount(each).equal for each in Freezing.objects.all()],
    }


if __name__ == "__main__":
    for table in (catalogue.FACTS, catalogue.INDICATORS, catalogue.OLDER):
        table.clear()
    catalogue.SOURCES.clear()
    catalogue.register(facts=[SERVICE, ROLL], indicators=INDICATORS)
    if sys.argv[1] == "make":
        make()
    else:
        freeze("".join(sys.argv[2:]))
