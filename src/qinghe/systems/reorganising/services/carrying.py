"""Doing what a plan says: step by step by the kernel's services, in one transaction, or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet

from qinghe.edges import standing
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import rules as org_rules
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Membership
from qinghe.lib.verdicts import Refused
from qinghe.systems.reorganising import rules
from qinghe.systems.reorganising.models import Plan, Step

Kind = Step.Kind


@dataclass(frozen=True)
class Hand:
    """Who carries a plan out, and when. Every line of the trail is signed with the plan as well."""

    plan: Plan
    at: datetime
    by: object

    @classmethod
    def of(cls, plan: Plan, *, at: datetime, by: Actor | str) -> "Hand":
        """Return the hand that signs for a plan."""
        if isinstance(by, Actor):
            through = "、".join(filter(None, (by.via, str(plan))))
            return cls(plan, at, replace(by, via=through))
        return cls(plan, at, f"{by}，{plan}")

    @property
    def on(self) -> date:
        """Return the day from which it holds."""
        return self.plan.on

    def do_all(self) -> list[Step]:
        """Take every step in its order; return them with the organisation that each was done to.

        Raises Refused: unfit, which names the step and says why.
        """
        steps = list(self.plan.steps.select_related("plan"))
        for number, step in enumerate(steps, start=1):
            try:
                step.org = STEPS[step.kind](self, step)
            except Refused as refusal:
                raise Refused("unfit", f"第{number}步（{step}）：{refusal.reason}"[:400]) from None
        Step.objects.bulk_update(steps, ["org"])
        return steps

    def own(self, code: str) -> Org:
        """Return an organisation that is acted on: it stands below the plan's."""
        org = self._found(code)
        rules.check_within(path=org.path, scope=self._scope, name=org.name)
        return org

    def other(self, code: str) -> Org:
        """Return a parent or a receiver: within the plan's organisation."""
        org = self._found(code)
        rules.check_target(path=org.path, scope=self._scope, name=org.name)
        return org

    @property
    def _scope(self) -> str:
        return Org.objects.values_list("path", flat=True).get(pk=self.plan.org_id)

    def _found(self, code: str) -> Org:
        return rules.check_known(Org.objects.filter(code=code).first(), code=code)


def _open(hand: Hand, step: Step) -> Org:
    parent = hand.other(step.to_code)
    new = orgs.NewOrg(
        code=step.code,
        name=step.name,
        kind=step.org_kind,
        level=step.level,
        opened_on=hand.on,
        parent_code=parent.code,
        sector=step.sector,
        new_org_kind=step.new_org_kind,
        industry=step.industry,
    )
    return orgs.open_org(new=new, at=hand.at, by=hand.by)


def _move(hand: Hand, step: Step) -> Org:
    org, parent = hand.own(step.code), hand.other(step.to_code)
    return orgs.move_org(org=org, parent=parent, on=hand.on, at=hand.at, by=hand.by)


def _merge(hand: Hand, step: Step) -> Org:
    org, into = hand.own(step.code), hand.other(step.to_code)
    if step.posts == Step.Posts.CONTINUE:
        org_rules.check_still_open(closed_on=into.closed_on, name=into.name)
        people.move_posts(org=org, into=into, on=hand.on, at=hand.at, by=hand.by)
    standing.check_none_on_the_way_out(_on_roll(org), org=org)
    return access.dissolve_into(org=org, into=into, on=hand.on, at=hand.at, by=hand.by)


def _members(hand: Hand, step: Step) -> Org:
    org, into = hand.own(step.code), hand.other(step.to_code)
    org_rules.check_successor(kind=org.kind, into_kind=into.kind)
    on_roll = _on_roll(org)
    if step.whom == Step.Whom.ENTERED:
        on_roll = on_roll.filter(starts_on__range=(step.entered_from, step.entered_to))
    listed = list(step.members.values_list("person_id", flat=True))
    if step.whom == Step.Whom.LISTED:
        on_roll = on_roll.filter(person__in=listed)
    moved = list(on_roll.order_by("pk"))
    rules.check_members(listed=len(listed), found=len(moved), name=org.name)
    standing.check_none_on_the_way_out(on_roll, org=org)
    people.transfer_some(memberships=moved, org=org, into=into, on=hand.on, at=hand.at, by=hand.by)
    return org


def _on_roll(org: Org) -> QuerySet[Membership]:
    return Membership.objects.filter(org=org, ends_on__isnull=True)


def _close(hand: Hand, step: Step) -> Org:
    return access.dissolve(org=hand.own(step.code), on=hand.on, at=hand.at, by=hand.by)


def _change(hand: Hand, step: Step) -> Org:
    org = hand.own(step.code)
    return orgs.change_org(
        org=org,
        name=step.name or org.name,
        sector=step.sector or org.sector,
        new_org_kind="" if step.unmarks else step.new_org_kind or org.new_org_kind,
        industry="" if step.unmarks else step.industry or org.industry,
        at=hand.at,
        by=hand.by,
    )


STEPS: Mapping[str, Callable[[Hand, Step], Org]] = {
    Kind.OPEN: _open,
    Kind.MOVE: _move,
    Kind.MERGE: _merge,
    Kind.MEMBERS: _members,
    Kind.CLOSE: _close,
    Kind.CHANGE: _change,
}
