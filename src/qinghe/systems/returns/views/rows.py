"""A filing's cells as its pages show them: what stands there, what was typed, what is asked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import numbers, pages
from qinghe.systems.returns import rules
from qinghe.systems.returns.queries import Filing, FilledCell, FilledForm, State

BLANK = "blank:"  # a cell without anything: told by its empty box, and once more before sending
TONES: dict[str, pages.Tone] = {
    State.DRAFT: pages.Tone.INFO,
    State.SUBMITTED: pages.Tone.WAIT,
    State.ACCEPTED: pages.Tone.GOOD,
    State.SENT_BACK: pages.Tone.LATE,
}


@dataclass(frozen=True)
class Asked:
    """One question beside its cell, with what was said to it."""

    key: str
    words: str
    answer: str
    code: str


@dataclass(frozen=True)
class Row:
    """One cell of a page. `written`, `note` and `not_applicable` are what its boxes hold."""

    one: FilledCell
    written: str
    note: str
    not_applicable: bool
    seen: str
    asked: tuple[Asked, ...]
    wrong: str = ""

    @property
    def code(self) -> str:
        """Return the code of what is asked."""
        return self.one.cell.code

    @property
    def shown(self) -> str:
        """Return the number for the screen, with thousands separated."""
        amount = self.one.worth.amount
        whole = amount is None or amount == amount.to_integral_value()
        return numbers.on_screen(amount, decimals=0 if whole else 2)

    @property
    def state(self) -> str:
        """Return what stands there in a word: zero, 不适用 and nothing are three things."""
        worth = self.one.worth
        if not worth.reported:
            return "blank"
        if worth.not_applicable:
            return "na"
        return "zero" if worth.hundredths == 0 and self.one.cell.kind != "yes_no" else "said"


@dataclass(frozen=True)
class Due:
    """How much time is left, in words and in a colour."""

    words: str
    pressing: str  # "late", "soon" or nothing


def rows_of(
    sheet: FilledForm,
    *,
    posted: QueryDict | None = None,
    wrong: Mapping[str, str] | None = None,
    blanks: bool = False,
) -> list[Row]:
    """Return the cells of a filing; what was posted and could not be kept stands in its box again.

    `blanks` asks about empty cells as well.
    """
    wrongs = wrong or {}
    return [_row(one, sheet, posted=posted, wrong=wrongs, blanks=blanks) for one in sheet.cells]


def tally(sheet: FilledForm) -> dict[str, int]:
    """Count what is filled and what waits for words."""
    return {
        "filled": sheet.filled,
        "cells": len(sheet.cells),
        "open": sum(
            not one.key.startswith(BLANK) and one.key not in sheet.answered
            for one in sheet.questions
        ),
        "wanting": len(without_evidence(sheet)),
    }


def without_evidence(sheet: FilledForm) -> list[FilledCell]:
    """Return the cells that still need their papers; zero has nothing to show."""
    return [
        one
        for one in sheet.cells
        if one.cell.evidence
        and not one.derived
        and not one.evidence
        and (one.worth.hundredths or one.worth.text)
    ]


def due_of(filing: Filing, *, day: date | None = None) -> Due:
    """Return how many days are left until a filing's close."""
    left = (filing.round.closes_on - (day or timezone.localdate())).days
    if filing.state not in rules.OPEN:
        return Due("", "")
    if filing.state == State.SENT_BACK:
        return Due("退回待改", "late")
    if left < 0:
        return Due(f"已逾期 {-left} 天", "late")
    if left == 0:
        return Due("今天截止", "late")
    return Due(f"还剩 {left} 天", "soon" if left <= 3 else "")


def title_of(filing: Filing) -> str:
    """Return what a filing is called, without its organisation."""
    return f"{filing.round.form.title} · {filing.round.span.label}"


def state_of(filing: Filing) -> pages.Tag:
    """Return how far a filing has come."""
    state = State(filing.state)
    return pages.Tag(state.label, TONES[state])


def link_to(filing: Filing) -> pages.Link:
    """Return the way to a filing."""
    return pages.Link(title_of(filing), reverse("returns:filing", args=[filing.pk]))


def changed_asked(rows: Collection[Row], *, shown: Collection[str]) -> list[Row]:
    """Return the rows that ask something else than the page shows; `shown` are "code|key"."""
    on_page: dict[str, set[str]] = {}
    for each in shown:
        code, _, key = each.partition("|")
        on_page.setdefault(code, set()).add(key)
    return [row for row in rows if {each.key for each in row.asked} != on_page.get(row.code, set())]


def _row(
    one: FilledCell,
    sheet: FilledForm,
    *,
    posted: QueryDict | None,
    wrong: Mapping[str, str],
    blanks: bool,
) -> Row:
    code, worth = one.cell.code, one.worth
    asked = tuple(
        Asked(each.key, each.words, sheet.answered.get(each.key, ""), code)
        for each in one.questions
        if blanks or not each.key.startswith(BLANK)
    )
    if posted is not None and code in wrong:
        return Row(
            one,
            written=posted.get(f"v-{code}", ""),
            note=posted.get(f"n-{code}", ""),
            not_applicable=f"na-{code}" in posted,
            seen=posted.get(f"seen-{code}", ""),
            asked=asked,
            wrong=wrong[code],
        )
    return Row(one, _written(one), worth.note, worth.not_applicable, one.said, asked)


def _written(one: FilledCell) -> str:
    if one.worth.amount is None:
        return one.worth.text
    return rules.printed(one.worth.amount)
