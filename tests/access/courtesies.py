"""What volunteering's courtesies leave at every organisation; a word for a skill is of no organisation."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.volunteering.models import (
    Attendance,
    CourtesyClaim,
    CourtesyItem,
    Evaluation,
    SkillWord,
    Sponsor,
    SponsorKey,
    Volunteer,
)

DAY, ENDS = date(2022, 3, 1), datetime(2022, 3, 1, 11, 0, tzinfo=UTC)
FAR = date(2099, 12, 31)
TO_REVIEW = ("sponsor_approve", "sponsor_refuse")


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person
    volunteer: Volunteer
    attendance: Attendance


def _sponsor(at: Stands, *, state: str = "active") -> Sponsor:
    return Sponsor.objects.get_or_create(
        name=f"{state}{at.mark}", org=at.org,
        defaults={
            "kind": "dining", "address": at.mark, "contact_name": at.mark, "contact": at.mark,
            "agreed_from": DAY, "agreed_to": FAR, "entered_by": at.person, "entered_on": DAY,
            "approved_on": DAY if state == "active" else None, "state": state,
        },
    )[0]  # fmt: skip


def _item(at: Stands, *, state: str = "open") -> CourtesyItem:
    return CourtesyItem.objects.get_or_create(
        sponsor=_sponsor(at), title=f"{state}{at.mark}",
        defaults={
            "kind": "entry", "about": at.mark, "area": at.org, "opens_on": DAY, "closes_on": FAR,
            "entered_by": at.person, "entered_on": DAY,
            "opened_on": DAY if state == "open" else None, "state": state,
            "taken": int(state == "open"),  # by the claim below
        },
    )[0]  # fmt: skip


def _claim(at: Stands) -> CourtesyClaim:
    return CourtesyClaim.objects.get_or_create(
        token=f"T{at.org.code}",
        defaults={
            "item": _item(at), "volunteer": at.volunteer, "org": at.org,
            "code": f"{at.org.pk:08d}", "claimed_at": ENDS, "claimed_on": DAY, "valid_until": FAR,
            "reason": at.mark,
        },
    )[0]  # fmt: skip


def _key(at: Stands) -> SponsorKey:
    return SponsorKey.objects.get_or_create(
        key_hash=f"K{at.org.code}",
        defaults={"sponsor": _sponsor(at), "label": at.mark, "made_at": ENDS},
    )[0]


MAKERS: dict[str, Callable[[Stands], object]] = {
    "sponsor_id": lambda at: _sponsor(at).pk,
    "sponsor_key_id": lambda at: _key(at).pk,
    "courtesy_item_id": lambda at: _item(at).pk,
    "courtesy_claim_id": lambda at: _claim(at).pk,
    **{
        f"volunteering:{page}:sponsor_id": lambda at: _sponsor(at, state="applied").pk
        for page in TO_REVIEW
    },
    **{
        f"{page}:courtesy_item_id": lambda at: _item(at, state="applied").pk
        for page in (
            "volunteering:courtesy_open",
            "volunteering:courtesy_refuse",
            "api:courtesy_open",
        )
    },
}


def _word(at: Stands) -> SkillWord:
    return SkillWord.objects.get_or_create(word=at.org.code)[0]


def _evaluation(at: Stands) -> Evaluation:
    return Evaluation.objects.get_or_create(
        attendance=at.attendance,
        defaults={
            "org": at.org, "traits": "punctual", "words": at.mark, "given_by": at.person,
            "at": ENDS, "state": "objected", "objection": at.mark, "objected_at": ENDS,
        },
    )[0]  # fmt: skip


MAKERS["evaluation_id"] = lambda at: _evaluation(at).pk
MAKERS["skill_word_id"] = lambda at: _word(at).pk
FIXED: dict[str, object] = {"till_secret": "no-such-till", "courtesy_token": "no-such-code"}
