"""Plain makers of late entries, findings and disputes."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from qinghe.systems.volunteering import models, queries, rules, services
from qinghe.systems.volunteering.rules import Doubt

from .makers import at

ASKED, FOUND, DECIDED = at(20), at(23), at(10, day=6)
CAME, LEFT = at(9), at(12)
PDF = b"%PDF-1.7 a roster with signatures"


def paper(name="roster.pdf", content=PDF):
    """Return a file that shows that somebody was there."""
    return SimpleUploadedFile(name, content)


def late(session, *volunteers, came=CAME, left=LEFT, reason="现场网络中断"):
    """Return a late entry of a session."""
    comes = [services.LateCome(one, came, left) for one in volunteers]
    return services.NewLate.of(session, reason=reason, comes=comes)


def ask(session, *volunteers, by, when=ASKED, **told):
    """Ask for late hours."""
    return services.ask_late(
        new=late(session, *volunteers, **told), evidence=paper(), at=when, by=by
    )


def hold(*attendances, kind="travel", by="the checks", when=FOUND):
    """Let a check doubt some attendances."""
    pks = tuple(sorted(one.pk for one in attendances))
    services.hold_doubted(doubts=[Doubt(kind, pks, "路途时间不足")], at=when, by=by)
    return models.Finding.objects.latest("pk")


def close(finding, *, verdict="cleared", voided=(), by, when=DECIDED):
    """Say what came of a finding."""
    return services.close_finding(
        finding=finding, verdict=verdict, reason="已核对现场照片", voided=voided, at=when, by=by
    )


def limits(**changed):
    """Return the numbers of the first terms, some of them changed."""
    return queries.limits_on("tests", models.HoursTerms())._replace(**changed)


def sitting(number=1, *, starts=CAME, hours=3, keeper="team 1", place=None, room=None):
    """Return a session as the checks know it."""
    frame = rules.Frame(starts, starts + timedelta(hours=hours))
    return rules.Sitting(number, f"活动{number}", keeper, frame, place, room)


def trace(attendance, where, *, came=None, left=None, person=1, registered=None, **told):
    """Return one check-in as the checks read it."""
    span = rules.Span(came or where.frame.starts_at, left or where.frame.ends_at)
    return rules.Trace(
        attendance, person, registered or at(0, day=1).date(), where, span,
        how=told.get("how", "roster"), recorded_by=told.get("recorded_by"),
    )  # fmt: skip
