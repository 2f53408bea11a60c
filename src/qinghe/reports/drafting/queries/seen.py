"""Reports and what belongs to them, for somebody who may read them."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.lib.verdicts import Refused
from qinghe.reports.drafting import access, models
from qinghe.reports.drafting.access import Act
from qinghe.reports.drafting.rules import comparing, merging, moves, writing


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


def merged_with(
    actor: Actor, passage: models.Passage, *, heading: str, text: str, lock: int
) -> tuple[merging.Merged, merging.Merged]:
    """Return heading and text of a passage put together with what somebody wrote meanwhile.

    `lock` is the version that both were made of. Raises Refused: not_allowed.
    """
    require_seen(actor, passage.report)
    read = passage.changes.filter(number=lock).first() or models.PassageChange()
    mine = (writing.tidied(heading), writing.tidied(text))
    return (
        merging.merge(read.heading, mine=mine[0], theirs=passage.heading),
        merging.merge(read.text, mine=mine[1], theirs=passage.text),
    )


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
