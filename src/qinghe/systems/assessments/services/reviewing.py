"""The district's side of the marks: figures taken, reviewed item by item, shown to whom they are about."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.lib.workdays import workday_after
from qinghe.systems.assessments import models, queries, rules
from qinghe.systems.assessments.access import Act

Scheme = models.Scheme
Assessment = models.Assessment
Mark = models.Mark
Item = models.Item
TAKEN = ("figure", "figure_version", "figure_state", "figure_as_of", "final")


@transaction.atomic
def take_figures(
    *,
    scheme: Scheme,
    readings: Mapping[tuple[str, int], rules.Reading],
    at: datetime,
    by: Actor,
) -> int:
    """Take the figures of a scheme's period by code and organisation, and mark by them.

    The readings are those of `queries.readings_of`, asked before, so that nobody waits for the
    figures. Where a figure has no value nothing is marked: it is reviewed by hand. Returns how many
    were marked. Raises Refused: not_allowed, wrong_state.
    """
    scheme = queries.held_scheme(by, scheme)
    actors.require(by, Act.MAKE, at=scheme.org)
    if scheme.state != Scheme.State.PUBLISHED:
        raise Refused("wrong_state", "只有在自评和复核阶段才能取数，没有改动。")
    marks = list(queries.figure_marks(by, scheme))
    for mark in marks:
        _read(mark, readings.get((mark.item.code, mark.assessment.org_id)), at=at, by=by)
    Mark.objects.bulk_update(marks, TAKEN, batch_size=500)
    marked = sum(mark.figure is not None for mark in marks)
    audit.record(
        by=by, verb="assessments.take_figures", subject=scheme, at=at, detail={"marked": marked}
    )
    return marked


@transaction.atomic
def judge(*, mark: Mark, marks: int, reason: str, at: datetime, by: Actor) -> Mark:
    """Review one item of one organisation; whoever did it before may think again.

    Other marks than those that the organisation gave itself need a reason. Raises Refused:
    not_allowed, wrong_state, own_org, own_work, wrong_marks, reason_needed, enough_reviewers.
    """
    mark = _reviewable(mark, by=by)
    _give(mark, marks, reason, at=at, by=by)
    audit.record(
        by=by,
        verb="assessments.judge",
        subject=mark.assessment,
        at=at,
        detail={"item": mark.item.number, "marks": rules.in_words(marks)},
    )
    return mark


@transaction.atomic
def judge_rest(*, assessment: Assessment, at: datetime, by: Actor) -> int:
    """Accept what an organisation gave itself, for all that this reviewer has not reviewed yet.

    What it left open is accepted as nought. Returns how many. Raises Refused: not_allowed,
    wrong_state, own_org, own_work, enough_reviewers.
    """
    assessment = queries.held(by, assessment)
    _check_reviewer(assessment, by=by)
    done = models.Review.objects.filter(reviewer_id=by.person_id).values("mark_id")
    waiting = queries.marks_of(by, assessment).filter(final__isnull=True).exclude(pk__in=done)
    given = 0
    for mark in waiting:
        if mark.item.way == Item.Way.SELF:  # what lacks its figure is looked at one by one
            _give(mark, mark.self_marks or 0, "", at=at, by=by)
            given += 1
    audit.record(
        by=by, verb="assessments.judge_rest", subject=assessment, at=at, detail={"marked": given}
    )
    return given


@transaction.atomic
def show_results(*, scheme: Scheme, at: datetime, by: Actor) -> Scheme:
    """Show every organisation its marks, once all are settled; from now on it may object.

    Raises Refused: not_allowed, wrong_state, not_reviewed.
    """
    scheme = queries.held_scheme(by, scheme)
    actors.require(by, Act.MAKE, at=scheme.org)
    rules.check_move(rules.SCHEME_MOVES, now=scheme.state, to=Scheme.State.SHOWN, what="考核")
    known = queries.progress_of(by, scheme)
    rules.check_reviewed(
        waiting=known.waiting, open_sheets=known.open_sheets, untaken=known.untaken
    )
    today = local_day(at)
    scheme.state, scheme.shown_on = Scheme.State.SHOWN, today
    scheme.object_by = workday_after(today, count=scheme.object_days)
    scheme.save(update_fields=["state", "shown_on", "object_by"])
    sheets = list(scheme.assessments.select_related("org"))
    totals = queries.totals_of(by, scheme)
    for sheet in sheets:
        sheet.total = totals[sheet.pk].whole
    Assessment.objects.bulk_update(sheets, ["total"], batch_size=500)
    notices.notify(
        person_ids=queries.keepers_of(by, [sheet.org for sheet in sheets], today),
        kind=Kind.RESULT,
        title=f"考核结果：{scheme.name}",
        text=f"结果已公示，{scheme.object_by.isoformat()}前可以提出异议。",
        url=reverse("assessments:own"),
        at=at,
    )
    audit.record(by=by, verb="assessments.show_results", subject=scheme, at=at)
    return scheme


def _read(mark: Mark, reading: rules.Reading | None, *, at: datetime, by: Actor) -> None:
    """Write what a figure says into a mark; what was settled by hand stays where there is none."""
    had = mark.figure is not None
    mark.figure = reading.value if reading else None
    mark.figure_version = reading.version if reading else None
    mark.figure_state = reading.state if reading else "missing"
    mark.figure_as_of = reading.as_of if reading else at
    if mark.figure is not None:
        mark.final = rules.marks_for(mark.figure, scale=queries.scale_of(by, mark.item))
    elif had:
        mark.final = None


def _reviewable(mark: Mark, *, by: Actor) -> Mark:
    held = queries.held(by, mark.assessment)
    found = queries.marks_of(by, held).get(pk=mark.pk)
    found.assessment = held
    _check_reviewer(held, by=by)
    if found.item.way == Item.Way.FIGURE and (found.figure is not None or not found.figure_as_of):
        raise Refused("wrong_state", "这一项按数据计分，不用复核；数据有误请先更正记录再取数。")
    return found


def _check_reviewer(assessment: Assessment, *, by: Actor) -> None:
    actors.require(by, Act.REVIEW, at=assessment.org)
    is_open = assessment.scheme.state == Scheme.State.PUBLISHED
    if not is_open or assessment.state == Assessment.State.DRAFT:
        raise Refused("wrong_state", "自评提交后、结果公示前才能复核，没有改动，请刷新后再看。")
    queries.check_stranger(by, assessment.org)
    rules.check_another(
        decides=by.person_id,
        others=[assessment.submitted_by_id],
        why="这份自评由您提交，须由另一人复核，没有改动。",
    )


def _give(mark: Mark, marks: int, reason: str, *, at: datetime, by: Actor) -> None:
    scheme = mark.assessment.scheme
    rules.check_marks(marks, full=mark.item.full)
    if marks != (mark.self_marks or 0):
        rules.check_reason(reason)
    given = {one.reviewer_id: one.marks for one in mark.reviews.all()}
    rules.check_room(given=given, by=by.person_id, wanted=scheme.reviewers)
    models.Review.objects.update_or_create(
        mark=mark,
        reviewer_id=by.person_id,
        defaults={"marks": marks, "reason": reason.strip(), "at": at},
    )
    given[by.person_id] = marks
    mark.final = rules.settled(_marks(given), wanted=scheme.reviewers, combine=scheme.combine)
    mark.save(update_fields=["final"])


def _marks(given: Mapping[int, int]) -> Sequence[int]:
    return list(given.values())
