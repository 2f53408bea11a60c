"""Whole versions of a report beside each other: which passages and which figures became different.

A version is a report as it reads now, or as it read after somebody had stopped writing for the
day. A report that corrects another goes on from it, so all of one period stand in one list.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from qinghe.analytics import figures
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import TZ, local_day
from qinghe.lib.verdicts import Refused
from qinghe.reports.drafting import models, rules
from qinghe.reports.drafting.rules import comparing
from qinghe.reports.drafting.rules.comparing import Stretch
from qinghe.reports.drafting.rules.tokens import Token

from .lookup import FiguresOf, Lookup
from .seen import reports_seen_by, require_seen

FiguresFor = Callable[[models.Report], FiguresOf]


@dataclass(frozen=True)
class Version:
    """A report as it reads now (`moment` is None), or as it read at a moment."""

    key: str
    label: str
    report: models.Report
    moment: datetime | None = None

    @property
    def order(self) -> tuple[int, bool, datetime]:
        """Return its place among others, the oldest first."""
        return self.report.version, self.moment is None, self.moment or self.report.begun_at


@dataclass(frozen=True)
class Compared:
    """One passage in two versions; `before` or `after` is missing where it is new or gone."""

    before: models.Passage | None
    after: models.Passage | None
    heading: tuple[Stretch, ...]
    text: tuple[Stretch, ...]

    @property
    def is_changed(self) -> bool:
        """Test if the two read differently."""
        return any(not each.is_same for each in (*self.heading, *self.text))


@dataclass(frozen=True)
class FigureChanged:
    """A figure that two versions print differently, or that only one of them prints."""

    code: str
    label: str
    about: str  # whose, of which period, against what: where it is not the report's own
    old: str
    new: str
    passage: models.Passage | None


@dataclass(frozen=True)
class TwoVersions:
    """Two versions of a report beside each other."""

    passages: tuple[Compared, ...]
    figures: tuple[FigureChanged, ...]

    @property
    def changed(self) -> list[Compared]:
        """Return the passages that read differently."""
        return [each for each in self.passages if each.is_changed]


def versions_seen_by(actor: Actor, report: models.Report) -> list[Version]:
    """Return all versions of the report of one organisation on one period, newest first."""
    require_seen(actor, report)
    found = reports_seen_by(actor).filter(org=report.org_id, period=report.period)
    by_id = {each.pk: each for each in found}
    versions = [
        Version(str(each.pk), f"第{each.version}版 · {each.get_state_display()}", each)
        for each in by_id.values()
    ]
    for change in _last_of_sittings(by_id):
        of = by_id[change.passage.report_id]
        who = "起草时" if change.at == of.begun_at else f"{change.by.name}改后"
        said = f"第{of.version}版 · {change.at.astimezone(TZ):%m-%d %H:%M} {who}"
        versions.append(Version(f"{of.pk}@{change.pk}", said, of, change.at))
    return sorted(versions, key=lambda each: each.order, reverse=True)


def version_named(actor: Actor, report: models.Report, key: str) -> Version:
    """Return the version of a report with this key. Raises Refused: not_allowed, no_such_version."""
    versions = versions_seen_by(actor, report)
    found = next((each for each in versions if each.key == key), None)
    if found is None:
        raise Refused("no_such_version", "没有这个版本，请从列表里选择。")
    return found


def compare_whole(
    actor: Actor, old: Version, new: Version, *, figures_for: FiguresFor | None = None
) -> TwoVersions:
    """Return which passages and figures two versions have differently, the older one first.

    Each prints its figures by `figures_for` its report; without it as they are counted now.
    Raises Refused: not_allowed, no_facts, facts_outdated, not_one_report.
    """
    for each in (old, new):
        require_seen(actor, each.report)
    if (old.report.org_id, old.report.period) != (new.report.org_id, new.report.period):
        raise Refused("not_one_report", "只能对比同一单位、同一期间的工作总结。")
    old, new = sorted((old, new), key=lambda each: each.order)
    before, after = _passages(old), _passages(new)
    sides = (
        _Side(old.report, before, figures_for=figures_for),
        _Side(new.report, after, figures_for=figures_for),
    )
    return TwoVersions(
        passages=tuple(_paired(before, after, _origins(old.report, new.report), sides)),
        figures=tuple(_figures_changed(before, after, sides)),
    )


class _Side:
    """What the tokens of one version print."""

    def __init__(
        self,
        report: models.Report,
        passages: Sequence[models.Passage],
        *,
        figures_for: FiguresFor | None,
    ) -> None:
        texts = [text for each in passages for text in (each.heading, each.text)]
        figures_of = figures_for(report) if figures_for else figures.cached
        self._lookup = Lookup(report=report, texts=texts, figures_of=figures_of)

    def words(self, text: str) -> list[str]:
        """Return a text in words, each figure as it is printed."""
        found: list[str] = []
        for piece in rules.parse(text):
            found += [self.said(piece.token)] if piece.token else comparing.words(piece.text)
        return found

    def said(self, token: Token) -> str:
        """Return what a token prints."""
        return self._lookup.look(token).number.text

    def label(self, token: Token) -> str:
        """Return the name of a token's figure."""
        return self._lookup.look(token).number.wanted.label

    def about(self, token: Token) -> str:
        """Return whose figure it is, of when and against what, where that is not plain."""
        org = self._lookup.org(token) if token.org else None
        own = self._lookup.own
        span = token.span(own)
        against = {"previous": "环比", "last_year": "同比"}.get(token.against, "")
        parts = (org.name if org else token.org, span.label if span != own else "", against)
        return " ".join(part for part in parts if part)


def _last_of_sittings(by_id: Mapping[int, models.Report]) -> list[models.PassageChange]:
    """Return the last change of each day by each writer, and what each report began with."""
    changes = (
        models.PassageChange.objects.filter(passage__report__in=by_id)
        .select_related("by", "passage")
        .order_by("at", "pk")
        .defer("heading", "text")
    )
    found: dict[tuple[object, ...], models.PassageChange] = {}
    for each in changes:
        report = by_id[each.passage.report_id]
        is_first = each.at == report.begun_at
        found[report.pk, is_first, local_day(each.at), each.by_id] = each
    return list(found.values())


def _passages(version: Version) -> list[models.Passage]:
    """Return the passages of a version in their order; of a moment the places are today's."""
    passages = version.report.passages.filter(
        Q(removed_at__isnull=True) | Q(removed_at__gt=version.moment)
        if version.moment
        else Q(removed_at__isnull=True)
    )
    if version.moment is None:
        return list(passages)
    latest: dict[int, models.PassageChange] = {}
    for change in models.PassageChange.objects.filter(
        passage__report=version.report, at__lte=version.moment
    ).order_by("number"):
        latest[change.passage_id] = change
    found = []
    for passage in passages:
        if passage.pk in latest:
            passage.heading = latest[passage.pk].heading
            passage.text = latest[passage.pk].text
            found.append(passage)
    return found


def _origins(old: models.Report, new: models.Report) -> dict[int, int]:
    """Return for each passage of the newer version the one of the older it was copied from.

    Versions between the two are followed: each copy was made from the version just before it.
    """
    between = models.Report.objects.filter(
        org_id=new.org_id,
        period=new.period,
        version__gt=old.version,
        version__lte=new.version,
    )
    copied = dict(
        models.Passage.objects.filter(report__in=between, copied_from__isnull=False).values_list(
            "pk", "copied_from_id"
        )
    )
    found = {}
    for pk in new.passages.values_list("pk", flat=True):
        place = pk
        while place in copied:
            place = copied[place]
        found[pk] = place
    return found


def _paired(
    before: Sequence[models.Passage],
    after: Sequence[models.Passage],
    origin: Mapping[int, int],
    sides: tuple[_Side, _Side],
) -> list[Compared]:
    left = {each.pk: each for each in before}
    pairs: list[tuple[models.Passage | None, models.Passage | None]] = [
        (left.pop(origin.get(each.pk, 0), None), each) for each in after
    ]
    for gone in left.values():
        index = next(
            (i for i, (_, each) in enumerate(pairs) if each and each.place > gone.place), len(pairs)
        )
        pairs.insert(index, (gone, None))

    def compared(old: str, new: str) -> tuple[Stretch, ...]:
        left, right = sides[0].words(old), sides[1].words(new)
        return tuple(comparing.compare_words(left, right))

    return [
        Compared(
            before=old,
            after=new,
            heading=compared(old.heading if old else "", new.heading if new else ""),
            text=compared(old.text if old else "", new.text if new else ""),
        )
        for old, new in pairs
    ]


def _figures_changed(
    before: Sequence[models.Passage],
    after: Sequence[models.Passage],
    sides: tuple[_Side, _Side],
) -> list[FigureChanged]:
    """Return the figures that are printed differently, in the order in which they are read."""
    old, new = (
        _printed(passages, side) for passages, side in zip((before, after), sides, strict=True)
    )
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = old.get(key), new.get(key)
        if was and now and was.words == now.words:
            continue
        known, side = (now, sides[1]) if now else (was, sides[0])
        if known is None:
            continue
        found.append(
            FigureChanged(
                code=known.token.code,
                label=side.label(known.token),
                about=side.about(known.token),
                old="、".join(was.words) if was else "",
                new="、".join(now.words) if now else "",
                passage=now.passage if now else None,
            )
        )
    return found


@dataclass(frozen=True)
class _Printed:
    token: Token
    passage: models.Passage
    words: list[str]


def _printed(
    passages: Sequence[models.Passage], side: _Side
) -> dict[tuple[str, str, str, str], _Printed]:
    """Return what each figure prints: however it is worded, it is one figure."""
    found: dict[tuple[str, str, str, str], _Printed] = {}
    for passage in passages:
        for token in (*rules.tokens(passage.heading), *rules.tokens(passage.text)):
            key = (token.code, token.org, token.period, token.against)
            known = found.setdefault(key, _Printed(token, passage, []))
            if (said := side.said(token)) not in known.words:
                known.words.append(said)
    return found
