"""Who may do what with roles and accounts."""

import pytest

from qinghe.edges import system
from qinghe.edges.web import menu
from qinghe.kernel.access import actors
from qinghe.systems.authority.access import Act
from tests import cast as house

WHO = ("lin", "chen", "zhou", "tang", "liang", "luo", "he", "fang", "xie", "auditor", "xu", "an")
APPOINTERS = "lin chen zhou tang liang"
TABLE = {
    Act.SEE: f"{APPOINTERS} an",
    Act.APPOINT: f"{APPOINTERS} an",
    Act.SEE_GRANTS: "an",
    Act.SEE_ACCOUNTS: "xu",
    Act.KEEP_ACCOUNTS: "xu",
    Act.ASK_SUPPORT: "xu",
    Act.SEE_SUPPORT: "lin chen zhou tang liang luo xu an",
}


@pytest.mark.django_db
def test_the_table_holds():
    everyone = house.make_wider_cast()

    held = {
        act: " ".join(w for w in WHO if actors.may_anywhere(getattr(everyone, w), act))
        for act in Act
    }

    assert held == TABLE


@pytest.mark.django_db
def test_the_administrators_see_no_business():
    """S-50: their menu leads to roles, accounts and what everybody has of their own."""
    everyone = house.make_wider_cast()
    business = {item.label for s in system.INSTALLED for item in s.menu if item.group == "业务"}

    for administrator in (everyone.xu, everyone.an):
        shown = {entry.label for group in menu.groups_for(administrator) for entry in group.entries}
        acts = {
            grant.act for grant in actors.GRANTS if actors.may_anywhere(administrator, grant.act)
        }

        assert shown
        assert not shown & business
        assert not {
            act for act in acts if act.split(".")[0] in ("directory", "volunteering", "data")
        }


def test_every_act_has_words():
    words = system.act_words()

    assert [grant.act for grant in actors.GRANTS if grant.act not in words] == []
