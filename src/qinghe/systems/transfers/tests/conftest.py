from tests.kept import kept

from .makers import make_ground

ground = kept(make_ground)
