"""What the tests of development numbers stand on."""

from datetime import date, datetime

from qinghe.kernel.people.models import Person
from qinghe.lib.periods import TZ
from qinghe.systems.joining import services
from qinghe.systems.joining.models import Number, Quota
from qinghe.systems.joining.services import Kept, Share
from tests.cast import NOW, make_person

SCHOOL, SOCIETY = Kept(2022, "school"), Kept(2022, "society")
NEXT_YEAR = datetime(2023, 1, 5, 10, 0, tzinfo=TZ)
JOINED = date(2022, 7, 1)


def enter(cast, *, size=10, first=202200000001, sector="school", org=None, at=NOW, by=None):
    """Enter a batch of this many numbers at the district."""
    new = services.NewBatch(
        org=org or cast.longgang,
        sector=sector,
        first=str(first),
        last=str(first + size - 1),
        source="团市委组织部通知",
        received_on=date(2022, 1, 10),
    )
    return services.enter_batch(new=new, at=at, by=by or cast.lin)


def hand(cast, org, amount, *, giver=None, kept=SCHOOL, at=NOW, by=None):
    """Hand numbers down to one organisation."""
    return services.hand_down(
        giver=giver or cast.longgang,
        kept=kept,
        shares=[Share(org, amount)],
        at=at,
        by=by or cast.lin,
    )[0]


def reserve(cast, person, *, org=None, at=NOW, by=None):
    """Keep a number for somebody."""
    return services.reserve_number(org=org or cast.branch, person=person, at=at, by=by or cast.luo)


def pupil(number: int) -> Person:
    """Enter somebody of fifteen who is about to join."""
    return make_person(f"T{number:03}", f"童小{number}", birth_date=date(2007, 1, 1))


def states(org) -> dict[str, int]:
    """Count the numbers that an organisation holds, by state."""
    found: dict[str, int] = {}
    for state in Number.objects.filter(org=org).values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def quota(org, *, sector="school") -> Quota:
    """Return the quota of an organisation."""
    return Quota.objects.get(org=org, year=2022, sector=sector)
