"""What a volunteer says of themself, and who could come: by a program, as on the pages (V-04)."""

from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.volunteering import queries, rules, services
from qinghe.systems.volunteering.access import Act

router = Router()


class SkillWordOut(Schema):
    id: int
    word: str


class SaidOut(Schema):
    skills: list[str]
    words: str
    free_times: list[int]
    languages: list[str]
    places: list[str]

    @staticmethod
    def resolve_skills(profile: queries.Profile) -> list[str]:
        """Return the words of the list that they chose."""
        return [one.skill.word for one in profile.skills.all()]

    @staticmethod
    def resolve_free_times(profile: queries.Profile) -> list[int]:
        """Return the parts of the week: three a day, from Monday morning, which is 0."""
        return list(rules.slots_of(profile.free_times))

    @staticmethod
    def resolve_languages(profile: queries.Profile) -> list[str]:
        """Return the codes of languages."""
        return profile.languages.split(",") if profile.languages else []

    @staticmethod
    def resolve_places(profile: queries.Profile) -> list[str]:
        """Name where they like to serve by its codes."""
        return [one.org.code for one in profile.places.all()]


class ProfileOut(SaidOut):
    unit: str
    findable_on: date | None


class FindableOut(SaidOut):
    id: int
    org: str

    @staticmethod
    def resolve_org(profile: queries.Profile) -> str:
        """Name the home by its code; who they are is told to nobody."""
        return profile.volunteer.org.code


class ProfileIn(Schema):
    findable: bool
    skills: list[str] = Field([], max_length=50)
    words: str = Field("", max_length=120)
    free_times: list[int] = Field([], max_length=len(rules.SLOTS))
    languages: list[str] = Field([], max_length=len(rules.LANGUAGES))
    unit: str = Field("", max_length=60)
    places: list[str] = Field([], max_length=rules.MOST_PLACES)


class FindableIn(Schema):
    skill: str = Field("", max_length=20)
    session: int | None = None


class CallIn(Schema):
    profile: int


class CallOut(Schema):
    id: int
    session_id: int


@router.get("/skill-words", response=list[SkillWordOut])
@paginate(ByKey, order=["word"])
def skill_words(request: Request) -> object:
    """List the words for skills that a profile may be made of."""
    if not request.actor.person_id:
        raise doors.closed()
    return queries.skill_words(request.actor)


@router.get("/profile", response=ProfileOut)
def own_profile(request: Request) -> object:
    """Read what the caller says of themself."""
    _require_volunteer(request)
    return get_object_or_404(queries.own_profiles(request.actor))


@router.post("/profile", response=ProfileOut)
def keep_profile(request: Request, body: ProfileIn) -> object:
    """Keep what the caller says of themself; what is left out is taken back."""
    _require_volunteer(request)
    new = services.OwnProfile(
        findable=body.findable,
        skills=[
            get_object_or_404(queries.skill_words(request.actor), word=word) for word in body.skills
        ],
        words=body.words,
        free_times=rules.week_of(rules.check_slots(body.free_times)),
        languages=rules.languages_of(body.languages),
        unit=body.unit,
        places=[
            get_object_or_404(queries.communities(request.actor), code=code) for code in body.places
        ],
    )
    services.keep_profile(new=new, at=timezone.now(), by=request.actor)
    return get_object_or_404(queries.own_profiles(request.actor))


@router.get("/findable", response=list[FindableOut])
@paginate(ByKey, order=["-changed_at"])
def findable(request: Request, asked: Query[FindableIn]) -> object:
    """List who agreed to be found where the caller publishes; with a session, who could come to it."""
    doors.require_anywhere(request.actor, Act.PUBLISH)
    return queries.with_skill(request.actor, _could_come(request, asked.session), asked.skill)


@router.post("/sessions/{int:session_id}/calls", response=CallOut)
def call(request: Request, session_id: int, body: CallIn) -> object:
    """Ask somebody who can be found to come to a session, by a notice."""
    session = get_object_or_404(queries.sessions_seen_by(request.actor), pk=session_id)
    actors.require(request.actor, Act.PUBLISH, at=session.org)
    return services.call_to_session(
        session=session,
        profile=get_object_or_404(queries.findable_by(request.actor), pk=body.profile),
        at=timezone.now(),
        by=request.actor,
    )


def _could_come(request: Request, session_id: int | None) -> QuerySet[queries.Profile]:
    if session_id is None:
        return queries.findable_by(request.actor)
    session = get_object_or_404(queries.sessions_seen_by(request.actor), pk=session_id)
    actors.require(request.actor, Act.PUBLISH, at=session.org)
    return queries.could_come(request.actor, session)


def _require_volunteer(request: Request) -> None:
    if queries.own_volunteer(request.actor) is None:
        raise doors.closed()
