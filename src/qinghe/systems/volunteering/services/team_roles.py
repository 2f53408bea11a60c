"""How the post of a team's head follows the team, and the role of a head follows the post.

Whoever may appoint a TEAM_LEADER at the host (kernel.access) appoints with the same act. Where they
may not, or the head has no account, the post begins all the same and the team's page says that the
role is still to be given: no right is invented here.
"""

from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access import rules as access_rules
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.volunteering import models

HEAD = models.TeamPost.Post.HEAD


@transaction.atomic
def begin_head(
    *, team: models.Team, volunteer: models.Volunteer, on: date, at: datetime, by: Actor
) -> models.TeamPost:
    """Let a volunteer lead a team from a day on, and the one before go."""
    living = team.posts.filter(ends_on__isnull=True).select_related("team__org", "volunteer")
    for post in living:
        if post.post == HEAD or post.volunteer_id == volunteer.pk:
            end_post(post=post, on=on, at=at, by=by)
    made = models.TeamPost.objects.create(team=team, volunteer=volunteer, post=HEAD, starts_on=on)
    _give(volunteer.person, team.org, on=on, at=at, by=by)
    return made


@transaction.atomic
def end_post(*, post: models.TeamPost, on: date, at: datetime, by: Actor) -> None:
    """End a post, and the head's role unless they lead another team of the same host."""
    post.ends_on = on
    post.save(update_fields=["ends_on"])
    if post.post != HEAD:
        return
    others = models.TeamPost.objects.filter(
        volunteer=post.volunteer_id, post=HEAD, ends_on__isnull=True, team__org=post.team.org_id
    )
    if not others.exists():
        _take(post.volunteer.person_id, post.team.org, on=on, at=at, by=by)


def _give(person: Person, org: Org, *, on: date, at: datetime, by: Actor) -> None:
    if by.person_id == person.pk or access_queries.account_of(person) is None:
        return
    if not access_rules.may_appoint(by=by, role=Role.TEAM_LEADER, org=org):
        return
    held = access_queries.holdings_on(on).filter(person=person, role=Role.TEAM_LEADER, org=org)
    if not held.exists():
        access.give_role(person=person, role=Role.TEAM_LEADER, org=org, starts_on=on, at=at, by=by)


def _take(person_id: int, org: Org, *, on: date, at: datetime, by: Actor) -> None:
    if not access_rules.may_appoint(by=by, role=Role.TEAM_LEADER, org=org):
        return
    held = access_queries.holdings_on(on).filter(
        person=person_id, role=Role.TEAM_LEADER, org=org, deputy_for__isnull=True
    )
    for holding in held.select_related("person", "org"):
        access.end_role(holding=holding, on=on, reason="不再担任队伍负责人", at=at, by=by)
