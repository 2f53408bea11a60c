"""What people wrote in docs/ is still so: links lead somewhere, commands and words are all there."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands

from qinghe.config import schedule
from qinghe.edges import system

ROOT = settings.ROOT
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "src").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    text = re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)
    targets = [target for target in LINK.findall(text) if "://" not in target]

    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", ["security.md", "assurance.md"])
def test_every_test_that_a_page_names_is_there(page):
    told = re.findall(r"\[(test_\w+)\]\(\.\./([^)]+)\)", (DOCS / page).read_text())

    assert told
    assert [name for name, file in told if f"def {name}(" not in (ROOT / file).read_text()] == []


def test_every_variable_that_is_read_is_documented():
    sources = [ROOT / "qinghe", *(ROOT / ".ci").iterdir(), ROOT / "conftest.py"]
    sources += (ROOT / "src").rglob("*.py")
    read = {
        name
        for path in sources
        for name in re.findall(r"\b(?:QINGHE_[A-Z_]+|DATABASE_URL)\b", Path(path).read_text())
    }

    told = (DOCS / "commands.md").read_text()

    assert "QINGHE_DATA" in read
    assert {name for name in read if f"`{name}`" not in told} == set()


def test_every_command_of_the_house_is_documented():
    ours = {name for name, app in get_commands().items() if str(app).startswith("qinghe.")}

    told = (DOCS / "commands.md").read_text()

    assert {"demo", "figures", "trace"} <= ours
    assert {name for name in ours if not re.search(rf"\b{name}\b", told)} == set()


def test_every_sheet_is_documented_with_its_columns():
    told = (DOCS / "commands.md").read_text()
    sheets = [sheet for each in system.INSTALLED for sheet in each.sheets]
    rows = {
        f"| `{sheet.slug}` | "
        + " ".join(column.label + "*" * (not column.required) for column in sheet.columns)
        + " |"
        for sheet in sheets
    }

    assert rows
    assert {row for row in rows if row not in told} == set()


def test_every_table_is_in_the_glossary():
    told = (DOCS / "glossary.md").read_text()
    ours = {model.__name__ for model in apps.get_models() if model.__module__.startswith("qinghe.")}

    assert ours
    assert {name for name in ours if not re.search(rf"[`.]{name}\b", told)} == set()


def test_the_glossary_explains_each_word_once():
    told = (DOCS / "glossary.md").read_text()
    words = [word for word in re.findall(r"^\| ([^|]+?) \|", told, re.M) if word != "中文"]

    assert len(words) > 150
    assert sorted(words) == sorted(set(words))


def test_the_timers_in_the_docs_call_at_the_hour_of_the_schedule():
    told = (DOCS / "deploy.md").read_text()

    first = min(job.when for job in schedule.NIGHTLY)

    assert f"OnCalendar=*-*-* {first:%H:%M}:00 Asia/Shanghai" in told
    assert f"\n{first.minute} {first.hour} * * *  " in told
