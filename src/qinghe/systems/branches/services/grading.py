"""Grading branches: a round is opened, a branch grades itself, two sign, its committee reviews."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.bulk import insert_many
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.kernel.orgs import queries as orgs
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.branches import models, queries, rules
from qinghe.systems.branches.access import Act

Grading = models.Grading
State = models.Grading.State
Step = models.Score.Step
CHUNK = 500


@dataclass(frozen=True)
class NewRound:
    """A year's grading to be opened."""

    year: int
    reference_on: date
    self_closes_on: date
    review_closes_on: date


@dataclass(frozen=True)
class Judged:
    """What one hand gives: points by item, why, and what alone would take every star."""

    points: Mapping[str, int]
    words: str = ""
    veto: str = ""


class Judge(Protocol):
    """A step that gives points: the committee's review, the district's spot check."""

    def __call__(self, *, grading: Grading, judged: Judged, at: datetime, by: Actor) -> Grading:
        """Give the points."""
        ...


@transaction.atomic
def open_grading(*, new: NewRound, at: datetime, by: Actor) -> models.GradingRound:
    """Open a round; which branches take part is computed (T-07, T-50).

    Raises Refused: not_allowed, wrong_order, year_taken, nobody_fits.
    """
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Act.RUN_GRADING, at=root)
    rules.check_round_days(
        year=new.year,
        reference_on=new.reference_on,
        self_closes_on=new.self_closes_on,
        review_closes_on=new.review_closes_on,
    )
    if models.GradingRound.objects.filter(year=new.year).exists():
        raise Refused("year_taken", f"{new.year}年度已经部署过定级，没有重复建立。")
    terms = queries.grading_terms_on(by, new.reference_on)
    fit = queries.branches_to_grade(by, new.reference_on, months=terms.months)
    if not fit:
        raise Refused("nobody_fits", "基准日没有符合条件的支部，没有建立，请核对基准日。")
    made = models.GradingRound.objects.create(
        year=new.year,
        terms=terms,
        reference_on=new.reference_on,
        self_closes_on=new.self_closes_on,
        review_closes_on=new.review_closes_on,
        opened_at=at,
    )
    _enter(made, fit)
    audit.record(
        by=by, verb="branches.open_grading", subject=made, at=at, detail={"branches": len(fit)}
    )
    return made


@transaction.atomic
def grade_self(
    *, grading: Grading, judged: Judged, report: str = "", at: datetime, by: Actor
) -> Grading:
    """Grade one's own branch and sign as its secretary; a member signs next. May be done again.

    Raises Refused: not_allowed, wrong_state, closed, points_needed, too_many_points, words_needed,
    report_needed.
    """
    kept = _locked(grading)
    actors.require(by, Act.GRADE_SELF, at=kept.org)
    rules.check_state(now=kept.state, allowed=(State.DRAFT, State.SIGNING))
    asked = kept.round
    last = asked.review_closes_on if kept.sent_back else asked.self_closes_on
    rules.check_open_until(day=local_day(at), last=last, what="自评")
    _check_points(kept, judged)
    rules.check_words(judged.words)
    rules.check_report(
        points=sum(judged.points.values()),
        report=report,
        bounds=queries.bounds_of(by, asked.terms),
        length=asked.terms.report_length,
    )
    _keep(kept, Step.SELF, judged.points)
    kept.words, kept.report = judged.words.strip(), report.strip()
    kept.secretary_id, kept.signed_at = by.person_id, at
    kept.witness_id, kept.witnessed_at = None, None
    kept.state = State.SIGNING
    kept.save()
    audit.record(by=by, verb="branches.grade_self", subject=kept, at=at)
    return kept


@transaction.atomic
def sign_grading(*, grading: Grading, at: datetime, by: Actor) -> Grading:
    """Sign as the members' representative: somebody else on the branch's roll (T-52).

    Raises Refused: wrong_state, same_person, not_a_member.
    """
    kept = _locked(grading)
    is_member = queries.own_branches(by, local_day(at)).filter(pk=kept.org_id).exists()
    rules.check_witness(
        witness_id=by.person_id, secretary_id=kept.secretary_id, is_member=is_member
    )
    rules.check_state(now=kept.state, allowed=(State.SIGNING,))
    kept.witness_id, kept.witnessed_at, kept.state = by.person_id, at, State.REVIEW
    kept.save(update_fields=["witness", "witnessed_at", "state"])
    audit.record(by=by, verb="branches.sign_grading", subject=kept, at=at)
    return kept


@transaction.atomic
def review_grading(*, grading: Grading, judged: Judged, at: datetime, by: Actor) -> Grading:
    """Review a branch for its committee, within the committee's share of stars (T-53).

    Raises Refused: not_allowed, own_branch, wrong_state, closed, points_needed, too_many_points,
    reason_needed, quota_full.
    """
    kept = _locked(grading)
    actors.require(by, Act.REVIEW_GRADING, at=kept.share.committee)
    rules.check_not_own(by_id=by.person_id, signed=(kept.secretary_id, kept.witness_id))
    rules.check_state(now=kept.state, allowed=(State.REVIEW,))
    last = kept.round.review_closes_on
    rules.check_open_until(day=local_day(at), last=last, what="复核")
    _judge(kept, judged, before=Step.SELF, step=Step.REVIEW, by=by)
    kept.reviewer_id, kept.reviewed_at = by.person_id, at
    kept.review_words, kept.state = judged.words.strip(), State.REVIEWED
    kept.save()
    audit.record(by=by, verb="branches.review_grading", subject=kept, at=at, detail=_result(kept))
    return kept


@transaction.atomic
def send_back_grading(*, grading: Grading, reason: str, at: datetime, by: Actor) -> Grading:
    """Send a self-grading back to its branch; one already reviewed too, while it is not published.

    Raises Refused: not_allowed, own_branch, wrong_state, reason_needed.
    """
    rules.check_reason(reason)
    kept = _locked(grading)
    actors.require(by, Act.REVIEW_GRADING, at=kept.share.committee)
    rules.check_not_own(by_id=by.person_id, signed=(kept.secretary_id, kept.witness_id))
    rules.check_state(now=kept.state, allowed=(State.REVIEW, State.REVIEWED))
    told = [kept.secretary_id] if kept.secretary_id else []
    kept.scores.exclude(step=Step.SELF).delete()
    kept.state, kept.sent_back = State.DRAFT, reason.strip()
    kept.witness_id, kept.witnessed_at = None, None
    kept.reviewer_id, kept.reviewed_at, kept.review_words, kept.veto = None, None, "", ""
    kept.checker_id, kept.checked_at, kept.check_words = None, None, ""
    kept.points, kept.star = None, None
    kept.save()
    audit.record(
        by=by, verb="branches.send_back_grading", subject=kept, at=at, detail={"reason": reason}
    )
    _tell(told, kept, title="支部自评已退回", text=reason.strip(), at=at)
    return kept


@transaction.atomic
def check_grading(*, grading: Grading, judged: Judged, at: datetime, by: Actor) -> Grading:
    """Look at a reviewed branch for the district, and correct its points if need be (T-52).

    Raises Refused: not_allowed, own_branch, wrong_state, points_needed, too_many_points,
    reason_needed, quota_full.
    """
    kept = _locked(grading)
    actors.require(by, Act.RUN_GRADING, at=kept.org)
    signed = (kept.secretary_id, kept.witness_id, kept.reviewer_id)
    rules.check_not_own(by_id=by.person_id, signed=signed)
    rules.check_state(now=kept.state, allowed=(State.REVIEWED,))
    _judge(kept, judged, before=Step.REVIEW, step=Step.CHECK, by=by)
    kept.checker_id, kept.checked_at = by.person_id, at
    kept.check_words = judged.words.strip()
    kept.save()
    audit.record(by=by, verb="branches.check_grading", subject=kept, at=at, detail=_result(kept))
    return kept


@transaction.atomic
def publish_gradings(*, found: models.GradingRound, at: datetime, by: Actor) -> int:
    """Publish what has been reviewed; what stood for those branches before ends. Return how many.

    Raises Refused: not_allowed, nothing_to_publish.
    """
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有公布。")
    actors.require(by, Act.RUN_GRADING, at=root)
    kept = models.GradingRound.objects.select_for_update().get(pk=found.pk)
    reviewed = kept.gradings.select_for_update(of=("self",)).filter(state=State.REVIEWED)
    ready = list(reviewed)
    if not ready:
        raise Refused("nothing_to_publish", "没有已复核、待公布的支部，没有改动。")
    today = local_day(at)
    keys = [one.pk for one in ready]
    kept.gradings.filter(pk__in=keys).update(state=State.PUBLISHED, published_on=today)
    published = kept.gradings.filter(state=State.PUBLISHED).values("org")
    Grading.objects.filter(
        round__year__lt=kept.year, state=State.PUBLISHED, ended_on__isnull=True, org__in=published
    ).update(ended_on=today)
    kept.published_on = today
    kept.save(update_fields=["published_on"])
    audit.record_many(
        by=by,
        verb="branches.publish_gradings",
        model=Grading,
        ids=keys,
        at=at,
        detail={"year": kept.year},
    )
    people = [one.secretary_id for one in ready if one.secretary_id]
    notices.notify(
        person_ids=people,
        kind=Kind.RESULT,
        title="支部定级结果已公布",
        text=f"{kept.year}年度对标定级结果已公布，请查看。",
        url=f"/branches/grading/?year={kept.year}",
        at=at,
    )
    return len(ready)


def _enter(made: models.GradingRound, fit: list[queries.Fit]) -> None:
    counts: dict[int, int] = {}
    for one in fit:
        counts[one.committee_id] = counts.get(one.committee_id, 0) + 1
    shares = models.GradingShare.objects.bulk_create(
        models.GradingShare(round=made, committee_id=committee, branches=count)
        for committee, count in counts.items()
    )
    by_committee = {one.committee_id: one.pk for one in shares}
    for first in range(0, len(fit), CHUNK):
        insert_many(
            Grading,
            fields=("org_id", "share_id", "months"),
            rows=[
                (one.org_id, by_committee[one.committee_id], one.months)
                for one in fit[first : first + CHUNK]
            ],
            same={"round_id": made.pk},
        )


def _judge(kept: Grading, judged: Judged, *, before: Step, step: Step, by: Actor) -> None:
    """Give a branch points and their star, the committee's share held fast meanwhile."""
    _check_points(kept, judged)
    stood = dict(kept.scores.filter(step=before).values_list("item", "points"))
    changed = stood != dict(judged.points) or judged.veto.strip() != kept.veto
    rules.check_changed(changed=changed, words=judged.words)
    terms = kept.round.terms
    total = sum(judged.points.values())
    star = rules.star_for(
        points=total,
        vetoed=bool(judged.veto.strip()),
        months=kept.months,
        bounds=queries.bounds_of(by, terms),
    )
    share = models.GradingShare.objects.select_for_update().get(pk=kept.share_id)
    if star in rules.QUOTED:
        percent = terms.five_percent if star == 5 else terms.four_percent
        quota = rules.quota_of(percent=percent, branches=share.branches)
        taken = share.gradings.filter(star=star).exclude(pk=kept.pk).count()
        rules.check_quota(star=star, taken=taken, quota=quota)
    _keep(kept, step, judged.points)
    kept.points, kept.star, kept.veto = total, star, judged.veto.strip()


def _check_points(kept: Grading, judged: Judged) -> None:
    most = queries.most_of("service", kept.round.terms)
    rules.check_points(judged.points, most=most, labels=dict(models.GradingItem.choices))


def _keep(kept: Grading, step: Step, points: Mapping[str, int]) -> None:
    kept.scores.filter(step=step).delete()
    models.Score.objects.bulk_create(
        models.Score(grading=kept, step=step, item=item, points=points[item])
        for item in models.GradingItem.values
    )


def _locked(grading: Grading) -> Grading:
    found = Grading.objects.select_for_update(of=("self",))
    return found.select_related("org", "share__committee", "round__terms").get(pk=grading.pk)


def _result(kept: Grading) -> dict[str, object]:
    return {"points": kept.points, "star": rules.GRADES[kept.star or 0]}


def _tell(people: list[int], kept: Grading, *, title: str, text: str, at: datetime) -> None:
    notices.notify(
        person_ids=people,
        kind=Kind.RESULT,
        title=title,
        text=text,
        url=f"/branches/gradings/{kept.pk}/",
        at=at,
    )
