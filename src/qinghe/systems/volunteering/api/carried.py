"""Lists of other platforms, loaded by a program as they are by the page; rows are told without names."""

from datetime import date, datetime

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Router, Schema, Status, UploadedFile
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code, ReasonIn
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import forms, queries, rules, services
from qinghe.systems.volunteering.access import Act

router = Router()
NO_COLUMNS = Refused("no_columns", "这个平台还没有列对应，没有读取；请先登记列对应。")


class HoursSourceOut(Schema):
    id: int
    name: str
    version: int


class HoursSourceIn(Schema):
    name: str
    org: str


class SourceColumnsIn(Schema):
    columns: dict[str, str]
    unit: rules.Unit
    headings: list[str]


class SourceColumnsOut(Schema):
    id: int
    version: int
    columns: dict[str, str]
    unit: str


class CarriedListOut(Schema):
    id: int
    source_id: int
    org: Code
    file_name: str
    sha256: str
    version: int
    state: str
    loaded_at: datetime
    lines: int
    waiting: int
    unsure: int
    agreed: int

    @staticmethod
    def resolve_version(found: queries.CarriedList) -> int:
        """Tell by which version of the columns it was read."""
        return found.columns.version


class CarriedRowOut(Schema):
    id: int
    line: int
    number: str
    activity: str
    day: date | None
    minutes: int | None
    host: str
    state: str
    how: str
    volunteer: str | None
    words: str
    earlier_id: int | None

    @staticmethod
    def resolve_volunteer(row: queries.CarriedRow) -> str | None:
        """Name whose it is by their number."""
        return row.volunteer.number if row.volunteer else None


class ChosenIn(Schema):
    volunteer: str


class CountedRowsOut(Schema):
    rows: int


@router.get("/hours-sources", response=list[HoursSourceOut])
@paginate(ByKey, order=["pk"])
def hours_sources(request: Request) -> object:
    """List the platforms that the house knows."""
    doors.require_anywhere(request.actor, Act.UPLOAD)
    return queries.sources_for(request.actor)


@router.post("/hours-sources", response=HoursSourceOut)
def name_source(request: Request, body: HoursSourceIn) -> object:
    """Name another platform."""
    doors.require_anywhere(request.actor, Act.UPLOAD)
    org = get_object_or_404(queries.orgs_for(request.actor, Act.UPLOAD), code=body.org)
    made = services.name_source(name=body.name, org=org, at=timezone.now(), by=request.actor)
    return _source(request, made.pk)


@router.post("/hours-sources/{int:hours_source_id}/columns", response=SourceColumnsOut)
def keep_columns(request: Request, hours_source_id: int, body: SourceColumnsIn) -> object:
    """Say which heading of a platform's lists says what; lists loaded before keep their version."""
    new = services.NewColumns(columns=body.columns, unit=body.unit, headings=body.headings)
    return services.keep_columns(
        source=_source(request, hours_source_id), new=new, at=timezone.now(), by=request.actor
    )


@router.post("/hours-sources/{int:hours_source_id}/lists", response=CarriedListOut)
def check_list(
    request: Request,
    hours_source_id: int,
    file: UploadedFile = File(...),  # noqa: B008  how ninja declares a part of a form
    org: str = Form(...),
) -> object:
    """Send a list of a platform (.xlsx): it is read, matched and kept; nothing counts yet."""
    newest = queries.mapping_of(request.actor, _source(request, hours_source_id))
    if newest is None:
        raise NO_COLUMNS
    host = get_object_or_404(queries.orgs_for(request.actor, Act.UPLOAD), code=org)
    read = forms.read_carried(file, columns=newest.columns, unit=newest.unit)
    new = services.NewList(newest, host, read.told, read.sha256, file, read.sealed)
    made = services.check_list(new=new, at=timezone.now(), by=request.actor)
    return _list(request, made.pk)


@router.get("/carried-lists", response=list[CarriedListOut])
@paginate(ByKey, order=["-pk"])
def carried_lists(request: Request) -> object:
    """List the lists loaded in the caller's reach, newest first, with what their rows came to."""
    doors.require_anywhere(request.actor, Act.UPLOAD)
    return queries.carried_lists_seen_by(request.actor)


@router.get("/carried-lists/{int:carried_list_id}/rows", response=list[CarriedRowOut])
@paginate(ByKey, order=["line"])
def carried_rows(request: Request, carried_list_id: int, state: str = "") -> object:
    """List the rows of one list, or those in one state."""
    rows = queries.carried_rows_seen_by(request.actor).filter(
        carried_list=_list(request, carried_list_id)
    )
    return rows.filter(state=state) if state else rows


@router.post("/carried-lists/{int:carried_list_id}/confirm", response=CarriedListOut)
def confirm_list(request: Request, carried_list_id: int) -> object:
    """Load a list that was looked at; its matched rows wait for another hand."""
    found = _list(request, carried_list_id)
    services.confirm_list(found=found, at=timezone.now(), by=request.actor)
    return _list(request, carried_list_id)


@router.post("/carried-lists/{int:carried_list_id}/discard", response={204: None})
def discard_list(request: Request, carried_list_id: int) -> object:
    """Throw away a list that was not loaded, with its rows."""
    found = _list(request, carried_list_id)
    services.discard_list(found=found, at=timezone.now(), by=request.actor)
    return Status(204, None)


@router.post("/carried-lists/{int:carried_list_id}/rematch", response=CountedRowsOut)
def rematch_list(request: Request, carried_list_id: int) -> object:
    """Look once more for the persons of rows that have none; return how many were found."""
    found = _list(request, carried_list_id)
    return {"rows": services.rematch_list(found=found, at=timezone.now(), by=request.actor)}


@router.post("/carried-lists/{int:carried_list_id}/agree", response=CountedRowsOut)
def agree_to_list(request: Request, carried_list_id: int) -> object:
    """Let the rows that wait count; return how many did."""
    found = _list(request, carried_list_id)
    return {"rows": services.agree_to_list(found=found, at=timezone.now(), by=request.actor)}


@router.post("/carried-lists/{int:carried_list_id}/refuse", response=CountedRowsOut)
def refuse_list(request: Request, carried_list_id: int, body: ReasonIn) -> object:
    """Turn down all rows of a list that wait; return how many."""
    waiting = queries.carried_rows_seen_by(request.actor).filter(
        carried_list=_list(request, carried_list_id), state=queries.RowState.MATCHED
    )
    refused = services.refuse_rows(
        rows=list(waiting), reason=body.reason, at=timezone.now(), by=request.actor
    )
    return {"rows": refused}


@router.post("/carried-rows/{int:carried_row_id}/choose", response=CarriedRowOut)
def choose_person(request: Request, carried_row_id: int, body: ChosenIn) -> object:
    """Say by number whose a row is; it then waits for another's word."""
    found = _row(request, carried_row_id)
    org = found.carried_list.org
    actors.require(request.actor, Act.UPLOAD, at=org)
    volunteer = get_object_or_404(queries.on_roll(request.actor, org), number=body.volunteer)
    return services.choose_person(
        row=found, volunteer=volunteer, at=timezone.now(), by=request.actor
    )


@router.post("/carried-rows/{int:carried_row_id}/refuse", response=CarriedRowOut)
def refuse_row(request: Request, carried_row_id: int, body: ReasonIn) -> object:
    """Turn one row down; it stays as evidence."""
    found = _row(request, carried_row_id)
    services.refuse_rows(rows=[found], reason=body.reason, at=timezone.now(), by=request.actor)
    return _row(request, carried_row_id)


@router.post("/carried-rows/{int:carried_row_id}/revoke", response=CarriedRowOut)
def revoke_row(request: Request, carried_row_id: int, body: ReasonIn) -> object:
    """Take back what one row counted."""
    found = _row(request, carried_row_id)
    return services.revoke_row(row=found, reason=body.reason, at=timezone.now(), by=request.actor)


def _source(request: Request, hours_source_id: int) -> queries.HoursSource:
    return get_object_or_404(queries.sources_for(request.actor), pk=hours_source_id)


def _list(request: Request, carried_list_id: int) -> queries.CarriedList:
    return get_object_or_404(queries.carried_lists_seen_by(request.actor), pk=carried_list_id)


def _row(request: Request, carried_row_id: int) -> queries.CarriedRow:
    return get_object_or_404(queries.carried_rows_seen_by(request.actor), pk=carried_row_id)
