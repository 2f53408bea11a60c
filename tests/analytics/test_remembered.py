"""SQL is compiled once for all processes of one code, and never trusted for another."""

from dataclasses import replace

import pytest

from qinghe.analytics import catalogue, compiling, figures, formulas, remembered, store

from .ledger import DISTRICT, H1, TIMES

KEEPERS = (
    compiling.compiled,
    compiling._compiled_once,
    compiling._orgs_sql_once,
    compiling._total_sql_once,
    compiling._records_sql_once,
)


def begin_anew():
    """Forget what this process knows, as one that has just begun."""
    for each in KEEPERS:
        each.cache_clear()


@pytest.fixture
def facts(data_folder):
    """Return the folder of the facts, with a process that has just begun."""
    begin_anew()
    folder = data_folder / "facts"
    folder.mkdir(parents=True, exist_ok=True)
    yield folder
    begin_anew()


@pytest.fixture
def compiler(monkeypatch):
    """Count what is compiled."""
    asked = []
    compile_one = formulas.sql

    def counted(*words):
        asked.append(words)
        return compile_one(*words)

    monkeypatch.setattr(formulas, "sql", counted)
    return asked


def declared():
    return [part for each in catalogue.INDICATORS.values() for part in catalogue.parts(each)]


def records(indicators):
    return [compiling.records_sql(each, H1, DISTRICT) for each in indicators]


def files(folder):
    return sorted(folder.glob("compiled-*/*.json"))


@pytest.mark.django_db
def test_a_process_that_begins_later_compiles_none_of_the_declared_figures(facts, compiler):
    figures.prepare()
    said = records(declared()[:9])
    assert compiler
    compiler.clear()
    begin_anew()

    figures.prepare()

    assert records(declared()[:9]) == said
    assert compiler == []


def test_what_cannot_be_read_is_compiled_again_and_kept_whole(facts, compiler):
    few = declared()[:3]
    said = records(few)
    for path, torn in zip(files(facts), (b"", b"\0\0", b'[{"sql": 1}]'), strict=True):
        path.write_bytes(torn)
    compiler.clear()
    begin_anew()

    assert records(few) == said
    assert len(compiler) == len(few)
    assert all(path.read_bytes().endswith(b"}]") for path in files(facts))


def test_other_code_makes_its_own_and_drops_what_was_before(facts, compiler, monkeypatch):
    few = declared()[:1]
    records(few)
    monkeypatch.setattr(remembered, "_code", lambda: "other")
    begin_anew()
    compiler.clear()

    records(few)

    assert len(compiler) == 1
    assert [path.name for path in facts.iterdir()] == ["compiled-other"]


def test_nothing_is_kept_by_a_process_whose_code_was_changed_meanwhile(facts, monkeypatch):
    monkeypatch.setattr(remembered, "_BEGAN", 0)
    remembered._code.cache_clear()
    try:
        records(declared()[:1])
    finally:
        remembered._code.cache_clear()

    assert files(facts) == []


def test_what_is_counted_otherwise_is_another_query(facts):
    one = next(each for each in declared() if each.where is None)
    same, other = replace(one, label="另一个名称"), replace(one, where=in_the_tree)
    texts = records([one, same])

    assert len(files(facts)) == 1
    assert texts[0] == texts[1] != records([other])[0]


def in_the_tree(rows):
    return rows.org_id > 0


def test_functions_of_elsewhere_and_a_house_without_facts_keep_nothing(data_folder, facts):
    records([replace(TIMES, where=in_the_tree)])
    assert files(facts) == []

    facts.rmdir()
    records(declared()[:1])
    assert not store.folder().exists()
