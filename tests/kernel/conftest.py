from tests import cast as everyone
from tests.kept import kept


@kept
def cast():
    return everyone.make_cast()
