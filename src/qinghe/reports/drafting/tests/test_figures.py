"""Figures in a report: questions asked, other places and periods, proposals drawn from them."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qinghe.analytics.figures import State
from qinghe.edges import handing, system
from qinghe.edges.handing import Followed
from qinghe.edges.system import System
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused
from qinghe.reports.drafting import queries, services
from qinghe.reports.drafting.rules import Code
from qinghe.reports.drafting.rules.proposing import Sort
from qinghe.reports.half_year.blocks import Number
from tests.cast import make_org

from .makers import AT, H1, Book, passage_with

LAST = periods.half_year(2021, 1)


def write(passage, text, *, by):
    return services.keep_passage(
        passage=passage, heading=passage.heading, text=text, lock=passage.lock, at=AT, by=by
    )


def questions(ask):
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def test_a_report_asks_no_more_for_many_figures_than_for_few(report, cast, book):
    many = questions(lambda: queries.page_of(cast.lin, report, figures_of=book.of))
    for passage in report.passages.exclude(kind="title"):
        write(passage, "共{DIR-02}家。" if passage.kind == "run_in" else passage.text, by=cast.lin)

    few = questions(lambda: queries.page_of(cast.lin, report, figures_of=book.of))

    assert many == few <= 8
    assert set(book.asked) == {"2022H1"}


def test_many_places_and_periods_are_found_in_one_question(report, cast, book):
    book.put("VOL-02", 900, org=cast.henggang)
    book.put("VOL-02", 800, org=cast.bantian, period=LAST)
    before = questions(lambda: queries.page_of(cast.lin, report, figures_of=book.of))
    ideas = passage_with(report, "{CON-01}")
    write(
        ideas,
        "横岗{VOL-02@440307017|exact}场次，坂田{VOL-02@440307013!2021H1|exact}场次。",
        by=cast.lin,
    )

    drawn = queries.rendered(cast.lin, report, figures_of=book.of)

    text = next(block.text for block in drawn.blocks if "横岗900场次" in block.text)
    assert "坂田800场次" in text
    after = questions(lambda: queries.page_of(cast.lin, report, figures_of=book.of))
    assert after == before + 1


def test_a_change_is_printed_and_carries_its_figure(report, cast, book):
    book.put("VOL-02", 24000, org=cast.longgang, period=LAST)
    write(passage_with(report, "{CON-01}"), "活动场次同比{VOL-02^last_year}。", by=cast.lin)

    drawn = queries.rendered(cast.lin, report, figures_of=book.of)

    runs = [run for b in drawn.blocks for run in b.runs if isinstance(run, Number)]
    assert "增长13.0%" in [run.text for run in runs]
    assert all(run.figure is not None for run in runs)
    assert queries.findings(cast.lin, report, figures_of=book.of) == []


@pytest.mark.parametrize("against", ["previous", "last_year"])
def test_a_yearly_number_is_compared_with_the_year_before(cast, against):
    """In a report on the second half the half before is of the same year, and says the same number."""
    second = periods.half_year(2022, 2)
    report = services.begin(org=cast.longgang, period=second, at=AT, by=cast.lin)
    book = Book(org=cast.longgang)
    for period, value in ((second, 375), (H1, 375), (second.same_last_year(), 300)):
        book.put("TGT-02", value, org=cast.longgang, period=period)
    write(passage_with(report, "{CON-01}"), f"全年指标{{TGT-02^{against}}}。", by=cast.lin)

    drawn = queries.rendered(cast.lin, report, figures_of=book.of)

    assert any("全年指标增长25.0%" in block.text for block in drawn.blocks)


def codes(report, cast, book):
    return [
        (each.code, each.words) for each in queries.findings(cast.lin, report, figures_of=book.of)
    ]


@pytest.mark.parametrize(
    ("value", "state", "code", "blocking"),
    [
        (None, State.MISSING, Code.NO_DATA, True),
        (97, State.INCOMPLETE, Code.INCOMPLETE, False),
        (97, State.PARTIAL, Code.INCOMPLETE, False),
    ],
)
def test_what_is_missing_or_not_whole_is_found(report, cast, book, value, state, code, blocking):
    book.put("DIR-01", value, org=cast.longgang, state=state)

    (found,) = queries.findings(cast.lin, report, figures_of=book.of)

    assert (found.code, found.words, found.blocking) == (code, "{DIR-01}", blocking)


def test_a_figure_above_or_beside_is_not_there(cast):
    report = services.begin(org=cast.henggang, period=H1, at=AT, by=cast.chen)
    book = Book(org=cast.henggang)
    book.put("VOL-02", 900, org=cast.bantian)
    ideas = passage_with(report, "{CON-01}")
    write(ideas, "坂田{VOL-02@440307013}场次，{VOL-02@440307}场次。", by=cast.chen)

    found = queries.findings(cast.chen, report, figures_of=book.of)

    assert [each.words for each in found if each.code is Code.UNKNOWN_FIGURE] == [
        "{VOL-02@440307013}",
        "{VOL-02@440307}",
    ]


def test_without_facts_the_reader_is_told_so(report, cast):
    with pytest.raises(Refused, check=lambda error: error.code == "no_facts"):
        queries.findings(cast.lin, report)


def test_a_number_typed_by_hand_is_offered_the_figures_it_is_true_of(report, cast, book):
    write(passage_with(report, "{CON-01}"), "开展活动超2.7万场次。", by=cast.lin)
    found = queries.findings(cast.lin, report, figures_of=book.of)

    offered = queries.candidates(cast.lin, report, found=found, figures_of=book.of)

    (choices,) = offered.values()
    assert choices[0].code == "VOL-02"
    assert choices[0].said == "超2.7万"


@pytest.fixture
def streets(cast, book):
    """Three streets with a share each, the last of them far behind."""
    third = make_org("440307004", "布吉街道", kind="street", level="street", parent=cast.longgang)
    for org, share in ((cast.henggang, "99.1"), (cast.bantian, "98.7"), (third, "91.2")):
        book.put("AFF-05", Decimal(share), org=org)
    return third


def proposed(report, cast, book, sort):
    found = queries.proposals(cast.lin, report, figures_of=book.of)
    return [each for each in found if each.sort is sort]


def test_a_target_of_the_year_that_is_pursued_too_slowly_is_proposed(report, cast, book):
    (found,) = proposed(report, cast, book, Sort.TARGET)

    assert (found.key, found.taken) == ("target:DIR-01", False)
    assert "{TGT-02}家" in found.text
    assert [each.url for each in found.evidence] == [
        "/figures/DIR-01/2022H1/440307/",
        "/figures/TGT-02/2022H1/440307/",
    ]


def test_the_street_that_comes_last_is_proposed(report, cast, book, streets):
    (found,) = proposed(report, cast, book, Sort.WORST)

    assert "布吉街道年度团籍注册率为{AFF-05@440307004}" in found.text


def test_what_fell_against_last_year_is_proposed(report, cast, book):
    book.put("VOL-03", 600000, org=cast.longgang, period=LAST)
    book.put("VOL-04", 1770000, org=cast.longgang, period=LAST)  # wavers

    (found,) = proposed(report, cast, book, Sort.FALLING)

    assert found.key == "falling:VOL-03"
    assert "{VOL-03^last_year}" in found.text


def test_streets_that_have_not_reported_are_proposed(report, cast, book):
    book.put("VOL-02", 10, org=cast.henggang, state=State.INCOMPLETE)

    (found,) = proposed(report, cast, book, Sort.INCOMPLETE)

    assert found.text.startswith("横岗街道报送的数据还不完整")


def test_a_promise_of_the_report_before_that_was_not_kept_is_proposed(cast, book):
    before = services.begin(org=cast.longgang, period=H1.previous(), at=AT, by=cast.lin)
    promise = services.Promise(
        text="扩大两新覆盖", org=cast.longgang, due_on=date(2022, 6, 30), code="DIR-02",
        target=Decimal(1200),
    )  # fmt: skip
    services.plan(report=before, promise=promise, at=AT, by=cast.lin)
    for state in ("signing", "signed", "issued"):
        services.set_state(report=before, state=state, at=AT, by=cast.lin)
    report = services.begin(org=cast.longgang, period=H1, at=AT, by=cast.lin)

    found = proposed(report, cast, book, Sort.TARGET)

    assert "两新团组织总数为{DIR-02}家" in found[-1].text


def test_every_proposed_sentence_is_taken_in_tokens_and_passes_the_checker(
    report, cast, book, streets
):
    book.put("VOL-03", 600000, org=cast.longgang, period=LAST)
    after = queries.place_for_problems(cast.lin, report)
    found = queries.proposals(cast.lin, report, figures_of=book.of)
    assert {each.sort for each in found} >= {Sort.TARGET, Sort.WORST, Sort.FALLING}
    for each in found:
        assert not any(digit in each.heading for digit in "0123456789")
        wording = services.Wording(key=each.key, heading=each.heading, text=each.text)
        services.take_proposal(report=report, wording=wording, after=after, at=AT, by=cast.lin)

    assert codes(report, cast, book) == []
    again = queries.proposals(cast.lin, report, figures_of=book.of)
    assert all(each.taken for each in again)
    with pytest.raises(Refused, check=lambda error: error.code == "already_taken"):
        services.take_proposal(report=report, wording=wording, after=after, at=AT, by=cast.lin)


def test_a_plan_has_a_target_with_an_indicator_and_a_day_to_come(report, cast):
    def plan(**changed):
        wanted = {"text": "新增团组织", "org": cast.henggang, **changed}
        return services.plan(report=report, promise=services.Promise(**wanted), at=AT, by=cast.lin)

    def refusal(**changed):
        with pytest.raises(Refused) as error:
            plan(**changed)
        return error.value.code

    assert refusal(code="DIR-01") == "target_needed"
    assert refusal(code="XYZ-99", target=Decimal(1)) == "unknown_indicator"
    assert refusal(text=" ") == "nothing_said"
    assert refusal(due_on=date(2022, 6, 30)) == "already_past"
    item = plan(code="DIR-01", target=Decimal(40), due_on=date(2022, 12, 31))
    services.drop_plan(item=item, at=AT, by=cast.lin)
    assert not queries.plan_seen_by(cast.lin).exists()


def test_what_an_issued_report_promises_can_be_taken_over_and_says_what_became_of_it(
    report, cast, monkeypatch
):
    promise = services.Promise(
        text="新增团组织", org=cast.henggang, code="DIR-01", target=Decimal(40)
    )
    item = services.plan(report=report, promise=promise, at=AT, by=cast.lin)
    assert handing.offer(cast.lin, f"drafting.plan:{item.pk}") is None
    services.set_state(report=report, state="signing", at=AT, by=cast.lin)
    services.set_state(report=report, state="signed", at=AT, by=cast.lin)
    services.set_state(report=report, state="issued", at=AT, by=cast.lin)

    offer = handing.offer(cast.lin, f"drafting.plan:{item.pk}")

    assert (offer.title, offer.owner, offer.code, offer.target) == (
        ("新增团组织", cast.henggang, "DIR-01", Decimal(40))
    )
    assert handing.offer(cast.chen, offer.key) is None
    became = Followed("攻坚清单", "办理中", "/x/")
    keeps = System("lists", "清单", "", follows=lambda _, keys: {key: [became] for key in keys})
    monkeypatch.setattr(system, "INSTALLED", [*system.INSTALLED, keeps])
    assert queries.followed(cast.lin, [item]) == [(item, [became])]
