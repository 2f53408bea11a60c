"""What no template may hold, and what the small tags print (bar 38)."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import Context, Template

import qinghe
from tests.web.test_frame import text

TEMPLATES = sorted(Path(qinghe.__path__[0]).rglob("templates/**/*.html"))
INLINE = re.compile(
    r"<style|\sstyle\s*=|\son[a-z]+\s*=|\shx-on|javascript:|<script(?![^>]*\b(?:src=|type=\"application/json))",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_carries_inline_script_or_style(path):
    assert INLINE.search(path.read_text("utf-8")) is None


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_asks_another_host(path):
    assert not re.search(r"(?:src|href|action)=[\"'](?:https?:)?//", path.read_text("utf-8"))


@pytest.mark.parametrize(
    "path", ["/orgs/", "/orgs/440307/", "/close/", "/wizard/", "/search/?q=街道"]
)
def test_no_page_as_sent_carries_inline_script_or_style(lin, path):
    sent = re.sub(r'<script id="[^"]+" type="application/json">', "", text(lin.get(path)))

    assert INLINE.search(sent) is None


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("{{ n|number }}", "1,763,013"),
        ("{{ n|number:1 }}", "1,763,012.5"),
        ("{{ none|number }}", "—"),
        ("{{ zero|number }}", "0"),
        ("{{ zero|cell }}", "0"),
        ("{{ none|cell }}", "—"),
        ('{{ "2022H1"|period_label }}', "2022年上半年"),
        ('{{ "partial"|state_label }}', "未满期"),
    ],
)
def test_filters_print_for_the_screen(words, printed):
    context = {"n": Decimal("1763012.5"), "none": None, "zero": 0, "name": "明小麦"}

    assert Template("{% load qinghe %}" + words).render(Context(context)) == printed
