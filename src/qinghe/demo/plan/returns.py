"""What lower organisations report: forms, who answers them, and what each writes down.

`returns.csv` gives for every cell what the respondents' numbers add up to in the half-year told
and in the one before it; each number is one respondent's share. In the half-year before, the
streets answered for all that is below them; since then communities and schools answer themselves.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from qinghe.demo.sizes import Size

from .organisations import WEIGHTS, District

SOURCE = Path(__file__).with_name("returns.csv")
NOW, BEFORE = "2022H1", "2021H2"
YEAR_NOW, YEAR_BEFORE = "2022", "2021"
YEARLY = "yearly"  # quotas of a year, asked once when they are set (G-58)
DISTRICT = "440307"
DEPARTMENTS = ("publicity", "organisation", "youth-development", "volunteering")
LOCAL = ("street", "community", "school")
# Where a total falls on one or a few organisations, all others report 0.
FEW: Mapping[str, tuple[str, ...]] = {
    "HON-02": ("440307017",),
    "HON-03": ("440307013",),
    "CAS-01": ("440307013", "440307017", "440307014"),
    "CAS-02": ("440307013", "440307017", "440307014"),
    "CAS-03": ("440307013", "440307017", "440307014"),
}
SILENT_WITHOUT = {"CAS-03": "CAS-02"}  # who has no line has no calls to count: not applicable
# What the platform's own records say is shown beside what is typed (一表通).
DERIVED: Mapping[str, tuple[str, ...]] = {
    YEARLY: ("TGT-01", "TGT-02", "TGT-05"),
    "street": ("DIR-01", "DIR-02", "VOL-05"),
    "community": ("VOL-01", "VOL-02", "VOL-03", "VOL-04"),
}
# Before the platform, the streets reported volunteer service too.
REPORTED_BEFORE: Mapping[str, int] = {
    "VOL-02": 22_816,
    "VOL-03": 401_337,
    "VOL-04": 1_483_920,
}


@dataclass(frozen=True)
class Cell:
    """One cell: what its answers add up to, and the cell that it may not exceed."""

    code: str
    total: int
    within: str = ""
    evidence: bool = False


@dataclass(frozen=True)
class Form:
    """One form of one half-year, or of a year, with those who answer it."""

    slug: str
    period: str
    cells: tuple[Cell, ...]
    org_codes: tuple[str, ...]
    derived: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answers:
    """What one organisation writes into one form; None says that a cell does not apply to it."""

    org_code: str
    amounts: Mapping[str, int | None]
    events: frozenset[str] = field(default_factory=frozenset)  # late | sent_back | disputed


@dataclass(frozen=True)
class SecretaryRow:
    """Who answers for an organisation that has nobody in the cast."""

    number: str
    org_code: str
    role: str


def plan_forms(size: Size, district: District) -> list[Form]:
    """Plan the forms of the half-year before and of the one told, each with its year's, in that order."""
    streets = tuple(street.code for street in district.streets)
    communities = tuple(
        community.code for street in streets for community in district.communities[street]
    )
    schools = tuple(org.code for org in district.committees if org.sector == "school")
    respondents = {"street": streets, "community": communities, "school": schools}
    now, before = _cells("now"), _cells("before")
    forms = [Form(YEARLY, YEAR_BEFORE, before[YEARLY], (DISTRICT,), DERIVED[YEARLY])]
    forms += [Form(slug, BEFORE, before[slug], (DISTRICT,)) for slug in DEPARTMENTS]
    forms.append(Form("street", BEFORE, _merged(before), streets))
    forms.append(Form(YEARLY, YEAR_NOW, now[YEARLY], (DISTRICT,), DERIVED[YEARLY]))
    forms += [Form(slug, NOW, now[slug], (DISTRICT,)) for slug in DEPARTMENTS]
    forms += [
        Form(slug, NOW, now[slug], respondents[slug], DERIVED.get(slug, ())) for slug in LOCAL
    ]
    return forms


def yearly(year: str) -> Mapping[str, int]:
    """Return the quotas of a year, by code."""
    column = {YEAR_BEFORE: "before", YEAR_NOW: "now"}[year]
    return {cell.code: cell.total for cell in _cells(column)[YEARLY]}


def plan_answers(size: Size, district: District, form: Form) -> Iterator[Answers]:
    """Plan what everybody asked writes down; the numbers add up to the form's totals."""
    random = Random(f"{size.seed}-returns-{form.slug}-{form.period}")
    weights = [_weight(district, code) * random.uniform(0.7, 1.3) for code in form.org_codes]
    columns: dict[str, list[int]] = {}
    for cell in form.cells:
        columns[cell.code] = _column(cell, form=form, weights=weights, columns=columns)
    for place, org_code in enumerate(form.org_codes):
        amounts: dict[str, int | None] = {code: given[place] for code, given in columns.items()}
        for code, other in SILENT_WITHOUT.items():
            if code in amounts and not amounts[other]:
                amounts[code] = None
        yield Answers(org_code, amounts, _events(form, place))


def plan_secretaries(district: District, *, known: frozenset[str]) -> Iterator[SecretaryRow]:
    """Plan one secretary for every street, community and school that has none yet."""
    places = [(street.code, "street_secretary") for street in district.streets]
    places += [
        (community.code, "community_secretary")
        for street in district.streets
        for community in district.communities[street.code]
    ]
    places += [
        (org.code, "school_secretary") for org in district.committees if org.sector == "school"
    ]
    for number, (org_code, role) in enumerate(places):
        if org_code not in known:
            yield SecretaryRow(f"S{number + 1:05d}", org_code, role)


def _cells(column: str) -> dict[str, tuple[Cell, ...]]:
    cells: dict[str, list[Cell]] = {}
    with SOURCE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            cell = Cell(row["code"], int(row[column]), row["within"], row["evidence"] == "yes")
            cells.setdefault(row["form"], []).append(cell)
    return {slug: _wholes_first(found) for slug, found in cells.items()}


def _merged(cells: Mapping[str, Sequence[Cell]]) -> tuple[Cell, ...]:
    """Return the cells of the time when the streets answered for all below them."""
    merged: dict[str, Cell] = {}
    for cell in (cell for slug in LOCAL for cell in cells[slug]):
        so_far = merged[cell.code].total if cell.code in merged else 0
        merged[cell.code] = Cell(cell.code, so_far + cell.total, cell.within, cell.evidence)
    served = [Cell(code, total) for code, total in REPORTED_BEFORE.items()]
    return (*_wholes_first([*merged.values()]), *served)


def _wholes_first(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    return tuple(sorted(cells, key=lambda cell: bool(cell.within)))


def _column(
    cell: Cell, *, form: Form, weights: Sequence[float], columns: Mapping[str, Sequence[int]]
) -> list[int]:
    """Share a total among the respondents; a part is its whole less a share of what lacks."""
    if cell.within:
        whole = columns[cell.within]
        lacking = _shared(sum(whole) - cell.total, weights=whole)
        return [all_of - less for all_of, less in zip(whole, lacking, strict=True)]
    few = FEW.get(cell.code, form.org_codes)
    reached = [
        weight if code in few else 0.0 for code, weight in zip(form.org_codes, weights, strict=True)
    ]
    return _shared(cell.total, weights=reached if any(reached) else weights)


def _shared(total: int, *, weights: Sequence[float]) -> list[int]:
    """Share out a whole number by weight, the largest remainders first."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    shares = [int(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda place: shares[place] - exact[place])
    for place in order[: total - sum(shares)]:
        shares[place] += 1
    return shares


def _weight(district: District, code: str) -> float:
    street = district.street_of.get(code)
    codes = [org.code for org in district.streets]
    return WEIGHTS[codes.index(street)] if street else 1.0


def _events(form: Form, place: int) -> frozenset[str]:
    """Tell which forms came late, were sent back for a wrong number, or were disputed."""
    happened = set()
    if place % 17 == 5:
        happened.add("late")
    if place % 13 == 3:
        happened.add("sent_back")
    if form.derived and place % 29 == 7:
        happened.add("disputed")
    return frozenset(happened)
