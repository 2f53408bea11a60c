"""The table of bars says what is so: nothing is held that nobody checks, and none is left out."""

import sys
from types import SimpleNamespace

import pytest
from django.conf import settings

from bench import __main__ as benching
from bench import _limits
from qinghe.config.proof import bars, checks, measured, pages
from qinghe.config.proof.bars import Bar
from qinghe.config.proof.checks import Check
from qinghe.config.proof.measured import Figure, Run

BAR = Bar(number=7, area="Durability", title="Heavy work", holds="It does not hurt.")
TEST = Check("tests/test_x.py::test_it", (7,))
BENCH = Check("bench/beside.py", (7,), is_bench=True)
FIGURE = Figure("p99, seconds", 0.3, "≤", 0.2, 1.5)


def ran(*, met, figures=()):
    """Return the last run of the bench."""
    return {"beside": Run("beside", "p99", met, "2026-11-23", "2 cores", "abc", figures)}


def standing(*found, bar=BAR, runs=None):
    """Return how the bar stands with these checks."""
    return pages.standings([bar], found, runs or {})[0]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Nothing is lost (bar 2).", (2,)),
        ("Bars 12, 13 and 41.", (12, 13, 41)),
        ("Held twice (S-31, bar 36), and (bar 2).", (2, 36)),
        ("A bar of 12 metres; a barrier 7.", ()),
    ],
)
def test_a_docstring_names_bars(text, numbers):
    assert checks.named_in(text) == numbers


def test_what_nobody_checks_is_not_held():
    assert standing().state == pages.UNCHECKED


def test_what_is_checked_whole_is_held():
    assert standing(TEST).state == pages.HELD
    assert standing(TEST, BENCH, runs=ran(met=True)).state == pages.HELD


@pytest.mark.parametrize(
    ("found", "bar", "why"),
    [
        ((TEST, BENCH), BAR, "bench `beside` has not been measured"),
        (
            (TEST,),
            Bar(7, "Durability", "Heavy work", "It does not hurt.", open="Not the report."),
            "Not the report.",
        ),
    ],
)
def test_what_is_checked_in_part_says_what_is_not(found, bar, why):
    part = standing(*found, bar=bar)

    assert (part.state, part.reasons) == (pages.IN_PART, [why])


def test_what_was_measured_past_its_limit_is_missed_with_its_figure():
    missed = standing(TEST, BENCH, runs=ran(met=False, figures=(FIGURE,)))

    assert missed.state == pages.MISSED
    assert missed.reasons == ["`beside`: p99, seconds: 0.3 (≤ 0.2)"]


def test_a_bench_that_could_not_measure_here_counts_as_unmeasured():
    assert standing(BENCH, runs=ran(met=None)).state == pages.IN_PART


def test_every_bar_is_on_the_page_once_and_numbered_through():
    known = bars.read(settings.ROOT / "docs" / "bars.toml")
    page = pages.all_pages(settings.ROOT)["assurance.md"]

    assert len(known) == 45
    assert all(page.count(f"\n| {bar.number} | **{bar.title}.**") == 1 for bar in known)


def test_a_bar_that_is_left_out_stops_the_page(tmp_path):
    text = (settings.ROOT / "docs" / "bars.toml").read_text(encoding="utf-8")
    (tmp_path / "bars.toml").write_text(text.replace("number = 12\n", "number = 46\n"))

    with pytest.raises(ValueError, match="not numbered"):
        bars.read(tmp_path / "bars.toml")


def test_a_check_of_a_bar_that_is_not_there_stops_the_page(tmp_path):
    for folder in ("docs", "bench", "tests", "src"):
        (tmp_path / folder).mkdir()
    (tmp_path / "docs" / "bars.toml").write_text("")
    (tmp_path / "tests" / "test_x.py").write_text('"""Bar 99."""\n')

    with pytest.raises(ValueError, match=r"tests/test_x\.py"):
        pages.all_pages(tmp_path)


def test_every_bench_has_limits_and_a_line_on_the_page():
    benches = checks.benches(settings.ROOT / "bench")
    page = pages.performance(benches, {})

    assert len(benches) >= 18
    assert [name for name in benches if f"| `{name}` |" not in page] == []
    sources = {name: (settings.ROOT / "bench" / f"{name}.py").read_text() for name in benches}
    assert [name for name, text in sources.items() if "\nLIMITS = " not in text] == []


@pytest.mark.parametrize(
    ("limit", "value", "ratio"),
    [
        (_limits.at_most("seconds", 60), 30, 0.5),
        (_limits.at_least("seconds", 60), 120, 0.5),
        (_limits.at_most("seconds", 0), 0, 0),
        (_limits.at_most("seconds", 0), 3, 2),
    ],
)
def test_a_ratio_is_the_share_of_the_limit_that_was_used(limit, value, ratio):
    assert limit({"seconds": value}).ratio == ratio


def test_what_runs_for_long_is_measured_when_it_is_named_and_not_with_all():
    assert set(benching.names()) - set(benching.in_all()) == {"mutants"}


def test_what_was_not_measured_has_no_ratio():
    assert _limits.figures((_limits.at_most("seconds", 60),), {"left out": "no database"}) == ()


def test_figures_are_read_as_they_were_kept(tmp_path):
    path, runs = tmp_path / "figures.json", ran(met=False, figures=(FIGURE,))

    measured.write(path, runs)

    assert measured.read(path) == runs


def test_all_measure_a_slice_of_what_takes_long_and_a_slice_is_not_kept(monkeypatch, tmp_path):
    values = {"seconds": 1.0, "bar met": True}
    long = SimpleNamespace(
        run=lambda: values | {"rows": 10}, brief=lambda: values | {"rows": 1}, LIMITS=()
    )
    monkeypatch.setitem(sys.modules, "bench.long", long)
    monkeypatch.setattr(benching, "FIGURES", tmp_path / "figures.json")
    monkeypatch.setattr(benching.subprocess, "run", lambda *_, **__: None)
    monkeypatch.setattr(benching, "commit", lambda: "abc")
    whole, part = benching.measure("long"), benching.measure("long", brief=True)

    assert (whole.values["rows"], whole.is_slice) == (10, False)
    assert (part.values["rows"], part.is_slice) == (1, True)
    benching.keep({"long": part})
    assert measured.read(benching.FIGURES) == {}
    benching.keep({"long": whole})
    assert measured.read(benching.FIGURES) == {"long": whole}
