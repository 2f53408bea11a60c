"""What all services of meetings begin with: a record as it is now, for whoever may act on it."""

from collections.abc import Sequence

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.lib.verdicts import Refused
from qinghe.systems.meetings import models
from qinghe.systems.meetings.access import Act

Body = models.Body
Sitting = models.Sitting
Internal = models.Sitting | models.AgendaItem | models.Instruction


def _body_of(body: Body, *, act: Act, by: Actor) -> Body:
    """Return a body, its row _locked. Raises Refused: not_allowed."""
    kept = Body.objects.select_for_update(of=("self",)).select_related("org").get(pk=body.pk)
    actors.require(by, act, at=kept.org)
    return kept


def _sitting_of(sitting: Sitting, *, by: Actor, act: Act = Act.RUN) -> Sitting:
    """Return a sitting, its row _locked. Raises Refused: not_allowed."""
    kept = _locked(sitting)
    actors.require(by, act, at=kept.body.org)
    _check_clear(by, [kept])
    return kept


def _locked(sitting: Sitting) -> Sitting:
    """Return a sitting as it is now, its row _locked."""
    found = Sitting.objects.select_for_update(of=("self",)).select_related("body__org")
    return found.get(pk=sitting.pk)


def _check_clear(by: Actor, records: Sequence[Internal | None]) -> None:
    """Refuse whoever is not named as a reader of an internal record. Raises Refused: not_allowed."""
    for one in records:
        if one is None or not one.is_internal:
            continue
        if not one.readers.filter(person_id=by.person_id).exists():
            raise Refused("not_allowed", "这是内部事项，只有指定的人员可以办理，没有任何改动。")


def _speaks_for(by: Actor, member: models.MemberUnit) -> bool:
    """Test if somebody holds a post at a unit of ours, so that they answer for it (S029)."""
    return member.unit is not None and actors.may(by, Act.ANSWER, at=member.unit)


def _column_of(record: Internal) -> str:
    """Return by which column readers of a record name it."""
    names = {models.Sitting: "sitting", models.AgendaItem: "item"}
    return names.get(type(record), "instruction")


def _name_first_reader(by: Actor, *, record: Internal) -> None:
    """Let whoever enters an internal record see it."""
    record.readers.get_or_create(person_id=by.person_id)
