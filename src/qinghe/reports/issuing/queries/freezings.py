"""The freezings of periods, and whether one can be made now."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from qinghe.analytics import access as analytics
from qinghe.analytics import frozen, store
from qinghe.analytics.frozen import folders
from qinghe.analytics.models import Freezing, FrozenIndicator
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import queries as orgs
from qinghe.lib.periods import Period, local_day
from qinghe.lib.verdicts import Refused
from qinghe.reports.half_year.access import Act

SEE = Act.SEE


@dataclass(frozen=True)
class KeptFile:
    """One file of a freezing: its name, its SHA-256, and whether it still is what was kept."""

    name: str
    sha256: str
    is_whole: bool


@dataclass(frozen=True)
class Opened:
    """Whether a period can be frozen now, and if not, why."""

    before: Freezing | None
    as_of: datetime | None
    hindrance: str


def may_freeze(actor: Actor) -> bool:
    """Test if the actor closes periods."""
    top = orgs.root()
    return top is not None and actors.may(actor, analytics.FREEZE, at=top)


def freezings_seen_by(actor: Actor) -> QuerySet[Freezing]:
    """Return all freezings, for who may make one; newest first."""
    found = Freezing.objects.select_related("corrects")
    return found if may_freeze(actor) else found.none()


def freezing_seen_by(actor: Actor, freezing_id: int) -> Freezing | None:
    """Return a freezing for anybody who may see figures of it somewhere."""
    if not actors.may_anywhere(actor, SEE):
        return None
    return Freezing.objects.select_related("corrects").filter(pk=freezing_id).first()


def state_of_facts(actor: Actor, period: Period, *, at: datetime) -> Opened:
    """Return whether a period can be frozen. Raises Refused: not_allowed."""
    top = orgs.root()
    if top is not None:
        actors.require(actor, analytics.FREEZE, at=top)
    before = frozen.newest(period)
    try:
        as_of: datetime | None = store.current().as_of
    except Refused:
        as_of = None
    hindrance = ""
    if local_day(at) <= period.end:
        hindrance = f"{period.label}还没有结束，期满后才能封存。"
    return Opened(before, as_of, hindrance)


def files_of(actor: Actor, freezing: Freezing) -> list[KeptFile]:
    """Return the files of a freezing, for who may make one."""
    if not may_freeze(actor) or not freezing.folder:
        return []
    damaged = set(folders.damaged(freezing.folder, sha256=freezing.sha256))
    manifest = folders.root() / freezing.folder / folders.MANIFEST
    known = folders.files_of(manifest.parent) if manifest.exists() else {}
    names = {folders.MANIFEST: freezing.sha256, **known}
    return [KeptFile(name, sha256, name not in damaged) for name, sha256 in names.items()]


def told(actor: Actor, freezing: Freezing, code: str) -> FrozenIndicator | None:
    """Return what an indicator said of itself in a freezing."""
    if not actors.may_anywhere(actor, SEE):
        return None
    return FrozenIndicator.objects.filter(freezing=freezing, code=code).first()
