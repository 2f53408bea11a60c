"""Issued reports, and how a correction differs from what it corrects."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from qinghe.analytics import frozen
from qinghe.analytics.figures import State
from qinghe.analytics.frozen import Change, Differing
from qinghe.analytics.models import Freezing, FrozenFigure
from qinghe.edges.web import scope
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import AREAS
from qinghe.kernel.orgs.models import Org
from qinghe.reports.drafting.models import Report
from qinghe.reports.issuing import text
from qinghe.reports.issuing.access import Act
from qinghe.reports.issuing.models import Issue, Signing
from qinghe.reports.issuing.text import Paragraph, ParagraphChanged, Piece

from .frozen_figures import RecordLine, lines_of
from .rounds import STANDING


@dataclass(frozen=True)
class Run:
    """Some words of an issued text; a figure leads to where it stands frozen."""

    piece: Piece
    url: str


@dataclass(frozen=True)
class IssuedParagraph:
    """A paragraph of an issued text."""

    kind: str
    text: str
    runs: Sequence[Run]


@dataclass(frozen=True)
class ChangeShown:
    """A figure that is another than in the version before."""

    change: Change
    org: Org
    in_text: bool

    @property
    def old(self) -> str:
        """Return what was printed."""
        return _said(self.change.old)

    @property
    def new(self) -> str:
        """Return what is printed now."""
        return _said(self.change.new)


@dataclass(frozen=True)
class Step:
    """A version since the one compared with: why it was made, and who agreed to it."""

    report: Report
    signings: Sequence[Signing]


@dataclass(frozen=True)
class CorrectionShown:
    """What a version changes of an issued one before it, and who agreed."""

    report: Report
    before: Issue
    old: Freezing
    new: Freezing
    printed: Sequence[ChangeShown]  # the number or its state is another
    behind: Sequence[ChangeShown]  # the same number, of other records
    steps: Sequence["Step"]  # each version since, oldest first
    paragraphs: Sequence[ParagraphChanged]
    earlier: Sequence[Issue]  # what it may be compared with


@dataclass(frozen=True)
class Group:
    """Records of one kind of difference; `count` may be more than are named."""

    label: str
    count: int
    lines: Sequence[RecordLine]

    @property
    def rest(self) -> int:
        """Return how many are not named."""
        return self.count - len(self.lines)


@dataclass(frozen=True)
class DifferingShown:
    """The records by which a figure of a correction differs."""

    found: Differing
    groups: Sequence[Group]


def issues_seen_by(actor: Actor) -> QuerySet[Issue]:
    """Return the issued reports that this actor may read, newest first."""
    return Issue.objects.filter(
        report__org__in=actors.orgs_where(actor, Act.SEE)
    ).select_related(
        "report__org", "report__corrects", "freezing", "issued_by", "document", "annex",
        "circulation__begun_by",
    )  # fmt: skip


def replaced_by(actor: Actor, issue: Issue) -> Issue | None:
    """Return the issued report that corrects one, if there is any."""
    return issues_seen_by(actor).filter(report__corrects=issue.report_id).first()


def may_correct(actor: Actor, issue: Issue) -> bool:
    """Test if the actor may begin a version that corrects an issued report."""
    report = issue.report
    if report.state != Report.State.ISSUED or report.corrections.exists():
        return False
    return actors.may(actor, Act.SUBMIT, at=report.org)


def issued_text(actor: Actor, found: Sequence[text.Stored], org: Org) -> list[IssuedParagraph]:
    """Return a kept text with links from its figures to where they stand frozen."""
    actors.require(actor, Act.SEE, at=org)
    paragraphs = text.paragraphs(found)
    codes = _codes(paragraphs)
    return [
        IssuedParagraph(
            each.kind, each.text, [Run(piece, _url(piece, codes)) for piece in each.pieces]
        )
        for each in paragraphs
    ]


def correction_of(
    actor: Actor, report: Report, *, since: int | None = None
) -> CorrectionShown | None:
    """Return what a version changes of an issued one before it: of the last, or of the one named.

    None where there is none, or nothing is frozen yet.
    """
    actors.require(actor, Act.SEE, at=report.org)
    earlier = list(
        issues_seen_by(actor)
        .filter(
            report__org=report.org_id,
            report__period=report.period,
            report__version__lt=report.version,
        )
        .order_by("-report__version")
    )
    before = next((each for each in earlier if since in (None, each.pk)), None)
    last = report.circulations.select_related("freezing").first()
    writing = report.state == Report.State.WRITING
    new = frozen.newest(report.span) if writing or last is None else last.freezing
    if before is None or new is None:
        return None
    changes = _changes(report, before.freezing, new, before)
    now = last.text if last and not writing else []
    return CorrectionShown(
        report=report,
        before=before,
        old=before.freezing,
        new=new,
        printed=[each for each in changes if each.change.is_printed_differently],
        behind=[each for each in changes if not each.change.is_printed_differently],
        steps=_steps(report, before.report),
        paragraphs=text.compared(before.text, now) if now else (),
        earlier=earlier,
    )


def differing_seen_by(
    actor: Actor, shown: CorrectionShown, *, code: str, org: Org, part: str
) -> DifferingShown:
    """Return the very records by which a figure is another than before.

    Raises Refused: not_allowed, facts_not_kept, facts_damaged, unknown_indicator, unknown_part.
    """
    actors.require(actor, Act.SEE, at=org)
    found = frozen.differing(shown.old, shown.new, code=code, org_id=org.pk, part=part)
    named = zip(
        ("新增的记录", "不再计入的记录", "内容改变的记录"),
        (found.added, found.removed, found.changed),
        found.counts,
        strict=True,
    )
    groups = [
        Group(label, count, lines_of(actor, model=found.model, ids=ids[:100]))
        for label, ids, count in named
    ]
    return DifferingShown(found, groups)


def _steps(report: Report, before: Report) -> list[Step]:
    """Return the versions that came after one, up to a version, with who signed each as it stands."""
    between = Report.objects.filter(
        org=report.org_id,
        period=report.period,
        version__gt=before.version,
        version__lte=report.version,
    ).order_by("version")
    signed = Signing.objects.filter(
        circulation__report__in=between, circulation__state__in=STANDING
    ).select_related("person", "circulation")
    by_report: dict[int, list[Signing]] = {}
    for each in signed.order_by("circulation__number", "place", "pk"):
        by_report.setdefault(each.circulation.report_id, []).append(each)
    return [Step(each, by_report.get(each.pk, [])) for each in between]


def _changes(report: Report, old: Freezing, new: Freezing, before: Issue) -> list[ChangeShown]:
    orgs = [report.org, *scope.children_on(report.org, new.tree_on).filter(kind__in=AREAS)]
    by_id = {org.pk: org for org in orgs}
    printed = {
        (piece.code, piece.org_id)
        for paragraph in text.paragraphs(before.text)
        for piece in paragraph.pieces
    }
    found = [
        ChangeShown(each, by_id[each.org_id], (each.code, each.org_id) in printed)
        for each in frozen.changes(old, new, org_ids=list(by_id))
    ]
    return sorted(
        found,
        key=lambda each: (
            each.org.pk != report.org_id,
            not each.in_text,
            each.change.code,
            each.org.code,
        ),
    )


def _said(figure: FrozenFigure | None) -> str:
    if figure is None:
        return State.MISSING.label
    return State(figure.state).label if figure.number is None else f"{figure.number:,f}"


def _codes(paragraphs: Sequence[Paragraph]) -> dict[int, str]:
    ids = {piece.org_id for each in paragraphs for piece in each.pieces if piece.org_id}
    return dict(Org.objects.filter(pk__in=ids).values_list("pk", "code"))


def _url(piece: Piece, codes: dict[int, str]) -> str:
    if not piece.freezing_id or piece.org_id not in codes:
        return ""
    return reverse("issuing:figure", args=[piece.freezing_id, piece.code, codes[piece.org_id]])
