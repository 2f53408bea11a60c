import pytest

from qinghe.kernel.orgs.kinds import AREAS, OrgKind
from qinghe.lib.verdicts import Refused
from qinghe.systems.directory import rules


def refused(check, **given):
    try:
        check(**given)
    except Refused as refusal:
        return refusal.code
    return None


def test_a_number_goes_with_one_name():
    assert refused(rules.check_same_name, number="1", known="林青", given="林青") is None
    assert refused(rules.check_same_name, number="1", known="林青", given="林清") == "other_person"


@pytest.mark.parametrize(
    ("code", "parent", "line", "verdict"),
    [
        ("B", "A", 3, None),
        ("A", "elsewhere", 2, None),
        ("A", "B", 2, "parent_comes_later"),
        ("A", "A", 2, "below_itself"),
    ],
)
def test_in_a_list_the_parent_comes_first(code, parent, line, verdict):
    lines = {"A": 2, "B": 3}

    found = refused(
        rules.check_parent_before, code=code, parent_code=parent, line=line, line_of=lines
    )

    assert found == verdict


@pytest.mark.parametrize("kind", OrgKind)
def test_league_orgs_keep_rolls_and_areas_and_federations_do_not(kind):
    others = AREAS | {OrgKind.VOLUNTEER_FEDERATION, OrgKind.YOUTH_AFFAIRS_COMMITTEE}

    found = refused(rules.check_keeps_roll, kind=kind, name="某组织")

    assert found == ("not_league" if kind in others else None)
