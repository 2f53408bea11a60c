"""Ceremonies of schools, as many as were reported for two half-years, and what goes on today."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.core.files.base import ContentFile
from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.files import services as files
from qinghe.kernel.files.models import Attachment, File
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import TZ, local_day
from qinghe.lib.workdays import is_workday
from qinghe.systems.pioneers import services
from qinghe.systems.pioneers.models import IS_SCHOOL, Ceremony, Outline, Step

from . import cast, reported

KINDS = {"ACT-01": "league_education", "ACT-02": "admission"}
TERMS = {  # from its first day up to its last, the day when the last was looked at
    "2021H2": (date(2021, 9, 6), date(2021, 12, 24)),
    "2022H1": (date(2022, 2, 21), date(2022, 6, 24)),
}
PLACES = ("学校操场", "学校礼堂", "少先队队室", "社区党群服务中心")
PHOTO = b"\x89PNG\r\n\x1a\n"  # the beginning of a picture is all that is looked at
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Enter the ceremonies that were reported, all accepted; then some of these days; once."""
    if Ceremony.objects.exists():
        return
    photo = files.keep(
        upload=ContentFile(PHOTO, name="现场照片.png"), at=_at(TERMS["2021H2"][0]), by="demo"
    )
    for period in TERMS:
        for code, kind in KINDS.items():
            _season(reported.numbers_of(code, period), kind, period, photo=photo)
    _today(now=now)
    say(f"少先队：{Ceremony.objects.count()} 场入团教育和入队仪式")


def _season(counts: dict[Org, int], kind: str, period: str, *, photo: File) -> None:
    """Enter what was reported of a kind in a half-year: each at its school, on a working day."""
    secretaries, (first, second) = reported.who_answers().secretaries, _officers()
    outline = Outline.objects.get(kind=kind, version=1)
    rows = [
        Ceremony(
            kind=kind,
            org=org,
            day=day,
            place=PLACES[turn % len(PLACES)],
            people=40 + 13 * (turn % 17),
            leaders="校团委书记、大队辅导员",
            again=again,
            outline=outline,
            submitted_by_id=secretaries.get(org.pk, first).person_id,
            submitted_on=day,
            reviewed_by_id=second.person_id,
            reviewed_on=TERMS[period][1],
            state=Ceremony.State.ACCEPTED,
        )
        for turn, (org, day, again) in enumerate(_held(counts, period))
    ]
    _enter(rows, outline, at=_at(TERMS[period][1]), by=second, photo=photo)


def _enter(
    rows: Sequence[Ceremony], outline: Outline, *, at: datetime, by: Actor, photo: File
) -> None:
    made = Ceremony.objects.bulk_create(rows)
    steps = list(Step.objects.filter(outline=outline, is_required=True))
    through = Ceremony.steps.through
    through.objects.bulk_create(
        through(ceremony_id=one.pk, step_id=step.pk) for one in made for step in steps
    )
    Attachment.objects.bulk_create(
        Attachment(
            file=photo,
            subject_kind=Ceremony._meta.label,
            subject_id=one.pk,
            label="现场照片",
            name=photo.name,
            at=at,
            by=str(by),
            person_id=one.submitted_by_id or by.person_id,
        )
        for one in made
    )
    ids = [one.pk for one in made]
    audit.record_many(by=by, verb="pioneers.enter_many", model=Ceremony, ids=ids, at=at)


def _held(counts: dict[Org, int], period: str) -> Iterator[tuple[Org, date, str]]:
    """Name school, day and, for a second of one day, which it was, as often as was reported."""
    begins, ends = TERMS[period]
    span = (begins + timedelta(days=ahead) for ahead in range((ends - begins).days))
    days = [day for day in span if is_workday(day)]
    for org, number in by_school(counts).items():
        for turn in range(number):
            again = f"第{turn // len(days) + 1}场" if turn >= len(days) else ""
            place = turn % len(days) if number > len(days) else turn * len(days) // number
            yield org, days[place], again


def by_school(counts: dict[Org, int]) -> dict[Org, int]:
    """Share out what a street reported for its schools among them; one without keeps its own."""
    shared: dict[Org, int] = {}
    schools = list(Org.objects.filter(IS_SCHOOL, closed_on__isnull=True).order_by("path"))
    for org, number in counts.items():
        below = [one for one in schools if one.path.startswith(org.path)] or [org]
        for turn, school in enumerate(below):
            part = number // len(below) + (turn < number % len(below))
            if part:
                shared[school] = shared.get(school, 0) + part
    return shared


def _today(*, now: datetime) -> None:
    """A draft, two that wait, one sent back, one accepted and one cancelled at one school."""
    school = Org.objects.filter(IS_SCHOOL, closed_on__isnull=True).order_by("path")[0]
    officer, second = _officers()
    keeper = reported.who_answers().secretaries.get(school.pk, officer)
    day = local_day(now)
    _draft(school, "admission", day - timedelta(days=1), now=now, by=keeper)
    gone = _draft(school, "admission", day - timedelta(days=9), now=now, by=keeper)
    services.cancel_ceremony(ceremony=gone, reason="登记重复", at=now, by=keeper)
    waiting = [
        _handed_in(school, kind, day - timedelta(days=ago), now=now, by=keeper)
        for kind, ago in (
            ("admission", 3),
            ("league_education", 4),
            ("league_education", 6),
            ("admission", 8),
        )
    ]
    services.send_back_ceremony(
        ceremony=waiting[2], reason="照片看不清会场，请补传一张。", at=now, by=second
    )
    services.accept_ceremony(ceremony=waiting[3], at=now, by=second)


def _draft(school: Org, kind: str, day: date, *, now: datetime, by: Actor) -> Ceremony:
    steps = Step.objects.filter(outline__kind=kind, outline__version=1, is_required=True)
    held = services.Held(
        kind=kind,
        org=school,
        day=day,
        place="学校操场",
        people=120,
        leaders="校团委书记、大队辅导员",
        steps=list(steps.values_list("pk", flat=True)),
    )
    return services.register_ceremony(held=held, at=now, by=by)


def _handed_in(school: Org, kind: str, day: date, *, now: datetime, by: Actor) -> Ceremony:
    draft = _draft(school, kind, day, now=now, by=by)
    photo = ContentFile(PHOTO + str(draft.pk).encode(), name="现场照片.png")
    files.attach(subject=draft, upload=photo, label="现场照片", at=now, by=by)
    return services.submit_ceremony(ceremony=draft, at=now, by=by)


def _officers() -> tuple[Actor, Actor]:
    return cast.officer(), cast.officer(second=True)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(16), tzinfo=TZ).astimezone(UTC)
