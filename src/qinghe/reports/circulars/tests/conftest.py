from tests.kept import kept

from . import makers


@kept
def house():
    return makers.make()
