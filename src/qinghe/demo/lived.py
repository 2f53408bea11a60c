"""A small half-year lived through service by service, each call dated to its own moment."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.services import NewPerson, NewPost
from qinghe.systems.directory import services as directory
from qinghe.systems.volunteering import services as volunteering
from qinghe.systems.volunteering.models import Session, Team, Volunteer

from . import plan
from .reorganising import change_org
from .sizes import Size

ZONE = ZoneInfo("Asia/Shanghai")
NOTICE = timedelta(days=3)  # how long before its start a session is published
Say = Callable[[str], None]


def tell_by_services(*, size: Size, by: Actor, say: Say) -> None:
    """Enter the half-year one service call at a time, as people would at their screens."""
    district = plan.plan_district(size)
    for org in district.opened:
        directory.open_org(new=org, at=_noon(org.opened_on), by=by)
    for change in district.changes:
        change_org(change, by=by)
    say(f"组织：成立 {len(district.opened)} 个，变更 {len(district.changes)} 次")
    orgs = {org.code: org for org in Org.objects.all()}
    for member in plan.plan_members(size, district):
        directory.admit_member(
            person=_person(member.person),
            org=orgs[member.org_code],
            starts_on=member.starts_on,
            at=_noon(member.starts_on),
            by=by,
        )
    for cadre in plan.plan_cadres(size, district):
        directory.appoint_cadre(
            person=_person(cadre.person),
            org=orgs[cadre.org_code],
            post=NewPost(cadre.title, cadre.service, cadre.starts_on),
            at=_noon(cadre.starts_on),
            by=by,
        )
    say(f"团员 {size.members} 名、团干部 {size.cadres} 名已在册")
    _serve(size, district, orgs=orgs, by=by, say=say)


def _serve(
    size: Size, district: plan.District, *, orgs: dict[str, Org], by: Actor, say: Say
) -> None:
    planned = list(plan.plan_volunteers(size, district))
    volunteers = {row.number: _register(row, orgs=orgs, by=by) for row in planned}
    rows = list(plan.plan_teams(size, district))
    teams = {row.code: _found(row, orgs=orgs, by=by) for row in rows}
    say(f"志愿者 {len(volunteers)} 名、志愿队伍 {len(teams)} 支已登记")
    sessions = plan.plan_sessions(size, district, rows)
    published = {row.code: _publish(row, orgs=orgs, teams=teams, by=by) for row in sessions}
    attended = plan.plan_attendances(size, district, sessions, planned)
    for row in [*attended.effective, *attended.awaiting]:
        _attend(
            row,
            session=published[row.session_code],
            volunteer=volunteers[row.volunteer_number],
            by=by,
        )
    say(f"志愿活动 {len(published)} 场、签到 {size.person_times + size.awaiting} 人次已登记")


def _register(row: plan.VolunteerRow, *, orgs: dict[str, Org], by: Actor) -> Volunteer:
    new = volunteering.NewVolunteer(row.number, _person(row.person), orgs[row.org_code])
    at = _noon(row.registered_on)
    applicant = volunteering.register_volunteer(new=new, at=at, by=by)
    return volunteering.approve_volunteer(volunteer=applicant, at=at, by=by)


def _found(row: plan.TeamRow, *, orgs: dict[str, Org], by: Actor) -> Team:
    new = volunteering.NewTeam(code=row.code, name=row.name, org=orgs[row.org_code])
    team = volunteering.found_team(new=new, at=_noon(row.applied_on), by=by)
    return volunteering.approve_team(team=team, at=_noon(row.approved_on), by=by)


def _publish(
    row: plan.SessionRow, *, orgs: dict[str, Org], teams: dict[str, Team], by: Actor
) -> Session:
    new = volunteering.NewSession(
        code=row.code,
        title=row.title,
        org=orgs[row.org_code],
        team=teams.get(row.team_code),
        place=row.place,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
    )
    return volunteering.publish_session(new=new, at=row.starts_at - NOTICE, by=by)


def _attend(row: plan.AttendanceRow, *, session: Session, volunteer: Volunteer, by: Actor) -> None:
    attendance = volunteering.check_in(session=session, volunteer=volunteer, at=row.came_at, by=by)
    volunteering.check_out(attendance=attendance, at=row.left_at, by=by)


def _person(row: plan.PersonRow) -> NewPerson:
    return NewPerson(row.number, row.name, row.sex, row.birth_date)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=ZONE)
