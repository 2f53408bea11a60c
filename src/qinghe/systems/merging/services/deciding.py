"""Deciding a merge: by other eyes, and so that nobody gains a right by it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from qinghe.edges.accounts import services as accounts
from qinghe.edges.api import services as tokens
from qinghe.edges.api.models import Token
from qinghe.edges.hooks.models import Subscription
from qinghe.kernel.access import actors
from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access import rules as access_rules
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.access.models import Holding, Invitation, SupportSession
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.kernel.people import keys
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import ContactField, Person
from qinghe.kernel.people.services import Merging
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import check_move
from qinghe.systems.merging import models, queries, rules
from qinghe.systems.merging.access import Act

from .standing import Standing

State = models.Merge.State
WHAT = "这项合并"


@transaction.atomic
def approve_merge(*, merge: models.Merge, at: datetime, by: Actor) -> models.Merge:
    """Merge two rows: records go over, account and roles of the duplicate end, nothing else passes.

    Of two records that cannot stand side by side the one that was not chosen gives way first, by
    the service of its own system and under the decider's own right to it.

    Raises Refused: wrong_state, nowhere, not_allowed, oneself, same_eyes, roles_left and those of
    the kernel's merge_persons.
    """
    kept = _decided(merge, to=State.DONE, at=at, by=by)
    _close(kept.duplicate, why=f"合并到人员编号{kept.kept.number}", at=at, by=by)
    _settle_clashes(kept, at=at, by=by)
    done = people.merge_persons(merging=_merging(kept), fates=rules.FATES, at=at, by=by)
    kept.merged_on, kept.moved = local_day(at), sum(done.moved.values())
    kept.dropped = "；".join(done.dropped.values())
    _save(kept, at=at, by=by)
    _lapse(kept)
    audit.record(
        by=by,
        verb="merging.approve_merge",
        subject=kept,
        at=at,
        detail={
            "kept": kept.kept.number,
            "duplicate": kept.duplicate.number,
            "moved": kept.moved,
        },
    )
    _tell(kept, at=at)
    return kept


@transaction.atomic
def refuse_merge(*, merge: models.Merge, reason: str, at: datetime, by: Actor) -> models.Merge:
    """Turn a proposal down.

    Raises Refused: reason_needed, wrong_state, nowhere, not_allowed, oneself, same_eyes.
    """
    why = rules.check_reason(reason)
    kept = _decided(merge, to=State.REFUSED, at=at, by=by)
    kept.answer = why
    _save(kept, at=at, by=by)
    audit.record(by=by, verb="merging.refuse_merge", subject=kept, at=at, detail={"reason": why})
    _tell(kept, at=at)
    return kept


@transaction.atomic
def withdraw_merge(*, merge: models.Merge, reason: str, at: datetime, by: Actor) -> models.Merge:
    """Take a proposal back. Raises Refused: reason_needed, not_allowed, wrong_state."""
    why = rules.check_reason(reason)
    kept = _locked(merge)
    actors.require(by, Act.PROPOSE, at=kept.org)
    check_move(rules.MERGE_MOVES, now=kept.state, to=State.WITHDRAWN, what=WHAT)
    kept.state, kept.answer = State.WITHDRAWN, why
    _save(kept, at=at, by=by)
    audit.record(by=by, verb="merging.withdraw_merge", subject=kept, at=at, detail={"reason": why})
    return kept


def _locked(merge: models.Merge) -> models.Merge:
    """Return a proposal as it is now; whoever decides about the same persons waits in one line."""
    pair = Person.everybody.filter(pk__in=[merge.kept_id, merge.duplicate_id])
    list(pair.select_for_update().order_by("pk"))
    rows = models.Merge.objects.select_for_update(of=("self",))
    return rows.select_related("org", "kept", "duplicate").get(pk=merge.pk)


def _decided(merge: models.Merge, *, to: State, at: datetime, by: Actor) -> models.Merge:
    """Return a proposal moved by somebody who reaches, today, all places of both and is neither."""
    kept = _locked(merge)
    check_move(rules.MERGE_MOVES, now=kept.state, to=to, what=WHAT)
    pair = [kept.kept_id, kept.duplicate_id]
    org = Standing.common_org(pair, on=local_day(at), by=by)
    actors.require(by, Act.DECIDE, at=org)
    rules.check_stranger(by=by.person_id, persons=pair)
    rules.check_other_eyes(proposed_by=kept.proposed_by_id, decided_by=by.person_id)
    kept.state, kept.org = to, org
    return kept


def _merging(kept: models.Merge) -> Merging:
    """Return what the kernel is asked: a phone that could let somebody sign in does not go over."""
    goes_over = {ContactField.ID_NUMBER, ContactField.ADDRESS}
    if access_queries.account_of(kept.kept) is None:
        goes_over |= {ContactField.PHONE, ContactField.GUARDIAN_NAME, ContactField.GUARDIAN_PHONE}
    return Merging(
        duplicate=kept.duplicate,
        kept=kept.kept,
        branch=kept.branch_id,
        stands=kept.stands,
        contact=[one for one in ContactField if one in goes_over],
    )


def _settle_clashes(kept: models.Merge, *, at: datetime, by: Actor) -> None:
    pairs = keys.pairs_of(rules.FATES, kept=kept.kept_id, duplicate=kept.duplicate_id)
    ways = queries.ways(by)
    for name, mine, theirs in pairs:
        chosen = kept.stands.get(rules.name_of_clash(name, mine, theirs))
        if name in ways and chosen in (mine, theirs):
            gives_way = theirs if chosen == mine else mine
            why = f"{kept.duplicate.number}并入{kept.kept.number}，以另一条为准"
            ways[name].give_way(pk=gives_way, by_the=chosen, reason=why, at=at, by=by)


def _close(duplicate: Person, *, why: str, at: datetime, by: Actor) -> None:
    """End everything by which somebody comes in as the duplicate, or acts in its place."""
    today = local_day(at)
    open_on = Q(ends_on__isnull=True) | Q(ends_on__gt=today)
    held = Holding.objects.filter(open_on, person=duplicate).select_related("org")
    rules.check_ends_roles(
        [
            f"{one.org.name}的{one.get_role_display()}"
            for one in held
            if not access_rules.may_appoint(by=by, role=Role(one.role), org=one.org)
        ]
    )
    access.end_roles_of_duplicate(person=duplicate, on=today, reason=why, at=at, by=by)
    offered = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    for invitation in offered.filter(person=duplicate):
        access.withdraw_invitation(invitation=invitation, at=at, by=by)
    for session in SupportSession.objects.filter(admin=duplicate, ended_at=None, ends_at__gt=at):
        access.end_support(session=session, at=at, by=by)
    _close_account(duplicate, why=why, at=at, by=by)


def _close_account(duplicate: Person, *, why: str, at: datetime, by: Actor) -> None:
    listening = Subscription.objects.filter(person=duplicate)
    listening.exclude(state=Subscription.State.ENDED).update(state=Subscription.State.ENDED)
    account = access_queries.account_of(duplicate)
    if account is None:
        return
    for token in Token.objects.filter(user=account.user, revoked_at=None):
        tokens.revoke_token(token=token, at=at, by=by)
    if account.user.is_active:
        access.disable_account(account=account, reason=why, at=at, by=by)
    accounts.end_sessions(user=account.user, at=at, by=by)


def _lapse(kept: models.Merge) -> None:
    """Let proposals about a row that is merged lapse: there is nothing left to decide."""
    about = Q(kept=kept.duplicate_id) | Q(duplicate=kept.duplicate_id)
    models.Merge.objects.filter(about, state=State.PROPOSED).update(state=State.LAPSED)


def _save(kept: models.Merge, *, at: datetime, by: Actor) -> None:
    kept.decided_by_id, kept.decided_at = by.person_id, at
    kept.save()


def _tell(kept: models.Merge, *, at: datetime) -> None:
    notices.notify(
        person_ids=[kept.proposed_by_id],
        kind=Kind.RESULT,
        title="您提请的人员合并已有结果",
        text=f"{kept.org.name}：{kept.get_state_display()}。{kept.answer}",
        url=f"/merging/merges/{kept.pk}/",
        at=at,
    )
