"""Transfers for other programs: the same queries and services as the pages."""

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.lib.verdicts import Refused
from qinghe.systems.transfers import queries, services
from qinghe.systems.transfers.access import Act

router = Router(tags=["组织关系转接"])


class TransferOut(Schema):
    id: int
    number: str
    kind: str
    origin: str
    target: str
    side: str
    started_on: date
    desk: Code
    due_on: date | None
    accepted_on: date | None
    closed_on: date | None
    state: str

    @staticmethod
    def resolve_number(found: queries.Transfer) -> str:
        """Name the member by number, as the roll does."""
        return found.person.number


class TransferIn(Schema):
    number: str
    kind: str
    to: str
    term_on: date | None = None
    letter: str = ""
    note: str = ""


class RejectionIn(Schema):
    reason: str


class PlaceIn(Schema):
    into: str
    on: date


@router.get("/transfers", response=list[TransferOut])
@paginate(ByKey, order=["-pk"])
def transfers(request: Request) -> object:
    """List the transfers of which the caller may see either end, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.transfers_seen_by(request.actor)


@router.post("/transfers", response=TransferOut)
def start_transfer(request: Request, body: TransferIn) -> object:
    """Let a member of the caller's go to another organisation of the district."""
    doors.require_anywhere(request.actor, Act.SEND)
    place = queries.member_by_number(request.actor, body.number)
    if place is None or not queries.may_send(request.actor, place.org):
        raise Refused("unknown_member", "没有找到这位团员，或者不在您的工作范围内，没有提交。")
    new = services.NewTransfer(
        person=place.person,
        kind=body.kind,
        to_org=get_object_or_404(queries.committees(request.actor), code=body.to),
        term_on=body.term_on,
        letter=body.letter,
        note=body.note,
    )
    return services.start_transfer(new=new, at=timezone.now(), by=request.actor)


@router.post("/transfers/{transfer_id}/approve", response=TransferOut)
def approve_transfer(request: Request, transfer_id: int) -> object:
    """Agree for the side whose turn it is."""
    found = _found(request, transfer_id)
    return services.approve_transfer(transfer=found, at=timezone.now(), by=request.actor)


@router.post("/transfers/{transfer_id}/reject", response=TransferOut)
def reject_transfer(request: Request, transfer_id: int, body: RejectionIn) -> object:
    """Return a transfer to the side that began, with a reason."""
    found = _found(request, transfer_id)
    return services.reject_transfer(
        transfer=found, reason=body.reason, at=timezone.now(), by=request.actor
    )


@router.post("/transfers/{transfer_id}/place", response=TransferOut)
def place_transfer(request: Request, transfer_id: int, body: PlaceIn) -> object:
    """Place the member in a branch below the receiving committee."""
    found = _found(request, transfer_id)
    into = get_object_or_404(queries.committees(request.actor), code=body.into)
    return services.place_transfer(
        transfer=found, into=into, on=body.on, at=timezone.now(), by=request.actor
    )


def _found(request: Request, transfer_id: int) -> queries.Transfer:
    return get_object_or_404(queries.transfers_seen_by(request.actor), pk=transfer_id)
