"""What the API of volunteering's people is sent: profiles, feedback, teams' people, disputes."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.systems.volunteering.models import Profile, Volunteer


class Stands(Protocol):
    """What these are about at an organisation."""

    org: Org
    mark: str
    volunteer: Volunteer


def _profile(at: Stands) -> Profile:
    return Profile.objects.get_or_create(
        volunteer=at.volunteer,
        defaults={
            "words": at.mark, "findable_on": date(2022, 3, 1),
            "changed_at": datetime(2022, 3, 1, 11, 0, tzinfo=UTC),
        },
    )[0]  # fmt: skip


WHY = {"reason": "核对名册"}
BODIES: dict[str, Callable[[Stands], object]] = {
    "api:keep_profile": lambda at: {"findable": False},
    "api:call": lambda at: {"profile": _profile(at).pk},
    "api:rate": lambda at: {"score": 5},
    "api:evaluate": lambda at: {"traits": ["punctual"]},
    "api:object_to_evaluation": lambda at: {"words": "当天有记录"},
    "api:answer_evaluation": lambda at: {"withdrawn": True, "answer": "核对后撤销"},
    "api:invite": lambda at: {"volunteer": at.volunteer.number},
    "api:turn_away": lambda at: WHY,
    "api:take_out": lambda at: WHY,
    "api:ask_for_head": lambda at: WHY,
    "api:refuse_head": lambda at: WHY,
    "api:dispute_wrong": lambda at: {"words": "时间不对"},
    "api:dispute_missing": lambda at: {
        "org": at.org.code, "day": "2022-03-01", "words": "缺一条记录",
    },
    "api:answer_dispute": lambda at: {"corrected": False, "answer": "以名册为准"},
}  # fmt: skip
