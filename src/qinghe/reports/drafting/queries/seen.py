"""Reports and what belongs to them, for somebody who may read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.lib.verdicts import Refused
from qinghe.reports.drafting import access, models
from qinghe.reports.drafting.access import Act
from qinghe.reports.drafting.rules import comparing, moves


@dataclass(frozen=True)
class Compared:
    """One passage in two versions of a report; `before` or `after` is missing where it is new or gone."""

    before: models.Passage | None
    after: models.Passage | None
    heading: tuple[comparing.Stretch, ...]
    text: tuple[comparing.Stretch, ...]

    @property
    def is_changed(self) -> bool:
        """Test if the two read differently."""
        return any(not each.is_same for each in (*self.heading, *self.text))


def reports_seen_by(actor: Actor) -> QuerySet[models.Report]:
    """Return the reports an actor may read: in reach, or with a passage given to their street."""
    given = models.Passage.objects.filter(
        report=OuterRef("pk"), street__in=actors.orgs_where(actor, Act.WRITE)
    )
    return models.Report.objects.filter(
        Q(org__in=actors.orgs_where(actor, Act.SEE)) | Exists(given)
    ).select_related("org", "begun_by", "corrects")


def passages_seen_by(actor: Actor) -> QuerySet[models.Passage]:
    """Return the passages of the reports that an actor may read, removed ones too."""
    return models.Passage.objects.filter(report__in=reports_seen_by(actor)).select_related(
        "report__org", "street", "changed_by"
    )


def remarks_seen_by(actor: Actor) -> QuerySet[models.Remark]:
    """Return what was said of the passages that an actor may read, oldest first."""
    return models.Remark.objects.filter(passage__in=passages_seen_by(actor)).select_related(
        "passage__report__org", "passage__street", "by", "settled_by"
    )


def fixed_wordings_seen_by(actor: Actor) -> QuerySet[models.FixedWording]:
    """Return the words that were vouched for in reports that an actor may read."""
    return models.FixedWording.objects.filter(report__in=reports_seen_by(actor)).select_related(
        "report__org", "person"
    )


def plan_seen_by(actor: Actor) -> QuerySet[models.PlanItem]:
    """Return what is promised in reports that an actor may read."""
    return models.PlanItem.objects.filter(
        report__in=reports_seen_by(actor), dropped_at__isnull=True
    ).select_related("report__org", "org", "passage")


def assigned_to(actor: Actor) -> QuerySet[models.Passage]:
    """Return the passages being written that were given to the actor's streets, most urgent first."""
    return (
        models.Passage.objects.filter(
            street__in=actors.orgs_where(actor, Act.WRITE),
            report__state=moves.WRITING,
            removed_at__isnull=True,
        )
        .select_related("report__org", "street")
        .order_by("due_on", "report_id", "place")
    )


def changes(actor: Actor, passage: models.Passage) -> list[models.PassageChange]:
    """Return the versions of a passage, newest first. Raises Refused: not_allowed."""
    require_seen(actor, passage.report)
    return list(passage.changes.select_related("by").order_by("-number"))


def may_write(actor: Actor, passage: models.Passage) -> bool:
    """Test if the actor may write in a passage now."""
    return passage.report.state == moves.WRITING and access.may_write(actor, passage)


def compare_versions(
    actor: Actor, passage: models.Passage, *, old: int, new: int
) -> tuple[list[comparing.Stretch], list[comparing.Stretch]]:
    """Return the heading and the text of two versions of a passage, side by side word by word.

    Raises Refused: not_allowed, no_such_version.
    """
    require_seen(actor, passage.report)
    found = {each.number: each for each in passage.changes.filter(number__in=(old, new))}
    if not {old, new} <= set(found):
        raise Refused("no_such_version", "没有这个版次，请从修改记录里选择。")
    return (
        comparing.compare(found[old].heading, found[new].heading),
        comparing.compare(found[old].text, found[new].text),
    )


def compare_reports(actor: Actor, old: models.Report, new: models.Report) -> list[Compared]:
    """Return each passage of two versions of a report, in the order of the newer one.

    What the newer one lacks stands where it stood. Raises Refused: not_allowed.
    """
    require_seen(actor, old)
    require_seen(actor, new)
    before = list(old.passages.filter(removed_at__isnull=True))
    after = list(new.passages.filter(removed_at__isnull=True))
    origin = _origins(old, new)
    return _paired(before, after, origin)


def compare_moments(
    actor: Actor, report: models.Report, *, earlier: datetime, later: datetime
) -> list[Compared]:
    """Return each passage of a report as it read at two moments. Raises Refused: not_allowed."""
    require_seen(actor, report)
    before, after = (_as_of(report, moment) for moment in (earlier, later))
    return _paired(before, after, {each.pk: each.pk for each in before})


def require_seen(actor: Actor, report: models.Report) -> None:
    """Refuse who may not read a report. Raises Refused: not_allowed."""
    if actors.may(actor, Act.SEE, at=report.org):
        return
    if not reports_seen_by(actor).filter(pk=report.pk).exists():
        raise Refused("not_allowed", "您没有查看这份工作总结的权限。")


def to_write(actor: Actor, report: models.Report) -> models.Report:
    """Return a report to be changed as a whole, held until the transaction ends.

    Raises Refused: not_allowed, not_in_writing.
    """
    found = (
        models.Report.objects.select_for_update(of=("self",))
        .select_related("org")
        .get(pk=report.pk)
    )
    actors.require(actor, Act.WRITE, at=found.org)
    moves.check_in_writing(found.state)
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
    ours = new.passages.values_list("pk", flat=True)
    found = {}
    for pk in ours:
        place = pk
        while place in copied:
            place = copied[place]
        found[pk] = place
    return found


def _paired(
    before: Sequence[models.Passage], after: Sequence[models.Passage], origin: dict[int, int]
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
    return [
        Compared(
            before=old,
            after=new,
            heading=tuple(
                comparing.compare(old.heading if old else "", new.heading if new else "")
            ),
            text=tuple(comparing.compare(old.text if old else "", new.text if new else "")),
        )
        for old, new in pairs
    ]


def _as_of(report: models.Report, moment: datetime) -> list[models.Passage]:
    """Return the passages as they read at a moment; places are today's."""
    passages = report.passages.filter(Q(removed_at__isnull=True) | Q(removed_at__gt=moment))
    latest: dict[int, models.PassageChange] = {}
    for change in models.PassageChange.objects.filter(
        passage__report=report, at__lte=moment
    ).order_by("number"):
        latest[change.passage_id] = change
    found = []
    for passage in passages:
        if passage.pk in latest:
            passage.heading = latest[passage.pk].heading
            passage.text = latest[passage.pk].text
            found.append(passage)
    return found
