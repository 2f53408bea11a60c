"""What reports leave at every organisation: texts, signatures, a frozen figure, a circular."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.analytics.models import Freezing, FrozenFigure, FrozenIndicator, Gathering
from qinghe.edges.sheets.models import Upload
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.reports.circulars.models import Addressee, Circular
from qinghe.reports.drafting.models import (
    FixedWording,
    Passage,
    PassageChange,
    PlanItem,
    Remark,
    Report,
)
from qinghe.reports.issuing.models import Circulation, Issue, Signing

DAY = date(2022, 3, 1)
ENDS = datetime(2022, 3, 1, 11, 0, tzinfo=UTC)
FREEZING = 1
PAGES = ("way", "submit", "withdraw", "issue", "changes", "differing")


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person
    upload: Upload


def _closed_report(at: Stands) -> Report:
    return Report.objects.get_or_create(
        org=at.org, period="2021H2",
        defaults={
            "title": f"总结{at.mark}", "signature": at.mark, "begun_at": ENDS,
            "begun_by": at.person, "state": "issued",
        },
    )[0]  # fmt: skip


def _report(at: Stands) -> Report:
    return Report.objects.get_or_create(
        org=at.org, period="2022H1",
        defaults={
            "title": f"总结{at.mark}", "signature": at.mark, "begun_at": ENDS,
            "begun_by": at.person,
        },
    )[0]  # fmt: skip


def _passage(at: Stands) -> Passage:
    passage, is_new = Passage.objects.get_or_create(
        report=_report(at), kind="paragraph", place=10,
        defaults={"text": at.mark, "changed_at": ENDS, "changed_by": at.person},
    )  # fmt: skip
    if is_new:
        PassageChange.objects.create(passage=passage, number=1, text=at.mark, at=ENDS, by=at.person)
    return passage


def _remark(at: Stands) -> Remark:
    return Remark.objects.create(passage=_passage(at), text=at.mark, at=ENDS, by=at.person)


def _fixed(at: Stands) -> FixedWording:
    return FixedWording.objects.get_or_create(
        report=_report(at), words=at.mark,
        defaults={"reason": at.mark, "person": at.person, "at": ENDS},
    )[0]  # fmt: skip


def _plan_item(at: Stands) -> PlanItem:
    return PlanItem.objects.create(report=_report(at), text=at.mark, org=at.org)


def _freezing() -> Freezing:
    """Return the one freezing there is; its pages name no organisation."""
    freezing, is_new = Freezing.objects.get_or_create(
        pk=FREEZING,
        defaults={
            "gathering": Gathering.objects.get_or_create(pk=FREEZING, defaults={"at": ENDS})[0],
            "period": "2021H2", "number": 1, "at": ENDS, "by": "岑", "as_of": ENDS,
            "tree_on": DAY, "figures": 0,
        },
    )  # fmt: skip
    if is_new:
        FrozenIndicator.objects.create(
            freezing=freezing, code="DIR-01", version=1, label="两新", unit="家", decimals=0
        )
    return freezing


def _circulation(at: Stands) -> Circulation:
    FrozenFigure.objects.get_or_create(
        gathering=_freezing().gathering, code="DIR-01", org=at.org,
        defaults={"value": "1", "exact": "1", "state": "complete", "records": 1, "sha256": at.mark},
    )  # fmt: skip
    return Circulation.objects.get_or_create(
        report=_closed_report(at), number=1,
        defaults={
            "freezing": _freezing(), "text": _text(at), "sha256": at.mark, "state": "issued",
            "begun_at": ENDS, "begun_by": at.person, "ended_at": ENDS,
        },
    )[0]  # fmt: skip


def _text(at: Stands) -> list[object]:
    return [{"kind": "paragraph", "runs": [{"text": at.mark}]}]


def _signing(at: Stands) -> Signing:
    return Signing.objects.get_or_create(
        circulation=_circulation(at), step="sign", person=at.person,
        defaults={"place": 3, "asked_at": ENDS, "at": ENDS, "verdict": "agreed"},
    )[0]  # fmt: skip


def _issue(at: Stands) -> Issue:
    circulation = _circulation(at)
    return Issue.objects.get_or_create(
        report=circulation.report,
        defaults={
            "circulation": circulation, "freezing": _freezing(), "dated_on": DAY,
            "issued_at": ENDS, "issued_by": at.person, "text": _text(at), "sha256": at.mark,
            "document": at.upload.file, "document_sha256": at.upload.file.sha256,
            "annex": at.upload.file, "annex_sha256": at.upload.file.sha256,
        },
    )[0]  # fmt: skip


def _circular(at: Stands, **more: object) -> Circular:
    return Circular.objects.create(
        org=at.org, period="2022H1", title=f"通报{at.mark}", opening=at.mark, signature=at.mark,
        writer=at.person.pk, writer_name="岑", begun_at=ENDS, **more,
    )  # fmt: skip


def _addressee(at: Stands) -> Addressee:
    issued = _circular(
        at, state="issued", sha256=at.mark, reviewer=at.person.pk + 1, reviewed_at=ENDS,
        issued_at=ENDS, as_of=ENDS,
    )  # fmt: skip
    return Addressee.objects.create(circular=issued, org=at.org, asked_at=ENDS, answer_by=DAY)


MAKERS: dict[str, Callable[[Stands], object]] = {
    "circular_id": lambda at: _addressee(at).circular_id,
    **{
        f"circulars:{page}:circular_id": lambda at: _circular(at).pk
        for page in ("figures", "text", "streets", "goals", "send")
    },
    "addressee_id": lambda at: _addressee(at).pk,
    "report_id": lambda at: _report(at).pk,
    "passage_id": lambda at: _passage(at).pk,
    "remark_id": lambda at: _remark(at).pk,
    "wording_id": lambda at: _fixed(at).pk,
    "plan_item_id": lambda at: _plan_item(at).pk,
    "signing_id": lambda at: _signing(at).pk,
    "issue_id": lambda at: _issue(at).pk,
    **{f"issuing:{page}:report_id": lambda at: _closed_report(at).pk for page in PAGES},
}
FIXED: dict[str, object] = {
    "issuing:figure:freezing_id": FREEZING,
    "issuing:figure:code": "DIR-01",
    "issuing:freezing:freezing_id": FREEZING,
    "issuing:recount:freezing_id": FREEZING,
    "circulars:goals:code": "DIR-01",
    "issuing:differing:code": "DIR-01",
    "issuing:file:which": "docx",
}
