"""Which organisation holds all places of two persons, for the services that ask for a right there."""

from collections.abc import Sequence
from datetime import date

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.merging import queries, rules


class Standing:
    """Where two persons stand today."""

    @staticmethod
    def common_org(pair: Sequence[int], *, on: date, by: Actor) -> Org:
        """Return the lowest organisation that holds every place of both. Raises Refused: nowhere."""
        paths = queries.places_of(by, pair, on=on)
        rules.check_in_sight([paths.get(one, set()) for one in pair])
        code = rules.common_code([path for some in paths.values() for path in some])
        return Org.objects.get(code=code)
