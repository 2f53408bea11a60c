"""存在的问题, proposed from figures: each with the figures or records that show it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.db.models import Q
from django.urls import reverse

from qinghe.analytics import catalogue, checks, figures
from qinghe.analytics.figures import Figure, Figures, State
from qinghe.edges.web import scope
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import AREAS, OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused
from qinghe.reports.drafting import models
from qinghe.reports.drafting.rules import Against, proposing
from qinghe.reports.drafting.rules.proposing import AIMS, Said, Sort, Worded
from qinghe.reports.half_year import blocks
from qinghe.reports.half_year.required import Wanted
from qinghe.systems.targets import queries as targets

from . import seen
from .lookup import FiguresOf

NAMED = 3  # more of them are not named in the sentence
MOST_RED = 5  # the longest red first
MOST_LAST = 8  # rankings that are proposed: a reader wants the worst, not all
RANKED = frozenset({"count", "sum", "distinct", "ratio"})
ORDER = list(Sort)


@dataclass(frozen=True)
class Evidence:
    """One thing that a problem shows in, and where it is to be seen."""

    label: str
    said: str
    url: str


@dataclass(frozen=True)
class Proposal:
    """A problem with a sentence that says it, to be taken into the text or left."""

    key: str
    sort: Sort
    heading: str
    text: str
    evidence: tuple[Evidence, ...]
    taken: bool


def proposals(
    actor: Actor, report: models.Report, *, figures_of: FiguresOf = figures.cached
) -> list[Proposal]:
    """Return the problems that figures and data checks show, targets first.

    What is already in the text is marked so. Raises Refused: not_allowed, no_facts,
    facts_outdated.
    """
    seen.require_seen(actor, report)
    taken = set(report.taken.filter(passage__removed_at__isnull=True).values_list("key", flat=True))
    found = _Search(actor=actor, report=report, figures_of=figures_of).all()
    made = [
        Proposal(w.key, w.sort, w.heading, w.text, evidence, w.key in taken)
        for w, evidence in found
    ]
    return sorted(made, key=lambda each: ORDER.index(each.sort))


_Found = tuple[Worded, tuple[Evidence, ...]]


@dataclass(frozen=True)
class _Point:
    """A figure that has a number, at its organisation."""

    figure: Figure
    org: Org
    exact: Decimal

    @property
    def said(self) -> Said:
        return Said(self.figure.code, self.figure.label, self.figure.unit)

    @property
    def evidence(self) -> Evidence:
        figure = self.figure
        wanted = blocks.BY_CODE.get(figure.code)
        words = blocks.say(wanted, figure) if wanted else f"{figure.value}"
        return Evidence(
            label=f"{self.org.name}{figure.label}（{figure.period.label}）",
            said=words if words.endswith("%") else f"{words}{figure.unit}",
            url=reverse("half_year:figure", args=[figure.code, figure.period.name, self.org.code]),
        )


class _Search:
    """Looks through the figures of one report, and asks no question twice."""

    def __init__(self, *, actor: Actor, report: models.Report, figures_of: FiguresOf) -> None:
        self._actor = actor
        self.org, self.period = report.org, report.span
        self.now = figures_of(self.period)
        self._figures_of = figures_of
        below = scope.children_on(self.org, self.period.end)
        self.below = list(below.filter(kind__in=AREAS).order_by("code"))

    def all(self) -> list[_Found]:
        """Return everything that was found."""
        searches: list[Callable[[], Iterator[_Found]]] = [
            self._targets,
            self._promises,
            self._red,
            self._last,
            self._falling,
            self._incomplete,
            self._checks,
        ]
        return [each for search in searches for each in search()]

    def _targets(self) -> Iterator[_Found]:
        for aim in AIMS:
            done = _point(self.now, aim.code, self.org)
            target = _point(self.now, aim.target, self.org)
            if done is None or target is None:
                continue
            if proposing.is_behind(done=done.exact, target=target.exact, period=self.period):
                words = proposing.behind_its_target(done.said, target.said, period=self.period)
                yield words, (done.evidence, target.evidence)

    def _promises(self) -> Iterator[_Found]:
        """Yield what the report before promised for this period and was not reached."""
        promised = models.PlanItem.objects.filter(
            Q(due_on__isnull=True) | Q(due_on__lte=self.period.end),
            report__org=self.org,
            report__period=self.period.previous().name,
            report__state=models.Report.State.ISSUED,
            target__isnull=False,
            dropped_at__isnull=True,
        ).select_related("org")
        for item in promised:
            done = _point(self.now, item.code, item.org)
            if done is not None and item.target is not None and done.exact < item.target:
                code = "" if item.org_id == self.org.pk else item.org.code
                words = proposing.below_a_promise(
                    done.said, org=code, name=item.org.name, item=item.pk
                )
                yield words, (done.evidence,)

    def _red(self) -> Iterator[_Found]:
        """Yield the items of the organisation's lists that shone red when the period ended."""
        reds = targets.red_on(self._actor, self.org, day=self.period.end)
        for span in reds[:MOST_RED]:
            charge = span.charge
            words = proposing.shining_red(charge.item.title, org=charge.org.name, charge=charge.pk)
            evidence = Evidence(
                label=f"{charge.item.task_list.title}：{charge.org.name}",
                said=f"{span.since.isoformat()}起红灯",
                url=reverse("targets:charge", args=[charge.pk]),
            )
            yield words, (evidence,)

    def _last(self) -> Iterator[_Found]:
        """Yield who comes last: shares before counts, the furthest behind first, and not all of them."""
        ranked = []
        for wanted in _ranked():
            found = [_point(self.now, wanted.code, org) for org in self.below]
            points = {each.org.code: each for each in found if each is not None}
            values = {code: each.exact for code, each in points.items()}
            last = proposing.last_of(values, unit=wanted.unit)
            whole = _point(self.now, wanted.code, self.org)
            if last is not None and whole is not None:
                order = (wanted.unit != proposing.SHARE, values[last] / median(values.values()))
                ranked.append((order, points[last], whole))
        for _, worst, whole in sorted(ranked, key=lambda each: each[0])[:MOST_LAST]:
            words = proposing.last_among(
                worst.said,
                org=worst.org.code,
                name=worst.org.name,
                among=worst.org.get_level_display(),
                whole=self.org.name,
            )
            yield words, (worst.evidence, whole.evidence)

    def _falling(self) -> Iterator[_Found]:
        bases = [(against, self._before(against)) for against in _BASES]
        for wanted in _ranked():
            now = _point(self.now, wanted.code, self.org)
            for against, figures_then in bases:
                then = _point(figures_then, wanted.code, self.org) if figures_then else None
                if now is None or then is None:
                    continue
                if proposing.has_fallen(now=now.exact, then=then.exact, unit=wanted.unit):
                    words = proposing.falling(now.said, against=against)
                    yield words, (now.evidence, then.evidence)
                break

    def _incomplete(self) -> Iterator[_Found]:
        lacking = {
            org.code: point
            for org in (self.org, *self.below)
            for wanted in blocks.BY_CODE.values()
            if (point := _point(self.now, wanted.code, org))
            and point.figure.state is State.INCOMPLETE
        }
        if not lacking:
            return
        names = [point.org.name for code, point in lacking.items() if code != self.org.code]
        yield (
            proposing.incomplete(names if len(names) <= NAMED else []),
            tuple(point.evidence for point in lacking.values()),
        )

    def _checks(self) -> Iterator[_Found]:
        """Yield the data checks that found something; they look at the whole district."""
        if self.org.kind != OrgKind.DISTRICT:
            return
        for check in catalogue.CHECKS.values():
            count = checks.run(check).count
            if count:
                url = reverse("dashboard:check", args=[check.code])
                words = proposing.to_be_checked(code=check.code, label=check.label)
                yield words, (Evidence(check.label, f"{count}条", url),)

    def _before(self, against: Against) -> Figures | None:
        try:
            return self._figures_of(against.base(self.period))
        except Refused:
            return None


# The year before says more than the half-year before, which is looked at only without it.
_BASES = (Against.LAST_YEAR, Against.PREVIOUS)


def _ranked() -> Iterator[Wanted]:
    return (
        each
        for each in blocks.BY_CODE.values()
        if each.kind in RANKED and each.phrase != blocks.IN_WORDS
    )


def _point(known: Figures, code: str, org: Org) -> _Point | None:
    if code not in known or org.pk not in known.column(code):
        return None
    figure = known[code, org.pk]
    return None if figure.exact is None else _Point(figure, org, figure.exact)
