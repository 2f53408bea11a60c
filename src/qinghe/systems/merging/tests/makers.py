"""Makers for the tests of merging."""

from datetime import date

from qinghe.kernel.people import services as people
from qinghe.systems.merging import services
from qinghe.systems.merging.services import NewMerge
from tests.cast import CLERK, NOW, make_person

BORN = date(2001, 3, 8)


def person(number, *, org=None, name="柯小舟", born=BORN, starts_on=date(2021, 9, 1)):
    """Enter a row about somebody, on a roll where one is given."""
    made = make_person(number, name, birth_date=born)
    if org:
        people.admit_member(person=made, org=org, starts_on=starts_on, at=NOW, by=CLERK)
    return made


def twins(cast, *, org=None, other_org=None, **both):
    """Enter the same person twice."""
    first = person("K001", org=org or cast.branch, **both)
    return first, person("K002", org=other_org or org or cast.branch, **both)


def propose(kept, duplicate, *, by, **new):
    """Ask to merge two rows."""
    said = {"reason": "当面核对身份证，是同一人"} | new
    return services.propose_merge(
        new=NewMerge(kept=kept, duplicate=duplicate, **said), at=NOW, by=by
    )


def merge(kept, duplicate, *, cast, **new):
    """Merge two rows by the hands of the branch and the school."""
    asked = propose(kept, duplicate, by=cast.luo, **new)
    return services.approve_merge(merge=asked, at=NOW, by=cast.tang)
