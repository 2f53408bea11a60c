"""What an organisation was asked and has answered, for addresses that name it."""

from datetime import UTC, date, datetime

from qinghe.kernel.orgs.models import Org
from qinghe.systems.returns.models import (
    Cell,
    Definition,
    Dispute,
    Filing,
    ReportForm,
    Round,
    Value,
)

AT = datetime(2022, 7, 1, 1, 0, tzinfo=UTC)
ENDS = date(2022, 6, 30)
CODE = "LOC-01"
ONLY = 900_001  # far from where a database begins to count
CLERK = "岑"


def definition() -> Definition:
    """Return the one number that people defined here."""
    return Definition.objects.get_or_create(
        code=CODE,
        defaults={
            "id": ONLY,
            "label": "走访",
            "unit": "次",
            "meaning": "期内。",
            "made_at": AT,
            "made_by": CLERK,
        },
    )[0]


def form() -> ReportForm:
    """Return the one form there is: the district's, and so nobody's own."""
    definition()
    made, is_new = ReportForm.objects.get_or_create(
        slug="basics",
        version=1,
        defaults={
            "id": ONLY, "title": "团建情况", "period_kind": "half_year", "levels": ["community"],
            "state": "published", "made_at": AT, "made_by": CLERK, "published_at": AT,
        },
    )  # fmt: skip
    if is_new:
        Cell.objects.create(
            form=made, place=1, code=CODE, label="走访", unit="次", meaning="期内。"
        )
    return made


def filing(org: Org, *, mark: str) -> Filing:
    """Return what an organisation was asked, with a word of its own in it."""
    asked, _ = Round.objects.get_or_create(
        slug="basics",
        period="2022H1",
        defaults={
            "id": ONLY, "form": form(), "starts_on": date(2022, 1, 1), "ends_on": ENDS, "opens_on": ENDS,
            "closes_on": date(2022, 7, 10), "opened_at": AT, "opened_by": CLERK,
        },
    )  # fmt: skip
    return Filing.objects.get_or_create(
        round=asked,
        org=org,
        defaults={
            "reviewer": org.parent or org, "state": "submitted", "submitted_at": AT,
            "submitted_by": f"{CLERK}{mark}", "sender_id": 1, "late": True, "late_reason": mark,
        },
    )[0]  # fmt: skip


def value(org: Org, *, mark: str) -> Value:
    """Return what an organisation said, with a word beside it."""
    asked = filing(org, mark=mark)
    return Value.objects.get_or_create(
        filing=asked,
        cell=asked.round.form.cells.get(),
        defaults={"hundredths": 300, "note": mark},
    )[0]


def dispute(org: Org, *, mark: str) -> Dispute:
    """Return what an organisation does not agree with."""
    asked = filing(org, mark=mark)
    return Dispute.objects.get_or_create(
        filing=asked,
        cell=asked.round.form.cells.get(),
        defaults={"shown": "3", "reason": mark, "at": AT, "by": CLERK, "person_id": 1},
    )[0]
