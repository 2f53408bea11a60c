"""Which services decide on what another asked for, and what becomes of who asked (bar 17).

A service decides where one of the refusals that it names is that of one's own doing, or where its
name begins with a word of consenting. `decisions.csv` holds a row for each: the refusals, and where
one of them is seen. That is a door, written `role place route`, which test_decisions.py goes through
twice, as another and as who asked; or a test of the flow, `path::name`; or, of a service that refuses
nobody for that, the reason.
"""

import ast
import functools
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FunctionType

import pytest

import qinghe
from qinghe.lib.verdicts import Refused

from . import tables

DECISIONS = tables.HERE / "decisions.csv"
ROOT = tables.HERE.parents[1]
# Refusals that name one's own doing: own_hours, oneself, same_eyes. An organisation is nobody.
OWN = re.compile(r"\b(own_(?!org\b)\w+|oneself|same_eyes)\b")
CONSENTING = {
    "accept", "admit", "agree", "allow", "approve", "confirm", "decide", "grant", "pass", "uphold",
}  # fmt: skip
SAYING = {"services", "rules", "exports"}
TEST = re.compile(r"(?P<path>\S+\.py)::(?P<name>test_\w+)")
DOOR = re.compile(r"(?P<role>\w+) (?P<place>inside|below) (?P<route>\S+:\S+)")


@dataclass(frozen=True)
class Decision:
    """A service that decides: its name, and the refusals of one's own doing that it names."""

    name: str
    does: FunctionType
    refuses: tuple[str, ...]


@dataclass
class Called:
    """What became of each deciding service that was called: "done", or how it refused."""

    ends: dict[str, str] = field(default_factory=dict)


def every_decision() -> dict[str, Decision]:
    """Return every service that decides, by its name."""
    found = {}
    for module in _modules():
        for name, does in vars(module).items():
            if _is_service(does, module.__name__) and (codes := _own(does)) | _consents(name):
                short = f"{module.__name__.removeprefix('qinghe.')}.{name}"
                found[short] = Decision(short, does, tuple(sorted(codes)))
    return found


def _modules() -> Iterator[object]:
    for found in pkgutil.walk_packages(qinghe.__path__, "qinghe."):
        parts = found.name.split(".")
        if "tests" not in parts and not found.ispkg and {"services", "exports"} & set(parts):
            yield importlib.import_module(found.name)


def _is_service(does: object, module: str) -> bool:
    if not inspect.isfunction(does) or does.__module__ != module or does.__name__[0] == "_":
        return False
    return {"by", "at"} <= set(inspect.signature(does).parameters)


def _own(does: FunctionType) -> set[str]:
    _, _, raises = (inspect.getdoc(does) or "").partition("Raises")
    return set(OWN.findall(raises))


def _consents(name: str) -> set[str]:
    return {name.partition("_")[0]} & CONSENTING


@contextmanager
def calling(decisions: dict[str, Decision]) -> Iterator[Called]:
    """Note what becomes of the deciding services that are called meanwhile, by whatever module."""
    called = Called()
    noted = {id(each.does): _noting(each, called) for each in decisions.values()}
    with pytest.MonkeyPatch.context() as patch:
        for name, module in list(sys.modules.items()):
            if name.startswith("qinghe."):
                for key, value in list(vars(module).items()):
                    if id(value) in noted and inspect.isfunction(value):
                        patch.setattr(module, key, noted[id(value)])
        yield called


def _noting(decision: Decision, called: Called) -> Callable[..., object]:
    @functools.wraps(decision.does)
    def does(*args: object, **kwargs: object) -> object:
        try:
            answer = decision.does(*args, **kwargs)
        except Refused as refusal:
            called.ends[decision.name] = refusal.code
            raise
        called.ends[decision.name] = "done"
        return answer

    return does


@dataclass(frozen=True)
class Defined:
    """What a function or a value is written with: the names that it uses, and its texts."""

    names: frozenset[str]
    texts: frozenset[str]


def unsaid(decision: Decision) -> list[str]:
    """Return the refusals that a service names and that nothing it calls says."""
    parts = decision.name.split(".")
    home = "/".join(parts[: 1 if parts[0] == "kernel" else 2])
    said: set[str] = set()
    waiting, seen = [decision.does.__name__], set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for each in (*_defined(home).get(name, ()), *_defined("kernel").get(name, ())):
            waiting += each.names
            said |= each.texts
    return [code for code in decision.refuses if code not in said]


@functools.cache
def _defined(home: str) -> dict[str, list[Defined]]:
    """Return what the services and rules of a part of the house define, by its name."""
    found: dict[str, list[Defined]] = {}
    for path in (ROOT / "src/qinghe" / home).rglob("*.py"):
        if "tests" not in path.parts and SAYING & {*path.parts, path.stem}:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    found.setdefault(node.name, []).append(_written(node))
    return found


def _written(function: ast.FunctionDef) -> Defined:
    names, texts = set(), set()
    for each in ast.walk(function):
        if isinstance(each, ast.Name):
            names.add(each.id)
        elif isinstance(each, ast.Attribute):
            names.add(each.attr)
        elif isinstance(each, ast.Constant) and isinstance(each.value, str):
            texts.add(each.value)
    return Defined(frozenset(names), frozenset(texts))
