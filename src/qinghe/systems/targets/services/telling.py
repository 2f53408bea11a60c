"""Who is told of a step of the ladder, and of what was decided."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.lib.periods import local_day
from qinghe.systems.targets.access import Charging
from qinghe.systems.targets.models import Charge, LadderStep
from qinghe.systems.targets.queries import holders
from qinghe.systems.targets.rules.ladder import Due, Rung

ONE_BY_ONE = 3  # more of one step for one person become one notice
SHORT = 60  # of a title, so that it fits the notice
CLOCK = "定时任务"
_KINDS = {Rung.SOON: Kind.TODO}
_WORDS = {
    Rung.SOON: "任务即将到期",
    Rung.YELLOW: "任务亮黄灯",
    Rung.RED: "任务亮红灯",
    Rung.NAMED: "下级任务红灯未转，列入通报名单",
}


@dataclass(frozen=True)
class Taken:
    """A step that is taken for a charge."""

    charge: Charge
    step: Due

    @property
    def told_at(self) -> int:
        """Return the organisation whose people are told: its own, or at last the one above."""
        is_named = self.step.rung is Rung.NAMED
        return self.charge.above_id if is_named else self.charge.org_id


@transaction.atomic
def tell_waiting(*, items: Collection[int] | None = None, at: datetime, by: object) -> int:
    """Tell of all steps that were taken and not told of yet, or of those of some items; once.

    Each person gets one notice of many steps, however many looks they come from. What a stop left
    untold is told the next time; a second worker waits and finds nothing.
    """
    waiting = LadderStep.objects.select_for_update(of=("self",)).filter(told__isnull=True)
    if items is not None:
        waiting = waiting.filter(charge__item__in=items)
    charged = ("item__task_list", "org__successor", "above__successor", "share")
    rows = list(waiting.select_related(*[f"charge__{name}" for name in charged]).order_by("pk"))
    taken = [Taken(one.charge, Due(Rung(one.rung), one.of, one.due_on)) for one in rows]
    for one, told in zip(rows, Telling(at).steps(taken), strict=True):
        one.told = told
    LadderStep.objects.bulk_update(rows, ["told"], batch_size=200)
    keys = [one.pk for one in rows]
    audit.record_many(by=by, verb="targets.tell_waiting", model=LadderStep, ids=keys, at=at)
    return len(rows)


@dataclass(frozen=True)
class Telling:
    """What is told at one moment. When it leaves the house is for each person's own quiet hours."""

    at: datetime

    def steps(self, taken: Sequence[Taken]) -> list[int]:
        """Tell those whom each step concerns, some steps in one notice; return how many each reached."""
        day = local_day(self.at)
        own = holders.people_at(
            CLOCK, (one.charge.org for one in taken), act=Charging.FILE, day=day
        )
        above = holders.people_at(
            CLOCK, (one.charge.above for one in taken), act=Charging.ACCEPT, day=day
        )
        of_whom: dict[tuple[int, Rung], list[Taken]] = defaultdict(list)
        counts = []
        for one in taken:
            people = (above if one.step.rung is Rung.NAMED else own).get(one.told_at, [])
            counts.append(len(people))
            for person in people:
                of_whom[person, one.step.rung].append(one)
        for (person, rung), steps in of_whom.items():
            self._tell(person, rung, steps)
        return counts

    def say(
        self,
        people: Collection[int],
        *,
        title: str,
        text: str,
        url: str,
        kind: Kind = Kind.RESULT,
    ) -> None:
        """Tell people of what was decided about what they told, or of what they have to do."""
        notices.notify(person_ids=people, kind=kind, title=title, text=text, url=url, at=self.at)

    def _tell(self, person: int, rung: Rung, steps: Sequence[Taken]) -> None:
        kind = _KINDS.get(rung, Kind.LATE)
        if len(steps) > ONE_BY_ONE:
            self.say(
                [person],
                title=f"{_WORDS[rung]}：{len(steps)}项",
                text="请打开督办清单办理。",
                url=f"{reverse('targets:charges')}?step={rung.value}",
                kind=kind,
            )
            return
        for one in steps:
            due = one.charge.course().due
            self.say(
                [person],
                title=f"{_WORDS[rung]}：{one.charge.item.title[:SHORT]}",
                text=f"责任单位{one.charge.org.name}，应于{due.isoformat()}前完成；{_because(one)}",
                url=reverse("targets:charge", args=[one.charge.pk]),
                kind=kind,
            )


def _because(one: Taken) -> str:
    if one.step.rung is Rung.SOON:
        return "请抓紧办理并填报进度。"
    label = LadderStep.Rung(one.step.rung.value).label
    return f"{one.step.of.isoformat()}起落后于进度（{label}）。"
