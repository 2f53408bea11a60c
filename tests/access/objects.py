"""What an address can name, one of each at every organisation.

A new system adds a line to MAKERS for each name in its addresses: how to make one at a place, and
what the address then says. A name that means different things is written with its route:
"jobs:job:pk". Names that lead to no organisation stand in FIXED.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from qinghe.edges.jobs.models import Export, Job
from qinghe.edges.sheets.models import Upload
from qinghe.edges.web.models import SavedView
from qinghe.kernel.access.actors import Role
from qinghe.kernel.access.models import Account, Holding, Invitation, SupportSession
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.consent.models import Consent
from qinghe.kernel.consent.models import Notice as ConsentNotice
from qinghe.kernel.files import services as files
from qinghe.kernel.files.models import Attachment
from qinghe.kernel.notices.models import Notice
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import ChildAccess, Membership, Person, Post
from qinghe.systems.privacy.models import Request
from qinghe.systems.volunteering.models import Attendance, Session, Stay, Team, Volunteer

from . import (
    appraised,
    assessed,
    branched,
    called,
    compared,
    courtesies,
    disciplined,
    doored,
    founded,
    hooked,
    hours,
    inspected,
    joined,
    listed,
    listing,
    merged,
    met,
    moved,
    netted,
    numbered,
    placed,
    pledged,
    pressed,
    recommended,
    recruited,
    reorganised,
    returned,
    rolled,
    scanned,
    seated,
    sent,
    shared,
    starred,
    taught,
    tiered,
    written,
)

DAY = date(2022, 3, 1)
STARTS = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)
ENDS = datetime(2022, 3, 1, 11, 0, tzinfo=UTC)  # ten hours: they wait for approval


@dataclass(frozen=True)
class Place:
    """An organisation with the records that others hang on."""

    org: Org
    mark: str
    person: Person
    minor: Person
    membership: Membership
    post: Post
    team: Team
    session: Session
    volunteer: Volunteer
    attendance: Attendance
    stay: Stay
    upload: Upload


def mark(code: str) -> str:
    """Return the mark that every text of an organisation's records carries."""
    return f"QX{code}QX"


def org_mark(code: str) -> str:
    """Return the mark in an organisation's own name, which those below it may read too."""
    return f"OX{code}OX"


def minor_mark(code: str) -> str:
    """Return the mark in the name of an organisation's youngest."""
    return f"MX{code}MX"


def furnish(org: Org) -> Place:
    """Put one of each kind of record at an organisation."""
    sign = mark(org.code)
    person = _person(f"{org.code}P", f"岑{sign}", birth_date=date(1995, 3, 1))
    minor = _person(f"{org.code}M", f"岑{minor_mark(org.code)}", birth_date=date(2015, 6, 1))
    Membership.objects.create(person=minor, org=org, starts_on=DAY)
    team = Team.objects.create(
        code=f"T{sign}",
        name=f"队{sign}",
        org=org,
        applied_on=DAY,
        approved_on=DAY,
        state="approved",
    )
    session = Session.objects.create(
        code=f"X{sign[2:]}", title=f"活动{sign}", org=org, team=team, place=f"广场{sign}",
        starts_at=STARTS, ends_at=ENDS, day=DAY,
    )  # fmt: skip
    volunteer = Volunteer.objects.create(
        number=f"V{org.code}", person=person, org=org, applied_on=DAY, registered_on=DAY,
        state="registered",
    )  # fmt: skip
    young = Volunteer.objects.create(
        number=f"Y{org.code}", person=minor, org=org, applied_on=DAY, registered_on=DAY,
        guardian_agreed_on=DAY, state="registered",
    )  # fmt: skip
    Attendance.objects.create(
        session=session, volunteer=young, state="pending", minutes=600, how="roster"
    )
    attendance = Attendance.objects.create(
        session=session, volunteer=volunteer, state="pending", minutes=600, how="roster"
    )
    return Place(
        org=org,
        mark=sign,
        person=person,
        minor=minor,
        membership=Membership.objects.create(person=person, org=org, starts_on=DAY),
        post=Post.objects.create(
            person=person, org=org, title=f"书记{sign}", service="part_time", starts_on=DAY
        ),
        team=team,
        session=session,
        volunteer=volunteer,
        attendance=attendance,
        stay=Stay.objects.create(
            attendance=attendance, came_at=STARTS, left_at=ENDS, recorded_at=ENDS
        ),
        upload=_upload(org, person),
    )


def _person(number: str, name: str, *, birth_date: date) -> Person:
    return Person.objects.create(number=number, name=name, birth_date=birth_date)


def _upload(org: Org, person: Person) -> Upload:
    sent = SimpleUploadedFile(f"{mark(org.code)}.pdf", f"%PDF-1.7 {mark(org.code)}".encode())
    file = files.keep(upload=sent, at=ENDS, by="岑")
    return Upload.objects.create(
        sheet="directory.members", file=file, state="refused", rows=1, by="岑",
        findings={"refused_rows": 1}, at=ENDS, moved_at=ENDS, person_id=person.pk,
    )  # fmt: skip


def _job(at: Place) -> Job:
    return Job.objects.create(
        kind="none", title=f"任务{at.mark}", person_id=at.person.pk, by="岑", state="done",
        at=ENDS, ended_at=ENDS,
    )  # fmt: skip


def _export(at: Place) -> Export:
    return Export.objects.create(
        title=f"台账{at.mark}", address="/directory/members/", purpose="work", note=at.mark,
        receiver=at.mark, personal=True, rows=1, org=at.org, person_id=at.person.pk, by="岑",
        at=ENDS, state="waiting",
    )  # fmt: skip


def _attachment(at: Place) -> Attachment:
    return Attachment.objects.create(
        file=at.upload.file, subject_kind="volunteering.Session", subject_id=at.session.pk,
        name=f"附件{at.mark}.pdf", at=ENDS, by="岑", person_id=at.person.pk,
    )  # fmt: skip


def _view(at: Place) -> SavedView:
    return SavedView.objects.create(
        person_id=at.person.pk, path="/directory/members/", name=at.mark, query="", at=ENDS
    )


def _notice(at: Place) -> Notice:
    return Notice.objects.create(
        person=at.person, kind="work", title=f"通知{at.mark}", text=at.mark, at=ENDS
    )


def _account(at: Place) -> Account:
    user = User.objects.create_user(f"user-{at.org.code}")
    return Account.objects.create(user=user, person=at.person)


def _holding(at: Place) -> Holding:
    return Holding.objects.create(
        person=at.person, role=Role.TEAM_LEADER.value, org=at.org, starts_on=DAY
    )


def _invitation(at: Place) -> Invitation:
    return Invitation.objects.create(
        code_hash=at.mark, person=at.minor, role=Role.TEAM_LEADER.value, org=at.org,
        made_by=at.person, made_at=ENDS, expires_at=ENDS,
    )  # fmt: skip


def _support(at: Place) -> SupportSession:
    return SupportSession.objects.create(
        admin=at.person, org=at.org, role=Role.TEAM_LEADER.value, reason=at.mark,
        starts_at=STARTS, ends_at=ENDS,
    )  # fmt: skip


def _child_access(at: Place) -> ChildAccess:
    return ChildAccess.objects.create(
        person=at.minor, asked_by=at.person, reason=at.mark, asked_at=ENDS
    )


def _request(at: Place) -> Request:
    return Request.objects.create(
        person=at.person, org=at.org, kind="erase", asked_at=ENDS, due_on=DAY
    )


def _consent(at: Place) -> Consent:
    notice, _ = ConsentNotice.objects.get_or_create(
        purpose="volunteering", version=99, defaults={"title": "告知书", "starts_on": DAY}
    )
    return Consent.objects.create(person=at.person, notice=notice, given_at=ENDS)


Maker = Callable[[Place], object]

MAKERS: dict[str, Maker] = {
    "org_id": lambda at: at.org.pk,
    "org": lambda at: at.org.code,
    "person_id": lambda at: at.person.pk,
    "membership_id": lambda at: at.membership.pk,
    "young_membership_id": lambda at: at.minor.memberships.get().pk,
    "post_id": lambda at: at.post.pk,
    "team_id": lambda at: at.team.pk,
    "session_id": lambda at: at.session.pk,
    "volunteer_id": lambda at: at.volunteer.pk,
    "attendance_id": lambda at: at.attendance.pk,
    "stay_id": lambda at: at.stay.pk,
    "upload_id": lambda at: at.upload.pk,
    "job_id": lambda at: _job(at).pk,
    "export_id": lambda at: _export(at).pk,
    "attachment_id": lambda at: _attachment(at).pk,
    "web:attach:key": lambda at: at.session.pk,
    "view_id": lambda at: _view(at).pk,
    "notice_id": lambda at: _notice(at).pk,
    "account_id": lambda at: _account(at).pk,
    "holding_id": lambda at: _holding(at).pk,
    "invitation_id": lambda at: _invitation(at).pk,
    "authority:support_session:session_id": lambda at: _support(at).pk,
    "authority:support_end:session_id": lambda at: SupportSession.objects.get(org=at.org).pk,
    "access_id": lambda at: _child_access(at).pk,
    "privacy:request:pk": lambda at: _request(at).pk,
    "me:consent:pk": lambda at: _consent(at).notice_id,
    "me:agree:pk": lambda at: ConsentNotice.objects.latest("pk").pk,
    "me:withdraw_for_ward:pk": lambda at: at.minor.pk,
    "privacy:notice:pk": lambda at: ConsentNotice.objects.latest("pk").pk,
    "privacy:request_fulfil:pk": lambda at: Request.objects.get(org=at.org).pk,
    "privacy:request_refuse:pk": lambda at: Request.objects.get(org=at.org).pk,
    "filing_id": lambda at: returned.filing(at.org, mark=at.mark).pk,
    "value_id": lambda at: returned.value(at.org, mark=at.mark).pk,
    "dispute_id": lambda at: returned.dispute(at.org, mark=at.mark).pk,
    **written.MAKERS,
    **listed.MAKERS,
    **pressed.MAKERS,
    **starred.MAKERS,
    **doored.MAKERS,
    **scanned.MAKERS,
    **shared.MAKERS,
    **courtesies.MAKERS,
    **netted.MAKERS,
    **joined.MAKERS,
    **placed.MAKERS,
    **hours.MAKERS,
    **hooked.MAKERS,
    **taught.MAKERS,
    **met.MAKERS,
    **listing.MAKERS,
    **branched.MAKERS,
    **seated.MAKERS,
    **inspected.MAKERS,
    **rolled.MAKERS,
    **disciplined.MAKERS,
    **numbered.MAKERS,
    **appraised.MAKERS,
    **assessed.MAKERS,
    **pledged.MAKERS,
    **moved.MAKERS,
    **merged.MAKERS,
    **compared.MAKERS,
    **founded.MAKERS,
    **recruited.MAKERS,
    **recommended.MAKERS,
    **reorganised.MAKERS,
    **tiered.MAKERS,
    **sent.MAKERS,
    "oversight:entry:seq": lambda at: Entry.objects.filter(org_id=at.org.pk)[0].seq,
}

FIXED: dict[str, object] = {
    "half_year:figure:code": "DIR-01",
    "half_year:figure:period": "2022H1",
    "half_year:records:code": "DIR-01",
    "half_year:records:period": "2022H1",
    "form_id": returned.ONLY,
    "round_id": returned.ONLY,
    "definition_id": returned.ONLY,
    "cell_code": returned.CODE,
    **written.FIXED,
    **courtesies.FIXED,
    **joined.FIXED,
    **appraised.FIXED,
    **met.FIXED,
    "sheets:sheet:system": "directory",
    "sheets:sheet:name": "members",
    "sheets:template:system": "directory",
    "sheets:template:name": "members",
    "account_confirm_email:key": "no-such-key",
    "account_reset_password_from_key:uidb36": "1",
    "account_reset_password_from_key:key": "no-such-key",
    "openid_connect_login:provider_id": "nobody",
    "openid_connect_callback:provider_id": "nobody",
    "tokens:revoke:token_id": 1,
    "help:page:slug": "first",
    "web:attach:model": "volunteering.Session",
    "mfa_edit_webauthn:pk": 1,
    "mfa_remove_webauthn:pk": 1,
    "me:withdraw:purpose": "volunteering",
    "me:copy:kind": "json",
    "directory:person_show:field": "phone",
    "privacy:minors_report:year": 2022,
    "privacy:notice_new:purpose": "volunteering",
    "privacy:retention_term:line": 0,
    "join:join:code": "no-such-code",
    "dashboard:check:code": "directory.small_branch",
    "demo:enter:token": "no-such-token",
    "demo:look_as:account_id": 1,
}


# What the API is sent, so that it is the right that decides and not what is missing.
BODIES: dict[str, Maker] = {
    "api:check_in": lambda at: {"volunteer": at.volunteer.number},
    "api:check_in_many": lambda at: {"sent_at": ENDS.isoformat(), "scans": []},
    "api:put_values": lambda at: {"values": []},
    "api:sign_up": lambda at: {"vouched": True},
    "api:sign_up_other": lambda at: {"volunteer": at.volunteer.number, "vouched": True},
    "api:release": lambda at: {"reason": "误报"},
    "api:donate": lambda at: {"org": at.org.code, "quantity": 1},
    **netted.BODIES,
    **placed.BODIES,
    **taught.BODIES,
    **met.BODIES,
    **branched.BODIES,
    **inspected.BODIES,
    **listed.BODIES,
    **pledged.BODIES,
    **founded.BODIES,
    **recruited.BODIES,
    **moved.BODIES,
    **called.BODIES,
    **tiered.BODIES,
    **sent.BODIES,
}


def make_all(place: Place) -> dict[str, object]:
    """Return what every name of MAKERS stands for at a place, and what the API is sent there."""
    return {name: make(place) for name, make in (MAKERS | BODIES).items()}
