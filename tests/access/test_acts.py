"""Who may do what where: every act, every role, inside, below, above and beside its organisation (bar 21)."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import ADMINISTRATORS, Role

from . import tables
from .world import EVERYONE, ONE_BUILDING, RELATIONS

pytestmark = ONE_BUILDING
# What the three administrators keep of the house itself (S-50): accounts, rights, logs, health.
HOUSE = {
    Role.SYSADMIN: {
        "authority.see_accounts",
        "authority.keep_accounts",
        "authority.ask_support",
        "authority.see_support",
        "health.see",
    },
    Role.SECADMIN: {
        "authority.see",
        "authority.appoint",
        "authority.see_grants",
        "authority.see_support",
        "oversight.see_auditors",
    },
    Role.AUDITOR: {"oversight.see", "oversight.verify"},
}


def every_act():
    """Return the acts that are granted, and those that are declared but granted to nobody."""
    found = {str(grant.act) for grant in actors.GRANTS}
    for config in apps.get_app_configs():
        for name in ("access", "levels"):
            if (Path(config.path) / f"{name}.py").exists():
                found |= {
                    str(act) for act in getattr(import_module(f"{config.name}.{name}"), "Act", ())
                }
    return sorted(found)


@pytest.fixture
def reaches(world):
    """Return by act and role where the act may be done."""
    return {
        (act,): {
            label: " ".join(
                relation
                for relation in RELATIONS
                if (org := somebody.places.get(relation))
                and actors.may(somebody.actor, act, at=org)
            )
            for label, somebody in world.everyone.items()
        }
        for act in every_act()
    }


def test_the_table_of_acts_holds(db, reaches):
    if tables.is_being_written():
        tables.write(tables.ACTS, reaches, heading=["act"])

    assert tables.read(tables.ACTS, keys=1) == reaches


def test_nobody_may_do_anything_above_or_beside_their_post(db, reaches):
    beyond = {
        (act, label)
        for (act,), row in reaches.items()
        for label, where in row.items()
        if {"above", "beside"} & set(where.split())
    }

    assert beyond == set()


@pytest.mark.parametrize("label", EVERYONE[:4])
def test_who_holds_no_post_may_do_nothing(db, reaches, label):
    assert {act: row[label] for act, row in reaches.items() if row[label]} == {}


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_an_administrator_keeps_the_house_and_sees_no_business(role):
    """S-50, 三员分立: they hold no business role, they see no business data; the auditor reads logs."""
    assert {str(grant.act) for grant in actors.GRANTS if grant.role == role} == HOUSE[role]
