"""A list of another platform is checked, looked at, and loaded; nothing of it counts yet.

Loading and deciding lock the platform's row: two lists of it never pass each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import File as Upload
from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.files import services as files
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib import identifiers
from qinghe.lib.periods import TZ, local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.rules import Told

Row = models.CarriedRow
State = models.CarriedRow.State
ListState = models.CarriedList.State
CHUNK = 1_000
KNOWN_AGAIN = (State.MATCHED, State.SEVERAL, State.NOBODY)


@dataclass(frozen=True)
class NewList:
    """A list as it was read: whose, by which columns, from which file."""

    columns: models.SourceColumns
    org: Org
    told: Sequence[Told]
    sha256: str
    file: Upload
    sealed: bool = False


@transaction.atomic
def check_list(*, new: NewList, at: datetime, by: Actor) -> models.CarriedList:
    """Match a list's rows and keep both as evidence, to be looked at before it is loaded.

    A file with identity numbers in full is not kept, only its hash and what its rows may show
    (S-45). Raises Refused: not_allowed, org_closed, already_loaded, key_missing.
    """
    actors.require(by, Act.UPLOAD, at=new.org)
    orgs.check_takes_new(org=new.org)
    source = _locked(new.columns.source)
    _drop_unconfirmed(source, new, at=at, by=by)
    made = models.CarriedList.objects.create(
        source=source,
        columns=new.columns,
        org=new.org,
        sha256=new.sha256,
        file_name=(new.file.name or "")[-160:],
        file=None if new.sealed else files.keep(upload=new.file, at=at, by=by),
        loaded_at=at,
        loaded_by_id=by.person_id,
    )
    rows = _as_rows(made, new.told, at=at, by=by)
    _compare(made, rows, by=by)
    Row.objects.bulk_create(rows, batch_size=CHUNK)
    _trail("check_list", made, at=at, by=by)
    return made


@transaction.atomic
def confirm_list(*, found: models.CarriedList, at: datetime, by: Actor) -> models.CarriedList:
    """Load a list that was looked at; what waited before and is told otherwise now gives way.

    Raises Refused: not_allowed, already_loaded, not_your_list, gone.
    """
    actors.require(by, Act.UPLOAD, at=found.org)
    kept = _again(found)
    _refuse_loaded(kept)
    _check_yours(kept, by=by)
    kept.state, kept.loaded_at = ListState.LOADED, at
    rows = list(kept.rows.filter(state__in=KNOWN_AGAIN))
    before = {row.pk: (row.state, row.earlier_id) for row in rows}
    _compare(kept, rows, by=by)
    moved = [row for row in rows if before[row.pk] != (row.state, row.earlier_id)]
    Row.objects.bulk_update(moved, ["state", "earlier", "words"], batch_size=CHUNK)
    kept.save(update_fields=["state", "loaded_at"])
    _attach(kept, at=at, by=by)
    changed = [row.earlier_id for row in rows if row.earlier_id and row.state != State.KNOWN]
    for some in _chunks(changed):
        Row.objects.filter(pk__in=some, state__in=KNOWN_AGAIN, carried_list__org=kept.org).update(
            state=State.REPLACED
        )
    _trail("load_list", kept, at=at, by=by)
    return kept


@transaction.atomic
def discard_list(*, found: models.CarriedList, at: datetime, by: Actor) -> None:
    """Throw away a list that was checked and not loaded, with its rows.

    Raises Refused: not_allowed, already_loaded, not_your_list, gone.
    """
    actors.require(by, Act.UPLOAD, at=found.org)
    kept = _again(found)
    _refuse_loaded(kept)
    _check_yours(kept, by=by)
    _trail("discard_list", kept, at=at, by=by)
    _drop(kept, at=at, by=by)


@transaction.atomic
def rematch_list(*, found: models.CarriedList, at: datetime, by: Actor) -> int:
    """Look once more for the persons of rows that had none, or several; return how many were found.

    Raises Refused: not_allowed, not_loaded, gone.
    """
    actors.require(by, Act.UPLOAD, at=found.org)
    kept = _again(found)
    if kept.state != ListState.LOADED:
        raise Refused("not_loaded", "清单还没有确认导入，请先确认。")
    rows = list(kept.rows.filter(state__in=[State.SEVERAL, State.NOBODY]))
    _match(kept, rows, [queries.as_told(by, row) for row in rows], by=by)
    Row.objects.bulk_update(
        rows, ["state", "how", "volunteer", "candidates", "words"], batch_size=CHUNK
    )
    matched = sum(row.state == State.MATCHED for row in rows)
    detail = {"rows": len(rows), "matched": matched}
    audit.record(by=by, verb="volunteering.rematch_list", subject=kept, at=at, detail=detail)
    return matched


def _as_rows(
    made: models.CarriedList, told: Sequence[Told], *, at: datetime, by: Actor
) -> list[models.CarriedRow]:
    doubts = rules.doubts_of(told, today=local_day(at))
    rows = [_as_row(made, one, words=doubts.get(one.line, ""), by=by) for one in told]
    sound = [(row, one) for row, one in zip(rows, told, strict=True) if one.line not in doubts]
    _match(made, [row for row, _ in sound], [one for _, one in sound], by=by)
    return rows


def _as_row(made: models.CarriedList, one: Told, *, words: str, by: Actor) -> models.CarriedRow:
    return Row(
        carried_list=made,
        line=one.line,
        name=one.name,
        shown=identifiers.resident_id_as_kept(one.shown),
        number=one.number,
        activity=one.activity,
        day=one.day,
        minutes=max(0, one.minutes) if one.minutes is not None else None,
        host=one.host,
        cells=dict(one.cells),
        key="" if words else queries.carried_key(by, made.source, one),
        state=State.DOUBTFUL,
        words=words[:300],
    )


def _match(
    found: models.CarriedList, rows: Sequence[models.CarriedRow], told: Sequence[Told], *, by: Actor
) -> None:
    """Set whose rows are, or who they could be; rows and what they tell go side by side."""
    namesakes = queries.namesakes(by, told, org=found.org)
    known = queries.remembered(by, found.source, [one.number for one in told])
    for row, one in zip(rows, told, strict=True):
        match = rules.match(
            shown=one.shown, remembered=known.get(one.number), namesakes=namesakes[one.line]
        )
        row.state, row.how = match.state, match.how
        row.volunteer_id, row.candidates = match.volunteer_id, list(match.candidates)
    _say_beside(rows, by=by)


def _say_beside(rows: Sequence[models.CarriedRow], *, by: Actor) -> None:
    """Say beside a row what whoever agrees should look at; none of it keeps it out."""
    keys = {row.key for row in rows}
    turned_down = queries.turned_down_before(by, keys)
    mine = [row for row in rows if row.volunteer_id and row.day]
    here = queries.served_here_on(
        by,
        {row.volunteer_id for row in mine if row.volunteer_id},
        {row.day for row in mine if row.day},
    )
    for row in rows:
        words = []
        if rules.is_long(row.minutes or 0):
            words.append("超过12小时，请核实。")
        if (row.volunteer_id, row.day) in here:
            words.append("本人当天在本平台有服务记录，请核对是否为同一次服务。")
        if (row.key, row.minutes) in turned_down:
            words.append("同一条记录以前没有通过或已撤销。")
        row.words = "".join(words)


def _compare(found: models.CarriedList, rows: Iterable[models.CarriedRow], *, by: Actor) -> None:
    """Set which rows are known from lists before, and which say another length than before."""
    by_key: dict[str, list[models.CarriedRow]] = {}
    for row in rows:
        if row.state in KNOWN_AGAIN:
            by_key.setdefault(row.key, []).append(row)
    before = queries.rows_before(by, found, by_key)
    for key, same in by_key.items():
        earlier = before.get(key, [])
        lengths = {one.row_id: one.minutes for one in earlier}
        again = rules.compare([row.minutes or 0 for row in same], earlier)
        for row, one in zip(same, again, strict=True):
            row.earlier_id = one.earlier
            if one.known:
                row.state = State.KNOWN
            elif one.earlier:
                row.words = _changed(row.words, before=lengths[one.earlier])


def _changed(words: str, *, before: int) -> str:
    said = f"以前导入的是{before}分钟。"
    return words if said in words else f"{words}{said}"


def _attach(found: models.CarriedList, *, at: datetime, by: Actor) -> None:
    if found.file is None:
        return
    with files.opened(found.file) as content:
        upload = Upload(content, name=found.file_name)
        files.attach(subject=found, upload=upload, label="原始清单", at=at, by=by)


def _drop(found: models.CarriedList, *, at: datetime, by: Actor) -> None:
    """Delete a list that was not loaded, and its file unless another list has the same."""
    file = found.file
    found.delete()
    if file and not models.CarriedList.objects.filter(file=file).exists():
        files.wipe(file=file, at=at, by=by)


def _drop_unconfirmed(source: models.HoursSource, new: NewList, *, at: datetime, by: Actor) -> None:
    """Let a file that was checked and not loaded be checked anew. Raises Refused: already_loaded."""
    known = (
        models.CarriedList.objects.filter(source=source, org=new.org, sha256=new.sha256)
        .select_related("loaded_by", "file")
        .first()
    )
    if known is None:
        return
    _refuse_loaded(known)
    _drop(known, at=at, by=by)


def _refuse_loaded(known: models.CarriedList) -> None:
    if known.state == ListState.LOADED:
        when = known.loaded_at.astimezone(TZ)
        raise Refused(
            "already_loaded",
            f"这份清单已由{known.loaded_by.name}于{when:%Y-%m-%d %H:%M}导入，没有重复导入。",
        )


def _check_yours(known: models.CarriedList, *, by: Actor) -> None:
    if known.loaded_by_id != by.person_id:
        raise Refused("not_your_list", "只有上传人可以确认或放弃这份清单，没有改动。")


def _again(found: models.CarriedList) -> models.CarriedList:
    """Return a list anew, its platform's row locked before it. Raises Refused: gone."""
    _locked(found.source)
    lists = models.CarriedList.objects.select_related("org", "source", "file", "loaded_by")
    kept = lists.filter(pk=found.pk).first()
    if kept is None:
        raise Refused("gone", "这份清单已被放弃或重新上传，没有改动，请回到清单列表查看。")
    return kept


def _locked(source: models.HoursSource) -> models.HoursSource:
    return models.HoursSource.objects.select_for_update().get(pk=source.pk)


def _chunks(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))


def _trail(verb: str, found: models.CarriedList, *, at: datetime, by: Actor) -> None:
    detail = {"file": found.sha256, **queries.counts_of_list(by, found)}
    audit.record(by=by, verb=f"volunteering.{verb}", subject=found, at=at, detail=detail)
