"""What happens to League members' files. Who may do it is decided by the caller.

On which roll a member stands is not told here: a file is opened beside a membership and closed
beside its end, by the use case that does both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.audit import services as audit
from qinghe.kernel.people import models, rules
from qinghe.lib import identifiers
from qinghe.lib.periods import check_not_future, local_day
from qinghe.lib.verdicts import Refused


@dataclass(frozen=True)
class NewFile:
    """What is known of a League member."""

    joined_on: date
    number: str = ""
    party_on: date | None = None


@transaction.atomic
def open_league_file(
    *, person: models.Person, new: NewFile, at: datetime, by: object
) -> models.LeagueFile:
    """Open the file of somebody who joined the League.

    A number may still be missing, but one that is given fits the day (T-20 … T-24).

    Raises Refused: file_exists, bad_development_number, league_number_taken, too_young, in_future,
    party_before_league.
    """
    checked = _checked(person, new, today=local_day(at))
    if models.LeagueFile.objects.filter(person=person).exists():
        raise Refused("file_exists", f"{person.name}已有团员档案，没有变更。")
    file = models.LeagueFile.objects.create(
        person=person, joined_on=checked.joined_on, number=checked.number, party_on=checked.party_on
    )
    audit.record(
        by=by,
        verb="people.open_league_file",
        subject=person,
        at=at,
        detail={"joined_on": str(checked.joined_on), "number": checked.number},
    )
    return file


@transaction.atomic
def open_league_files(
    *,
    new: Mapping[int, NewFile],
    at: datetime,
    by: object,
    source: Mapping[str, object],
) -> Sequence[int]:
    """Open a chunk of files checked before, by person; one audit row names their source."""
    models.LeagueFile.objects.bulk_create(
        models.LeagueFile(
            person_id=person_id,
            joined_on=file.joined_on,
            number=file.number,
            party_on=file.party_on,
        )
        for person_id, file in new.items()
    )
    ids = list(new)
    audit.record_many(
        by=by,
        verb="people.open_league_files",
        model=models.LeagueFile,
        ids=ids,
        at=at,
        detail=source,
    )
    return ids


@transaction.atomic
def change_league_file(
    *, file: models.LeagueFile, new: NewFile, at: datetime, by: object
) -> models.LeagueFile:
    """Correct what is written of a League member; a number that stands is never changed (T-27).

    Raises Refused: number_stands, bad_development_number, league_number_taken, too_young,
    in_future, party_before_league.
    """
    file = _locked(file)
    if file.number and new.number != file.number:
        raise Refused("number_stands", "发展团员编号一经登记不能更改，一人一号；没有变更。")
    checked = _checked(file.person, new, today=local_day(at))
    changed = {
        name: [str(getattr(file, name) or ""), str(getattr(checked, name) or "")]
        for name in ("joined_on", "number", "party_on")
        if getattr(file, name) != getattr(checked, name)
    }
    for name in changed:
        setattr(file, name, getattr(checked, name))
    if changed:
        file.save(update_fields=list(changed))
        audit.record(
            by=by,
            verb="people.change_league_file",
            subject=file.person,
            at=at,
            detail={"changed": changed},
        )
    return file


@transaction.atomic
def leave_league(
    *, file: models.LeagueFile, how: models.LeftAs, on: date, at: datetime, by: object
) -> models.LeagueFile:
    """Close the file of somebody who is a League member no longer (T-66).

    The trail of a person is read by many: that it was an expulsion stands with that record alone.
    Raises Refused: already_left, ends_before_start, in_future.
    """
    file = _locked(file)
    if file.left_on:
        raise Refused(
            "already_left",
            f"{file.person.name}已于{file.left_on}{file.get_left_as_display()}，没有变更。",
        )
    rules.check_order(starts_on=file.joined_on, ends_on=on, what="团籍")
    check_not_future(day=on, today=local_day(at), what="离团")
    file.left_on, file.left_as = on, how
    file.save(update_fields=["left_on", "left_as"])
    audit.record(
        by=by,
        verb="people.leave_league",
        subject=file.person,
        at=at,
        detail={"on": str(on), "as": "" if how is models.LeftAs.EXPELLED else how.value},
    )
    return file


@transaction.atomic
def rejoin_league(
    *, file: models.LeagueFile, new: NewFile, at: datetime, by: object
) -> models.LeagueFile:
    """Let a closed file begin again for somebody admitted anew; the time before is kept beside it.

    Raises Refused: file_exists, wrong_order, same_number and those of open_league_file.
    """
    file = _locked(file)
    if file.left_on is None:
        raise Refused("file_exists", f"{file.person.name}已有团员档案，没有变更。")
    if new.joined_on < file.left_on:
        raise Refused(
            "wrong_order",
            f"{file.person.name}于{file.left_on}离团，重新入团不能早于这一天，没有变更；请核对日期。",
        )
    checked = _checked(file.person, new, today=local_day(at))
    if checked.number and checked.number == file.number:
        raise Refused("same_number", "重新入团使用新的发展团员编号，原编号不再使用；没有变更。")
    models.FormerStay.objects.create(
        person=file.person,
        joined_on=file.joined_on,
        number=file.number,
        party_on=file.party_on,
        left_on=file.left_on,
        left_as=file.left_as,
    )
    file.joined_on, file.number, file.party_on = checked.joined_on, checked.number, checked.party_on
    file.left_on, file.left_as = None, ""
    file.save()
    audit.record(
        by=by,
        verb="people.rejoin_league",
        subject=file.person,
        at=at,
        detail={"joined_on": str(file.joined_on), "number": file.number},
    )
    return file


@transaction.atomic
def reopen_league_file(*, file: models.LeagueFile, at: datetime, by: object) -> models.LeagueFile:
    """Open again a file that was closed by a decision which does not stand: as if it had not been.

    Raises Refused: not_left.
    """
    file = _locked(file)
    if file.left_on is None:
        raise Refused("not_left", f"{file.person.name}的团员档案没有办结，没有变更。")
    detail = {"on": str(file.left_on)}
    file.left_on, file.left_as = None, ""
    file.save(update_fields=["left_on", "left_as"])
    audit.record(by=by, verb="people.reopen_league_file", subject=file.person, at=at, detail=detail)
    return file


def _locked(file: models.LeagueFile) -> models.LeagueFile:
    files = models.LeagueFile.objects.select_for_update(of=("self",)).select_related("person")
    return files.get(pk=file.pk)


def _checked(person: models.Person, new: NewFile, *, today: date) -> NewFile:
    """Return what is known as it is kept, or refuse it."""
    check_not_future(day=new.joined_on, today=today, what="入团")
    rules.check_age_of_member(birth_date=person.birth_date, joined_on=new.joined_on)
    if new.party_on:
        check_not_future(day=new.party_on, today=today, what="入党")
        rules.check_party_after_league(joined_on=new.joined_on, party_on=new.party_on)
    number = new.number and identifiers.check_development_number(new.number, new.joined_on)
    held = models.LeagueFile.objects.filter(number=number).exclude(person=person)
    former = models.FormerStay.objects.filter(number=number)
    if number and (held.exists() or former.exists()):
        raise Refused(
            "league_number_taken", f"发展团员编号{number}已由他人使用，一人一号，请核对。"
        )
    return NewFile(joined_on=new.joined_on, number=number, party_on=new.party_on)
