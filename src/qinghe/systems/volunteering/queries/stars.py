"""Stars: who holds one, who could have one, what a round has come to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.system import Card, Line
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.rules import codes_in
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

from .certificates import public_name

StarRound = models.StarRound
StarCase = models.StarCase
StarState = models.StarCase.State
StarDecision = models.StarDecision
StarVerdict = models.StarDecision.Verdict
StarObjection = models.StarObjection
StarScheme = models.StarScheme
EFFECTIVE = models.Attendance.State.EFFECTIVE
MOST_KEYS = 5_000  # asked for at once


@dataclass(frozen=True)
class Candidate:
    """Somebody who could have a star in a round, by what the records say."""

    volunteer_id: int
    minutes: int
    carried: int
    level: rules.Level


def levels_of(actor: Actor, scheme: models.StarScheme) -> tuple[rules.Level, ...]:
    """Return a scheme's stars as rules read them."""
    return tuple(
        rules.Level(
            one.star, one.minutes, one.months, tuple(one.route.split(",")), one.own_application
        )
        for one in scheme.levels.all()
    )


def scheme_on(actor: Actor, day: date) -> models.StarScheme | None:
    """Return the scheme in force on a day."""
    return models.StarScheme.objects.filter(starts_on__lte=day).order_by("-starts_on").first()


def stars_of(actor: Actor, volunteers: Iterable[int], day: date) -> dict[int, int]:
    """Return the star that volunteers hold on a day, by their key; who holds none is left out."""
    return dict(_held(day).filter(volunteer__in=list(volunteers)).values_list("volunteer", "held"))


def _held(day: date) -> QuerySet:
    return (
        models.StarCase.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))
        .filter(issued_on__lte=day)
        .order_by()
        .values("volunteer")
        .annotate(held=Max("star"))
    )


def carried_until(
    actor: Actor, volunteers: QuerySet[models.Volunteer], day: date
) -> dict[int, int]:
    """Return the minutes in force that volunteers brought from before or beside the platform."""
    rows = models.CarriedHours.objects.filter(
        volunteer__in=volunteers, served_until__lte=day, ended_at__isnull=True
    )
    return dict(rows.order_by().values_list("volunteer").annotate(Sum("minutes")))


def served_until(actor: Actor, volunteers: QuerySet[models.Volunteer], day: date) -> dict[int, int]:
    """Return the effective minutes of volunteers up to a day: one grouped read, whoever they are."""
    rows = models.Attendance.objects.filter(
        state=EFFECTIVE, session__day__lte=day, volunteer__in=volunteers
    )
    return dict(rows.order_by().values_list("volunteer").annotate(Sum("minutes")))


def served_by_record(
    actor: Actor, volunteers: Iterable[int], day: date
) -> dict[int, dict[str, int]]:
    """Return which services volunteers' hours come from, by record: what a case keeps as evidence."""
    found: dict[int, dict[str, int]] = {}
    keys = sorted(volunteers)
    for start in range(0, len(keys), MOST_KEYS):
        rows = models.Attendance.objects.filter(
            state=EFFECTIVE,
            session__day__lte=day,
            volunteer__in=keys[start : start + MOST_KEYS],
        )
        for volunteer, pk, minutes in rows.order_by().values_list("volunteer", "pk", "minutes"):
            found.setdefault(volunteer, {})[str(pk)] = minutes
    return found


def candidates(actor: Actor, found: models.StarRound, *, org: Org) -> list[Candidate]:
    """Return who could have a star in a round below an organisation and has no case yet.

    Four grouped reads, however many volunteers there are: what is counted is counted by the
    database, and only those with enough minutes for the lowest star come back.
    """
    wanted = levels_of(actor, found.scheme)
    roll = models.Volunteer.objects.filter(
        state=models.Volunteer.State.REGISTERED,
        org__in=actors.orgs_where(actor, Act.SEE),
        org__path__startswith=org.path,
    ).exclude(beside_until__gt=found.counted_until)  # V-21: children's hours are counted apart
    least, day = min(level.minutes for level in wanted), found.counted_until
    carried, served = carried_until(actor, roll, day), served_until(actor, roll, day)
    enough = {
        pk: total
        for pk in served.keys() | carried.keys()
        if (total := served.get(pk, 0) + carried.get(pk, 0)) >= least
    }
    held = dict(_held(day).values_list("volunteer", "held"))
    living = (StarState.REVIEWING, StarState.NOTICED, StarState.ISSUED)
    under_way = frozenset(found.cases.filter(state__in=living).values_list("volunteer", flat=True))
    days = models.Volunteer.objects.filter(pk__in=_some(enough)).values_list("pk", "registered_on")
    chosen = []
    for pk, registered_on in days:
        if pk not in enough or pk in under_way or registered_on is None:
            continue
        standing = rules.Standing(enough[pk], registered_on, held.get(pk, 0))
        level = rules.star_for(standing, levels=wanted, on=day)
        if level is not None:
            chosen.append(Candidate(pk, enough[pk], carried.get(pk, 0), level))
    return sorted(chosen, key=lambda one: (-one.level.star, -one.minutes, one.volunteer_id))


def _some(enough: dict[int, int]) -> QuerySet[models.Volunteer, int] | list[int]:
    """Return the keys, or everybody when they are more than a statement holds."""
    if len(enough) <= MOST_KEYS:
        return list(enough)
    return models.Volunteer.objects.order_by().values_list("pk", flat=True)


def standing_of(actor: Actor, volunteer: models.Volunteer, day: date) -> rules.Standing:
    """Return what one volunteer brings on a day."""
    alone = models.Volunteer.objects.filter(pk=volunteer.pk)
    minutes = served_until(actor, alone, day).get(volunteer.pk, 0)
    minutes += carried_until(actor, alone, day).get(volunteer.pk, 0)
    held = dict(_held(day).filter(volunteer=volunteer.pk).values_list("volunteer", "held"))
    return rules.Standing(minutes, volunteer.registered_on or day, held.get(volunteer.pk, 0))


def star_in_reach(actor: Actor, volunteer: models.Volunteer, found: models.StarRound) -> int:
    """Return the star that a volunteer may ask for in a round; 0 for none."""
    level = rules.star_for(
        standing_of(actor, volunteer, found.counted_until),
        levels=levels_of(actor, found.scheme),
        on=found.counted_until,
    )
    return level.star if level and level.own_application else 0


def rounds_seen_by(actor: Actor) -> QuerySet[models.StarRound]:
    """Return the rounds that reach the actor's organisations, newest first."""
    below = actors.orgs_where(actor, Act.SEE).filter(path__startswith=OuterRef("org__path"))
    return (
        models.StarRound.objects.filter(Exists(below))
        .select_related("scheme", "org")
        .annotate(
            asked=Count("cases"),
            given=Count("cases", filter=Q(cases__state=StarState.ISSUED)),
        )
        .order_by("-opens_on", "-pk")
    )


def cases_seen_by(actor: Actor) -> QuerySet[models.StarCase]:
    """Return the cases of volunteers in sight, newest first."""
    return (
        models.StarCase.objects.filter(org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("round__scheme", "volunteer__person", "org", "awaits")
        .order_by("-pk")
    )


def own_cases(actor: Actor) -> QuerySet[models.StarCase]:
    """Return a volunteer's own cases, newest first."""
    return (
        models.StarCase.objects.filter(volunteer__person=actor.person_id)
        .select_related("round", "awaits", "volunteer")
        .prefetch_related("decisions")
        .order_by("-pk")
    )


def on_notice(actor: Actor) -> QuerySet[models.StarCase]:
    """Return the cases that anybody may read and object to."""
    return (
        models.StarCase.objects.filter(state=StarState.NOTICED)
        .select_related("volunteer__person", "org", "round")
        .order_by("-star", "org__path", "pk")
    )


def objections_seen_by(actor: Actor) -> QuerySet[models.StarObjection]:
    """Return the objections to cases in sight."""
    return models.StarObjection.objects.filter(
        case__org__in=actors.orgs_where(actor, Act.REVIEW_STAR)
    ).select_related("case__volunteer__person", "case__org", "case__round")


def short_of_hours(actor: Actor) -> QuerySet[models.StarCase]:
    """Return the stars in reach that the hours left today no longer bear, with what is `left`."""
    return (
        models.StarCase.objects.short_of_hours()
        .filter(org__in=actors.orgs_where(actor, Act.RUN_STARS))
        .select_related("round__scheme", "volunteer__person", "org")
        .order_by("-issued_on", "pk")
    )


def minutes_left(actor: Actor, case: models.StarCase) -> int:
    """Return the minutes that a case counts today: what is effective still, and what it brought."""
    alone = models.Volunteer.objects.filter(pk=case.volunteer_id)
    served = served_until(actor, alone, case.round.counted_until)
    return served.get(case.volunteer_id, 0) + case.carried


def lost_of(actor: Actor, case: models.StarCase) -> list[tuple[models.Attendance, int]]:
    """Return the services that a case counted and that count less today, with what they gave then."""
    then = {int(key): minutes for key, minutes in case.served.items()}
    now = models.Attendance.objects.filter(
        volunteer=case.volunteer_id, session__day__lte=case.round.counted_until
    ).select_related("session__org")
    return [
        (one, then[one.pk])
        for one in now
        if one.pk in then and (one.minutes if one.state == EFFECTIVE else 0) < then[one.pk]
    ]


def hours_behind(actor: Actor, case: models.StarCase) -> QuerySet[models.Attendance]:
    """Return the services that a case counts, newest first."""
    return (
        models.Attendance.objects.filter(
            volunteer=case.volunteer_id, session__day__lte=case.round.counted_until
        )
        .select_related("session__org", "volunteer__person")
        .order_by("-session__starts_at", "-pk")
    )


def carried_of(actor: Actor, volunteer: models.Volunteer) -> QuerySet[models.CarriedHours]:
    """Return what one volunteer brought from before or beside the platform, as far as in force."""
    return models.CarriedHours.objects.filter(volunteer=volunteer, ended_at__isnull=True)


def star_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return stars behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=levels.short_name(
                actor, one.volunteer.person, at=one.org, on=one.issued_on or one.proposed_on
            ),
            cells=(
                ("星级", f"{one.star}星"),
                ("主组织", one.org.name),
                ("认定日期", one.issued_on.isoformat() if one.issued_on else ""),
                ("状态", one.get_state_display()),
            ),
            url=reverse("volunteering:star_case", args=[one.pk]),
        )
        for one in cases_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


@dataclass(frozen=True)
class CandidateLine:
    """A candidate as a list shows them."""

    pk: int
    number: str
    name: str
    org: str
    org_code: str
    star: int
    hours: str
    carried: str


def candidates_shown(actor: Actor, chosen: Sequence[Candidate]) -> list[CandidateLine]:
    """Return candidates with their numbers and names, in the same order."""
    people_of = models.Volunteer.objects.select_related("person", "org").in_bulk(
        [one.volunteer_id for one in chosen]
    )
    today = timezone.localdate()
    return [
        CandidateLine(
            pk=one.volunteer_id,
            number=volunteer.number,
            name=levels.short_name(actor, volunteer.person, at=volunteer.org, on=today),
            org=volunteer.org.name,
            org_code=volunteer.org.code,
            star=one.level.star,
            hours=rules.tenths_of_hours(one.minutes),
            carried=rules.tenths_of_hours(one.carried),
        )
        for one in chosen
        for volunteer in [people_of[one.volunteer_id]]
    ]


def decisions_of(actor: Actor, case: models.StarCase) -> QuerySet[models.StarDecision]:
    """Return what was said of a case, first word first."""
    return case.decisions.select_related("org", "person").order_by("at", "pk")


def rounds_open(actor: Actor) -> QuerySet[models.StarRound]:
    """Return the rounds that the actor may ask in: those above where they serve."""
    enrolled = models.Volunteer.objects.filter(person=actor.person_id)
    homes = enrolled.values_list("org__path", flat=True)
    codes = {code for path in homes for code in codes_in(path)}
    return models.StarRound.objects.filter(state=models.StarRound.State.OPEN, org__code__in=codes)


def season_for(actor: Actor, volunteer: models.Volunteer, day: date) -> models.StarRound | None:
    """Return the round in which a volunteer may ask today, if they have not yet."""
    living = (StarState.REVIEWING, StarState.NOTICED, StarState.ISSUED)
    codes = codes_in(volunteer.org.path)
    asked = models.StarCase.objects.filter(volunteer=volunteer, state__in=living).values("round")
    return (
        rounds_open(actor)
        .filter(org__code__in=codes, opens_on__lte=day, closes_on__gte=day)
        .exclude(pk__in=asked)
        .order_by("closes_on")
        .first()
    )


@dataclass(frozen=True)
class NoticeLine:
    """A case as the public notice shows it."""

    pk: int
    name: str
    number: str
    org: str
    star: int
    hours: str
    until: date | None


def notice_lines(actor: Actor, day: date) -> list[NoticeLine]:
    """Return what hangs out today."""
    shown = on_notice(actor).filter(notice_until__gte=day)
    return [notice_line(actor, one, day) for one in shown]


def notice_line(actor: Actor, case: models.StarCase, day: date) -> NoticeLine:
    """Return one case as the public notice shows it: no full name, no full number (S-37)."""
    number = case.volunteer.number
    return NoticeLine(
        pk=case.pk,
        name=public_name(actor, case.volunteer.person, today=day),
        number=f"尾号{number[-4:]}",
        org=case.org.name,
        star=case.star,
        hours=rules.tenths_of_hours(case.minutes),
        until=case.notice_until,
    )


def star_card(actor: Actor, volunteer: models.Volunteer, at: datetime) -> Card:
    """Return a volunteer's star and the ways to it and to a certificate, for their first page."""
    held = stars_of(actor, [volunteer.pk], local_day(at)).get(volunteer.pk, 0)
    return Card(
        title="星级与证明",
        note=f"{held} 星志愿者" if held else "还没有星级",
        lines=(
            Line(pk=1, title="我的星级和申请", url=reverse("volunteering:own_stars")),
            Line(pk=2, title="开具服务记录和证明", url=reverse("volunteering:own_certificates")),
            Line(pk=3, title="我的队伍和培训学时", url=reverse("volunteering:own_teams")),
        ),
    )
