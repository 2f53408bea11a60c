from tests.kept import kept

from .makers import make_ground


@kept
def ground():
    return make_ground()
