"""Asking about one's own data, and answering (S-07)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.kernel.people import services as people
from qinghe.kernel.secrets import services as secrets
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.privacy import models, queries, rules
from qinghe.systems.privacy.access import Act

from . import erasing

Request = models.Request
State = models.Request.State
Field = models.Request.Field
MINE = "/me/"
# What is put right by the answer itself; the rest is put right where it was entered.
CONTACT_FIELDS = {Field.PHONE: "phone", Field.ADDRESS: "address"}
PERSON_FIELDS = {Field.NAME: "name", Field.SEX: "sex", Field.BIRTH_DATE: "birth_date"}


@dataclass(frozen=True)
class Wish:
    """What is asked for: the field and how it should read, or why all should be erased."""

    kind: str
    field: str = ""
    words: str = ""


@transaction.atomic
def ask(*, wish: Wish, at: datetime, by: Actor) -> models.Request:
    """Ask for a correction or the erasure of one's own data; it is due in 15 working days.

    Raises Refused: unknown_person, words_needed, already_asked, bad_value.
    """
    person = queries.person_of(by)
    if wish.kind == Request.Kind.CORRECT:
        rules.check_wish(field=wish.field, words=wish.words)
    open_now = Request.objects.filter(person=person, kind=wish.kind, state=State.OPEN)
    if wish.kind == Request.Kind.ERASE and open_now.exists():
        raise Refused("already_asked", "您已提交过删除申请，正在办理，没有重复提交。")
    today = local_day(at)
    request = Request.objects.create(
        person=person,
        org=queries.org_answering_for(by, person, today),
        kind=wish.kind,
        field=wish.field,
        asked_at=at,
        due_on=rules.due_on(today),
    )
    request.wish = secrets.seal(wish.words.strip(), about=secrets.place(request, "wish"))
    request.save(update_fields=["wish"])
    detail = {"kind": request.get_kind_display(), "due": str(request.due_on)}
    audit.record(by=by, verb="privacy.ask", subject=request, at=at, detail=detail)
    return request


@transaction.atomic
def fulfil(*, request: models.Request, answer: str, at: datetime, by: Actor) -> models.Request:
    """Do what was asked and say so: put the field right, or erase the person.

    Raises Refused: not_allowed, own_request, wrong_state, answer_needed, duty_to_keep, bad_value,
    other_birth_date, other_sex.
    """
    request = _locked(request, answer=answer, to=State.DONE, by=by)
    if request.kind == Request.Kind.CORRECT:
        _put_right(request, at=at, by=by)
    _answered(request, state=State.DONE, answer=answer, at=at, by=by)
    if request.kind == Request.Kind.ERASE:
        erasing.erase(person=request.person, at=at, by=by)
    return request


@transaction.atomic
def refuse(*, request: models.Request, reason: str, at: datetime, by: Actor) -> models.Request:
    """Turn a request down, with the reason (S-07).

    Raises Refused: not_allowed, own_request, wrong_state, answer_needed.
    """
    request = _locked(request, answer=reason, to=State.REFUSED, by=by)
    _answered(request, state=State.REFUSED, answer=reason, at=at, by=by)
    return request


def _locked(request: models.Request, *, answer: str, to: State, by: Actor) -> models.Request:
    kept = (
        Request.objects.select_for_update(of=("self",))
        .select_related("org", "person")
        .get(pk=request.pk)
    )
    actors.require(by, Act.ANSWER, at=kept.org)
    rules.check_not_own(person_id=kept.person_id, by_id=by.person_id)
    rules.check_answer(answer)
    rules.check_move(now=kept.state, to=to)
    return kept


def _answered(
    request: models.Request, *, state: State, answer: str, at: datetime, by: Actor
) -> None:
    request.state, request.answer = state, answer.strip()
    request.answered_at, request.answered_by = at, by.name
    request.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    audit.record(
        by=by,
        verb="privacy.fulfil" if state == State.DONE else "privacy.refuse",
        subject=request,
        at=at,
        detail={"reason": request.answer},
    )
    notices.notify(
        person_ids=[request.person_id],
        kind=Kind.PRIVACY,
        title=f"您的个人信息{request.get_kind_display()}申请{request.get_state_display()}",
        text=request.answer,
        url=MINE,
        at=at,
    )


def _put_right(request: models.Request, *, at: datetime, by: Actor) -> None:
    wanted = queries.wish_of(by, request).strip()
    if request.field in CONTACT_FIELDS:
        new = people.NewContact(**{CONTACT_FIELDS[Field(request.field)]: wanted})
        people.keep_contact(person=request.person, new=new, at=at, by=by)
    elif request.field in PERSON_FIELDS:
        field = PERSON_FIELDS[Field(request.field)]
        people.correct_person(
            person=request.person,
            field=field,
            value=rules.value_of(field=field, words=wanted),
            label=request.get_field_display(),
            at=at,
            by=by,
        )
