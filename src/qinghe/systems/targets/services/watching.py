"""Looking at what organisations carry: how it shines, and which steps of the ladder are due.

Every day since the last look is looked at in turn, so that a stop loses no step; each step is one
row that can be there once, so that none is taken twice.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction

from qinghe.lib.periods import local_day
from qinghe.systems.targets.models import Charge, LadderStep, LightSpan, Pause, Progress
from qinghe.systems.targets.queries import standing, terms
from qinghe.systems.targets.rules import ladder, pace
from qinghe.systems.targets.rules.pace import Light

from . import telling
from .telling import Taken

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Looked:
    """How much was looked at, and how many steps were taken."""

    charges: int = 0
    steps: int = 0


@transaction.atomic
def look(*, items: Iterable[int], at: datetime, by: object) -> Looked:
    """Look at everything that is carried of some items, and tell of what is found. Safe to repeat."""
    keys = list(items)
    looked = look_untold(items=keys, at=at, by=by)
    if looked.steps:
        telling.tell_waiting(items=keys, at=at, by=by)
    return looked


@transaction.atomic
def look_untold(*, items: Iterable[int], at: datetime, by: object) -> Looked:
    """Look at everything that is carried of some items, up to today. Safe to repeat, also at once.

    Whoever looks at more than these items tells afterwards, of all steps at once.
    """
    keys = list(items)
    list(Charge.objects.select_for_update().filter(item__in=keys).values_list("pk"))
    charges = standing.charges_of_items(str(by), keys)
    looking = _Looking(
        standing=standing.standing_of(str(by), charges),
        terms_on=terms.terms_by_day(str(by)),
        today=local_day(at),
        at=at,
    )
    looking.read()
    for charge in charges:
        looking.look_at(charge)
    looking.write()
    return Looked(charges=len(charges), steps=len(looking.taken))


@dataclass
class _Looking:
    """One look, and all that it finds."""

    standing: standing.Standing
    terms_on: Callable[[date], terms.Terms]
    today: date
    at: datetime
    taken: list[Taken] = field(default_factory=list)
    _lit: dict[int, LightSpan] = field(default_factory=dict)
    _known: set[tuple[int, str, date]] = field(default_factory=set)
    _told: dict[int, date] = field(default_factory=dict)
    _waiting: set[int] = field(default_factory=set)

    def read(self) -> None:
        """Read how everything shone and which steps were taken."""
        keys = [charge.pk for charge in self.standing.charges]
        spans = LightSpan.objects.filter(charge__in=keys, ended_on__isnull=True)
        self._lit = {span.charge_id: span for span in spans}
        steps = LadderStep.objects.filter(charge__in=keys)
        self._known = set(steps.values_list("charge_id", "rung", "of"))
        for key, state, day in (
            Progress.objects.filter(
                charge__in=keys, state__in=[Progress.State.SUBMITTED, Progress.State.ACCEPTED]
            )
            .order_by("day")
            .values_list("charge_id", "state", "day")
        ):
            self._told[key] = day
            if state == Progress.State.SUBMITTED:
                self._waiting.add(key)

    def look_at(self, charge: Charge) -> None:
        """Look at one charge on every day since it was last looked at, and always on today."""
        if charge.struck_on is not None or charge.is_over:
            self._shine(charge, Light.NONE, day=self.today)
            charge.asked_on = charge.file_by = None
        else:
            days = ladder.days_to_look_at(charge.seen_on, today=self.today) or [self.today]
            for day in days:
                self._look_on(charge, day)
            if not self.standing.is_told(charge):  # those below tell, or a figure does
                charge.asked_on = charge.file_by = None
        done = self.standing.done(charge, self.today)
        charge.done = None if done is None else done.quantize(_HUNDREDTH, ROUND_HALF_UP)
        charge.seen_on = self.today

    def write(self) -> None:
        """Keep what was seen, and take the steps."""
        Charge.objects.bulk_update(
            self.standing.charges, ["done", "seen_on", "asked_on", "file_by"], batch_size=200
        )
        over = Pause.objects.filter(
            charge__in=[charge.pk for charge in self.standing.charges],
            ended_on__isnull=True,
            until__lt=self.today,
        )
        for pause in over:
            pause.ended_on = pause.until + timedelta(days=1)
        Pause.objects.bulk_update(over, ["ended_on"])
        LadderStep.objects.bulk_create(
            LadderStep(
                charge=taken.charge,
                rung=taken.step.rung,
                of=taken.step.of,
                due_on=taken.step.on,
                at=self.at,
            )
            for taken in self.taken
        )

    def _look_on(self, charge: Charge, day: date) -> None:
        given, course = self.terms_on(day), self.standing.course(charge)
        done = self.standing.done(charge, day)
        light = (
            Light.NONE
            if self.standing.is_paused(charge, day)
            else pace.light(done, course=course, measures=given.measures, day=day)
        )
        self._shine(charge, light, day=day)
        is_reached = done is not None and done >= course.target
        lit = self._lit.get(charge.pk)
        if lit is None:
            return
        shining = ladder.Shining(course.due, light, lit.since, is_reached)
        steps = ladder.steps_due(shining, reminding=given.reminding, day=day)
        self._take(charge, steps)
        if not is_reached:
            self._ask(charge, given, day=day, start=course.start)

    def _take(self, charge: Charge, steps: Sequence[ladder.Due]) -> None:
        for step in steps:
            key = (charge.pk, step.rung.value, step.of)
            if key not in self._known:
                self._known.add(key)
                self.taken.append(Taken(charge, step))

    def _ask(self, charge: Charge, given: terms.Terms, *, day: date, start: date) -> None:
        """Wait for a filing where the last was so many days ago."""
        if charge.asked_on or charge.pk in self._waiting or not self.standing.is_told(charge):
            return
        last = self._told.get(charge.pk, start)
        if (day - last).days >= given.file_days:
            charge.asked_on = day
            charge.file_by = day + timedelta(days=given.answer_days)

    def _shine(self, charge: Charge, light: Light, *, day: date) -> None:
        """Let a charge shine so from a day on; where it does already nothing happens."""
        lit = self._lit.get(charge.pk)
        if (lit.light if lit else Light.NONE.value) == light.value:
            return
        if lit is not None:
            del self._lit[charge.pk]
            if lit.since >= day:
                lit.delete()  # it did not shine so for a day
            else:
                lit.ended_on = day
                lit.save(update_fields=["ended_on"])
        if light is not Light.NONE:
            self._lit[charge.pk] = LightSpan.objects.create(charge=charge, light=light, since=day)
