"""What is offered: sponsors and items are entered, reviewed by another hand, and ended."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.queries import hash_of
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs import services as org_rules
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

Sponsor = models.Sponsor
CourtesyItem = models.CourtesyItem


@dataclass(frozen=True)
class NewTerms:
    """How much one person may take a year, from a day on."""

    starts_on: date
    most_claims: int
    most_fen: int
    valid_days: int


@dataclass(frozen=True)
class NewSponsor:
    """Who is to give something."""

    name: str
    kind: str
    address: str
    contact_name: str
    contact: str
    agreed_from: date
    agreed_to: date
    org: Org


@dataclass(frozen=True)
class NewCourtesy:
    """What is to be given."""

    sponsor: Sponsor
    title: str
    kind: str
    about: str
    area: Org
    opens_on: date
    closes_on: date
    weekdays: str = "1234567"
    star: int = 0
    minutes: int = 0
    months: int = 12
    stock: int | None = None
    monthly: int | None = None
    yearly: int = 1
    fen: int | None = None


@transaction.atomic
def set_courtesy_terms(*, new: NewTerms, at: datetime, by: Actor) -> models.CourtesyTerms:
    """Set from a coming day on how much one person may take a year; what held before stays.

    Raises Refused: not_allowed, wrong_order.
    """
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Act.APPROVE_COURTESY, at=root)
    if new.starts_on <= local_day(at):
        raise Refused("wrong_order", "施行日期须在今天之后，没有保存；已经施行的上限不改动。")
    made, _ = models.CourtesyTerms.objects.update_or_create(
        starts_on=new.starts_on,
        defaults={
            "most_claims": new.most_claims,
            "most_fen": new.most_fen,
            "valid_days": new.valid_days,
            "entered_by_id": by.person_id,
        },
    )
    detail = {"claims": new.most_claims, "fen": new.most_fen, "days": new.valid_days}
    audit.record(by=by, verb="volunteering.set_courtesy_terms", subject=made, at=at, detail=detail)
    return made


@transaction.atomic
def enter_sponsor(*, new: NewSponsor, at: datetime, by: Actor) -> Sponsor:
    """Enter a sponsor, to be reviewed.

    Raises Refused: not_allowed, org_closed, wrong_order, name_taken.
    """
    actors.require(by, Act.KEEP_COURTESY, at=new.org)
    org_rules.check_takes_new(org=new.org)
    if new.agreed_to < new.agreed_from:
        raise Refused("wrong_order", "协议截止日期早于开始日期，没有登记，请改正日期。")
    living = Sponsor.objects.filter(state__in=[Sponsor.State.APPLIED, Sponsor.State.ACTIVE])
    if living.filter(org=new.org, name=new.name).exists():
        raise Refused("name_taken", f"“{new.name}”已经登记过，没有重复登记。")
    made = Sponsor.objects.create(**vars(new), entered_by_id=by.person_id, entered_on=local_day(at))
    audit.record(by=by, verb="volunteering.enter_sponsor", subject=made, at=at)
    return made


@transaction.atomic
def approve_sponsor(*, sponsor: Sponsor, at: datetime, by: Actor) -> Sponsor:
    """Let a sponsor give. Raises Refused: not_allowed, own_entry, wrong_state."""
    kept = _sponsor(sponsor)
    actors.require(by, Act.APPROVE_COURTESY, at=kept.org)
    rules.check_not_own_entry(decider_id=by.person_id, enterer_id=kept.entered_by_id)
    _move_sponsor(kept, to=Sponsor.State.ACTIVE)
    kept.approved_on = local_day(at)
    kept.save(update_fields=["state", "approved_on"])
    audit.record(by=by, verb="volunteering.approve_sponsor", subject=kept, at=at)
    return kept


@transaction.atomic
def refuse_sponsor(*, sponsor: Sponsor, reason: str, at: datetime, by: Actor) -> Sponsor:
    """Turn a sponsor down. Raises Refused: not_allowed, own_entry, wrong_state, reason_needed."""
    rules.check_reason(reason)
    kept = _sponsor(sponsor)
    actors.require(by, Act.APPROVE_COURTESY, at=kept.org)
    rules.check_not_own_entry(decider_id=by.person_id, enterer_id=kept.entered_by_id)
    _move_sponsor(kept, to=Sponsor.State.REFUSED)
    kept.save(update_fields=["state"])
    detail = {"reason": reason}
    audit.record(by=by, verb="volunteering.refuse_sponsor", subject=kept, at=at, detail=detail)
    return kept


@transaction.atomic
def end_sponsor(*, sponsor: Sponsor, reason: str, at: datetime, by: Actor) -> Sponsor:
    """End what a sponsor gives, at once: its tills close. What was used stays on record.

    Raises Refused: not_allowed, wrong_state, reason_needed.
    """
    rules.check_reason(reason)
    kept = _sponsor(sponsor)
    actors.require(by, Act.KEEP_COURTESY, at=kept.org)
    _move_sponsor(kept, to=Sponsor.State.ENDED)
    kept.ended_on = local_day(at)
    kept.save(update_fields=["state", "ended_on"])
    kept.keys.filter(revoked_at__isnull=True).update(revoked_at=at)
    detail = {"reason": reason}
    audit.record(by=by, verb="volunteering.end_sponsor", subject=kept, at=at, detail=detail)
    return kept


@transaction.atomic
def make_sponsor_key(
    *, sponsor: Sponsor, label: str, at: datetime, by: Actor
) -> tuple[models.SponsorKey, str]:
    """Give a till its redeeming address; the secret in it is told this once and kept nowhere.

    Raises Refused: not_allowed, sponsor_not_active, name_taken.
    """
    kept = _sponsor(sponsor)
    actors.require(by, Act.KEEP_COURTESY, at=kept.org)
    rules.check_sponsor_stands(state=kept.state, agreed_to=kept.agreed_to, today=local_day(at))
    if kept.keys.filter(label=label, revoked_at__isnull=True).exists():
        raise Refused("name_taken", f"“{label}”已有核销地址，没有重复生成；遗失的请先停用。")
    secret = secrets.token_urlsafe(24)
    made = models.SponsorKey.objects.create(
        sponsor=kept, label=label, key_hash=hash_of(secret), made_at=at
    )
    detail = {"till": label}
    audit.record(by=by, verb="volunteering.make_sponsor_key", subject=kept, at=at, detail=detail)
    return made, secret


@transaction.atomic
def revoke_sponsor_key(*, key: models.SponsorKey, at: datetime, by: Actor) -> models.SponsorKey:
    """Close one till's redeeming address, at once. Safe to repeat. Raises Refused: not_allowed."""
    kept = models.SponsorKey.objects.select_for_update(of=("self",)).select_related("sponsor__org")
    found = kept.get(pk=key.pk)
    actors.require(by, Act.KEEP_COURTESY, at=found.sponsor.org)
    if found.revoked_at is None:
        found.revoked_at = at
        found.save(update_fields=["revoked_at"])
        audit.record(
            by=by,
            verb="volunteering.revoke_sponsor_key",
            subject=found.sponsor,
            at=at,
            detail={"till": found.label},
        )
    return found


@transaction.atomic
def offer_courtesy(*, new: NewCourtesy, at: datetime, by: Actor) -> CourtesyItem:
    """Enter an item, to be reviewed before anybody sees it.

    Raises Refused: not_allowed, sponsor_not_active, is_money, wrong_order, not_open_to.
    """
    sponsor = new.sponsor
    actors.require(by, Act.KEEP_COURTESY, at=sponsor.org)
    rules.check_sponsor_stands(
        state=sponsor.state, agreed_to=sponsor.agreed_to, today=local_day(at)
    )
    rules.check_no_money(new.title, new.about)
    if new.closes_on < new.opens_on:
        raise Refused("wrong_order", "截止日期早于开放日期，没有提交，请改正日期。")
    if not (
        sponsor.org.path.startswith(new.area.path) or new.area.path.startswith(sponsor.org.path)
    ):
        raise Refused("not_open_to", "适用范围只能是管理单位、它的上级或下级，没有提交，请改选。")
    made = CourtesyItem.objects.create(
        **vars(new), entered_by_id=by.person_id, entered_on=local_day(at)
    )
    audit.record(by=by, verb="volunteering.offer_courtesy", subject=made, at=at)
    return made


@transaction.atomic
def open_courtesy(*, item: CourtesyItem, at: datetime, by: Actor) -> CourtesyItem:
    """Publish an item: from now on volunteers see it.

    Raises Refused: not_allowed, own_entry, wrong_state, sponsor_not_active.
    """
    kept = _item(item)
    _check_may_review(kept, by=by)
    sponsor = kept.sponsor
    rules.check_sponsor_stands(
        state=sponsor.state, agreed_to=sponsor.agreed_to, today=local_day(at)
    )
    _move_item(kept, to=CourtesyItem.State.OPEN)
    kept.opened_on = local_day(at)
    kept.save(update_fields=["state", "opened_on"])
    audit.record(by=by, verb="volunteering.open_courtesy", subject=kept, at=at)
    return kept


@transaction.atomic
def refuse_courtesy(*, item: CourtesyItem, reason: str, at: datetime, by: Actor) -> CourtesyItem:
    """Turn an item down. Raises Refused: not_allowed, own_entry, wrong_state, reason_needed."""
    rules.check_reason(reason)
    kept = _item(item)
    _check_may_review(kept, by=by)
    _move_item(kept, to=CourtesyItem.State.REFUSED)
    kept.save(update_fields=["state"])
    detail = {"reason": reason}
    audit.record(by=by, verb="volunteering.refuse_courtesy", subject=kept, at=at, detail=detail)
    return kept


@transaction.atomic
def withdraw_courtesy(*, item: CourtesyItem, reason: str, at: datetime, by: Actor) -> CourtesyItem:
    """Take an item off the list; codes taken before still work until their day.

    Raises Refused: not_allowed, wrong_state, reason_needed.
    """
    rules.check_reason(reason)
    kept = _item(item)
    actors.require(by, Act.KEEP_COURTESY, at=kept.sponsor.org)
    _move_item(kept, to=CourtesyItem.State.WITHDRAWN)
    kept.save(update_fields=["state"])
    detail = {"reason": reason}
    audit.record(by=by, verb="volunteering.withdraw_courtesy", subject=kept, at=at, detail=detail)
    return kept


def _sponsor(sponsor: Sponsor) -> Sponsor:
    return Sponsor.objects.select_for_update(of=("self",)).select_related("org").get(pk=sponsor.pk)


def _item(item: CourtesyItem) -> CourtesyItem:
    locked = CourtesyItem.objects.select_for_update(of=("self",))
    return locked.select_related("sponsor__org", "area").get(pk=item.pk)


def _check_may_review(item: CourtesyItem, *, by: Actor) -> None:
    actors.require(by, Act.APPROVE_COURTESY, at=item.sponsor.org)
    rules.check_not_own_entry(decider_id=by.person_id, enterer_id=item.entered_by_id)


def _move_sponsor(sponsor: Sponsor, *, to: Sponsor.State) -> None:
    rules.check_move(rules.SPONSOR_MOVES, now=sponsor.state, to=to, what="商家")
    sponsor.state = to


def _move_item(item: CourtesyItem, *, to: CourtesyItem.State) -> None:
    rules.check_move(rules.COURTESY_MOVES, now=item.state, to=to, what="礼遇项目")
    item.state = to
