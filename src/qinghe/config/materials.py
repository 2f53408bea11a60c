"""The bill of materials, 软件物料清单: what runs here of what the locks pin, as CycloneDX (bar 45).

Three tellings are put together. The lock of the Python packages has their hashes, the environment
their licences and who needs whom; cyclonedx-bom reads both. What the pages load stands in
package-lock.json. Beneath lie Python and SQLite, which no lock names.
"""

import base64
import hashlib
import platform
import re
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import pysqlite3

Told: TypeAlias = dict  # a JSON object, as its schema has it
ROOT_REF = "root-component"  # how cyclonedx-bom calls the house itself


def bill(*, wanted: str, installed: Mapping, locked: Mapping, front: Mapping, served: Path) -> Told:
    """Put the bill together.

    `wanted` is the text of base.in, what the house itself asks for; `installed` and `locked` are
    CycloneDX, of the environment and of the lock; `front` is a package-lock.json; `served` the
    folder of the files that pages load.
    """
    pinned = {_pin(each): each for each in locked["components"]}
    python = [
        _with_hashes(each, pinned) for each in installed["components"] if _pin(each) in pinned
    ]
    browser, files, beneath = list(_packages(front)), list(_files(served)), list(_beneath())
    needs = {each["ref"]: each.get("dependsOn", ()) for each in installed.get("dependencies", ())}
    known = {str(each["bom-ref"]) for each in python}
    loose = [str(each["bom-ref"]) for each in (*browser, *files, *beneath)]
    asked = {_name(each) for each in re.findall(r"^[A-Za-z0-9][\w.-]*", wanted, re.MULTILINE)}
    own = [str(each["bom-ref"]) for each in python if _pin(each)[0] in asked]
    return {
        **{key: installed[key] for key in ("$schema", "bomFormat", "specVersion")},
        "serialNumber": f"urn:uuid:{uuid.uuid4()}",
        "version": 1,
        "metadata": installed["metadata"],
        "components": sorted(
            [*python, *browser, *files, *beneath], key=lambda each: str(each["bom-ref"]).lower()
        ),
        "dependencies": [
            {"ref": ROOT_REF, "dependsOn": sorted([*own, *loose])},
            *(
                {"ref": ref, "dependsOn": sorted(known.intersection(needs.get(ref, ())))}
                for ref in sorted(known)
            ),
            *({"ref": ref} for ref in loose),
        ],
    }


def left_out(*, installed: Mapping, locked: Mapping) -> list[str]:
    """Return what the lock pins for other machines, such as "colorama 0.4.6"."""
    here = {_pin(each) for each in installed["components"]}
    return sorted(" ".join(pin) for pin in {_pin(each) for each in locked["components"]} - here)


def unlicensed(made: Mapping) -> list[str]:
    """Return the packages whose own metadata name no licence; its text may lie beside them."""
    return [
        each["name"]
        for each in made["components"]
        if each.get("purl", "").startswith("pkg:pypi/") and not each.get("licenses")
    ]


def _pin(component: Mapping) -> tuple[str, str]:
    return _name(component["name"]), component["version"]


def _name(written: str) -> str:
    """Return a package's name as the registry compares it."""
    return re.sub(r"[-_.]+", "-", written).lower()


def _with_hashes(component: Told, pinned: Mapping[tuple[str, str], Mapping]) -> Told:
    """Return an installed package with the places and hashes that the lock has of it."""
    told = pinned[_pin(component)].get("externalReferences", ())
    places = [each for each in told if each["type"] == "distribution"]
    return {
        **component,
        "externalReferences": [*component.get("externalReferences", ()), *places],
    }


def _packages(front: Mapping) -> Iterator[Told]:
    """Yield what pages are made of; what only tests load is left out."""
    for place, told in front["packages"].items():
        if not place or told.get("dev"):
            continue
        name, version = place.rpartition("node_modules/")[2], told["version"]
        group, _, short = name.rpartition("/")
        algorithm, _, digest = told["integrity"].partition("-")
        yield {
            "type": "library",
            "bom-ref": f"npm:{name}@{version}",
            **({"group": group} if group else {}),
            "name": short,
            "version": version,
            "purl": f"pkg:npm/{name.replace('@', '%40')}@{version}",
            "licenses": [{"license": {"id": told["license"]}}],
            "hashes": [
                {
                    "alg": algorithm.upper().replace("SHA", "SHA-"),
                    "content": base64.b64decode(digest).hex(),
                }
            ],
        }


def _files(served: Path) -> Iterator[Told]:
    """Yield the files of these packages as pages load them: without their source maps."""
    for path in sorted([*served.glob("*.js"), *served.glob("*.css")]):
        yield {
            "type": "file",
            "bom-ref": f"file:{path.name}",
            "name": f"static/web/vendor/{path.name}",
            "hashes": [
                {"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}
            ],
        }


def _beneath() -> Iterator[Told]:
    """Yield what the packages run on, and the database that is built into one of them."""
    yield _plain(
        "platform", name=platform.python_implementation(), version=platform.python_version()
    )
    yield _plain("library", name="SQLite", version=pysqlite3.sqlite_version)


def _plain(kind: str, *, name: str, version: str) -> Told:
    return {
        "type": kind,
        "bom-ref": f"{name.lower()}@{version}",
        "name": name,
        "version": version,
        "purl": f"pkg:generic/{name.lower()}@{version}",
    }
