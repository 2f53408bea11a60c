"""Rows of other platforms are decided: whose they are, whether they count, and no more (V-33).

What counts is agreed to by one who neither loaded the list nor chose the person, and is nobody's
own. It becomes carried hours: apart from own hours, for stars alone.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from django.db import transaction
from django.db.models import OuterRef, Subquery

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.access import Act

Row = models.CarriedRow
State = models.CarriedRow.State
CHUNK = 1_000
MINE = "/volunteering/mine/carried/"
WAITING = (State.MATCHED, State.SEVERAL, State.NOBODY)


@transaction.atomic
def choose_person(
    *, row: models.CarriedRow, volunteer: models.Volunteer, at: datetime, by: Actor
) -> models.CarriedRow:
    """Say by hand whose a row is; it then waits for another's word as any matched one.

    Raises Refused: not_allowed, wrong_state, not_on_the_roll, own_hours.
    """
    kept = _locked([row])[0]
    org = kept.carried_list.org
    actors.require(by, Act.UPLOAD, at=org)
    _check_waits(kept, states=WAITING)
    if not queries.on_roll(by, org).filter(pk=volunteer.pk).exists():
        raise Refused("not_on_the_roll", f"{org.name}及以下没有这名注册志愿者，没有改动。")
    if volunteer.person_id == by.person_id:
        raise Refused("own_hours", "不能把时长认定给自己，请由他人选定，没有改动。")
    kept.volunteer, kept.state, kept.how = volunteer, State.MATCHED, Row.How.HAND
    kept.chosen_by_id = by.person_id
    kept.save(update_fields=["volunteer", "state", "how", "chosen_by"])
    detail = {"line": kept.line, "volunteer": volunteer.number, "row": kept.pk}
    audit.record(
        by=by, verb="volunteering.choose_person", subject=kept.carried_list, at=at, detail=detail
    )
    return kept


@transaction.atomic
def agree_to_list(*, found: models.CarriedList, at: datetime, by: Actor) -> int:
    """Let all rows of a list that wait count, but for one's own and those one chose; return how many.

    Raises Refused: not_allowed, own_request, nothing_waits.
    """
    actors.require(by, Act.APPROVE_CARRIED, at=found.org)
    rules.check_hand_of_list(decider_id=by.person_id, loader_id=found.loaded_by_id)
    models.HoursSource.objects.select_for_update().get(pk=found.source_id)
    rows = _to_agree(found, by=by)
    if not rows:
        raise Refused("nothing_waits", "没有可由您审核的行：由您选定本人的、您本人的须由他人审核。")
    _know_again(rows, by=by)
    agreed = [row for row in rows if row.state == State.MATCHED]
    _replace(agreed, at=at)
    known = [row for row in rows if row.state == State.KNOWN]
    Row.objects.bulk_update(known, ["state", "earlier"], batch_size=CHUNK)
    _mark_agreed(agreed, at=at, by=by)
    _carry(agreed, at=at, by=by)
    detail = {"rows": len(agreed), "minutes": sum(row.minutes or 0 for row in agreed)}
    audit.record(by=by, verb="volunteering.agree_to_list", subject=found, at=at, detail=detail)
    _tell(agreed, title="其他平台的服务时长已计入", at=at)
    return len(agreed)


@transaction.atomic
def refuse_rows(*, rows: Sequence[models.CarriedRow], reason: str, at: datetime, by: Actor) -> int:
    """Turn down rows of one list that wait; they stay as evidence and count nothing.

    Raises Refused: not_allowed, own_request, reason_needed, wrong_state, nothing_waits.
    """
    rules.check_reason(reason)
    if not rows:
        raise Refused("nothing_waits", "没有待审核的行，没有改动。")
    kept = _locked(rows)
    found = kept[0].carried_list
    actors.require(by, Act.APPROVE_CARRIED, at=found.org)
    rules.check_hand_of_list(decider_id=by.person_id, loader_id=found.loaded_by_id)
    for row in kept:
        _check_waits(row, states=WAITING)
        _check_other_hand(row, by=by)
        row.state, row.decided_by_id, row.decided_at = State.REFUSED, by.person_id, at
        row.words = f"{row.words}不予计入：{reason.strip()}"[:300]
    Row.objects.bulk_update(kept, ["state", "decided_by", "decided_at", "words"], batch_size=CHUNK)
    detail = {"lines": [row.line for row in kept[:CHUNK]], "reason": reason.strip()}
    audit.record(by=by, verb="volunteering.refuse_rows", subject=found, at=at, detail=detail)
    return len(kept)


@transaction.atomic
def revoke_row(
    *, row: models.CarriedRow, reason: str, at: datetime, by: Actor
) -> models.CarriedRow:
    """Take back what a row counted; the row and its hours stay and count no more.

    Raises Refused: not_allowed, own_hours, reason_needed, wrong_state.
    """
    rules.check_reason(reason)
    kept = _locked([row])[0]
    actors.require(by, Act.APPROVE_CARRIED, at=kept.carried_list.org)
    _check_waits(kept, states=(State.AGREED,))
    _check_other_hand(kept, by=by)
    kept.state, kept.decided_by_id, kept.decided_at = State.REVOKED, by.person_id, at
    kept.words = f"{kept.words}撤销：{reason.strip()}"[:300]
    kept.save(update_fields=["state", "decided_by", "decided_at", "words"])
    _end([kept.pk], reason=reason.strip(), at=at)
    detail = {"line": kept.line, "row": kept.pk, "reason": reason.strip()}
    audit.record(
        by=by, verb="volunteering.revoke_row", subject=kept.carried_list, at=at, detail=detail
    )
    _tell([kept], title="其他平台的服务时长已撤销", at=at)
    return kept


def _to_agree(found: models.CarriedList, *, by: Actor) -> list[models.CarriedRow]:
    rows = (
        Row.objects.select_for_update(of=("self",))
        .filter(
            carried_list=found,
            carried_list__state=models.CarriedList.State.LOADED,
            state=State.MATCHED,
        )
        .exclude(volunteer__person=by.person_id)
        .select_related("volunteer", "carried_list__source")
    )
    return [row for row in rows if row.chosen_by_id != by.person_id]


def _know_again(rows: Sequence[models.CarriedRow], *, by: Actor) -> None:
    """Set aside what counts already by another list: the same row counts once."""
    counted = queries.counted_already(by, {row.key for row in rows})
    for row in rows:
        same = counted.get((row.key, row.minutes or 0))
        if same:
            row.state, row.earlier_id = State.KNOWN, same


def _mark_agreed(rows: Sequence[models.CarriedRow], *, at: datetime, by: Actor) -> None:
    home = models.Volunteer.objects.filter(pk=OuterRef("volunteer")).values("org")
    for start in range(0, len(rows), CHUNK):
        some = [row.pk for row in rows[start : start + CHUNK]]
        Row.objects.filter(pk__in=some).update(
            state=State.AGREED, decided_by=by.person_id, decided_at=at, home=Subquery(home)
        )


def _replace(rows: Sequence[models.CarriedRow], *, at: datetime) -> None:
    """End what an earlier list said of the same service; what comes now takes its place."""
    earlier = [row.earlier_id for row in rows if row.earlier_id]
    for start in range(0, len(earlier), CHUNK):
        some = earlier[start : start + CHUNK]
        Row.objects.filter(pk__in=some).update(state=State.REPLACED)
        _end(some, reason="后来的清单有更正", at=at)


def _end(rows: Sequence[int | None], *, reason: str, at: datetime) -> None:
    hours = models.CarriedHours.objects.filter(row__in=rows, ended_at__isnull=True)
    hours.update(ended_at=at, end_reason=reason)


def _carry(rows: Sequence[models.CarriedRow], *, at: datetime, by: Actor) -> None:
    models.CarriedHours.objects.bulk_create(
        [
            models.CarriedHours(
                volunteer=row.volunteer,
                minutes=row.minutes or 0,
                served_until=cast(date, row.day),
                source=row.carried_list.source.name,
                entered_at=at,
                entered_by_id=by.person_id,
                row=row,
            )
            for row in rows
        ],
        batch_size=CHUNK,
    )


def _locked(rows: Sequence[models.CarriedRow]) -> list[models.CarriedRow]:
    """Return rows of one list anew, and their platform's row locked before them."""
    first = Row.objects.select_related("carried_list").get(pk=rows[0].pk)
    models.HoursSource.objects.select_for_update().get(pk=first.carried_list.source_id)
    kept = Row.objects.filter(
        pk__in=[row.pk for row in rows], carried_list=first.carried_list_id
    ).select_related("carried_list__org", "volunteer")
    return list(kept.order_by("line"))


def _check_waits(row: models.CarriedRow, *, states: Sequence[State]) -> None:
    loaded = row.carried_list.state == models.CarriedList.State.LOADED
    if not loaded or row.state not in states:
        raise Refused(
            "wrong_state", f"第{row.line}行现在的状态不能这样办理，没有改动，请刷新后再看。"
        )


def _check_other_hand(row: models.CarriedRow, *, by: Actor) -> None:
    if row.volunteer and row.volunteer.person_id == by.person_id:
        raise Refused("own_hours", "不能审核自己的时长，没有改动，请由他人办理。")
    if row.chosen_by_id == by.person_id:
        raise Refused("own_request", "这一行由您选定本人，须由他人审核，没有改动。")


def _tell(rows: Sequence[models.CarriedRow], *, title: str, at: datetime) -> None:
    people = sorted({row.volunteer.person_id for row in rows if row.volunteer})
    notices.notify(
        person_ids=people,
        kind=Kind.RESULT,
        title=title,
        text="其他平台的时长与本平台时长分开记录，用于星级评定；有疑问请在页面上提出异议。",
        url=MINE,
        at=at,
    )
