"""Makers for the tests of the rolls."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from qinghe.kernel.files import services as files
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import LeftAs, Membership
from qinghe.lib.periods import local_day
from qinghe.systems.rolls import services
from tests.cast import CLERK, NOW, make_person

RESOLVED = date(2022, 6, 20)


def make_member(
    number="K001",
    name="柯小舟",
    *,
    org,
    born=date(2000, 5, 4),
    starts_on=date(2021, 9, 1),
    at=NOW,
):
    """Enter somebody on a roll, without a file."""
    person = make_person(number, name, birth_date=born)
    return people.admit_member(person=person, org=org, starts_on=starts_on, at=at, by=CLERK)


def open_file(member, *, joined_on=date(2016, 5, 4), number="", party_on=None, at=NOW):
    """Open a member's file."""
    new = people.NewFile(joined_on, number, party_on)
    return people.open_league_file(person=member.person, new=new, at=at, by=CLERK)


def make_filed(*, org, **who):
    """Enter somebody on a roll, with a file."""
    member = make_member(org=org, **who)
    open_file(member)
    return member


def resigned(**changed):
    """Return what a meeting resolved at a member's wish."""
    said = {"asked_on": date(2022, 6, 1), "resolved_on": RESOLVED, "reason": "出国定居，书面申请"}
    return services.NewLeaving(kind=LeftAs.RESIGNED, **(said | changed))


def dropped(**changed):
    """Return what a meeting resolved of a member who dropped out."""
    said = {
        "ground": "life",
        "since": date(2021, 12, 20),
        "resolved_on": RESOLVED,
        "reason": "多次联系没有回应",
    }
    return services.NewLeaving(kind=LeftAs.DROPPED, **(said | changed))


def propose(member, *, by, new=None, at=NOW):
    """Send a resolution up."""
    return services.propose_leaving(member=member, new=new or resigned(), at=at, by=by)


def prove(leaving, *, by, at=NOW):
    """Put the paper of the meeting beside a proposal."""
    paper = SimpleUploadedFile("决议.pdf", b"%PDF-1.4 the resolution", "application/pdf")
    files.attach(subject=leaving, upload=paper, at=at, by=by)
    return leaving


def years_ago(years, *, days=0):
    """Return the day so many years and days before today by the clock on the wall."""
    today = timezone.localdate()
    return date(today.year - years, today.month, min(today.day, 28)) - timedelta(days=days)


def memberships_of(number):
    """Return where somebody stood."""
    return list(Membership.objects.filter(person__number=number).order_by("starts_on"))


TODAY = local_day(NOW)
