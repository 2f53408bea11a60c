"""What volunteering's teams, trainings and insurances leave at every organisation.

A team that anybody may ask to join, or object to, carries no mark in its name.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.volunteering.models import (
    Credit,
    HeadChange,
    Policy,
    Team,
    TeamConfirmation,
    TeamMember,
    TeamObjection,
    TeamStanding,
    Training,
    Volunteer,
)

DAY, ENDS = date(2022, 3, 1), datetime(2022, 3, 1, 11, 0, tzinfo=UTC)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person
    volunteer: Volunteer


def _team(at: Stands) -> Team:
    team, made = Team.objects.get_or_create(
        code=f"TN{at.org.code}",
        defaults={
            "name": "组织网服务队", "org": at.org, "applied_on": DAY, "approved_on": DAY,
            "state": "approved",
        },
    )  # fmt: skip
    if made:
        TeamStanding.objects.create(team=team, starts_on=DAY)
    return team


def _noticed(at: Stands) -> Team:
    return Team.objects.get_or_create(
        code=f"TG{at.org.code}",
        defaults={
            "name": "公示中的队", "org": at.org, "applied_on": DAY, "notice_from": DAY,
            "notice_until": date(2999, 1, 1), "state": "noticed",
        },
    )[0]  # fmt: skip


def _member(at: Stands) -> TeamMember:
    team = _team(at)
    TeamMember.objects.filter(team=team).exclude(state__in=["left", "refused"]).update(
        state="refused", joined_on=None
    )
    return TeamMember.objects.create(
        team=team, volunteer=at.volunteer, asked_on=DAY, state="asked", words=at.mark
    )


def _change(at: Stands) -> HeadChange:
    HeadChange.objects.filter(team=_team(at)).delete()
    return HeadChange.objects.create(
        team=_team(at), volunteer=at.volunteer, reason=at.mark, applied_by=at.person,
        applied_on=DAY,
    )  # fmt: skip


def _confirmation(at: Stands) -> TeamConfirmation:
    TeamConfirmation.objects.filter(team=_team(at)).delete()
    return TeamConfirmation.objects.create(
        team=_team(at), year=2022, head=at.volunteer, members=1, sessions=0, words=at.mark,
        submitted_by=at.person, submitted_on=DAY,
    )  # fmt: skip


def _objection(at: Stands) -> TeamObjection:
    return TeamObjection.objects.create(team=_noticed(at), person=at.person, words=at.mark, at=ENDS)


def _training(at: Stands) -> Training:
    return Training.objects.get_or_create(
        title=f"培训{at.mark}",
        org=at.org,
        defaults={"kind": "heads", "day": DAY, "quarters": 8, "entered_at": ENDS},
    )[0]


def _credit(at: Stands) -> Credit:
    Credit.objects.filter(training=_training(at)).delete()
    return Credit.objects.create(
        training=_training(at), volunteer=at.volunteer, quarters=8, credited_at=ENDS
    )


def _policy(at: Stands) -> Policy:
    Policy.objects.filter(org=at.org).delete()
    return Policy.objects.create(
        insurer="平安", number=f"BD{at.org.code}", org=at.org, starts_on=DAY,
        ends_on=date(2999, 1, 1), covers=at.mark, entered_at=ENDS,
    )  # fmt: skip


MAKERS: dict[str, Callable[[Stands], object]] = {
    "team_member_id": lambda at: _member(at).pk,
    "head_change_id": lambda at: _change(at).pk,
    "team_confirmation_id": lambda at: _confirmation(at).pk,
    "team_objection_id": lambda at: _objection(at).pk,
    "training_id": lambda at: _training(at).pk,
    "credit_id": lambda at: _credit(at).pk,
    "policy_id": lambda at: _policy(at).pk,
    "volunteering:own_team_ask:team_id": lambda at: _team(at).pk,
    "volunteering:own_team_object:team_id": lambda at: _noticed(at).pk,
    "volunteering:team_stand:team_id": lambda at: _noticed(at).pk,
    "api:stand_team:team_id": lambda at: _noticed(at).pk,
    "api:join_team:team_id": lambda at: _team(at).pk,
}
BODIES: dict[str, Callable[[Stands], object]] = {
    "api:found_team": lambda at: {
        "code": f"TX{at.org.code}", "name": "新队", "org": at.org.code,
        "head": at.volunteer.number, "founders": [],
    },
    "api:confirm_team": lambda at: {"words": ""},
    "api:enter_training": lambda at: {
        "title": "培训", "kind": "heads", "org": at.org.code, "day": "2022-03-01",
        "credit_hours": "2",
    },
    "api:credit": lambda at: {"volunteers": [at.volunteer.number]},
}  # fmt: skip
