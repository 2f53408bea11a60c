"""What deploy/ hands to systemd, nginx and Docker names only what the house has."""

import re
import shutil
import subprocess
from collections import ChainMap
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

DEPLOY = settings.ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
PROGRAM = "/srv/qinghe/app/qinghe"
OF_THE_HOUSE = re.compile(r"\b(?:QINGHE|DATABASE)_[A-Z_]+\b")
OF_COMPOSE = {"QINGHE_NAME"}  # filled in by compose itself


def settings_of(path):
    """Return what a unit sets; of a name that stands twice, the last."""
    return dict(re.findall(r"^(\w+)=(.*)$", path.read_text(), re.M))


def composed():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def commands():
    """Yield each command line that is handed to the house, with where it stands."""
    for path in UNITS:
        for line in re.findall(r"^ExecStart=(.+)$", path.read_text(), re.M):
            program, *words = line.split()
            assert program == PROGRAM
            yield path.name, words
    for name, service in composed()["services"].items():
        if "command" in service:
            program, *words = service["command"]
            assert program == "./qinghe"
            yield name, words


def read_by_the_house():
    sources = [settings.ROOT / "qinghe", *(settings.ROOT / "src").rglob("*.py")]
    return {name for path in sources for name in OF_THE_HOUSE.findall(path.read_text())}


def test_every_variable_that_is_set_is_one_that_the_house_reads():
    named = {
        name
        for path in DEPLOY.rglob("*")
        if path.is_file()
        for name in OF_THE_HOUSE.findall(path.read_text())
    }

    assert "QINGHE_PROXIES" in named
    assert named - OF_COMPOSE - read_by_the_house() == set()


@pytest.mark.parametrize(("where", "words"), list(commands()), ids=str)
def test_every_command_is_one_of_the_house(where, words):
    first, *rest = words
    assert first in {"serve", "backup", "manage"}
    assert (rest[0] if first == "manage" else first) in get_commands()


def test_every_timer_starts_a_unit_that_is_there():
    timers = [path for path in UNITS if path.suffix == ".timer"]

    assert len(timers) == 2
    assert all(path.with_suffix(".service") in UNITS for path in timers)


def test_no_service_may_do_more_than_another():
    kept = ("NoNewPrivileges", "ProtectSystem", "UMask", "User", "EnvironmentFile", "PrivateTmp")
    services = [settings_of(path) for path in UNITS if path.suffix == ".service"]

    assert len(services) == 4
    assert len({tuple(each.get(name) for name in kept) for each in services}) == 1
    assert services[0]["NoNewPrivileges"] == "yes"


def test_every_volume_of_compose_is_declared_and_no_password_is_written_down():
    whole = composed()
    used = {
        volume.split(":")[0]
        for service in whole["services"].values()
        for volume in service.get("volumes", [])
        if not volume.startswith(".")
    }
    told = ChainMap(*[service.get("environment", {}) for service in whole["services"].values()])

    assert used == set(whole["volumes"])
    assert "${POSTGRES_PASSWORD:?}" in told["DATABASE_URL"]
    assert told["POSTGRES_PASSWORD"] == "${POSTGRES_PASSWORD:?}"


def test_a_file_that_compose_hands_to_nginx_is_there():
    mounts = [volume.split(":")[0] for volume in composed()["services"]["nginx"]["volumes"]]

    assert [name for name in mounts if name != "./tls" and not (DEPLOY / name).is_file()] == []


@pytest.mark.whole
@pytest.mark.once
@pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="no systemd (apt-get install systemd)"
)
def test_systemd_takes_the_units(tmp_path):
    for path in UNITS:
        here = path.read_text().replace(PROGRAM, str(settings.ROOT / "qinghe"))
        (tmp_path / path.name).write_text(here)

    asked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (asked.returncode, asked.stderr) == (0, "")


def test_each_machine_path_of_the_docs_is_that_of_the_units():
    told = (settings.ROOT / "docs/deploy.md").read_text()

    for path in [*UNITS, Path("qinghe.env"), Path("qinghe.conf"), Path("compose.yaml")]:
        assert path.name in told
