"""What others report: sums of accepted numbers, and for each organisation how far they are in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qinghe.analytics import building, figures, formulas, reckoning, store
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.analytics.figures import State
from qinghe.analytics.indicators import Answered, Equals, Indicator, Kind, Ratio, Time
from qinghe.analytics.reading import ARROW
from qinghe.lib import periods

from .ledger import (
    AFTER,
    BANTIAN,
    DISTRICT,
    H1,
    HENGGANG,
    HONGMIAN,
    PARENTS,
    XIANGJIAOTANG,
    chain,
    lines_of,
)

COLUMNS = {**REQUIRED, "since": "date", "until": "date", "code": "string"}
PAPER = Fact("paper", "报数", "one number", "x.Y", {**COLUMNS, "amount": "int64"}, lambda: None)
DUE = Fact("due", "应报", "one cell", "x.Z", {**COLUMNS, "answered": "int64"}, lambda: None)
Q1, Q2, MAY = periods.quarter(2022, 1), periods.quarter(2022, 2), periods.month(2022, 5)
YEAR = periods.year(2022)


def amount(rows):
    return rows.amount


def reported(code: str, time: Time = Time.FLOW, **rest: object) -> Indicator:
    """Return an indicator over one word of the paper."""
    return Indicator(
        code=code,
        label=code,
        unit="个",
        kind=Kind.SUM,
        over=PAPER,
        of=amount,
        where=Equals("code", code),
        time=time,
        per=100,
        answered=Answered(DUE, where=Equals("code", code)),
        meaning="sum",
        **rest,
    )


BOOKS, CALLS = reported("PAP-01"), reported("PAP-02", decimals=2)
ROOMS, QUOTA = reported("PAP-03", Time.STOCK), reported("PAP-04", Time.ANNUAL)
RATE = Ratio(code="PAP-05", label="率", unit="%", top=BOOKS, bottom=CALLS, meaning="share")
ALL = (BOOKS, CALLS, ROOMS, QUOTA, RATE)


class Post:
    """What was asked for and what came in."""

    def __init__(self, folder: Path, parents: dict[int, int | None] = PARENTS) -> None:
        self.folder = folder
        self.parents = parents
        self.at = AFTER
        self.papers: list[dict] = []
        self.dues: list[dict] = []

    def ask(self, code: str, *, of: int, period: periods.Period = H1, answer: object = None):
        """Ask for a number; an answer of "n/a" is accepted too, None has not come."""
        row = {
            "org_id": of,
            "since": period.start,
            "day": period.end,
            "until": period.end + timedelta(days=1),
            "code": code,
        }
        self.dues.append(
            {**row, "record_id": len(self.dues) + 1, "answered": int(answer is not None)}
        )
        if isinstance(answer, int):
            self.papers.append({**row, "record_id": len(self.papers) + 1, "amount": answer * 100})

    def store(self) -> store.Store:
        """Build the facts and open them."""
        built = building.build(
            facts=(PAPER, DUE),
            lineage=lines_of(self.parents),
            at=self.at,
            folder=self.folder,
            source=self._source,
        )
        return store.Store(built.path)

    def figures(self, *indicators, period: periods.Period = H1) -> figures.Figures:
        """Count."""
        return figures.compute(self.store(), indicators or ALL, period)

    @contextmanager
    def _source(self, _facts) -> Iterator:
        rows = {"paper": self.papers, "due": self.dues}

        def read(fact: Fact) -> Iterator[pa.RecordBatch]:
            schema = pa.schema([(name, ARROW[kind]) for name, kind in fact.columns.items()])
            if rows[fact.name]:
                yield pa.RecordBatch.from_pylist(rows[fact.name], schema=schema)

        yield read


@pytest.fixture
def post(tmp_path):
    return Post(tmp_path / "facts")


def seen(found, indicator, org_id):
    figure = found[indicator.code, org_id]
    return figure.value, figure.state


def test_each_organisation_has_a_state_of_its_own(post):
    post.ask("PAP-01", of=HONGMIAN, answer=7)
    post.ask("PAP-01", of=XIANGJIAOTANG, answer=5)
    post.ask("PAP-01", of=BANTIAN)

    found = post.figures()

    assert seen(found, BOOKS, DISTRICT) == (12, State.INCOMPLETE)
    assert seen(found, BOOKS, HENGGANG) == (7, State.COMPLETE)
    assert seen(found, BOOKS, BANTIAN) == (5, State.INCOMPLETE)
    assert seen(found, CALLS, DISTRICT) == (None, State.MISSING)


def test_0_not_applicable_and_not_reported_are_three_things(post):
    post.ask("PAP-01", of=HONGMIAN, answer=0)
    post.ask("PAP-01", of=XIANGJIAOTANG, answer="n/a")
    post.ask("PAP-01", of=BANTIAN)
    post.ask("PAP-02", of=HENGGANG)

    found = post.figures()

    assert seen(found, BOOKS, HONGMIAN) == (0, State.COMPLETE)
    assert seen(found, BOOKS, XIANGJIAOTANG) == (None, State.COMPLETE)
    assert seen(found, BOOKS, BANTIAN) == (None, State.INCOMPLETE)
    assert seen(found, CALLS, HENGGANG) == (None, State.MISSING)


def test_who_was_not_asked_has_no_figure(post):
    post.ask("PAP-01", of=DISTRICT, answer=3)

    found = post.figures()

    assert seen(found, BOOKS, DISTRICT) == (3, State.COMPLETE)
    assert seen(found, BOOKS, HENGGANG) == (None, State.MISSING)


def test_what_is_in_before_the_period_is_over_is_partial(post):
    post.ask("PAP-01", of=HONGMIAN, answer=3)
    post.at = datetime(2022, 6, 30, 12, 0, tzinfo=UTC)

    assert seen(post.figures(), BOOKS, DISTRICT) == (3, State.PARTIAL)


def test_a_return_counts_only_in_periods_that_hold_the_whole_of_it(post):
    post.ask("PAP-01", of=HONGMIAN, period=MAY, answer=1)
    post.ask("PAP-01", of=HONGMIAN, period=Q1, answer=10)
    post.ask("PAP-01", of=HENGGANG, period=H1, answer=100)
    post.ask("PAP-01", of=HENGGANG, period=YEAR, answer=1000)

    values = {
        period.name: post.figures(period=period)["PAP-01", DISTRICT].value
        for period in (MAY, Q1, Q2, H1, YEAR)
    }

    assert values == {"2022M05": 1, "2022Q1": 10, "2022Q2": 1, "2022H1": 111, "2022": 1111}


def test_a_stock_is_what_was_reported_for_the_same_last_day(post):
    post.ask("PAP-03", of=HONGMIAN, period=Q1, answer=2)
    post.ask("PAP-03", of=HONGMIAN, period=H1, answer=3)

    values = {p.name: post.figures(period=p)["PAP-03", DISTRICT].value for p in (Q1, Q2, H1)}

    assert values == {"2022Q1": 2, "2022Q2": 3, "2022H1": 3}
    assert post.figures(period=MAY)["PAP-03", DISTRICT].state is State.MISSING


def test_a_quota_of_the_year_stands_inside_its_half_years(post):  # G-58
    post.ask("PAP-04", of=DISTRICT, period=YEAR, answer=2315)
    post.ask("PAP-04", of=DISTRICT, period=periods.year(2021), answer=9)

    first, before = post.figures(), post.figures(period=periods.half_year(2021, 2))

    assert seen(first, QUOTA, DISTRICT) == (2315, State.COMPLETE)
    assert before["PAP-04", DISTRICT].value == 9


def test_a_ratio_of_reported_numbers_takes_the_worse_state_of_its_halves(post):
    post.ask("PAP-01", of=HONGMIAN, answer=3)
    post.ask("PAP-02", of=HONGMIAN, answer=8)
    post.ask("PAP-02", of=XIANGJIAOTANG)

    found = post.figures()

    assert seen(found, RATE, HONGMIAN) == (Decimal("37.50"), State.COMPLETE)
    assert seen(found, RATE, DISTRICT) == (Decimal("37.50"), State.INCOMPLETE)
    assert seen(found, RATE, BANTIAN) == (None, State.MISSING)


def test_any_number_of_reported_figures_is_two_queries_a_kind_of_time():
    many = [reported(f"PAP-{number:02}") for number in range(1, 61)]

    asked = [each for one in many for each in (one, *reckoning.beside(one))]
    found = formulas.questions(asked, H1)

    assert [len(question.indicators) for question in found] == [120, 120]


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "pyspark"])
def test_they_can_be_asked_of_each_engine(dialect):
    for question in formulas.questions([BOOKS, ROOMS, QUOTA, *reckoning.beside(ROOMS)], H1):
        assert "SELECT" in ibis.to_sql(question.expression, dialect=dialect)


def test_the_records_behind_a_figure_are_those_that_it_adds(post):
    for org_id, period in ((HONGMIAN, H1), (HONGMIAN, MAY), (XIANGJIAOTANG, H1), (HONGMIAN, YEAR)):
        post.ask("PAP-01", of=org_id, period=period, answer=1)
    facts = post.store()

    assert figures.trace(facts, BOOKS, H1, HENGGANG).ids == [1, 2]
    assert figures.trace(facts, BOOKS, H1, DISTRICT).ids == [1, 2, 3]


def test_a_fact_of_spans_and_answers_is_held_to_its_columns():
    with pytest.raises(ValueError, match="since as a date"):
        Fact("f", "f", "f", "x.Y", {**REQUIRED, "since": "string"}, lambda: None)
    with pytest.raises(ValueError, match="answered"):
        Answered(PAPER)
    with pytest.raises(ValueError, match="no `until`"):
        Indicator(
            code="PAP-09", label="x", unit="个", kind=Kind.COUNT, meaning="x", time=Time.STOCK,
            over=PAPER,
            answered=Answered(Fact("d", "d", "d", "x.Y", {**REQUIRED, "answered": "int64"}, list)),
        )  # fmt: skip


PERIODS = [MAY, Q1, Q2, H1, periods.half_year(2022, 2), YEAR, periods.year(2021)]


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_roll_up_of_reported_numbers_equals_counting_by_hand(data):
    size = data.draw(st.integers(1, 10), label="orgs")
    parents = {1: None} | {
        each: data.draw(st.integers(1, each - 1), label=f"parent of {each}")
        for each in range(2, size + 1)
    }
    asked = data.draw(
        st.lists(
            st.tuples(
                st.sampled_from(["PAP-01", "PAP-02", "PAP-03", "PAP-04"]),
                st.integers(1, size),
                st.sampled_from(PERIODS),
                st.one_of(st.none(), st.just("n/a"), st.integers(0, 10**12)),
            ),
            max_size=30,
        ),
        label="asked",
    )
    period = data.draw(st.sampled_from(PERIODS), label="period")
    with TemporaryDirectory() as folder:
        post = Post(Path(folder), parents)
        post.at = datetime(2023, 1, 5, tzinfo=UTC)
        for code, org_id, of_period, answer in asked:
            post.ask(code, of=org_id, period=of_period, answer=answer)
        found = post.figures(period=period)

    for org_id in parents:
        for indicator in (BOOKS, CALLS, ROOMS, QUOTA):
            answers = [
                answer
                for code, who, when, answer in asked
                if code == indicator.code
                and org_id in chain(who, parents)
                and belongs(when, indicator.time, period)
            ]
            figure = found[indicator.code, org_id]
            assert (figure.exact, figure.state) == by_hand(answers)


def belongs(asked_for, time, period) -> bool:
    if time is Time.STOCK:
        return asked_for.end == period.end
    if time is Time.ANNUAL:
        return asked_for.start.year == asked_for.end.year == period.end.year
    return period.start <= asked_for.start and asked_for.end <= period.end


def by_hand(answers):
    came = [answer for answer in answers if answer is not None]
    numbers = [answer for answer in came if isinstance(answer, int)]
    if not came:
        return None, State.MISSING
    state = State.COMPLETE if len(came) == len(answers) else State.INCOMPLETE
    return (sum(numbers) if numbers else None), state
