"""Tokens: read and written again they are the same, and what only looks like one stays words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinghe.lib import periods
from qinghe.reports.drafting import rules
from qinghe.reports.drafting.rules import Against, Token

PHRASES = ["", "exact", "wan:1", "over:1000", "more:10", "near:500", "about:100", "percent:2"]
names = st.sampled_from(["2022", "2022H1", "2021H2", "2022Q3", "2022M06", ""])


@st.composite
def tokens(draw):
    against = draw(st.sampled_from(["", *Against]))
    phrases = PHRASES if against else [*PHRASES, "hundreds", "word"]
    return Token(
        code=draw(st.from_regex(r"[A-Z]{2,8}-[0-9]{2,3}", fullmatch=True)),
        org=draw(st.sampled_from(["", "440307017", "HGZX-01", "440307017901"])),
        period=draw(names),
        against=str(against),
        phrase=draw(st.sampled_from(phrases)),
    )


@given(tokens())
def test_a_token_written_and_read_is_the_same(token):
    (piece,) = rules.parse(str(token))

    assert piece.token == token


words = st.text(alphabet="开展活动，共{}@!^|:人次A-0123。\n", max_size=12)


@given(st.lists(st.one_of(tokens().map(str), words), max_size=8))
def test_any_text_in_pieces_is_the_text(parts):
    text = "".join(parts)

    pieces = rules.parse(text)

    assert rules.written(pieces) == text
    assert [piece.start for piece in pieces[1:]] == [piece.end for piece in pieces[:-1]]


@given(st.lists(st.tuples(tokens(), st.sampled_from("，、。和")), max_size=6))
def test_every_token_of_a_text_is_found_in_order(parts):
    text = "".join(f"{token}{after}" for token, after in parts)

    assert rules.tokens(text) == [token for token, _ in parts]


@pytest.mark.parametrize(
    "text",
    [
        "{VOL-02|over}",  # no step
        "{VOL-02|tenfold:2}",
        "{VOL-02!2022H3}",
        "{VOL-02!1800}",
        "{VOL-02^last_week}",
        "{VOL-02^previous|word}",
        "{VOL-02^previous|hundreds}",
        "{vol-02}",
        "{VOL-02",
        "{}",
    ],
)
def test_what_is_no_token_stays_words(text):
    assert rules.tokens(text) == []
    assert rules.written(rules.parse(text)) == text


def test_a_token_knows_its_period_and_what_it_is_compared_with():
    half = periods.half_year(2022, 1)

    assert Token("VOL-02").span(half) == half
    assert Token("VOL-02", period="2021").span(half) == periods.year(2021)
    assert Token("VOL-02", against="last_year").base(half) == periods.half_year(2021, 1)
    assert Token("VOL-02", against="previous").base(half) == periods.half_year(2021, 2)
    assert Token("VOL-02").base(half) is None
