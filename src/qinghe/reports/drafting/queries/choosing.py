"""Figures to choose from: for a chip to insert, for a number typed by hand, for the panel of a chip."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qinghe.analytics import catalogue, figures
from qinghe.analytics.figures import Figure
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.lib import wording
from qinghe.lib.periods import Period
from qinghe.reports.drafting import models, rules
from qinghe.reports.drafting.rules.findings import Code, Finding, Known
from qinghe.reports.drafting.rules.tokens import Against, Token
from qinghe.reports.half_year import blocks

from . import seen
from .lookup import FiguresOf, Lookup

MOST = 4
PROBLEMS = "问题"  # what the part about problems has in its heading
WAYS = (
    "exact",
    "wan:1",
    "wan:0",
    "wan:2",
    "hundreds",
    *(
        f"{style}:{10**power}"
        for style in ("over", "more", "near", "about")
        for power in range(1, 7)
    ),
)


@dataclass(frozen=True)
class Choice:
    """A figure that may be put into the text, with what it would print."""

    token: Token
    label: str
    unit: str
    said: str

    @property
    def code(self) -> str:
        """Return the code of its indicator."""
        return self.token.code


@dataclass(frozen=True)
class Change:
    """How a figure changed against another period, and the token that says so."""

    label: str
    period: str
    token: Token
    said: str


@dataclass(frozen=True)
class Chosen:
    """All that the panel of one chip says."""

    token: Token
    known: Known
    figure: Figure | None
    meaning: str
    org: Org
    changes: tuple[Change, ...]

    @property
    def span(self) -> str:
        """Name the days that the figure tells of."""
        return catalogue.span_label(self.token.code, self.known.period)


def choices(
    actor: Actor, report: models.Report, *, figures_of: FiguresOf = figures.cached
) -> list[Choice]:
    """Return every figure that a text may name, as it would print: those of the report first.

    Raises Refused: not_allowed, no_facts, facts_outdated.
    """
    seen.require_seen(actor, report)
    lookup = Lookup(report=report, texts=(), figures_of=figures_of)
    return list(_choices(lookup))


def candidates(
    actor: Actor,
    report: models.Report,
    *,
    found: Iterable[Finding],
    figures_of: FiguresOf = figures.cached,
) -> dict[Finding, list[Choice]]:
    """Return, for each number typed by hand, the figures of which it is true.

    Those whose unit follows the number come first. Raises Refused: not_allowed, no_facts,
    facts_outdated.
    """
    untraced = [each for each in found if each.code is Code.UNTRACED]
    if not untraced:
        return {}
    seen.require_seen(actor, report)
    lookup = Lookup(report=report, texts=(), figures_of=figures_of)
    known = [(choice, lookup.look(choice.token)) for choice in _choices(lookup)]
    values = [(choice, one.known.exact) for choice, one in known if one.known.exact]
    passages = report.passages.in_bulk([each.passage_id for each in untraced if each.passage_id])
    answers = {}
    for each in untraced:
        passage = passages.get(each.passage_id or 0)
        text = getattr(passage, each.part, "") if passage else ""
        answers[each] = _fitting(each.words, after=text[each.end :], values=values, lookup=lookup)
    return answers


def chosen(
    actor: Actor,
    report: models.Report,
    *,
    token: Token,
    figures_of: FiguresOf = figures.cached,
) -> Chosen:
    """Return what stands behind a token, and how it changed.

    Raises Refused: not_allowed, no_facts, facts_outdated.
    """
    seen.require_seen(actor, report)
    lookup = Lookup(report=report, texts=(str(token),), figures_of=figures_of)
    looked = lookup.look(token)
    declared = catalogue.every().get(token.code)
    wanted = lookup.wanted(token.code)
    meaning = declared.meaning if declared else (wanted.meaning if wanted else "")
    return Chosen(
        token=token,
        known=looked.known,
        figure=looked.number.figure,
        meaning=meaning,
        org=lookup.org(token) or report.org,
        changes=tuple(_changes(token, lookup)),
    )


def printed(
    actor: Actor,
    report: models.Report,
    *,
    texts: Sequence[str],
    figures_of: FiguresOf = figures.cached,
) -> dict[str, str]:
    """Return what each token of some texts prints, by the token as it is written.

    Raises Refused: not_allowed, no_facts, facts_outdated.
    """
    seen.require_seen(actor, report)
    lookup = Lookup(report=report, texts=texts, figures_of=figures_of)
    pieces = (piece for text in texts for piece in rules.parse(text))
    return {piece.text: lookup.look(piece.token).known.printed for piece in pieces if piece.token}


def place_for_problems(actor: Actor, report: models.Report) -> models.Passage | None:
    """Return the last passage of the part about problems: a further problem goes behind it.

    None where the report has no such part. Raises Refused: not_allowed.
    """
    seen.require_seen(actor, report)
    last = None
    for passage in report.passages.filter(removed_at__isnull=True).order_by("place", "pk"):
        is_part = passage.kind == models.Passage.Kind.PART
        if is_part and last is not None:
            break
        if last is not None or (is_part and PROBLEMS in passage.heading):
            last = passage
    return last


def _choices(lookup: Lookup) -> Iterable[Choice]:
    codes = dict.fromkeys([*blocks.BY_CODE, *lookup.declared])
    for code in codes:
        token = Token(code)
        wanted = lookup.wanted(code)
        if wanted is not None:
            said = lookup.look(token).known.printed
            yield Choice(token, wanted.label, wanted.unit, said)


def _fitting(
    words: str,
    *,
    after: str,
    values: Sequence[tuple[Choice, Decimal]],
    lookup: Lookup,
) -> list[Choice]:
    claims = wording.claims(words)
    if len(claims) != 1:
        return []
    true = [(choice, value) for choice, value in values if claims[0].is_true_of(value)]
    true.sort(key=lambda pair: not (pair[0].unit and after.startswith(pair[0].unit)))
    return [_worded(choice, words=words, lookup=lookup) for choice, _ in true[:MOST]]


def _worded(choice: Choice, *, words: str, lookup: Lookup) -> Choice:
    """Return a choice in the way of printing that was typed, where there is one."""
    if choice.said == words:
        return choice
    for way in WAYS:
        token = replace(choice.token, phrase=way)
        said = lookup.look(token).known.printed
        if said == words:
            return replace(choice, token=token, said=said)
    return choice


def _changes(token: Token, lookup: Lookup) -> Iterable[Change]:
    bases: set[Period] = set()
    for against, label in ((Against.LAST_YEAR, "较上年同期"), (Against.PREVIOUS, "较上期")):
        token_of = replace(token, against=str(against), phrase="")
        base = lookup.base(token_of)
        if base is None or base in bases:  # of a yearly number both are the year before
            continue
        bases.add(base)
        known = lookup.look(token_of).known
        said = known.printed if known.exact is not None else "没有可比的数据"
        yield Change(label, base.label, token_of, said)


__all__ = [
    "Change",
    "Choice",
    "Chosen",
    "candidates",
    "choices",
    "chosen",
    "place_for_problems",
    "printed",
]
