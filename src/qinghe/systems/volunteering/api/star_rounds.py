"""Star rounds by a program: opening, candidates, proposing, deciding, objecting, giving (rules 2.5)."""

from datetime import date, datetime

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code, ReasonIn
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import queries, services
from qinghe.systems.volunteering.access import Act

from .feedback import WordsIn
from .stars import StarCaseOut

router = Router()
MOST_CANDIDATES = 1_000
ONE_ROUND, ONE_CASE = "/star-rounds/{int:star_round_id}", "/star-cases/{int:star_case_id}"


class StarRoundOut(Schema):
    id: int
    title: str
    org: Code
    counted_until: date
    opens_on: date
    closes_on: date
    state: str


class StarRoundIn(Schema):
    title: str = Field(min_length=1, max_length=80)
    org: str
    counted_until: date
    opens_on: date
    closes_on: date


class StarCandidateOut(Schema):
    """A candidate by number; names stay on the pages."""

    volunteer: str
    org: str
    star: int
    hours: str
    carried: str


class StarProposalIn(Schema):
    org: str
    volunteers: list[str] | None = Field(
        None, max_length=MOST_CANDIDATES, description="志愿者编号；不填为全部符合条件的"
    )


class StarNoticeOut(Schema):
    id: int
    name: str
    number: str
    org: str
    star: int
    hours: str
    until: date | None

    @staticmethod
    def resolve_id(line: queries.NoticeLine) -> int:
        """Name the case."""
        return line.pk


class StarsProposedOut(Schema):
    proposed: int


class StarsIssuedOut(Schema):
    issued: int


class StarDecisionOut(Schema):
    org: Code
    verdict: str
    words: str
    at: datetime


class StarObjectionOut(Schema):
    id: int
    case_id: int
    words: str
    at: datetime
    state: str
    answer: str


class StarObjectionAnswerIn(Schema):
    upheld: bool
    answer: str = Field(max_length=400)


@router.get("/star-rounds", response=list[StarRoundOut])
@paginate(ByKey, order=["-opens_on"])
def star_rounds(request: Request) -> object:
    """List the seasons that reach the caller's organisations, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.rounds_seen_by(request.actor)


@router.get("/star-rounds/open", response=list[StarRoundOut])
@paginate(ByKey, order=["-opens_on"])
def star_rounds_open(request: Request) -> object:
    """List the seasons in which the caller may ask for a star, as a volunteer."""
    return queries.rounds_open(request.actor).select_related("org")


@router.post("/star-rounds", response=StarRoundOut)
def open_star_round(request: Request, body: StarRoundIn) -> object:
    """Open a season under the scheme of its last counted day."""
    doors.require_anywhere(request.actor, Act.RUN_STARS)
    new = services.NewRound(
        title=body.title,
        org=get_object_or_404(queries.orgs_for(request.actor, Act.RUN_STARS), code=body.org),
        counted_until=body.counted_until,
        opens_on=body.opens_on,
        closes_on=body.closes_on,
    )
    return services.open_star_round(new=new, at=timezone.now(), by=request.actor)


@router.post(f"{ONE_ROUND}/close", response=StarRoundOut)
def close_star_round(request: Request, star_round_id: int) -> object:
    """Put a season to the archive."""
    found = _round(request, star_round_id)
    return services.close_star_round(found=found, at=timezone.now(), by=request.actor)


@router.get(f"{ONE_ROUND}/candidates", response=list[StarCandidateOut])
def star_candidates(request: Request, star_round_id: int, org: str = "") -> object:
    """Tell who could have a star by what the records say, at most a thousand.

    They are those below `org`, or below the organisation that holds the season.
    """
    actor, found = request.actor, _round(request, star_round_id)
    doors.require_anywhere(actor, Act.PROPOSE_STAR)
    known = queries.orgs_for(actor, Act.PROPOSE_STAR)
    host = get_object_or_404(known, code=org or found.org.code)
    fit = queries.candidates(actor, found, org=host)[:MOST_CANDIDATES]
    return [
        {
            "volunteer": line.number,
            "org": line.org_code,
            "star": line.star,
            "hours": line.hours,
            "carried": line.carried,
        }
        for line in queries.candidates_shown(actor, fit)
    ]


@router.post(f"{ONE_ROUND}/proposals", response=StarsProposedOut)
def propose_stars(request: Request, star_round_id: int, body: StarProposalIn) -> object:
    """Propose all candidates of an organisation, or some of them by number."""
    actor, found = request.actor, _round(request, star_round_id)
    doors.require_anywhere(actor, Act.PROPOSE_STAR)
    chosen = None
    if body.volunteers is not None:
        known = queries.volunteers_seen_by(actor).filter(number__in=body.volunteers)
        chosen = frozenset(known.order_by().values_list("pk", flat=True))
    made = services.propose_stars(
        found=found,
        org=get_object_or_404(queries.orgs_for(actor, Act.PROPOSE_STAR), code=body.org),
        volunteers=chosen,
        at=timezone.now(),
        by=actor,
    )
    return {"proposed": len(made)}


@router.post(f"{ONE_ROUND}/issue", response=StarsIssuedOut)
def issue_stars(request: Request, star_round_id: int) -> object:
    """Give the stars of a season whose notice is over and against which nothing is open."""
    found = _round(request, star_round_id)
    given = services.issue_stars(found=found, at=timezone.now(), by=request.actor)
    return {"issued": len(given)}


@router.get("/star-cases/own", response=list[StarCaseOut])
@paginate(ByKey, order=["-pk"])
def own_star_cases(request: Request) -> object:
    """List the caller's own cases, newest first."""
    return queries.own_cases(request.actor).select_related("org")


@router.get(f"{ONE_CASE}/decisions", response=list[StarDecisionOut])
@paginate(ByKey, order=["pk"])
def star_decisions(request: Request, star_case_id: int) -> object:
    """List what each hand said of a case in sight."""
    return queries.decisions_of(request.actor, _case(request, star_case_id))


@router.post(f"{ONE_CASE}/refuse", response=StarCaseOut)
def star_refuse(request: Request, star_case_id: int, body: ReasonIn) -> object:
    """Say no to a case that waits for the caller's organisation."""
    (decided,) = services.decide_stars(
        cases=[_case(request, star_case_id)],
        verdict=queries.StarVerdict.REFUSED,
        words=body.reason,
        at=timezone.now(),
        by=request.actor,
    )
    return decided


@router.post(f"{ONE_CASE}/withdraw", response=StarCaseOut)
def star_withdraw(request: Request, star_case_id: int) -> object:
    """Take back a case of one's own, or one that the caller proposed."""
    own = queries.own_cases(request.actor).filter(pk=star_case_id).first()
    return services.withdraw_star(
        case=own or _case(request, star_case_id), at=timezone.now(), by=request.actor
    )


@router.post(f"{ONE_CASE}/lower", response=StarCaseOut | None)
def star_lower(request: Request, star_case_id: int) -> object:
    """Let a star fall back to what the hours left bear: the lower case, or nothing."""
    found = _case(request, star_case_id)
    return services.fall_back(case=found, at=timezone.now(), by=request.actor)


@router.get("/star-cases/noticed", response=list[StarNoticeOut])
def stars_on_notice(request: Request) -> object:
    """Tell who is to have a star, as the public page does: surname, and the end of the number."""
    return queries.notice_lines(request.actor, local_day(timezone.now()))


@router.post(f"{ONE_CASE}/objections", response=StarObjectionOut)
def object_to_star(request: Request, star_case_id: int, body: WordsIn) -> object:
    """Hold something against a star while it is on notice, in one's own name."""
    return services.object_to_star(
        case=get_object_or_404(queries.on_notice(request.actor), pk=star_case_id),
        words=body.words,
        at=timezone.now(),
        by=request.actor,
    )


@router.get("/star-objections", response=list[StarObjectionOut])
@paginate(ByKey, order=["-pk"])
def star_objections(request: Request) -> object:
    """List what was held against stars in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.objections_seen_by(request.actor)


@router.post("/star-objections/{int:star_objection_id}/answer", response=StarObjectionOut)
def answer_star_objection(
    request: Request, star_objection_id: int, body: StarObjectionAnswerIn
) -> object:
    """Say whether an objection holds; one that does ends the case."""
    states = queries.StarObjection.State
    return services.answer_objection(
        objection=get_object_or_404(
            queries.objections_seen_by(request.actor), pk=star_objection_id
        ),
        verdict=states.UPHELD if body.upheld else states.DISMISSED,
        answer=body.answer,
        at=timezone.now(),
        by=request.actor,
    )


def _round(request: Request, star_round_id: int) -> queries.StarRound:
    return get_object_or_404(queries.rounds_seen_by(request.actor), pk=star_round_id)


def _case(request: Request, star_case_id: int) -> queries.StarCase:
    return get_object_or_404(queries.cases_seen_by(request.actor), pk=star_case_id)
