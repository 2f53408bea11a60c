"""Words of the trail: what one system calls a detail, another does not take away."""

import ast
from collections import defaultdict
from importlib import import_module
from pathlib import Path

from django.conf import settings

from qinghe.edges.web import timeline
from qinghe.kernel.audit.models import Entry

import_module(settings.ROOT_URLCONF)  # with every page come its words
SOURCE = Path(settings.ROOT) / "src" / "qinghe"
TABLES = ("VERBS", "DETAILS")


def note(pairs, words):
    pairs |= {
        (key.value, word.value)
        for key, word in zip(words.keys, words.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(word, ast.Constant)
    }


def test_no_key_has_two_meanings():
    for table in TABLES:
        by_key = defaultdict(set)
        for key, word in told_pairs(table):
            by_key[key].add(word)
        assert {key: words for key, words in by_key.items() if len(words) > 1} == {}


def told_pairs(table):
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (words := table_in(node, table)) is not None:
                note(found, words)
    return found


def table_in(node, table):
    """Return the dictionary that a node adds to a table, if it does."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Attribute(attr=name), attr="update"),
            args=[ast.Dict() as words],
        ) if name == table:
            return words
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.Dict() as words) if name == table:
            return words
    return None


def test_a_grant_and_a_quota_call_what_was_before_by_their_own_words():
    grant = Entry(verb="access.give_role", detail={"before": "无"})
    quota = Entry(verb="volunteering.raise_late_quota", detail={"before": 600})

    assert timeline.line(grant).detail == [("变更前", "无")]
    assert timeline.line(quota).detail == [("此前分钟", "600")]


def test_whatever_an_entry_tells_has_a_word():
    unnamed = {
        f"{part}.{key}"
        for part, key in told_in_entries()
        if f"{part}.{key}" not in timeline.DETAILS and key not in timeline.DETAILS
    }
    assert unnamed == set()


def told_in_entries():
    """Return the keys of every detail that a function writes down where it records an entry."""
    for path in SOURCE.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                yield from told_by(function)


def told_by(function):
    """Return the keys that one function tells, in the call or under a name that it gave them."""
    under = defaultdict(list)
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict() as detail):
                under[name].append(detail)
    for node in ast.walk(function):
        match node:
            case ast.Call(func=ast.Attribute(attr="record" | "record_many"), keywords=words):
                given = {word.arg: word.value for word in words}
                if isinstance(given.get("verb"), ast.Constant):
                    part = given["verb"].value.partition(".")[0]
                    detail = given.get("detail")
                    told = under[detail.id] if isinstance(detail, ast.Name) else [detail]
                    keys = [k for one in told if isinstance(one, ast.Dict) for k in one.keys]
                    yield from ((part, k.value) for k in keys if isinstance(k, ast.Constant))
