"""An organisation that ceases to be, with all that the kernel keeps there: one act, one day."""

from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.orgs import rules as org_rules
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import rules as people_rules
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Membership

from .holdings import end_roles_of


@transaction.atomic
def dissolve_into(*, org: Org, into: Org, on: date, at: datetime, by: object) -> Org:
    """Close an organisation whose successor takes over what is below it and its members.

    Posts and roles there end that day. Raises Refused: wrong_successor and those of merge_org and
    transfer_roll.
    """
    org_rules.check_successor(kind=org.kind, into_kind=into.kind)
    merged = orgs.merge_org(org=org, into=into, on=on, at=at, by=by)
    people.transfer_roll(org=merged, into=into, on=on, at=at, by=by)
    _end_what_is_held(org=merged, on=on, at=at, by=by)
    return merged


@transaction.atomic
def dissolve(*, org: Org, on: date, at: datetime, by: object) -> Org:
    """Close an organisation with nobody on its roll and nothing below; its posts and roles end.

    Raises Refused: has_members and those of close_org.
    """
    on_roll = Membership.objects.filter(org=org, ends_on__isnull=True).count()
    people_rules.check_nobody_left(members=on_roll, name=org.name)
    closed = orgs.close_org(org=org, on=on, at=at, by=by)
    _end_what_is_held(org=closed, on=on, at=at, by=by)
    return closed


def _end_what_is_held(*, org: Org, on: date, at: datetime, by: object) -> None:
    people.end_posts_of(org=org, on=on, at=at, by=by)
    end_roles_of(org=org, on=on, at=at, by=by)
