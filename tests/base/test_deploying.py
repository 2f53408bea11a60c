"""What deploy/ hands to systemd, nginx and Docker names only what the house has."""

import re
import shutil
import subprocess
import tomllib
from collections import ChainMap
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.urls import reverse

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


def test_what_compose_hands_in_is_in_the_repository_or_named_as_the_operators_and_stays_out_of_images():
    whole = composed()
    mounts = {
        volume.split(":")[0]
        for service in whole["services"].values()
        for volume in service.get("volumes", [])
        if volume.startswith(".")
    }
    kept_out = (DEPLOY / "Dockerfile.dockerignore").read_text().split()
    told = (settings.ROOT / "docs/deploy.md").read_text()

    own = {name.removeprefix("./") for name in mounts if not (DEPLOY / name).exists()}
    assert own == {"tls", "backups", "backup.passphrase"}
    assert {f"deploy/{name}" for name in own} <= set(kept_out)
    assert all(f"deploy/{name}" in told for name in own)


def test_services_of_compose_wait_for_and_share_the_net_of_services_that_are_there():
    whole = composed()["services"]
    named = [
        name
        for service in whole.values()
        for name in [
            *service.get("depends_on", []),
            *re.findall("^service:(.+)", service.get("network_mode", "")),
        ]
    ]

    assert set(named) <= set(whole)
    assert waited_for_until_healthy(whole.values()) == {"db", "web"}
    assert "pg_isready" in whole["db"]["healthcheck"]["test"][1]
    assert reverse("health:ready") in whole["web"]["healthcheck"]["test"][-1]


def waited_for_until_healthy(services):
    return {
        name
        for service in services
        if isinstance(asked := service.get("depends_on"), dict)
        for name, until in asked.items()
        if until["condition"] == "service_healthy"
    }


def test_nginx_asks_where_the_pages_of_compose_and_of_the_unit_are():
    conf = (DEPLOY / "nginx/qinghe.conf").read_text()
    words = dict(commands())

    ports = {
        line[line.index("--port") + 1] if "--port" in line else "8000"
        for line in (words["web"], words["qinghe.service"])
    }
    assert ports == {"8000"}
    assert set(re.findall(r"server 127\.0\.0\.1:(\d+)", conf)) == ports
    assert composed()["services"]["nginx"]["network_mode"] == "service:web"  # its own loopback


def test_every_certificate_that_nginx_reads_lies_where_compose_puts_it():
    (place,) = [
        volume.split(":")[1]
        for volume in composed()["services"]["nginx"]["volumes"]
        if volume.startswith("./tls")
    ]
    asked = re.findall(
        r"ssl_certificate(?:_key)? (\S+);", (DEPLOY / "nginx/qinghe.conf").read_text()
    )

    assert asked
    assert {str(Path(path).parent) for path in asked} == {place}
    assert all(Path(path).name in (DEPLOY / "compose.yaml").read_text() for path in asked)


@pytest.mark.parametrize(("where", "words"), list(commands()), ids=str)
def test_every_option_of_a_command_is_one_that_it_takes(where, words):
    name, *rest = words[1:] if words[0] == "manage" else words
    taken = load_command_class(get_commands()[name], name).create_parser("manage", name)

    taken.parse_args(rest)  # exits on what it does not know


def test_the_image_has_the_python_and_the_postgresql_that_the_house_asks_for():
    lines = (DEPLOY / "Dockerfile").read_text()
    told = tomllib.loads((settings.ROOT / "pyproject.toml").read_text())
    image = re.search(r"^FROM python:(\d+)\.(\d+)-slim-(\w+)$", lines, re.M)
    database = composed()["services"]["db"]["image"]

    least = told["project"]["requires-python"].removeprefix(">=")
    assert tuple(map(int, image.groups()[:2])) >= tuple(map(int, least.split(".")))
    # bookworm has postgresql-client 15: pg_dump refuses a server that is younger than itself
    assert database == f"postgres:15-{image[3]}"
    assert "postgresql-client" in lines


def test_the_image_is_made_of_what_is_there_by_commands_that_are_there():
    lines = (DEPLOY / "Dockerfile").read_text()
    asked = re.findall(r"\./qinghe manage (\S+)", lines)
    kept_out = (DEPLOY / "Dockerfile.dockerignore").read_text().split()

    assert asked == ["version"]  # Django's own, which needs nothing but the environment
    assert "COPY --chown=qinghe:qinghe . ." in lines
    needed = ["qinghe", "manage.py", "src", "requirements", "package.json", "package-lock.json"]
    assert all((settings.ROOT / name).exists() and name not in kept_out for name in needed)
    assert {".git", ".venv", "var", "**/.env"} <= set(kept_out)


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
