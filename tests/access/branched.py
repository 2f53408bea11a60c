"""What the work of branches leaves at every organisation: at one that is no branch, in a branch below."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.branches.models import (
    Grading,
    GradingRound,
    GradingShare,
    GradingTerms,
    Meeting,
)
from qinghe.systems.branches.rules import MEETING

DAY = date(2022, 3, 1)
WRITTEN = datetime(2022, 3, 1, 11, 0, tzinfo=UTC)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person


def branch(at: Stands) -> Org:
    if at.org.kind in MEETING:
        return at.org
    code = f"{at.org.code}-ZB"
    return Org.objects.get_or_create(
        code=code,
        defaults={
            "name": f"支部{at.mark}", "kind": "branch", "level": "unit", "parent": at.org,
            "path": f"{at.org.path}{code}/", "opened_on": DAY,
        },
    )[0]  # fmt: skip


def _meeting(at: Stands) -> Meeting:
    return Meeting.objects.get_or_create(
        org=branch(at), kind="general", day=DAY, topic=f"大会{at.mark}",
        defaults={
            "place": at.mark, "entitled": 2, "present": 2, "counts": True, "slot": "2022Q1",
            "notes": at.mark, "recorded_by": at.person, "recorded_at": WRITTEN,
        },
    )[0]  # fmt: skip


def _round() -> GradingRound:
    return GradingRound.objects.get_or_create(
        year=2021,
        defaults={
            "terms": GradingTerms.objects.earliest("starts_on"), "reference_on": DAY,
            "self_closes_on": DAY, "review_closes_on": DAY, "opened_at": WRITTEN,
        },
    )[0]  # fmt: skip


def _grading(at: Stands) -> Grading:
    share, _ = GradingShare.objects.get_or_create(
        round=_round(), committee=at.org, defaults={"branches": 1}
    )
    return Grading.objects.get_or_create(
        round=_round(), org=branch(at),
        defaults={
            "share": share, "months": 24, "words": at.mark, "report": at.mark,
            "secretary": at.person, "signed_at": WRITTEN, "state": "signing",
        },
    )[0]  # fmt: skip


MAKERS: dict[str, Callable[[Stands], object]] = {
    "branch_id": lambda at: branch(at).pk,
    "meeting_id": lambda at: _meeting(at).pk,
    "grading_id": lambda at: _grading(at).pk,
    "grading_round_id": lambda at: _round().pk,
}
BODIES: dict[str, Callable[[Stands], object]] = {
    "api:record_meeting": lambda at: {
        "org": branch(at).code, "kind": "theme", "day": DAY.isoformat(), "topic": "主题团日",
        "present": 1, "entitled": 2,
    },
}  # fmt: skip
