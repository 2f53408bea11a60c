"""Half a year of invented work, entered through the doors that users have.

A small district is lived through service by service. A larger one is handed in as ledgers: each
kind of record becomes an .xlsx that goes through the bulk door, as a district would move in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from qinghe.edges.books import Book
from qinghe.edges.sheets import Sheet
from qinghe.edges.sheets import services as sheets
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.consent import services as consents
from qinghe.kernel.orgs import divisions
from qinghe.kernel.orgs import services as org_services
from qinghe.kernel.orgs.kinds import Industry, Level, NewOrgKind, OrgKind, Sector
from qinghe.kernel.orgs.services import NewOrg
from qinghe.kernel.people.models import Service, Sex
from qinghe.lib.verdicts import Refused
from qinghe.systems.directory import sheets as directory_sheets
from qinghe.systems.volunteering import sheets as volunteering_sheets

from . import cast, models, plan
from .reorganising import change_org
from .sizes import TOLD_AT, Size

Say = Callable[[str], None]
Cells = tuple[object, ...]
DAY, MOMENT = "%Y-%m-%d", "%Y-%m-%d %H:%M"


@transaction.atomic
def begin(*, size: Size, token: str, at: datetime) -> models.Mark:
    """Enter the divisions, the cast and the mark that this database is a demo, all or nothing."""
    mark = models.Mark.objects.create(size=size.name, token=token, begun_at=at)
    org_services.enter_missing(new=divisions.new_areas(), at=TOLD_AT, by="demo")
    consents.enter_missing(at=TOLD_AT, by="demo")
    cast.enter(at=TOLD_AT)
    return mark


@dataclass(frozen=True)
class Scene:
    """A district entered up to its sessions; who came to them is still to be told."""

    size: Size
    district: plan.District
    volunteers: list[plan.VolunteerRow]
    sessions: list[plan.SessionRow]

    def attended(self) -> plan.Attended:
        """Plan who came to the sessions."""
        return plan.plan_attendances(self.size, self.district, self.sessions, self.volunteers)


def tell_by_ledgers(*, size: Size, folder: Path, by: Actor, say: Say) -> None:
    """Enter the half-year as ledgers through the bulk door; what is in already is passed over."""
    attended = set_scene(size=size, folder=folder, by=by, say=say).attended()
    rows = [*attended.effective, *attended.awaiting]
    ledger = _Ledgers(folder=folder, by=by, say=say)
    ledger.hand_in(volunteering_sheets.ATTENDANCES, map(_attendance_cells, rows))


def set_scene(*, size: Size, folder: Path, by: Actor, say: Say) -> Scene:
    """Enter the district, its people, teams and sessions as ledgers, as if nobody had come yet."""
    district = plan.plan_district(size)
    ledger = _Ledgers(folder=folder, by=by, say=say)
    ledger.hand_in(directory_sheets.ORGS, map(_org_cells, district.opened))
    for change in district.changes:
        change_org(change, by=by)
    ledger.hand_in(directory_sheets.MEMBERS, map(_member_cells, plan.plan_members(size, district)))
    ledger.hand_in(directory_sheets.CADRES, map(_cadre_cells, plan.plan_cadres(size, district)))
    volunteers = list(plan.plan_volunteers(size, district))
    ledger.hand_in(volunteering_sheets.VOLUNTEERS, map(_volunteer_cells, volunteers))
    teams = list(plan.plan_teams(size, district))
    ledger.hand_in(volunteering_sheets.TEAMS, map(_team_cells, teams))
    sessions = plan.plan_sessions(size, district, teams)
    ledger.hand_in(volunteering_sheets.SESSIONS, map(_session_cells, sessions))
    return Scene(size, district, volunteers, sessions)


class _Ledgers:
    """Writes ledgers as workbooks and hands them in, one after the other."""

    def __init__(self, *, folder: Path, by: Actor, say: Say) -> None:
        self.folder, self.by, self.say = folder, by, say
        folder.mkdir(parents=True, exist_ok=True)

    def hand_in(self, sheet: Sheet, rows: Iterable[Cells]) -> None:
        """Write one ledger and load it whole. Raises ValueError if any row is refused."""
        path = self.folder / f"{sheet.slug}.xlsx"
        self.say(f"{sheet.label}：写台账 {path.name}")
        _write(path, headings=[column.label for column in sheet.columns], rows=rows)
        self.say(f"{sheet.label}：核对全表")
        try:
            outcome = sheets.load_file(
                sheet=sheet, path=path, by=self.by, at=TOLD_AT, progress=self._progress(sheet)
            )
        except Refused as refusal:
            if refusal.code != "already_loaded":
                raise
            self.say(f"{sheet.label}：已在库中")
            return
        if outcome.problems:
            raise ValueError(f"{sheet.label}: {outcome.problems[0]}")
        self.say(f"{sheet.label}：录入 {outcome.written:,} 行，用时 {outcome.seconds:.1f} 秒")

    def _progress(self, sheet: Sheet) -> Callable[[int, int], None]:
        told = 0

        def tell(done: int, total: int) -> None:
            nonlocal told
            if done - told >= total // 10 + 1:
                told = done
                self.say(f"{sheet.label}：{done:,} / {total:,}")

        return tell


def _write(path: Path, *, headings: list[str], rows: Iterable[Cells]) -> None:
    with Book(path, created=TOLD_AT) as book:
        book.rows(book.page("台账", headings), (map(str, cells) for cells in rows))


def _org_cells(org: NewOrg) -> Cells:
    return (
        org.code,
        org.name,
        OrgKind(org.kind).label,
        Level(org.level).label,
        org.parent_code,
        Sector(org.sector).label if org.sector else "",
        NewOrgKind(org.new_org_kind).label if org.new_org_kind else "",
        Industry(org.industry).label if org.industry else "",
        org.opened_on.strftime(DAY),
    )


def _person_cells(person: plan.PersonRow) -> Cells:
    return person.number, person.name, Sex(person.sex).label, person.birth_date.strftime(DAY)


def _member_cells(row: plan.MemberRow) -> Cells:
    return (*_person_cells(row.person), row.org_code, row.starts_on.strftime(DAY))


def _cadre_cells(row: plan.CadreRow) -> Cells:
    service = Service(row.service).label
    starts_on = row.starts_on.strftime(DAY)
    return (*_person_cells(row.person), row.org_code, row.title, service, starts_on)


def _volunteer_cells(row: plan.VolunteerRow) -> Cells:
    person = _person_cells(row.person)
    return (row.number, *person, row.org_code, row.registered_on.strftime(DAY))


def _team_cells(row: plan.TeamRow) -> Cells:
    return (
        row.code,
        row.name,
        row.org_code,
        row.applied_on.strftime(DAY),
        row.approved_on.strftime(DAY),
    )


def _session_cells(row: plan.SessionRow) -> Cells:
    return (
        row.code,
        row.title,
        row.org_code,
        row.team_code,
        row.place,
        row.starts_at.strftime(MOMENT),
        row.ends_at.strftime(MOMENT),
    )


def _attendance_cells(row: plan.AttendanceRow) -> Cells:
    came_at, left_at = row.came_at.strftime(MOMENT), row.left_at.strftime(MOMENT)
    return row.session_code, row.volunteer_number, came_at, left_at
