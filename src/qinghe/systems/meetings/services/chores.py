"""What a sitting needs (会务清单, S088): laid from templates, given to somebody, ticked."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.meetings import models, rules
from qinghe.systems.meetings.access import Act

from .common import _check_clear, _locked, _sitting_of

Chore = models.Chore
ChoreLine = models.ChoreLine
Sitting = models.Sitting


@dataclass(frozen=True)
class NewLine:
    """A line of the templates: for which bodies and sittings, and how many days from their day."""

    title: str
    days: int
    body_kind: str = ""
    sitting_kind: str = ""


@dataclass(frozen=True)
class NewChore:
    """One thing that a sitting needs; whose it is, by account or by name."""

    title: str
    due_on: date
    owner: Person | None = None
    owner_name: str = ""


@transaction.atomic
def adopt_lines(*, at: datetime, by: Actor) -> int:
    """Make what the platform comes with the district's own templates, so that they can be changed.

    Raises Refused: not_allowed, adopted_already.
    """
    _require_set(by)
    if ChoreLine.objects.exists():
        raise Refused("adopted_already", "本区已有会务模板，没有改动。")
    return _adopt(at=at, by=by)


@transaction.atomic
def add_line(*, new: NewLine, at: datetime, by: Actor) -> ChoreLine:
    """Add a line to the templates; sittings planned before keep their lists.

    Raises Refused: not_allowed, line_already, too_far.
    """
    _require_set(by)
    if not ChoreLine.objects.exists():
        _adopt(at=at, by=by)
    rules.check_line_days(days=new.days)
    told = {
        "title": new.title.strip(),
        "body_kind": new.body_kind,
        "sitting_kind": new.sitting_kind,
    }
    if ChoreLine.objects.filter(**told, ended_on__isnull=True).exists():
        raise Refused("line_already", "模板里已有这一项，没有重复保存。")
    made = ChoreLine.objects.create(**told, days=new.days)
    audit.record(by=by, verb="meetings.add_line", subject=made, at=at)
    return made


@transaction.atomic
def end_line(*, line: ChoreLine, at: datetime, by: Actor) -> ChoreLine:
    """Leave a line out of the lists of sittings to come. Raises Refused: not_allowed, wrong_state."""
    _require_set(by)
    kept = ChoreLine.objects.select_for_update().get(pk=line.pk)
    if kept.ended_on is not None:
        raise Refused("wrong_state", "这一项已经停用，没有改动。")
    kept.ended_on = local_day(at)
    kept.save(update_fields=["ended_on"])
    audit.record(by=by, verb="meetings.end_line", subject=kept, at=at)
    return kept


@transaction.atomic
def lay_chores(*, sitting: Sitting, at: datetime, by: Actor) -> int:
    """Put what the templates say, and the list does not have, on a sitting's list; return how much.

    Raises Refused: not_allowed, wrong_state.
    """
    kept = _open(sitting, by=by)
    made = _lay(kept, today=local_day(at))
    audit.record(
        by=by, verb="meetings.lay_chores", subject=kept, at=at, detail={"chores": len(made)}
    )
    return len(made)


@transaction.atomic
def add_chore(*, sitting: Sitting, new: NewChore, at: datetime, by: Actor) -> Chore:
    """Put one thing more on a sitting's list. Raises: not_allowed, wrong_state, chore_already."""
    kept = _open(sitting, by=by)
    _check_chore(kept, new, besides=0)
    made = Chore.objects.create(sitting=kept, **_columns(new))
    audit.record(by=by, verb="meetings.add_chore", subject=kept, at=at, detail=_said(made))
    return made


@transaction.atomic
def change_chore(*, chore: Chore, new: NewChore, at: datetime, by: Actor) -> Chore:
    """Say whose it is and by when. Raises: not_allowed, wrong_state, chore_already."""
    sitting = _open(chore.sitting, by=by)
    kept = Chore.objects.select_for_update(of=("self",)).get(pk=chore.pk)
    rules.check_unticked(is_done=kept.done_at is not None)
    _check_chore(sitting, new, besides=kept.pk)
    for name, value in _columns(new).items():
        setattr(kept, name, value)
    kept.save()
    audit.record(by=by, verb="meetings.change_chore", subject=sitting, at=at, detail=_said(kept))
    return kept


@transaction.atomic
def drop_chore(*, chore: Chore, at: datetime, by: Actor) -> None:
    """Take what is not needed off the list; what was ticked stays. Raises: not_allowed, wrong_state."""
    sitting = _open(chore.sitting, by=by)
    kept = Chore.objects.select_for_update(of=("self",)).get(pk=chore.pk)
    rules.check_unticked(is_done=kept.done_at is not None)
    detail = _said(kept)
    kept.delete()
    audit.record(by=by, verb="meetings.drop_chore", subject=sitting, at=at, detail=detail)


@transaction.atomic
def tick_chore(*, chore: Chore, at: datetime, by: Actor) -> Chore:
    """Say that it is done: by the office, or by whose it is. Safe to repeat: the first tick stays.

    Raises Refused: not_allowed, wrong_state.
    """
    sitting, kept = _ticked(chore, by=by)
    if kept.done_at is None:
        kept.done_at, kept.done_by_id = at, by.person_id
        kept.save(update_fields=["done_at", "done_by"])
        audit.record(by=by, verb="meetings.tick_chore", subject=sitting, at=at, detail=_said(kept))
    return kept


@transaction.atomic
def untick_chore(*, chore: Chore, at: datetime, by: Actor) -> Chore:
    """Take a tick back. Safe to repeat. Raises Refused: not_allowed, wrong_state."""
    sitting, kept = _ticked(chore, by=by)
    if kept.done_at is not None:
        kept.done_at, kept.done_by = None, None
        kept.save(update_fields=["done_at", "done_by"])
        detail = _said(kept)
        audit.record(by=by, verb="meetings.untick_chore", subject=sitting, at=at, detail=detail)
    return kept


def _lay(sitting: Sitting, *, today: date) -> list[Chore]:
    """Put what the templates say, and is not there, on a list; a limit that has passed is today."""
    there = set(sitting.chores.values_list("title", flat=True))
    days: dict[str, int] = {}
    for title, away in _lines_for(sitting):
        if title not in there:
            days.setdefault(title, away)
    return Chore.objects.bulk_create(
        Chore(sitting=sitting, title=title, due_on=rules.limit(sitting.day, away, today=today))
        for title, away in days.items()
    )


def _lines_for(sitting: Sitting) -> list[tuple[str, int]]:
    """Return what holds for this kind of body and sitting; with no templates, what we come with."""
    if not ChoreLine.objects.exists():
        return list(rules.STANDARD_CHORES)
    kinds = Q(body_kind__in=["", sitting.body.kind], sitting_kind__in=["", sitting.kind])
    lines = ChoreLine.objects.filter(kinds, ended_on__isnull=True)
    return list(lines.order_by("days", "pk").values_list("title", "days"))


def _adopt(*, at: datetime, by: Actor) -> int:
    made = ChoreLine.objects.bulk_create(
        ChoreLine(title=title, days=days) for title, days in rules.STANDARD_CHORES
    )
    keys = [one.pk for one in made]
    audit.record_many(by=by, verb="meetings.adopt_lines", model=ChoreLine, ids=keys, at=at)
    return len(made)


def _require_set(by: Actor) -> None:
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Act.SET, at=root)


def _open(sitting: Sitting, *, by: Actor) -> Sitting:
    kept = _sitting_of(sitting, by=by)
    rules.check_prepared(state=kept.state)
    return kept


def _ticked(chore: Chore, *, by: Actor) -> tuple[Sitting, Chore]:
    """Return the sitting and the chore as they are now, for the office or for whose it is."""
    sitting = _locked(chore.sitting)
    kept = Chore.objects.select_for_update(of=("self",)).get(pk=chore.pk)
    if kept.owner_id is None or kept.owner_id != by.person_id:
        actors.require(by, Act.RUN, at=sitting.body.org)
        _check_clear(by, [sitting])
    rules.check_prepared(state=sitting.state)
    return sitting, kept


def _check_chore(sitting: Sitting, new: NewChore, *, besides: int) -> None:
    if new.owner is not None and new.owner_name.strip():
        raise Refused("two_owners", "负责人的编号和姓名只填一项，没有保存。")
    same = sitting.chores.filter(title=new.title.strip()).exclude(pk=besides)
    if same.exists():
        raise Refused("chore_already", "清单里已有这一项，没有重复保存。")


def _columns(new: NewChore) -> dict[str, object]:
    return {
        "title": new.title.strip(),
        "due_on": new.due_on,
        "owner": new.owner,
        "owner_name": new.owner_name.strip(),
    }


def _said(chore: Chore) -> dict[str, object]:
    """Say which by its key: no audit entry of meetings says what an internal one is about."""
    return {"chore": chore.pk, "due_on": chore.due_on.isoformat()}
