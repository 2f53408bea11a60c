from tests.cast import make_wider_cast
from tests.kept import kept


@kept
def cast():
    return make_wider_cast()
