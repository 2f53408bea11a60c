"""What assessments leave at every organisation: nothing of it is shown to others yet."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.assessments.models import Assessment, Item, Mark, Objection, Scheme

DAY, LAST = date(2022, 3, 1), date(2099, 12, 31)
AT = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person


def _scheme(at: Stands) -> Scheme:
    """Return the scheme by which all of a district are assessed: it carries no mark."""
    district = Org.objects.get(code=at.org.path.split("/")[1])
    found, _ = Scheme.objects.get_or_create(
        org=district, period="2021", audience="streets",
        defaults={
            "name": "2021年度考核", "self_by": LAST, "source": "考核文件", "state": "published",
            "published_on": DAY,
        },
    )  # fmt: skip
    return found


def _item(at: Stands) -> Item:
    heading, _ = Item.objects.get_or_create(
        scheme=_scheme(at), place=1, parent=None, defaults={"name": "分类", "way": "heading"}
    )
    found, _ = Item.objects.get_or_create(
        scheme=_scheme(at), parent=heading, place=1,
        defaults={"name": "项目", "way": "self", "full": 10_000},
    )  # fmt: skip
    return found


def _assessment(at: Stands) -> Assessment:
    found, _ = Assessment.objects.get_or_create(
        scheme=_scheme(at), org=at.org, defaults={"due_on": LAST, "reason": at.mark}
    )
    return found


def _mark(at: Stands) -> Mark:
    found, _ = Mark.objects.get_or_create(
        assessment=_assessment(at), item=_item(at),
        defaults={"self_marks": 9_000, "self_reason": at.mark, "kept_at": AT, "final": 8_000},
    )  # fmt: skip
    return found


def _objection(at: Stands) -> Objection:
    found, _ = Objection.objects.get_or_create(
        mark=_mark(at),
        defaults={
            "reason": at.mark, "filed_by": at.person, "filed_on": DAY, "answer_by": LAST,
            "before": 8_000,
        },
    )  # fmt: skip
    return found


MAKERS: dict[str, Callable[[Stands], object]] = {
    "scheme_id": lambda at: _scheme(at).pk,
    "scheme_item_id": lambda at: _item(at).pk,
    "assessment_id": lambda at: _assessment(at).pk,
    "assessment_mark_id": lambda at: _mark(at).pk,
    "assessment_objection_id": lambda at: _objection(at).pk,
}
