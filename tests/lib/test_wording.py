"""Numbers in prose: truthful sayings, and the checker of what is said (G-50 to G-54)."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qinghe.lib import wording
from qinghe.lib.wording import Phrase, Style

STEADY = settings(derandomize=True, deadline=None, max_examples=500)
HEDGES = [Style.OVER, Style.MORE, Style.NEAR, Style.ABOUT]

VALUES = st.one_of(
    st.integers(-200, 2_000).map(Decimal),
    st.integers(0, 10**10).map(Decimal),
    st.decimals(-1000, 10**9, allow_nan=False, allow_infinity=False, places=3),
    st.builds(
        lambda head, zeros: Decimal(head * 10**zeros), st.integers(1, 999), st.integers(0, 9)
    ),
    st.decimals(allow_nan=False, allow_infinity=False),
)
STEPS = st.one_of(
    st.sampled_from([10**power for power in range(9)]),
    st.sampled_from([5, 50, 500, 5000, 20, 200, 2500]),
    st.integers(1, 10**7),
).map(Decimal)
PHRASES = st.one_of(
    st.builds(Phrase, st.sampled_from(HEDGES), step=STEPS),
    st.builds(
        Phrase,
        st.sampled_from([Style.EXACT, Style.WAN, Style.PERCENT]),
        decimals=st.integers(0, 6),
    ),
    st.just(Phrase(Style.HUNDREDS)),
)


def say(value, token):
    return wording.say(Decimal(value), Phrase.parse(token))


@pytest.mark.parametrize(
    ("value", "token", "said"),
    [
        ("34754", "exact", "34754"),
        ("12.50", "exact", "12.5"),
        ("3.7351694", "exact:2", "3.74"),
        ("3.001", "exact:2", "3"),
        ("0", "exact", "0"),
        ("-12", "exact", "-12"),
        ("1E+5", "exact", "100000"),
        ("1763012.5", "wan:1", "176.3万"),
        ("472000", "wan:1", "47.2万"),
        ("40000", "wan:1", "4万"),
        ("40049", "wan:1", "4万"),
        ("40050", "wan:2", "4.01万"),  # 四舍五入, not to the even digit (G-56)
        ("25000", "wan:0", "3万"),
        ("1700000", "wan:0", "170万"),
        ("9999.9", "wan:1", "9999.9"),
        ("10000", "wan:1", "1万"),
        ("99999999", "wan:1", "1亿"),
        ("99994000", "wan:1", "9999.4万"),
        ("123456789", "wan:2", "1.23亿"),
        ("-50000", "wan:1", "-50000"),
        ("0", "wan:1", "0"),
        ("27344", "over:1000", "超2.7万"),
        ("1703600", "over:100000", "超170万"),
        ("123400", "over:10", "12.34万"),
        ("123412", "over:10", "超123410"),
        ("223", "more:10", "220余"),
        ("10432", "more:10000", "1万余"),
        ("19999", "more:10000", "1万余"),
        ("12345", "more:1000", "1.2万余"),
        ("199", "more:100", "100余"),
        ("8467", "near:500", "近8500"),
        ("8467", "near:100", "近8500"),
        ("303", "about:100", "约300"),
        ("297", "about:100", "约300"),
        ("106", "hundreds", "百余"),
        ("1060", "hundreds", "千余"),
        ("13000", "hundreds", "万余"),
        ("97.456", "percent:2", "97.46%"),
        ("98.5", "percent:2", "98.50%"),
        ("36.301", "percent:1", "36.3%"),
        ("0.005", "percent:2", "0.01%"),
        ("-0.125", "percent:2", "-0.13%"),
        ("100", "percent:2", "100%"),
        ("0", "percent:2", "0%"),
    ],
)
def test_numbers_are_said_in_the_style_wanted(value, token, said):
    assert say(value, token) == said


@pytest.mark.parametrize(
    ("value", "token", "said"),
    [
        ("220", "more:10", "220"),
        ("27000", "over:1000", "2.7万"),
        ("8500", "near:500", "8500"),
        ("300", "about:100", "300"),
        ("100", "hundreds", "100"),
        ("10000", "hundreds", "1万"),
        ("200000000", "over:1000", "2亿"),
    ],
)
def test_round_numbers_lose_the_hedge(value, token, said):
    assert say(value, token) == said


@pytest.mark.parametrize(
    ("value", "token", "said"),
    [
        ("1901", "over:1000", "超1900"),  # 超1000 would be 90 % off
        ("7", "over:1000", "7"),
        ("8700", "more:500", "8700"),  # 8500余 ends at 8599
        ("8712", "more:500", "8700余"),
        ("223", "more:1000", "200余"),
        ("7.5", "more:1", "7.5"),
        ("5", "near:100", "5"),
        ("912", "near:500", "近920"),  # 近1000 would be 9 % off
        ("7", "about:10", "7"),
        ("250", "hundreds", "250"),
        ("253", "hundreds", "250余"),
        ("27344", "hundreds", "2.7万余"),
        ("15", "hundreds", "10余"),
        ("0", "over:1000", "0"),
        ("-27344", "over:1000", "-27344"),
        ("-3", "more:10", "-3"),
        ("0.5", "near:1", "0.5"),
    ],
)
def test_an_untrue_hedge_gives_way_to_the_next_true_one(value, token, said):
    assert say(value, token) == said


@STEADY
@given(VALUES, PHRASES)
@example(Decimal("99999999.99"), Phrase(Style.WAN, decimals=3))
@example(Decimal("1E+40"), Phrase(Style.OVER, step=Decimal(7)))
@example(Decimal("1E-40"), Phrase(Style.NEAR, step=Decimal(1)))
@example(Decimal("-0"), Phrase(Style.EXACT))
def test_what_is_said_is_true_whatever_the_number_and_style(value, phrase):
    assert wording.is_true(wording.say(value, phrase), value)


@STEADY
@given(VALUES, PHRASES)
def test_what_is_said_has_no_spaces_and_only_wan_or_yi_after_digits(value, phrase):
    said = wording.say(value, phrase)

    assert not any(sign.isspace() for sign in said)
    assert not any(size in said for size in "十百千") or said in ("百余", "千余")
    assert sum(said.count(hedge) for hedge in "超余近约") <= 1


@STEADY
@given(st.integers(1, 10**8), st.sampled_from(HEDGES), STEPS)
def test_a_multiple_of_the_step_is_said_plainly_and_exactly(multiple, style, step):
    value = multiple * step

    said = wording.say(value, Phrase(style, step=step))

    assert not set(said) & set("超余近约")
    assert [claim.number for claim in wording.claims(said)] == [value]


@STEADY
@given(PHRASES)
def test_a_phrase_is_read_back_from_its_token(phrase):
    assert Phrase.parse(str(phrase)) == phrase


@pytest.mark.parametrize(
    "token",
    [
        *("", "Exact", "exact ", "exact:0", "exact:x", "wan", "wan:", "wan:01", "wan:-1", "wan:7"),
        *(
            "wan:１",
            "over",
            "over:0",
            "over:-1",
            "over:1.5",
            "over:1e3",
            "hundreds:0",
            "hundreds:1",
        ),
        *("percent", "percent:7", "percent:2:3", "thousand:1", "more: 10", "余:10"),
    ],
)
def test_any_other_token_is_an_error(token):
    with pytest.raises(ValueError):  # noqa: PT011
        Phrase.parse(token)


@settings(STEADY, max_examples=150)
@given(st.text(max_size=12))
def test_reading_a_token_gives_a_phrase_or_a_value_error(token):
    try:
        phrase = Phrase.parse(token)
    except ValueError:
        return
    assert str(phrase) == token


@pytest.mark.parametrize(
    ("style", "arguments"),
    [
        (Style.OVER, {}),
        (Style.OVER, {"step": Decimal("0.5")}),
        (Style.OVER, {"step": Decimal("10.5")}),
        (Style.EXACT, {"step": Decimal(10)}),
        (Style.MORE, {"step": Decimal(10), "decimals": 1}),
        (Style.HUNDREDS, {"decimals": 1}),
        (Style.WAN, {"decimals": -1}),
    ],
)
def test_a_phrase_that_makes_no_sense_cannot_be_made(style, arguments):
    with pytest.raises(ValueError, match=r"step|decimals"):
        Phrase(style, **arguments)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_cannot_be_said(value):
    with pytest.raises(ValueError, match="cannot be printed"):
        say(value, "exact")


@pytest.mark.parametrize(
    ("text", "true_of", "untrue_of"),
    [
        ("超2.7万", ["27001", "29699"], ["27000", "29700", "26999"]),
        ("逾100", ["101", "109"], ["100", "110"]),
        ("超过100", ["101"], ["100"]),
        ("220余", ["220", "229.9"], ["219", "230"]),
        ("8900余", ["8900", "8999"], ["8899", "9000"]),
        ("100余", ["100", "199"], ["99", "200"]),
        ("1万余", ["10000", "19999"], ["9999", "20000"]),
        ("2.7万余", ["27000", "27999"], ["28000"]),
        ("10余万", ["100000", "199999"], ["99999", "200000"]),
        ("2.5余", ["2.5", "2.59"], ["2.6"]),
        ("３场", ["3"], ["4"]),
        ("300多", ["300", "399"], ["400"]),
        ("近8500", ["8075", "8499"], ["8500", "8074"]),
        ("约300", ["285", "300", "315"], ["284", "316"]),
        ("百余", ["100", "199"], ["99", "200"]),
        ("万余", ["10000", "19999"], ["20000"]),
        ("97.46%", ["97.455", "97.4649"], ["97.454", "97.465"]),
        ("97.46％", ["97.46"], ["97.47"]),
        ("超90%", ["90.1", "98.9"], ["90", "99"]),
        ("176.3万", ["1762500", "1763499"], ["1762499", "1763500"]),
        ("4万", ["35000", "44999"], ["34999", "45000"]),
        ("1.2亿", ["120000000"], ["130000000"]),
        ("34754", ["34754"], ["34753", "34755"]),
        ("34,754", ["34754"], ["34755"]),
        ("-12", ["-12"], ["12"]),
        ("12.0", ["12", "12.04"], ["12.1"]),
        ("超 2.7 万场次", ["27344"], ["27000"]),
        ("接听各类诉求电话近 8500 个", ["8467"], ["8500"]),
        ("约10余", [], ["10", "11"]),  # G-53
        ("近8500余", [], ["8499", "8501"]),  # G-53
        ("3千", [], ["3000"]),  # G-52
        ("0余", [], ["0"]),
    ],
)
def test_a_text_is_true_of_the_numbers_that_it_allows(text, true_of, untrue_of):
    assert [value for value in true_of if not wording.is_true(text, Decimal(value))] == []
    assert [value for value in untrue_of if wording.is_true(text, Decimal(value))] == []


def test_a_text_with_no_number_or_with_two_is_not_a_saying_of_one():
    assert not wording.is_true("若干场次", Decimal(3))
    assert not wording.is_true("3场4次", Decimal(3))


def test_a_sentence_contradicts_a_number_that_none_of_its_own_may_stand_for():
    sentence = "2022年上半年开展入团教育220余次、入队仪式180余次"

    assert not wording.contradicts(sentence, Decimal(223))
    assert not wording.contradicts(sentence, Decimal(186))
    assert wording.contradicts(sentence, Decimal(230))
    assert not wording.contradicts("广泛开展教育活动", Decimal(230))


def test_claims_tell_where_they_stand():
    text = "募集图书1万余册，占97.46%"

    found = [(claim.text, text[claim.start : claim.end]) for claim in wording.claims(text)]

    assert found == [("1万余", "1万余"), ("97.46%", "97.46%")]


@STEADY
@given(st.text(alphabet="0123456789.,-%超近约余多万亿百千十 年月日（）\n五四", max_size=20), VALUES)
def test_any_text_can_be_read(text, value):
    found = wording.claims(text)

    assert all(text[claim.start : claim.end] == claim.text for claim in found)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))
    assert not (wording.is_true(text, value) and wording.contradicts(text, value))


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九")],
)
def test_ordinals_are_written_in_chinese(number, written):
    assert wording.chinese_number(number) == written


@pytest.mark.parametrize("number", [0, -1, 100])
def test_ordinals_stop_at_ninety_nine(number):
    with pytest.raises(ValueError, match="1 to 99"):
        wording.chinese_number(number)
