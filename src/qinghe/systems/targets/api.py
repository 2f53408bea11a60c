"""Lists, what is carried of them and its progress for other programs: as the pages do it."""

from datetime import date
from decimal import Decimal

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, File, Query, Router, Schema
from ninja.files import UploadedFile
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.targets import queries
from qinghe.systems.targets.access import Act
from qinghe.systems.targets.queries import charges as carried
from qinghe.systems.targets.services import progress as services

router = Router(tags=["任务清单"])


class TaskListOut(Schema):
    id: int
    title: str
    number: str
    org: Code
    kind: str
    year: int
    starts_on: date
    ends_on: date
    published_on: date | None
    closed_on: date | None
    state: str


class ListItemOut(Schema):
    id: int
    task_list: int
    number: str
    level: int
    title: str
    lead: str | None
    joints: list[str]
    is_open: bool
    starts_on: date | None
    due_on: date | None
    deliverable: str
    code: str
    target: Decimal | None
    unit: str
    offer_key: str
    dropped_on: date | None

    @staticmethod
    def resolve_task_list(item: queries.Item) -> int:
        """Name its list by its key."""
        return item.task_list_id

    @staticmethod
    def resolve_lead(item: queries.Item) -> str | None:
        """Name who answers for it by its code."""
        return item.lead.code if item.lead else None

    @staticmethod
    def resolve_joints(item: queries.Item) -> list[str]:
        """Name who works along by their codes."""
        return [org.code for org in item.joints.all()]


class ListItemQuery(Schema):
    task_list: int | None = None


@router.get("/lists", response=list[TaskListOut])
@paginate(ByKey, order=["-pk"])
def task_lists(request: Request) -> object:
    """List the lists of work in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE, Act.CARRY)
    return queries.lists_seen_by(request.actor)


@router.get("/items", response=list[ListItemOut])
@paginate(ByKey, order=["-pk"])
def list_items(request: Request, asked: Query[ListItemQuery]) -> object:
    """List the items of the lists in the caller's sight, or of one list, newest first."""
    doors.require_anywhere(request.actor, Act.SEE, Act.CARRY)
    found = queries.items_seen_by(request.actor).prefetch_related("joints")
    return found.filter(task_list=asked.task_list) if asked.task_list else found


class ChargeOut(Schema):
    id: int
    item: int
    title: str
    org: Code
    above: Code
    target: Decimal
    unit: str
    done: Decimal | None
    due_on: date
    light: str | None
    struck_on: date | None
    file_by: date | None

    @staticmethod
    def resolve_item(charge: carried.Charge) -> int:
        """Name the item by its key."""
        return charge.item_id

    @staticmethod
    def resolve_title(charge: carried.Charge) -> str:
        """Give the words of the item."""
        return charge.item.title


class ChargeQuery(Schema):
    task_list: int | None = None


class ChargeProgressIn(Schema):
    kind: carried.ProgressKind = carried.ProgressKind.PROGRESS
    day: date
    number: Decimal = Field(max_digits=14, decimal_places=2)
    words: str = Field(min_length=1, max_length=400)
    submit: bool = True


class ChargeProgressOut(Schema):
    id: int
    charge: int
    kind: str
    day: date
    number: Decimal
    words: str
    filed_on: date | None
    decided_on: date | None
    reason: str
    state: str

    @staticmethod
    def resolve_charge(told: carried.Progress) -> int:
        """Name what it tells of by its key."""
        return told.charge_id


class SendBackIn(Schema):
    reason: str = Field(max_length=200)


@router.get("/charges", response=list[ChargeOut])
@paginate(ByKey, order=["-pk"])
def charges(request: Request, asked: Query[ChargeQuery]) -> object:
    """List what organisations in the caller's sight carry of lists in force, with its light."""
    doors.require_anywhere(request.actor, Act.SEE, Act.CARRY)
    found = carried.live(request.actor, carried.charges_seen_by(request.actor))
    return found.filter(item__task_list=asked.task_list) if asked.task_list else found


@router.get("/progress", response=list[ChargeProgressOut])
@paginate(ByKey, order=["-pk"])
def charge_progress(request: Request) -> object:
    """List what was told of charges in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE, Act.CARRY)
    return carried.progress_seen_by(request.actor)


@router.post("/charges/{int:charge_id}/progress", response=ChargeProgressOut)
def file_charge_progress(request: Request, charge_id: int, body: ChargeProgressIn) -> object:
    """Tell how far a charge of the caller's organisation is; a draft with `submit` false.

    What is to be struck off is told as a draft, gets its evidence and is then submitted.
    """
    found = get_object_or_404(carried.charges_seen_by(request.actor), pk=charge_id)
    new = services.NewProgress(body.day, body.number, body.words)
    tell = services.tell if body.submit else services.draft_progress
    return tell(charge=found, kind=body.kind, new=new, at=timezone.now(), by=request.actor)


@router.post("/progress/{int:progress_id}/evidence", response=ChargeProgressOut)
def add_progress_evidence(
    request: Request, progress_id: int, evidence: File[UploadedFile]
) -> object:
    """Put a photograph or a paper to a draft, or to what was sent back."""
    found = _told(request, progress_id)
    new = services.NewProgress(found.day, found.number, found.words, evidence)
    return services.change_progress(progress=found, new=new, at=timezone.now(), by=request.actor)


@router.post("/progress/{int:progress_id}/submit", response=ChargeProgressOut)
def submit_charge_progress(request: Request, progress_id: int) -> object:
    """Hand in a draft, or what was sent back."""
    found = _told(request, progress_id)
    return services.submit_progress(progress=found, at=timezone.now(), by=request.actor)


@router.post("/progress/{int:progress_id}/accept", response=ChargeProgressOut)
def accept_charge_progress(request: Request, progress_id: int) -> object:
    """Accept what was told to the caller's organisation, by another than who told it."""
    found = _told(request, progress_id)
    return services.accept_progress(progress=found, at=timezone.now(), by=request.actor)


@router.post("/progress/{int:progress_id}/send-back", response=ChargeProgressOut)
def send_back_charge_progress(request: Request, progress_id: int, body: SendBackIn) -> object:
    """Send back what was told to the caller's organisation, with a reason."""
    found = _told(request, progress_id)
    return services.send_back_progress(
        progress=found, reason=body.reason, at=timezone.now(), by=request.actor
    )


def _told(request: Request, progress_id: int) -> carried.Progress:
    return get_object_or_404(carried.progress_seen_by(request.actor), pk=progress_id)
