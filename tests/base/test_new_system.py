"""`manage new-system`: what it writes stands by itself; what it may not write it refuses."""

import importlib
import shutil
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

import qinghe.systems
from qinghe.config import scaffold
from qinghe.edges.system import System
from qinghe.lib.verdicts import Refused
from tests.architecture import test_shape as shape

LONGEST = ("x" * scaffold.LONGEST_SLUG, "热" * 12)


@pytest.fixture
def systems(tmp_path, monkeypatch):
    """Return an empty folder whose content can be imported as systems."""
    before = set(sys.modules)
    monkeypatch.setattr(qinghe.systems, "__path__", [*qinghe.systems.__path__, str(tmp_path)])
    yield tmp_path
    for name in set(sys.modules) - before:
        if name.startswith("qinghe.systems."):
            del sys.modules[name]


def new_system(slug, label, *, into):
    call_command("new-system", slug, label, systems=into)
    return into / slug


def test_the_manifest_of_a_new_system_plugs_in_one_page(systems):
    new_system("hotline", "热线与个案", into=systems)

    made = importlib.import_module("qinghe.systems.hotline.system").SYSTEM
    urls = importlib.import_module(made.urls)

    assert isinstance(made, System)
    assert (made.slug, made.label) == ("hotline", "热线与个案")
    assert [item.url_name for item in made.menu] == ["hotline:home"]
    assert {grant.act for grant in made.grants} == {"hotline.see"}
    assert [route.name for route in urls.urlpatterns] == ["home"]


def test_a_new_system_has_the_shape_of_the_house(systems):
    folder = new_system("hotline", "热线与个案", into=systems)

    shape.test_only_known_names_in_a_system(folder)
    shape.test_queries_start_from_an_actor(folder)
    shape.test_services_are_atomic_keyword_only_signed_and_dated(folder)
    shape.test_a_system_says_what_it_is(folder)
    assert {path.stem for path in folder.glob("*.py")} >= {
        *("system", "models", "rules", "access", "services", "queries"),
        *("facts", "indicators", "forms", "views", "urls", "apps"),
    }


@pytest.fixture
def house(tmp_path):
    """Return the folder of systems in an empty house with this project's settings for ruff."""
    shutil.copy(settings.ROOT / "pyproject.toml", tmp_path)
    for package in ("tests", "src/qinghe", "src/qinghe/systems"):
        (tmp_path / package).mkdir(parents=True)
        (tmp_path / package / "__init__.py").touch()
    return tmp_path / "src" / "qinghe" / "systems"


@pytest.mark.parametrize(("slug", "label"), [("hotline", "热线与个案"), LONGEST])
def test_ruff_has_nothing_to_say_about_a_new_system(house, slug, label):
    folder = new_system(slug, label, into=house)

    for verb in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *verb, "--no-cache", str(folder)],
            cwd=house.parents[2],
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 0, done.stdout + done.stderr


def test_it_says_which_word_to_add(tmp_path, capsys):
    new_system("hotline", "热线与个案", into=tmp_path)

    said = capsys.readouterr().out

    assert 'SYSTEMS 中加上一个词："hotline"' in said
    assert "新建 hotline/system.py" in said


@pytest.mark.parametrize(
    ("slug", "label", "code"),
    [
        ("Hotline", "热线", "bad_slug"),
        ("hot-line", "热线", "bad_slug"),
        ("2nd", "热线", "bad_slug"),
        ("class", "热线", "bad_slug"),
        ("", "热线", "bad_slug"),
        ("../out", "热线", "bad_slug"),
        ("x" * (scaffold.LONGEST_SLUG + 1), "热线", "bad_slug"),
        ("hotline", "", "bad_label"),
        ("hotline", '热"线', "bad_label"),
        ("hotline", "热" * 13, "bad_label"),
        ("hotline", "{{ 热线 }}", "bad_label"),
        ("taken", "热线", "slug_taken"),
    ],
)
def test_a_bad_or_taken_name_is_refused(slug, label, code):
    with pytest.raises(Refused) as refusal:
        scaffold.check(slug=slug, label=label, taken={"taken"})

    assert refusal.value.code == code


@pytest.mark.parametrize(
    "word", ["volunteering", "orgs", "search"], ids=["a system", "an application", "an address"]
)
def test_what_the_house_uses_already_is_taken(tmp_path, word):
    with pytest.raises(CommandError, match="已有他用"):
        new_system(word, "热线", into=tmp_path)

    assert not list(tmp_path.iterdir())


def test_a_second_run_changes_nothing(tmp_path):
    folder = new_system("hotline", "热线", into=tmp_path)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    with pytest.raises(CommandError, match="已有他用"):
        new_system("hotline", "另一个名称", into=tmp_path)

    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_an_interrupted_run_leaves_no_half_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(scaffold, "files", lambda **_: {"a.py": "", "b.py": None})

    with pytest.raises(TypeError):
        scaffold.begin(systems=tmp_path, slug="hotline", label="热线")

    assert not list(tmp_path.iterdir())
