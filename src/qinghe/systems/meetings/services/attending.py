"""Answers to an invitation, signing in at the door, the roll of the office."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.meetings import models, queries, rules
from qinghe.systems.meetings.access import Act

from .common import _check_clear, _locked, _sitting_of, _speaks_for

Sitting = models.Sitting
Summons = models.Summons


@dataclass(frozen=True)
class Answer:
    """What a unit says to an invitation: it comes, asks for leave, or sends somebody else."""

    reply: str
    proxy_name: str = ""
    proxy_duty: str = ""
    reason: str = ""


@transaction.atomic
def reply(*, summons: Summons, answer: Answer, at: datetime, by: Actor) -> Summons:
    """Answer an invitation, by who speaks for the unit or by the office. May be changed until then.

    Raises Refused: not_allowed, reply_closed, reply_needed, proxy_needed, reason_needed.
    """
    sitting, kept = _kept(summons, by=by)
    rules.check_may_reply(state=sitting.state, starts_at=sitting.starts_at, at=at)
    rules.check_reply(reply=answer.reply, proxy=answer.proxy_name, reason=answer.reason)
    is_proxy = answer.reply == Summons.Reply.PROXY
    kept.reply, kept.replied_at, kept.reason = answer.reply, at, answer.reason.strip()
    kept.proxy_name = answer.proxy_name.strip() if is_proxy else ""
    kept.proxy_duty = answer.proxy_duty.strip() if is_proxy else ""
    kept.save(update_fields=["reply", "replied_at", "reason", "proxy_name", "proxy_duty"])
    audit.record(by=by, verb="meetings.reply", subject=kept, at=at, detail={"reply": kept.reply})
    return kept


@transaction.atomic
def sign_in(*, sitting: Sitting, at: datetime, by: Actor) -> Summons:
    """Sign in by the code at the door, which has been read and is fresh. Safe to repeat.

    Raises Refused: not_invited, door_closed.
    """
    kept = _locked(sitting)
    rules.check_door(state=kept.state, starts_at=kept.starts_at, at=at)
    found = queries.own_summonses(by).filter(sitting=kept).order_by("pk").first()
    if found is None:
        raise Refused(
            "not_invited", "您不是这次会议的参会代表，没有签到；请到签到台由会务人员登记。"
        )
    if found.came_at is None:
        found.came_at = at
        found.save(update_fields=["came_at"])
        audit.record(by=by, verb="meetings.sign_in", subject=found, at=at)
    return found


@transaction.atomic
def call_roll(*, sitting: Sitting, came: Collection[int], at: datetime, by: Actor) -> Sitting:
    """Write down who of those invited is there; who has signed in by code and is ticked keeps it.

    Raises Refused: not_allowed, door_closed.
    """
    kept = _sitting_of(sitting, by=by)
    rules.check_door(state=kept.state, starts_at=kept.starts_at, at=at)
    kept.summonses.filter(pk__in=came, came_at__isnull=True).update(came_at=at)
    kept.summonses.exclude(pk__in=came).update(came_at=None)
    there = kept.summonses.filter(came_at__isnull=False).count()
    audit.record(by=by, verb="meetings.call_roll", subject=kept, at=at, detail={"came": there})
    return kept


@transaction.atomic
def add_guest(*, sitting: Sitting, name: str, duty: str, at: datetime, by: Actor) -> Summons:
    """Note somebody who attends beside the units (列席).

    Raises Refused: not_allowed, wrong_state, name_needed.
    """
    kept = _sitting_of(sitting, by=by)
    rules.check_agenda_open(state=kept.state)
    if not name.strip():
        raise Refused("name_needed", "请填写列席人姓名。")
    made = Summons.objects.create(
        sitting=kept, name=name.strip(), duty=duty.strip(), sent_on=local_day(at)
    )
    audit.record(by=by, verb="meetings.add_guest", subject=made, at=at)
    return made


def _kept(summons: Summons, *, by: Actor) -> tuple[Sitting, Summons]:
    """Return the sitting and the invitation as they are now, for whoever may answer it."""
    sitting = _locked(summons.sitting)
    found = Summons.objects.select_for_update(of=("self",)).select_related("member__unit")
    kept = found.get(pk=summons.pk)
    if kept.member is None:
        raise Refused("wrong_state", "列席人不用回执，没有改动。")
    if not _speaks_for(by, kept.member):
        actors.require(by, Act.RUN, at=sitting.body.org)
    _check_clear(by, [sitting])
    return sitting, kept
