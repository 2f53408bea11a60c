"""The shape of the code, held by tests: what import-linter cannot see."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.urls import reverse

from qinghe.edges.system import INSTALLED
from qinghe.lib import wording

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "qinghe"
SYSTEMS = sorted(p.parent for p in (SOURCE / "systems").glob("*/system.py"))
REPORTS = sorted(p.parent for p in (SOURCE / "reports").glob("*/system.py"))
FILES = {
    "__init__",
    "apps",
    "system",
    "models",
    "rules",
    "services",
    "queries",
    "access",
    "facts",
    "indicators",
    "forms",
    "views",
    "urls",
    "api",
    "sheets",
    "tasks",
}
# What a report is made of beside: its sentences and paragraphs, the documents they are put into,
# the long work and the queues of the inbox.
WRITTEN = {
    "annex",
    "blocks",
    "composing",
    "docx",
    "outline",
    "printing",
    "required",
    "runners",
    "sheet",
    "steps",
    "text",
    "waiting",
    "writing",
    "xlsx",
    "standing",
}
FOLDERS = {"templates", "static", "migrations", "tests", "management", "templatetags"}
LONGEST = 400
REGISTRIES = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(org|com)|npmmirror|taobao\.org|tuna\.tsinghua"
    r"|mirrors?\.(aliyun|tencent|huawei)|deb\.debian\.org|crates\.io",
)
MACHINE = re.compile(r"/(?:home|Users|root|work|opt)/[\w.-]+/")
KEPT_APART = re.compile(  # files that hold keys, or records
    r"\.(pem|key|p12|pfx|jks|keystore|kdbx|sqlite3?|db|dump|sealed)$|(^|/)(\.env|id_[a-z0-9]+|\.?netrc)$"
)
SECRETS = tuple(  # one by one: each begins with letters that are quickly looked for
    re.compile(form)
    for form in (
        r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----",
        *(
            rf"{begins}[0-9A-Za-z]{{12,}}\b" for begins in ("AKIA", "ASIA", "LTAI", "AKID")
        ),  # clouds
        *(rf"gh{which}_[0-9A-Za-z]{{36}}\b" for which in "opsur"),  # forges and registries
        *(r"github_pat_\w{22,}", r"glpat-[\w-]{20,}", r"pypi-[\w-]{50,}", r"npm_[0-9A-Za-z]{36}\b"),
        *(r"xox[abprs]-[\w-]{10,}", r"\bsk-[\w-]{20,}", r"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\."),
        *(r"wecombot://[0-9a-f]{8}-[0-9a-f-]{27}", r"dingtalk://SEC[0-9a-f]{64}"),  # robots
        # An address with a password, but for what the docs and a test write for one.
        r"://[^\s:/@{}\"']+:(?!PASSWORD@|password@|p%40ss@|word@)[^\s@/{}\"']+@[\w.]",
    )
)
TEXT = {".py", ".toml", ".txt", ".in", ".md", ".json", ".html", ".css", ".js", ".csv", ".sh", ""}
SOURCE_FOLDERS = ("src", "tests", "docs", "bench", "requirements")
UNTRACKED = {"__pycache__", "vendor", ".import_linter_cache"}
each_system = pytest.mark.parametrize("system", [*SYSTEMS, *REPORTS], ids=lambda path: path.name)


def modules(folder, name):
    """Return the files of one name: name.py, or the package that it has grown into."""
    package = folder / name
    return [p for p in (package.with_suffix(".py"), *sorted(package.glob("*.py"))) if p.exists()]


def functions(folder, name):
    for path in modules(folder, name):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield node


def tracked():
    """Return every file that is, or is about to be, in version control.

    Where there is no git, or the sources came as an archive: the files of the source folders.
    """
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        found = [path for folder in SOURCE_FOLDERS for path in (ROOT / folder).rglob("*")]
        return [p for p in found if p.is_file() and not UNTRACKED & set(p.parts)]
    return [ROOT / name for name in done.stdout.splitlines() if (ROOT / name).is_file()]


def secrets_in(text):
    for form in SECRETS:
        yield from form.finditer(text)


def python_files():
    return [path for path in tracked() if path.suffix == ".py"]


def test_there_are_systems_to_look_at():
    assert SYSTEMS
    assert REPORTS


@each_system
def test_only_known_names_in_a_system(system):
    names = {path.stem for path in system.glob("*.py")}
    folders = {p.name for p in system.iterdir() if p.is_dir() and p.name != "__pycache__"}

    known = FILES | WRITTEN if system in REPORTS else FILES
    assert names <= known
    assert folders <= FOLDERS | known


@each_system
def test_a_file_and_a_package_do_not_share_a_name(system):
    twice = [p.name for p in system.glob("*.py") if (system / p.stem / "__init__.py").exists()]

    assert not twice


@each_system
def test_services_are_atomic_keyword_only_signed_and_dated(system):
    for function in functions(system, "services"):
        names = {argument.arg for argument in function.args.kwonlyargs}
        decorators = {ast.unparse(decorator) for decorator in function.decorator_list}

        assert not function.args.args, f"{function.name}: keyword arguments only"
        assert {"by", "at"} <= names, f"{function.name}: who, and when?"
        assert "transaction.atomic" in decorators, f"{function.name}: all or nothing"


@each_system
def test_queries_start_from_an_actor(system):
    for function in functions(system, "queries"):
        first = next(iter(function.args.args), None)

        assert first is not None, f"{function.name}: for whom?"
        assert first.arg == "actor", f"{function.name}: for whom?"


@each_system
def test_a_system_says_what_it_is(system):
    readme = (system / "README.md").read_text()

    assert len(readme.splitlines()) <= 80, "one screen"


def only_names(path):
    """Test if a file does no more than name what its package shows: that is as long as it is."""
    named = (ast.Import, ast.ImportFrom, ast.Assign, ast.Expr)
    body = ast.parse(path.read_text()).body
    return path.name == "__init__.py" and all(isinstance(node, named) for node in body)


def test_files_stay_short():
    counts = {
        path: len(path.read_text().splitlines()) for path in python_files() if not only_names(path)
    }

    assert not {str(path.relative_to(ROOT)): n for path, n in counts.items() if n > LONGEST}


def test_no_file_names_a_registry_or_a_place_on_one_machine():
    found = []
    for path in tracked():
        if path == Path(__file__) or path.suffix not in TEXT:
            continue
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            if REGISTRIES.search(line) or MACHINE.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}")

    assert not found


def test_the_locks_pin_every_package_with_its_hashes():
    """Bar 45."""
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        pins = re.findall(
            r"^[a-z0-9][\w.-]*==\S+.*(?:\n    --hash=sha256:\w{64}.*)*", lock.read_text(), re.M
        )

        assert pins
        assert all("--hash=" in pin for pin in pins), lock.name


def test_no_file_holds_a_secret():
    """Bar 45: ruff's S rules look at names in the code, this at whatever is in version control."""
    assert [path.name for path in tracked() if KEPT_APART.search(path.as_posix())] == []
    found = [
        f"{path.relative_to(ROOT)}: {hit[0][:12]}…"
        for path in tracked()
        for hit in secrets_in(path.read_text(encoding="utf-8", errors="ignore"))
    ]

    assert found == []


@pytest.mark.parametrize(
    "secret",
    [
        "-----BEGIN " + "EC PRIVATE KEY-----",
        "AKIA" + "Q" * 16,
        "ghp_" + "a" * 36,
        "eyJ" + "hbGciOiJIUzI1NiJ9.eyJ" + "zdWIiOiIxIn0xx.c2ln",
        "wecombot:" + "//693a91f6-7aac-4bc4-97a0-0ec2f1a5aaaa",
        "postgresql:" + "//qinghe:Zx9qT7@10.0.0.3/qinghe",
    ],
    ids=lambda secret: secret[:5],
)
def test_a_secret_would_be_seen(secret):
    assert list(secrets_in(f'"{secret}"'))


def test_nothing_listens_for_signals():
    """Ruff bans the imports; this catches `post_save.connect` through any other name."""
    calls = re.compile(
        r"\b(?:pre|post)_(?:save|delete|init|migrate)\.connect\b|m2m_changed\.connect\b"
    )

    assert not [p.name for p in (SOURCE.rglob("*.py")) if calls.search(p.read_text())]


def test_every_sheet_leads_to_the_page_that_lists_what_it_fills():
    sheets = [sheet for installed in INSTALLED for sheet in installed.sheets]

    assert sheets
    for sheet in sheets:
        assert reverse(sheet.page).startswith(f"/{sheet.slug.split('.')[0]}/"), sheet.slug


def test_a_reading_of_a_code_is_declared_once_and_one_system_counts_it():
    """What is reported stands in for systems to come: it has no owner, and never the last word."""
    owners = {}
    versions = {}
    for system in INSTALLED:
        for indicator in system.indicators:
            assert re.fullmatch(r"[A-Z]{3}-\w{2}", indicator.code), indicator.code
            versions.setdefault(indicator.code, []).append((indicator.version, indicator))
            if not indicator.is_reported:
                owners.setdefault(indicator.code, set()).add(system.slug)

    assert versions
    assert {code: slugs for code, slugs in owners.items() if len(slugs) > 1} == {}
    for code, found in versions.items():
        readings = [reading for _, reading in sorted(found, key=lambda each: each[0])]
        assert len({reading.version for reading in readings}) == len(readings), code
        assert [each.is_reported for each in readings] == sorted(
            (each.is_reported for each in readings), reverse=True
        ), f"{code}: what is counted from records is a later version than what is reported"


def test_every_number_has_a_unit_that_fits_how_it_was_counted():  # G-57
    wrong = [
        (indicator.code, indicator.counted, indicator.unit)
        for system in INSTALLED
        for indicator in system.indicators
        if not wording.unit_fits(indicator.counted, indicator.unit)
    ]

    assert wrong == []
