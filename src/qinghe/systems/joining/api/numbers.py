"""Development numbers for other programs: read only, and no person's name."""

from datetime import date

from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.joining import queries
from qinghe.systems.joining.access import NumberAct

router = Router()


class QuotaOut(Schema):
    id: int
    year: int
    sector: str
    org: Code
    giver: str
    amount: int
    handed: int
    returned: int
    given_on: date
    issued_here: int
    reserved_here: int
    used_here: int
    void_here: int

    @staticmethod
    def resolve_giver(found: queries.Quota) -> str:
        """Name the organisation that gave by its code; none at the top."""
        return found.giver.code if found.giver else ""


@router.get("/numbers/quotas", response=list[QuotaOut])
@paginate(ByKey, order=["-pk"])
def number_quotas(request: Request) -> object:
    """List the quotas in the caller's sight, with how the numbers stand at each organisation."""
    doors.require_anywhere(request.actor, NumberAct.SEE)
    return queries.quotas_seen_by(request.actor)
