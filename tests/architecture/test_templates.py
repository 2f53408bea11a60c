"""Every page template is used, and none of them asks, reckons or styles on its own."""

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "qinghe"
# Looked for by name: Django's own pages for errors, and forms and tables from their libraries.
FOUND_BY_NAME = {
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "429.html",
    "500.html",
    "authentication_error.html",
}


def templates():
    """Return every template by the name it is called by."""
    return {
        str(path.relative_to(folder)): path
        for folder in SOURCE.rglob("templates")
        for path in folder.rglob("*.html")
    }


def test_there_are_templates_to_look_at():
    assert templates()


def test_no_template_is_left_unused():
    callers = [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")]
    text = "\n".join(path.read_text() for path in callers if "tests" not in path.parts)
    unused = {
        name
        for name in templates()
        if Path(name).name not in FOUND_BY_NAME
        and not re.search(rf"""["']{re.escape(name)}[#"']""", text)
    }

    assert not unused


def test_no_template_runs_or_styles_in_place():
    """The content security policy would silently drop it."""
    in_place = re.compile(
        r"<style|\sstyle\s*=|\son(?:click|load|change|submit|input)\s*=|href=[\"']javascript:"
        r"|<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/json)",
        re.IGNORECASE,
    )
    guilty = {name for name, path in templates().items() if in_place.search(path.read_text())}

    assert not guilty


def test_no_template_loads_from_elsewhere():
    elsewhere = re.compile(r"(?:src|href|action)=[\"'](?:https?:)?//", re.IGNORECASE)
    guilty = {name for name, path in templates().items() if elsewhere.search(path.read_text())}

    assert not guilty
