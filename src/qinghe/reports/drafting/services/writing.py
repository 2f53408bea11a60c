"""Beginning a report and writing in it. Every version of every passage is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.kinds import AREAS, OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import Period
from qinghe.lib.verdicts import Refused
from qinghe.reports.drafting import access, models, queries
from qinghe.reports.drafting.access import Act
from qinghe.reports.drafting.rules import moves, writing
from qinghe.reports.half_year import outline as outlines
from qinghe.reports.half_year.outline import NAMES, OUTLINE, Outline

Kind = models.Passage.Kind
STEP = 10  # places are spaced, so that a passage goes between two without moving the others


@dataclass(frozen=True)
class Seed:
    """What one passage begins with."""

    kind: str
    heading: str = ""
    text: str = ""


@transaction.atomic
def begin(*, org: Org, period: Period, at: datetime, by: Actor) -> models.Report:
    """Begin an organisation's report on a period with the sentences of the outline.

    Raises Refused: not_allowed, not_a_half_year, no_report_here, already_begun.
    """
    actors.require(by, Act.WRITE, at=org)
    moves.check_period(period)
    if org.kind not in AREAS:
        raise Refused("no_report_here", "工作总结由区、街道、社区起草；请改选区、街道或社区。")
    if models.Report.objects.filter(org=org, period=period.name).exists():
        raise Refused(
            "already_begun", f"{org.name}{period.label}的工作总结已经起草，请打开它继续写。"
        )
    values = NAMES.values(org=org, period=period)
    seeds = _seeds(outlines.fitting(OUTLINE, org=org))
    named = [
        Seed(s.kind, outlines.named(s.heading, values), outlines.named(s.text, values))
        for s in seeds
    ]
    report = models.Report.objects.create(
        org=org,
        period=period.name,
        title=writing.title_line(named[0].text),
        signature=values["full_organ"],
        dated_on=NAMES.signed_on(period) if org.kind == OrgKind.DISTRICT else None,
        contact=values["contact"],
        begun_at=at,
        begun_by_id=by.person_id,
    )
    passages = models.Passage.objects.bulk_create(
        models.Passage(
            report=report,
            place=STEP * number,
            kind=seed.kind,
            heading=seed.heading,
            text=seed.text,
            changed_at=at,
            changed_by_id=by.person_id,
        )
        for number, seed in enumerate(named, start=1)
    )
    _note(passages, at=at, by=by)
    audit.record(
        by=by, verb="drafting.begin", subject=report, at=at, detail={"period": period.name}
    )
    return report


@transaction.atomic
def keep_passage(
    *, passage: models.Passage, heading: str, text: str, lock: int, at: datetime, by: Actor
) -> models.Passage:
    """Keep what was written. `lock` is the version that the writer read.

    Whoever was overtaken is refused and loses nothing: the caller still has what was typed, and
    the passage what another kept. The same words again make no new version.
    Raises Refused: not_allowed, not_in_writing, removed, changed_meanwhile, not_for_a_heading.
    """
    found = _locked(passage, by=by)
    heading, text = writing.tidied(heading), writing.tidied(text)
    if (found.heading, found.text) == (heading, text):
        return found
    if found.lock != lock:
        raise Refused(
            "changed_meanwhile",
            f"{found.changed_by.name}刚刚改过这一段，您写的没有覆盖进去，仍在页面上；"
            "请对照两份内容，合并后再保存。",
        )
    writing.check_shape(kind=found.kind, heading=heading, text=text)
    found.heading, found.text = heading, text
    _kept(found, at=at, by=by)
    if found.kind == Kind.TITLE:
        models.Report.objects.filter(pk=found.report_id).update(title=writing.title_line(text))
    return found


@transaction.atomic
def add_passage(
    *,
    report: models.Report,
    kind: str,
    heading: str,
    text: str,
    after: models.Passage | None,
    at: datetime,
    by: Actor,
) -> models.Passage:
    """Put a new passage behind another, or at the end of the report.

    Raises Refused: not_allowed, not_in_writing, not_for_a_heading, one_title.
    """
    report = queries.to_write(by, report)
    heading, text = writing.tidied(heading), writing.tidied(text)
    writing.check_shape(kind=kind, heading=heading, text=text)
    if kind == Kind.TITLE:
        raise Refused("one_title", "标题只有一个，请直接修改它；没有增加段落。")
    made = models.Passage.objects.create(
        report=report,
        place=_place_after(report, after),
        kind=Kind(kind),
        heading=heading,
        text=text,
        changed_at=at,
        changed_by_id=by.person_id,
    )
    _note([made], at=at, by=by)
    _told(made, verb="drafting.add_passage", at=at, by=by)
    return made


@transaction.atomic
def move_passage(
    *, passage: models.Passage, after: models.Passage | None, at: datetime, by: Actor
) -> models.Passage:
    """Move a passage behind another, or to the start behind the title.

    Raises Refused: not_allowed, not_in_writing, one_title.
    """
    report = queries.to_write(by, passage.report)
    found = models.Passage.objects.select_for_update(of=("self",)).get(pk=passage.pk, report=report)
    if found.kind == Kind.TITLE:
        raise Refused("one_title", "标题总在最前，没有移动。")
    title = report.passages.filter(kind=Kind.TITLE).first()
    found.place = _place_after(report, after or title)
    found.save(update_fields=["place"])
    _told(found, verb="drafting.move_passage", at=at, by=by)
    return found


@transaction.atomic
def remove_passage(*, passage: models.Passage, at: datetime, by: Actor) -> models.Passage:
    """Take a passage out of the report; its text, history and remarks are kept.

    Raises Refused: not_allowed, not_in_writing, removed, one_title.
    """
    queries.to_write(by, passage.report)
    found = _locked(passage, by=by)
    if found.kind == Kind.TITLE:
        raise Refused("one_title", "标题不能移除；没有任何改动。")
    found.removed_at = at
    found.save(update_fields=["removed_at"])
    _told(found, verb="drafting.remove_passage", at=at, by=by)
    return found


@transaction.atomic
def restore_passage(*, passage: models.Passage, at: datetime, by: Actor) -> models.Passage:
    """Put a removed passage back where it stood. Raises Refused: not_allowed, not_in_writing."""
    report = queries.to_write(by, passage.report)
    found = models.Passage.objects.select_for_update(of=("self",)).get(pk=passage.pk, report=report)
    found.removed_at = None
    found.save(update_fields=["removed_at"])
    _told(found, verb="drafting.restore_passage", at=at, by=by)
    return found


@transaction.atomic
def keep_ending(
    *,
    report: models.Report,
    signature: str,
    dated_on: date | None,
    contact: str,
    at: datetime,
    by: Actor,
) -> models.Report:
    """Keep who signs, the day and the note below. Raises Refused: not_allowed, not_in_writing."""
    report = queries.to_write(by, report)
    wanted = {"signature": signature.strip(), "dated_on": dated_on, "contact": contact.strip()}
    changed = {
        name: [str(getattr(report, name) or ""), str(value or "")]
        for name, value in wanted.items()
        if getattr(report, name) != value
    }
    if not changed:
        return report
    for name, value in wanted.items():
        setattr(report, name, value)
    report.save(update_fields=[*wanted])
    audit.record(by=by, verb="drafting.keep_ending", subject=report, at=at, detail=changed)
    return report


def _note(passages: Iterable[models.Passage], *, at: datetime, by: Actor) -> None:
    """Keep passages as they read now, each as a version of its own."""
    models.PassageChange.objects.bulk_create(
        each.version(at=at, by_id=by.person_id) for each in passages
    )


def _locked(passage: models.Passage, *, by: Actor) -> models.Passage:
    """Return a passage to be written in, held until the transaction ends."""
    found = (
        models.Passage.objects.select_for_update(of=("self", "report"))
        .select_related("report__org", "street", "changed_by")
        .get(pk=passage.pk)
    )
    access.check_writer(by, found)
    moves.check_in_writing(found.report.state)
    if found.removed_at is not None:
        raise Refused(
            "removed", "这一段已被移出工作总结，您写的没有保存进去，仍在页面上；请先恢复这一段。"
        )
    return found


def _kept(passage: models.Passage, *, at: datetime, by: Actor) -> None:
    passage.lock += 1
    passage.changed_at, passage.changed_by_id = at, by.person_id
    passage.save(update_fields=["heading", "text", "lock", "changed_at", "changed_by"])
    _note([passage], at=at, by=by)
    _told(passage, verb="drafting.keep_passage", at=at, by=by, version=passage.lock)


def _told(
    passage: models.Passage, *, verb: str, at: datetime, by: Actor, version: int | None = None
) -> None:
    said = {"passage": passage.pk} | ({"version": version} if version else {})
    audit.record(by=by, verb=verb, subject=passage.report, at=at, detail=said)


def _place_after(report: models.Report, after: models.Passage | None) -> int:
    """Return a free place behind a passage, moving those behind it where there is none."""
    standing = list(report.passages.select_for_update(of=("self",)).order_by("place", "pk"))
    if after is None:
        return standing[-1].place + STEP
    index = next(i for i, each in enumerate(standing) if each.pk == after.pk)
    below = standing[index].place
    above = standing[index + 1].place if index + 1 < len(standing) else below + 2 * STEP
    if above - below > 1:
        return (below + above) // 2
    for number, each in enumerate(standing, start=1):
        each.place = STEP * number
    models.Passage.objects.bulk_update(standing, ["place"])
    return STEP * (index + 1) + STEP // 2


def _seeds(outline: Outline) -> list[Seed]:
    """Return an outline as passages in their order."""
    seeds = [Seed(Kind.TITLE, text="\n".join(outline.title))]
    seeds += [Seed(Kind.OPENING, text=text) for text in outline.opening]
    for part in outline.parts:
        seeds.append(Seed(Kind.PART, part.heading, part.opening))
        seeds += [Seed(Kind.RUN_IN, each.heading, each.text) for each in part.run_ins]
        for item in part.items:
            seeds.append(Seed(Kind.ITEM, item.heading))
            seeds += [Seed(Kind.RUN_IN, each.heading, each.text) for each in item.run_ins]
    return seeds
