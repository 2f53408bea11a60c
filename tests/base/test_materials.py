"""The bill of materials names what runs here, with licence and hash (bar 45)."""

import base64
import json
import os
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from qinghe.config import materials

ROOT = settings.ROOT
SHA512 = bytes(range(64))
FRONT = {
    "packages": {
        "": {"name": "qinghe"},
        "node_modules/@tabler/core": {
            "version": "1.6.1",
            "license": "MIT",
            "integrity": f"sha512-{base64.b64encode(SHA512).decode()}",
        },
        "node_modules/axe-core": {"version": "4.11.0", "license": "MPL-2.0", "dev": True},
    }
}


def package(name, version, **told):
    named = {"name": name, "version": version, "purl": f"pkg:pypi/{name}@{version}"}
    return {"type": "library", "bom-ref": f"{name}=={version}"} | named | told


def from_lock(name, version, digest):
    hashes = [{"alg": "SHA-256", "content": digest}]
    place = {"type": "distribution", "url": f"https://example.org/{name}/", "hashes": hashes}
    return package(name, version, externalReferences=[place])


WANTED = "# What the house asks for.\ndjango[argon2]==5.2.*  # the long-term release\n"
LOCKED = {
    "components": [
        from_lock("typing-extensions", "4.16.0", "a" * 64),
        from_lock("django", "5.2.8", "b" * 64),
        from_lock("colorama", "0.4.6", "c" * 64),  # only on Windows
    ]
}
INSTALLED = {
    "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "metadata": {"component": package("qinghe", "0.1.0")},
    "components": [
        package("Django", "5.2.8", licenses=[{"license": {"id": "BSD-3-Clause"}}]),
        package("typing_extensions", "4.16.0"),
        package("pytest", "9.1.0"),  # of the tests: not in the lock of what runs
    ],
    "dependencies": [
        {"ref": "Django==5.2.8", "dependsOn": ["typing_extensions==4.16.0", "pytest==9.1.0"]},
    ],
}


@pytest.fixture
def bill(tmp_path):
    (tmp_path / "htmx.min.js").write_text("let x")
    return materials.bill(
        wanted=WANTED, installed=INSTALLED, locked=LOCKED, front=FRONT, served=tmp_path
    )


def of_type(bill, kind):
    return {each["name"]: each for each in bill["components"] if each["type"] == kind}


def test_a_package_has_its_licence_from_the_environment_and_its_hash_from_the_lock(bill):
    django = of_type(bill, "library")["Django"]

    assert django["licenses"] == [{"license": {"id": "BSD-3-Clause"}}]
    assert django["externalReferences"][0]["hashes"][0]["content"] == "b" * 64


def test_what_names_no_licence_is_told(bill):
    assert materials.unlicensed(bill) == ["typing_extensions"]


def test_what_only_tests_or_other_machines_use_is_not_in_it(bill):
    assert not {"pytest", "colorama", "axe-core"} & of_type(bill, "library").keys()
    assert materials.left_out(installed=INSTALLED, locked=LOCKED) == ["colorama 0.4.6"]


def test_what_pages_load_is_in_it_as_package_and_as_file(bill):
    tabler, file = of_type(bill, "library")["core"], of_type(bill, "file")

    assert tabler["purl"] == "pkg:npm/%40tabler/core@1.6.1"
    assert tabler["hashes"] == [{"alg": "SHA-512", "content": SHA512.hex()}]
    assert list(file) == ["static/web/vendor/htmx.min.js"]


def test_who_needs_whom_names_only_what_is_in_it(bill):
    needs = {each["ref"]: each.get("dependsOn", []) for each in bill["dependencies"]}
    refs = {each["bom-ref"] for each in bill["components"]}

    assert needs["Django==5.2.8"] == ["typing_extensions==4.16.0"]
    assert [ref for ref in needs["root-component"] if "==" in ref] == ["Django==5.2.8"]
    assert needs.keys() == refs | {"root-component"}
    assert set().union(*needs.values()) <= refs


def test_every_package_of_the_browser_has_a_licence_and_a_hash():
    front = json.loads((ROOT / "package-lock.json").read_text())
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]

    bill = materials.bill(
        wanted=WANTED, installed=INSTALLED, locked=LOCKED, front=front, served=Path("nowhere")
    )
    npm = [each for each in bill["components"] if each.get("purl", "").startswith("pkg:npm/")]

    assert {
        f"{each['group']}/{each['name']}" if "group" in each else each["name"] for each in npm
    } >= wanted.keys()
    assert all(each["licenses"] and len(each["hashes"][0]["content"]) == 128 for each in npm)


@pytest.mark.whole
@pytest.mark.once
def test_the_command_writes_a_bill_that_its_schema_takes(tmp_path):
    """It installs the tool, so it needs a registry of packages."""
    file = tmp_path / "qinghe.cdx.json"

    done = subprocess.run(
        [ROOT / "qinghe", "materials", file], env=os.environ, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    made = json.loads(file.read_text())
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert made["metadata"]["component"]["version"] == version
    assert sum(each.get("purl", "").startswith("pkg:pypi/") for each in made["components"]) > 60
    assert set(materials.unlicensed(made)) <= {"pyarrow-hotfix", "pysqlite3"}
    assert all(name in done.stderr for name in materials.unlicensed(made))
