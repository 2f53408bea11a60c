"""The ranking: fixed once nobody may object any more, announced, corrected by a further version."""

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
from qinghe.systems.assessments import models, queries, rules
from qinghe.systems.assessments.access import Act

Scheme = models.Scheme
Ranking = models.Ranking
State = models.Scheme.State
FIRST = "异议期满，确定排名"


@transaction.atomic
def fix_ranking(*, scheme: Scheme, at: datetime, by: Actor) -> Ranking:
    """Fix the ranking of a scheme, with all marks that it follows from.

    Raises Refused: not_allowed, wrong_state, too_early.
    """
    scheme = _locked(scheme, by=by)
    rules.check_move(rules.SCHEME_MOVES, now=scheme.state, to=State.FIXED, what="考核")
    rules.check_over(
        today=local_day(at),
        last=scheme.object_by,
        still_open=queries.open_objections(by, scheme).count(),
    )
    scheme.state = State.FIXED
    scheme.save(update_fields=["state"])
    made = _frozen(scheme, reason=FIRST, at=at, by=by)
    audit.record(
        by=by, verb="assessments.fix_ranking", subject=scheme, at=at, detail={"sha256": made.sha256}
    )
    return made


@transaction.atomic
def announce(*, scheme: Scheme, at: datetime, by: Actor) -> Scheme:
    """Let all who were assessed read the newest ranking, once it was reckoned again to the byte.

    Raises Refused: not_allowed, wrong_state, ranking_broken.
    """
    scheme = _locked(scheme, by=by)
    rules.check_move(rules.SCHEME_MOVES, now=scheme.state, to=State.ANNOUNCED, what="考核")
    newest = scheme.rankings.latest("number")
    rules.check_holds(inputs=newest.inputs, outcome=newest.outcome, sha256=newest.sha256)
    scheme.state, scheme.announced, scheme.announced_on = State.ANNOUNCED, newest, local_day(at)
    scheme.save(update_fields=["state", "announced", "announced_on"])
    assessed = [sheet.org for sheet in scheme.assessments.select_related("org")]
    notices.notify(
        person_ids=queries.keepers_of(by, assessed, local_day(at)),
        kind=Kind.RESULT,
        title=f"考核通报：{scheme.name}",
        text=f"排名第{newest.number}版已通报。",
        url=reverse("assessments:ranking", args=[scheme.pk]),
        at=at,
    )
    audit.record(
        by=by,
        verb="assessments.announce",
        subject=scheme,
        at=at,
        detail={"number": newest.number, "sha256": newest.sha256},
    )
    return scheme


@transaction.atomic
def correct(*, mark: models.Mark, marks: int, reason: str, at: datetime, by: Actor) -> Ranking:
    """Correct marks after the ranking was fixed: a further version of it, to be announced again.

    What was announced stays readable until then. Raises Refused: not_allowed, wrong_state, own_org,
    wrong_marks, reason_needed, nothing_changed.
    """
    rules.check_reason(reason)
    sheet = queries.held(by, mark.assessment)
    scheme = sheet.scheme
    actors.require(by, Act.MAKE, at=scheme.org)
    queries.check_stranger(by, sheet.org)
    if scheme.state not in (State.FIXED, State.ANNOUNCED):
        raise Refused("wrong_state", "排名确定以后才用“更正”，没有改动，请刷新后再看。")
    found = queries.marks_of(by, sheet).get(pk=mark.pk)
    rules.check_marks(marks, full=found.item.full)
    if marks == found.final:
        raise Refused("nothing_changed", f"得分本来就是{rules.in_words(marks)}，没有改动。")
    change = rules.difference(found.final or 0, marks)
    found.final = marks
    found.save(update_fields=["final"])
    if scheme.state == State.ANNOUNCED:
        scheme.state = State.FIXED
        scheme.save(update_fields=["state"])
    told = f"更正{sheet.org.name}{found.item.number}：{change}；{reason.strip()}"
    made = _frozen(scheme, reason=told[:200], at=at, by=by)
    audit.record(
        by=by,
        verb="assessments.correct",
        subject=sheet,
        at=at,
        detail={"item": found.item.number, "marks": change, "reason": reason.strip()},
    )
    return made


def _locked(scheme: Scheme, *, by: Actor) -> Scheme:
    found = queries.held_scheme(by, scheme)
    actors.require(by, Act.MAKE, at=found.org)
    return found


def _frozen(scheme: Scheme, *, reason: str, at: datetime, by: Actor) -> Ranking:
    """Write the next version of the ranking, and each organisation's place beside its marks."""
    before = scheme.rankings.order_by("-number").first()
    inputs = queries.frozen_inputs(by, scheme, previous=before.sha256 if before else "")
    places = rules.reckon(inputs)
    outcome = rules.outcome_text(places)
    made = Ranking.objects.create(
        scheme=scheme,
        number=before.number + 1 if before else 1,
        made_at=at,
        made_by_id=by.person_id,
        reason=reason,
        inputs=inputs,
        outcome=outcome,
        sha256=rules.fingerprint(inputs, outcome),
    )
    by_code = {place.org: place for place in places}
    sheets = list(scheme.assessments.select_related("org"))
    for sheet in sheets:
        place = by_code[sheet.org.code]
        sheet.total, sheet.rank = place.total, place.rank
    models.Assessment.objects.bulk_update(sheets, ["total", "rank"], batch_size=500)
    return made
