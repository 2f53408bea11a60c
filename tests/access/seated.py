"""What the work with cadres leaves at every organisation: an election, a candidate, a secondment.

Only branches elect, so each organisation has one below it whose members and marks are its own.
"""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.cadres.models import (
    Achievement,
    Candidate,
    Elected,
    Election,
    Examination,
    Incentive,
    Secondment,
)

from . import branched

DAY, LAST = date(2022, 3, 1), date(2099, 12, 31)
ON_BRANCH = ("tenure", "election_new")


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person


def _election(at: Stands) -> Election:
    return Election.objects.get_or_create(
        org=branched.branch(at),
        defaults={
            "held_on": DAY, "entitled": 3, "present": 3, "votes": 3, "years": 2,
            "term_ends_on": LAST, "warn_on": LAST, "notes": at.mark, "size_reason": at.mark,
            "recorded_by": at.person, "moved_on": DAY,
        },
    )[0]  # fmt: skip


def _elected(at: Stands) -> Elected:
    return Elected.objects.get_or_create(
        election=_election(at), person=at.person,
        defaults={"title": f"书记{at.mark}", "service": "part_time", "votes": 3},
    )[0]  # fmt: skip


def _candidate(at: Stands) -> Candidate:
    return Candidate.objects.get_or_create(
        person=at.person,
        defaults={
            "org": at.org, "politics": "party", "education": "bachelor", "strengths": at.mark,
            "reason": at.mark, "nominated_by": at.person, "nominated_on": DAY, "agreed_on": DAY,
            "moved_on": DAY, "due_on": LAST, "state": "agreed",
        },
    )[0]  # fmt: skip


def _examination(at: Stands) -> Examination:
    return Examination.objects.get_or_create(candidate=_candidate(at), person=at.person)[0]


def _host(at: Stands) -> Org:
    code = f"{at.org.code}-JG"
    return Org.objects.get_or_create(
        code=code,
        defaults={
            "name": f"接收{at.mark}", "kind": "branch", "level": "unit", "parent": at.org,
            "path": f"{at.org.path}{code}/", "opened_on": DAY,
        },
    )[0]  # fmt: skip


def _secondment(at: Stands) -> Secondment:
    return Secondment.objects.get_or_create(
        person=at.person, home=at.org,
        defaults={
            "host": _host(at), "service": "seconded", "title": at.mark, "task": at.mark,
            "starts_on": DAY, "ends_on": LAST, "asked_by": at.person, "remind_on": DAY,
            "moved_on": DAY, "due_on": LAST,
        },
    )[0]  # fmt: skip


def _achievement(at: Stands) -> Achievement:
    return Achievement.objects.get_or_create(
        person=at.person, what=at.mark,
        defaults={
            "org": at.org, "day": DAY, "kind": "honour", "entered_by": at.person, "entered_on": DAY,
        },
    )[0]  # fmt: skip


def _incentive(at: Stands) -> Incentive:
    return Incentive.objects.get_or_create(
        person=at.person, year=2022,
        defaults={
            "org": at.org, "points": 10, "decision": "given", "given": at.mark, "reason": at.mark,
            "decided_by": at.person, "decided_on": DAY,
        },
    )[0]  # fmt: skip


MAKERS: dict[str, Callable[[Stands], object]] = {
    "cadre_election_id": lambda at: _election(at).pk,
    "elected_id": lambda at: _elected(at).pk,
    "candidate_id": lambda at: _candidate(at).pk,
    "examination_id": lambda at: _examination(at).pk,
    "secondment_id": lambda at: _secondment(at).pk,
    "achievement_id": lambda at: _achievement(at).pk,
    "incentive_id": lambda at: _incentive(at).pk,
    **{
        f"cadres:{page}:org_id": lambda at: branched.branch(at).pk  # what elects
        for page in ON_BRANCH
    },
}
