"""Training for other programs: the same queries and services as the pages."""

from datetime import date, datetime

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.training import queries, services
from qinghe.systems.training.access import Act

router = Router(tags=["培训与宣讲"])


class ClassOut(Schema):
    id: int
    title: str
    course: str
    org: Code
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    capacity: int
    taken: int
    attended: int
    state: str

    @staticmethod
    def resolve_course(found: queries.Class) -> str:
        """Name the course."""
        return found.course.title


class LectureOut(Schema):
    id: int
    team: Code
    host: Code
    topic: str
    expected: int
    first_day: date
    last_day: date
    starts_at: datetime | None
    people: int | None
    stars: int | None
    state: str


class LectureIn(Schema):
    team: str
    host: str
    topic: str
    audience: str
    expected: int
    first_day: date
    last_day: date


class WebcastOut(Schema):
    id: int
    programme: Code
    number: int
    title: str
    org: Code
    day: date
    platform: str
    views: int | None
    replay: str
    state: str


@router.get("/classes", response=list[ClassOut])
@paginate(ByKey, order=["-pk"])
def classes(request: Request) -> object:
    """List the classes in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.classes_seen_by(request.actor)


@router.get("/webcasts", response=list[WebcastOut])
@paginate(ByKey, order=["-pk"])
def webcasts(request: Request) -> object:
    """List the online sessions in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.webcasts_seen_by(request.actor)


@router.get("/lectures", response=list[LectureOut])
@paginate(ByKey, order=["-pk"])
def lectures(request: Request) -> object:
    """List the booked lectures of which the caller may see either side, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.lectures_seen_by(request.actor)


@router.post("/lectures", response=LectureOut)
def book_lecture(request: Request, body: LectureIn) -> object:
    """Ask a team for a lecture at an organisation of the caller's."""
    doors.require_anywhere(request.actor, Act.BOOK)
    told = body.dict()
    team = get_object_or_404(queries.teams_to_book(request.actor), code=told.pop("team"))
    host = get_object_or_404(queries.orgs_for(request.actor, Act.BOOK), code=told.pop("host"))
    new = services.NewLecture(team=team, host=host, **told)
    return services.book_lecture(new=new, at=timezone.now(), by=request.actor)
