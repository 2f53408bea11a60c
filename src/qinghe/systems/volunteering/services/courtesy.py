"""What is taken: a courtesy is claimed, given back, or used once at a till (rules.md 2.7).

No service here touches hours: they are never spent.
"""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import F

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.access import Act

Claim = models.CourtesyClaim
State = models.CourtesyClaim.State
MINE = "/volunteering/mine/courtesy/"


@transaction.atomic
def claim_courtesy(*, item: models.CourtesyItem, at: datetime, by: Actor) -> Claim:
    """Take one courtesy for oneself, and get its code.

    The volunteer's row and then the item's are locked, in this order everywhere: neither the stock
    nor what one person may take a year is passed, however many ask at once.

    Raises Refused: not_own, wrong_state, not_eligible.
    """
    today = local_day(at)
    volunteer = _oneself(by)
    kept = _locked_item(item.pk)
    sponsor, terms = kept.sponsor, queries.courtesy_terms_on(by, today)
    if kept.state != models.CourtesyItem.State.OPEN or terms is None:
        raise Refused("wrong_state", "这项礼遇没有在发放，没有领取；请刷新后看看其他礼遇。")
    rules.check_sponsor_stands(state=sponsor.state, agreed_to=sponsor.agreed_to, today=today)
    _free_expired(kept, at=at)
    rules.check_may_claim(queries.against_claim(by, volunteer, kept, today))
    _take(kept, one=1)
    made = Claim.objects.create(
        item=kept,
        volunteer=volunteer,
        org=volunteer.org,
        code=_free_code(),
        token=secrets.token_urlsafe(18),
        fen=kept.fen,
        claimed_at=at,
        claimed_on=today,
        valid_until=rules.valid_until(
            today=today,
            days=terms.valid_days,
            closes_on=kept.closes_on,
            agreed_to=sponsor.agreed_to,
        ),
    )
    audit.record(by=by, verb="volunteering.claim_courtesy", subject=made, at=at)
    return made


@transaction.atomic
def cancel_courtesy(*, claim: Claim, at: datetime, by: Actor) -> Claim:
    """Give back what one took and did not use; the stock has it again.

    Raises Refused: not_own, wrong_state.
    """
    kept = _locked_claim(claim)
    if kept.volunteer.person_id != by.person_id:
        raise Refused("not_own", "只能取消本人领取的礼遇，没有改动。")
    _cancel(kept)
    audit.record(by=by, verb="volunteering.cancel_courtesy", subject=kept, at=at)
    return kept


@transaction.atomic
def revoke_courtesy(*, claim: Claim, reason: str, at: datetime, by: Actor) -> Claim:
    """Take back what somebody took and did not use, with a reason that they are told.

    Raises Refused: not_allowed, wrong_state, reason_needed.
    """
    rules.check_reason(reason)
    kept = _locked_claim(claim)
    actors.require(by, Act.KEEP_COURTESY, at=kept.item.sponsor.org)
    kept.reason = reason.strip()
    _cancel(kept)
    detail = {"reason": reason}
    audit.record(by=by, verb="volunteering.revoke_courtesy", subject=kept, at=at, detail=detail)
    notices.notify(
        person_ids=[kept.volunteer.person_id],
        kind=Kind.RESULT,
        title="一份礼遇已被取消",
        text=f"{kept.item.title}：{kept.reason}",
        url=MINE,
        at=at,
    )
    return kept


@transaction.atomic
def redeem_courtesy(*, claim: Claim, at: datetime, by: models.SponsorKey) -> Claim:
    """Use a code at a till, once. The same till may send it again within a minute.

    Raises Refused: unknown_code, already_redeemed, wrong_state, expired, closed_today.
    """
    kept = _locked_claim(claim)
    till = models.SponsorKey.objects.select_related("sponsor").get(pk=by.pk)
    if till.revoked_at or till.sponsor.state != "active" or kept.item.sponsor_id != till.sponsor_id:
        raise Refused("unknown_code", "这个核销地址不能核销这个码，没有改动，请联系管理单位。")
    same = kept.redeemed_by_id == till.pk
    if rules.same_clerk_again(redeemed_at=kept.redeemed_at, same_key=same, at=at):
        return kept
    rules.check_code_works(
        state=kept.state,
        redeemed=kept.first_use,
        valid_until=kept.valid_until,
        weekdays=kept.item.weekdays,
        today=local_day(at),
    )
    kept.state, kept.redeemed_at, kept.redeemed_by = State.REDEEMED, at, till
    kept.save(update_fields=["state", "redeemed_at", "redeemed_by"])
    audit.record(by=str(till), verb="volunteering.redeem_courtesy", subject=kept, at=at)
    return kept


def _oneself(by: Actor) -> models.Volunteer:
    locked = models.Volunteer.objects.select_for_update(of=("self",)).select_related("org")
    found = locked.filter(person=by.person_id, state=models.Volunteer.State.REGISTERED).first()
    if found is None:
        raise Refused("not_own", "您还不是注册志愿者，没有领取；请先完成志愿者注册。")
    return found


def _locked_item(pk: int) -> models.CourtesyItem:
    locked = models.CourtesyItem.objects.select_for_update(of=("self",))
    return locked.select_related("sponsor", "area").get(pk=pk)


def _locked_claim(claim: Claim) -> Claim:
    """Lock a claim with its item, the item first as in a claim."""
    _locked_item(claim.item_id)
    locked = Claim.objects.select_for_update(of=("self",))
    return locked.select_related("item__sponsor__org", "volunteer", "redeemed_by").get(pk=claim.pk)


def _free_expired(item: models.CourtesyItem, *, at: datetime) -> None:
    """Let the stock have again what nobody used in time."""
    old = item.claims.filter(state=State.CLAIMED, valid_until__lt=local_day(at))
    if freed := old.update(state=State.EXPIRED):
        _take(item, one=-freed)


def _take(item: models.CourtesyItem, *, one: int) -> None:
    models.CourtesyItem.objects.filter(pk=item.pk).update(taken=F("taken") + one)
    item.taken += one


def _cancel(claim: Claim) -> None:
    if claim.state != State.CLAIMED:
        raise Refused("wrong_state", f"这份礼遇{claim.get_state_display()}，不能取消，没有改动。")
    claim.state = State.CANCELLED
    claim.save(update_fields=["state", "reason"])
    _take(claim.item, one=-1)


def _free_code() -> str:
    while True:
        code = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}d}"
        if not Claim.objects.filter(code=code).exists():
            return code
