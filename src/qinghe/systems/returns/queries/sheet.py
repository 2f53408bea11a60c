"""One filing with everything beside its cells: records, last period, questions, papers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet

from qinghe.analytics import figures
from qinghe.analytics.figures import Figure, Figures
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.files.models import Attachment
from qinghe.lib.periods import Period
from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import models, rules
from qinghe.systems.returns.rules import Question, Worth

State = models.Filing.State
FiguresOf = Callable[[Period], Figures]
FIRST = 30  # names of those missing that a street's filing carries


@dataclass(frozen=True)
class FilledCell:
    """One cell as the page shows it."""

    cell: models.Cell
    worth: Worth
    value: models.Value | None = None
    derived: bool = False
    figure: Figure | None = None
    last: Worth | None = None
    questions: tuple[Question, ...] = ()
    evidence: tuple[Attachment, ...] = ()
    changes: int = 0
    disputes: tuple[models.Dispute, ...] = ()

    @property
    def said(self) -> str:
        """Return what stands in the cell in the words of the page; nothing for 未报."""
        if self.derived:
            return _printed(self.figure)
        return rules.said(self.worth, kind=self.cell.kind)

    @property
    def last_said(self) -> str:
        """Return what was accepted for the period before."""
        return rules.said(self.last, kind=self.cell.kind) if self.last else ""

    @property
    def open_dispute(self) -> models.Dispute | None:
        """Return the dispute that waits for an answer."""
        return next((one for one in self.disputes if one.settled_at is None), None)


@dataclass(frozen=True)
class FilledForm:
    """A filing with its cells, and what is still asked about them."""

    filing: models.Filing
    cells: tuple[FilledCell, ...]
    questions: tuple[Question, ...]
    answered: Mapping[str, str]  # what was said to questions that are still asked so
    reviews: tuple[models.Review, ...] = ()
    no_figures: str = ""  # why derived cells are empty

    @property
    def filled(self) -> int:
        """Count the cells that need nothing more."""
        return sum(one.derived or one.worth.reported for one in self.cells)


@dataclass(frozen=True)
class _Around:
    """What stands around the cells of one filing, by cell or code."""

    values: Mapping[int, models.Value]
    derived: frozenset[int]
    shown: Mapping[str, Figure | None]
    last: Mapping[str, Worth]
    evidence: Mapping[int, Sequence[Attachment]]
    disputes: Mapping[int, Sequence[models.Dispute]]


def sheet_of(
    actor: Actor, filing: models.Filing, *, figures_of: FiguresOf = figures.cached
) -> FilledForm:
    """Return a filing that this actor was shown, filled in, in a fixed number of queries."""
    cells = list(models.Cell.objects.filter(form=filing.round.form_id).order_by("place"))
    rows = models.CellRule.objects.filter(form=filing.round.form_id)
    around, why = _around(filing, cells, figures_of=figures_of)
    worths = {cell.code: around.values[cell.pk].worth for cell in cells if cell.pk in around.values}
    questions = rules.questions_about(
        cells=[cell.spec for cell in cells],
        between=[row.between for row in rows],
        worths=worths,
        shown={code: found.exact if found else None for code, found in around.shown.items()},
        last=_amounts(around.last),
    )
    asked = {question.key: question.words for question in questions}
    return FilledForm(
        filing=filing,
        cells=tuple(_filled(cell, around, questions) for cell in cells),
        questions=tuple(questions),
        answered={
            answer.question_key: answer.text
            for answer in filing.answers.all()
            if asked.get(answer.question_key) == answer.asked
        },
        reviews=tuple(filing.reviews.all()),
        no_figures=why,
    )


def shown_in(
    actor: Actor,
    filing: models.Filing,
    cell: models.Cell,
    *,
    figures_of: FiguresOf = figures.cached,
) -> str:
    """Return the number that a derived cell shows now."""
    shown, _ = _shown(filing, [cell], figures_of=figures_of)
    return _printed(shown[cell.code]) or "无数据"


def history_of(actor: Actor, value: models.Value) -> QuerySet[models.ValueChange]:
    """Return the changes of a value that this actor was shown, the newest first."""
    return value.changes.all()


def below_of(actor: Actor, filing: models.Filing) -> dict[str, object]:
    """Return how far those are whose returns of the same period this organisation reviews.

    Nothing where nobody below is asked for that period.
    """
    if filing.org.kind != filing.org.level or filing.org.level not in ("street", "district"):
        return {}
    rows = models.Filing.objects.filter(
        reviewer=filing.org_id, round__period=filing.round.period
    ).exclude(org=filing.org_id)
    counts = dict(rows.order_by().values_list("state").annotate(number=Count("pk")))
    if not counts:
        return {}
    missing = (
        rows.filter(state__in=rules.OPEN)
        .order_by("org__path")
        .values_list("org__name", "round__form__title")
    )
    return {
        "expected": sum(counts.values()),
        "accepted": counts.get(State.ACCEPTED, 0),
        "waiting": counts.get(State.SUBMITTED, 0),
        "missing": sum(counts.get(state, 0) for state in rules.OPEN),
        "names": [f"{name}（{title}）" for name, title in missing[:FIRST]],
    }


def _around(
    filing: models.Filing, cells: Sequence[models.Cell], *, figures_of: FiguresOf
) -> tuple[_Around, str]:
    derived = frozenset(filing.round.derived.values_list("cell_id", flat=True))
    shown, why = _shown(
        filing, [cell for cell in cells if cell.pk in derived], figures_of=figures_of
    )
    values = {value.cell_id: value for value in filing.values.annotate(times=Count("changes"))}
    disputes: dict[int, list[models.Dispute]] = {}
    for dispute in filing.disputes.all():
        disputes.setdefault(dispute.cell_id, []).append(dispute)
    return _Around(values, derived, shown, _last(filing), _evidence(values), disputes), why


def _shown(
    filing: models.Filing, cells: Sequence[models.Cell], *, figures_of: FiguresOf
) -> tuple[dict[str, Figure | None], str]:
    """Return the figures of derived cells, and why there are none."""
    if not cells:
        return {}, ""
    shown: dict[str, Figure | None] = {cell.code: None for cell in cells}
    try:
        found = figures_of(filing.round.span)
        for code in shown:
            shown[code] = found[code, filing.org_id]
    except Refused as refusal:
        return shown, refusal.reason
    return shown, ""


def _last(filing: models.Filing) -> dict[str, Worth]:
    """Return what the organisation reported for the period before, once accepted."""
    before = filing.round.span.previous()
    rows = models.Value.objects.filter(
        filing__org=filing.org_id,
        filing__round__slug=filing.round.slug,
        filing__round__period=before.name,
        filing__state=State.ACCEPTED,
    ).select_related("cell")
    return {row.cell.code: row.worth for row in rows if row.worth.reported}


def _evidence(values: Mapping[int, models.Value]) -> dict[int, list[Attachment]]:
    """Return the papers of values, by cell."""
    cells = {value.pk: cell_id for cell_id, value in values.items()}
    found: dict[int, list[Attachment]] = {}
    rows = Attachment.objects.filter(
        subject_kind=models.Value._meta.label, subject_id__in=list(cells), removed_at__isnull=True
    )
    for row in rows.select_related("file"):
        found.setdefault(cells[row.subject_id], []).append(row)
    return found


def _filled(cell: models.Cell, around: _Around, questions: Sequence[Question]) -> FilledCell:
    value = around.values.get(cell.pk)
    return FilledCell(
        cell=cell,
        worth=value.worth if value else rules.NOTHING,
        value=value,
        derived=cell.pk in around.derived,
        figure=around.shown.get(cell.code),
        last=around.last.get(cell.code),
        questions=tuple(one for one in questions if one.code == cell.code),
        evidence=tuple(around.evidence.get(cell.pk, ())),
        changes=value.times if value else 0,  # type: ignore[attr-defined]
        disputes=tuple(around.disputes.get(cell.pk, ())),
    )


def _amounts(last: Mapping[str, Worth]) -> dict[str, Decimal]:
    return {code: worth.amount for code, worth in last.items() if worth.amount is not None}


def _printed(figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return ""
    return f"{figure.value:f}"
