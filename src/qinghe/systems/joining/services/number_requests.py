"""Asking for more numbers, and the answer."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.joining.access import NumberAct
from qinghe.systems.joining.models import NumberRequest
from qinghe.systems.joining.rules import numbers as rules

from .numbers import Share, hand_down
from .pools import Kept

REQUESTS = "/joining/numbers/requests/"


@dataclass(frozen=True)
class Ask:
    """Some more numbers that an organisation asks for."""

    org: Org
    sector: str
    wanted: int
    words: str


@transaction.atomic
def ask_for_numbers(*, ask: Ask, at: datetime, by: Actor) -> NumberRequest:
    """Ask whoever gives this organisation its numbers for some more of this year.

    Raises Refused: not_allowed, org_closed, wrong_sector, bad_amount, nobody_above, asked_already.
    """
    actors.require(by, NumberAct.USE, at=ask.org)
    orgs.check_takes_new(org=ask.org)
    rules.check_sector(own=ask.org.sector, sector=ask.sector, name=ask.org.name)
    rules.check_amount(ask.wanted)
    today = local_day(at)
    giver = Kept(today.year, ask.sector).giver_for(ask.org)
    if giver is None:
        raise Refused("nobody_above", "本组织之上没有可以申请的组织，没有提交；请登记上级号段。")
    waiting = NumberRequest.objects.filter(
        org=ask.org, year=today.year, sector=ask.sector, state=NumberRequest.State.ASKED
    )
    if waiting.exists():
        raise Refused("asked_already", "已有一份申请在等待答复，没有重复提交；可先撤回再提。")
    made = NumberRequest.objects.create(
        year=today.year,
        sector=ask.sector,
        org=ask.org,
        giver=giver,
        wanted=ask.wanted,
        words=ask.words.strip(),
        asked_by_id=by.person_id,
        asked_on=today,
    )
    detail = {"wanted": ask.wanted}
    audit.record(by=by, verb="joining.ask_for_numbers", subject=made, at=at, detail=detail)
    return made


@transaction.atomic
def answer_request(
    *, request: NumberRequest, amount: int, words: str, at: datetime, by: Actor
) -> NumberRequest:
    """Hand down what was asked for, or some of it, and tell who asked.

    Raises Refused: not_allowed, own_request, wrong_state, and what `hand_down` refuses.
    """
    rules.check_not_own(decider_id=by.person_id, asker_id=request.asked_by_id)
    kept = _answered(request, to=NumberRequest.State.ANSWERED, words=words, at=at, by=by)
    rules.check_amount(amount)
    hand_down(
        giver=kept.giver,
        kept=Kept(kept.year, kept.sector),
        shares=[Share(kept.org, amount)],
        at=at,
        by=by,
    )
    kept.given = amount
    kept.save(update_fields=["state", "given", "answered_on", "answer"])
    detail = {"given": amount}
    audit.record(by=by, verb="joining.answer_request", subject=kept, at=at, detail=detail)
    _tell(kept, text=f"已下发{amount}个编号。", at=at)
    return kept


@transaction.atomic
def refuse_request(
    *, request: NumberRequest, reason: str, at: datetime, by: Actor
) -> NumberRequest:
    """Turn a request down, and tell who asked. Raises: not_allowed, wrong_state, reason_needed."""
    rules.check_why(reason)
    kept = _answered(request, to=NumberRequest.State.REFUSED, words=reason, at=at, by=by)
    kept.save(update_fields=["state", "answered_on", "answer"])
    detail = {"reason": reason}
    audit.record(by=by, verb="joining.refuse_request", subject=kept, at=at, detail=detail)
    _tell(kept, text=f"没有同意：{kept.answer}", at=at)
    return kept


@transaction.atomic
def withdraw_request(*, request: NumberRequest, at: datetime, by: Actor) -> NumberRequest:
    """Take one's request back. Raises Refused: not_allowed, wrong_state."""
    actors.require(by, NumberAct.USE, at=request.org)
    kept = NumberRequest.objects.select_for_update().get(pk=request.pk)
    rules.check_request_move(now=kept.state, to=NumberRequest.State.WITHDRAWN)
    kept.state, kept.answered_on = NumberRequest.State.WITHDRAWN, local_day(at)
    kept.save(update_fields=["state", "answered_on"])
    audit.record(by=by, verb="joining.withdraw_request", subject=kept, at=at)
    return kept


def _answered(
    request: NumberRequest, *, to: NumberRequest.State, words: str, at: datetime, by: Actor
) -> NumberRequest:
    """Return a request with its answer, still to be saved."""
    actors.require(by, NumberAct.HAND, at=request.giver)
    found = NumberRequest.objects.select_for_update(of=("self",)).select_related("org", "giver")
    kept = found.get(pk=request.pk)
    rules.check_request_move(now=kept.state, to=to)
    kept.state, kept.answered_on, kept.answer = to, local_day(at), words.strip()
    return kept


def _tell(request: NumberRequest, *, text: str, at: datetime) -> None:
    notices.notify(
        person_ids=[request.asked_by_id],
        kind=Kind.RESULT,
        title="编号申请已有答复",
        text=f"{request.org.name}申请{request.wanted}个编号，{text}",
        url=f"{REQUESTS}{request.pk}/",
        at=at,
    )
