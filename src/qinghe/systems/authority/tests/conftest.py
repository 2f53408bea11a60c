from tests import cast as house
from tests.kept import kept


@kept
def wide():
    return house.make_wider_cast()
