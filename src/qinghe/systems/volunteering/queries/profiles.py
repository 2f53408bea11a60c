"""Profiles: one's own, and those who agreed to be found by who publishes sessions (V-04)."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from qinghe.edges.system import Card, Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

Profile = models.Profile
SkillWord = models.SkillWord
PROFILE = "/volunteering/mine/profile/"
FEEDBACK = "/volunteering/mine/feedback/"


@dataclass(frozen=True)
class Written:
    """A profile in words."""

    skills: str
    free_times: str
    languages: str
    places: str


def own_profiles(actor: Actor) -> QuerySet[models.Profile]:
    """Return the one profile that this actor wrote, or none."""
    found = models.Profile.objects.filter(volunteer__person=actor.person_id)
    return found.prefetch_related("skills__skill", "places__org")


def own_profile(actor: Actor) -> models.Profile | None:
    """Return what this actor says of themself."""
    return own_profiles(actor).first()


def profile_of(actor: Actor, volunteer: models.Volunteer) -> models.Profile | None:
    """Return what a volunteer in sight says of themself."""
    found = models.Profile.objects.filter(
        volunteer=volunteer, volunteer__org__in=actors.orgs_where(actor, Act.SEE)
    )
    return found.prefetch_related("skills__skill", "places__org").first()


def findable_by(actor: Actor) -> QuerySet[models.Profile]:
    """Return who agreed to be found, at home or glad to serve where this actor publishes."""
    reach = actors.orgs_where(actor, Act.PUBLISH)
    here = models.ProfilePlace.objects.filter(profile=OuterRef("pk"), org__in=reach)
    return (
        models.Profile.objects.filter(
            Q(volunteer__org__in=reach) | Q(Exists(here)),
            findable_on__isnull=False,
            volunteer__state=models.Volunteer.State.REGISTERED,
        )
        .select_related("volunteer__person", "volunteer__org")
        .prefetch_related("skills__skill", "places__org")
        .order_by("-changed_at", "-pk")
    )


def with_skill(actor: Actor, rows: QuerySet[models.Profile], word: str) -> QuerySet[models.Profile]:
    """Keep those who have a skill of the list; all when none is asked for."""
    if not word:
        return rows
    has = models.ProfileSkill.objects.filter(profile=OuterRef("pk"), skill__word=word)
    return rows.filter(Exists(has))


def could_come(actor: Actor, session: models.Session) -> QuerySet[models.Profile]:
    """Return who can be found and neither was called to a session nor came to it."""
    called = models.SessionCall.objects.filter(session=session, volunteer=OuterRef("volunteer"))
    came = models.Attendance.objects.filter(session=session, volunteer=OuterRef("volunteer"))
    return findable_by(actor).exclude(Exists(called)).exclude(Exists(came))


def calls_of(actor: Actor, session: models.Session) -> int:
    """Return how many were called to a session."""
    return models.SessionCall.objects.filter(session=session).count()


def skill_words(actor: Actor) -> QuerySet[models.SkillWord]:
    """Return the words that a profile may be made of."""
    return models.SkillWord.objects.filter(retired=False).order_by("word")


def all_skill_words(actor: Actor) -> QuerySet[models.SkillWord]:
    """Return all words, those taken off the list too."""
    return models.SkillWord.objects.order_by("retired", "word")


def communities(actor: Actor) -> QuerySet[Org]:
    """Return where one may like to serve."""
    return Org.objects.filter(level="community", closed_on__isnull=True).order_by("path")


def written(actor: Actor, profile: models.Profile) -> Written:
    """Return a profile in words."""
    words = [one.skill.word for one in profile.skills.all()]
    return Written(
        skills="、".join([*words, *([profile.words] if profile.words else [])]),
        free_times=rules.week_written(profile.free_times),
        languages=rules.languages_written(profile.languages),
        places="、".join(one.org.name for one in profile.places.all()),
    )


def profile_card(actor: Actor) -> Card:
    """Return the way to one's own profile, for a volunteer's first page."""
    found = own_profile(actor)
    note = "填写后，活动主办方更容易找到您"
    if found:
        note = "已同意被找到" if found.findable_on else "没有同意被找到"
    lines = (
        Line(pk=1, title="技能、空闲时间和意向社区", url=PROFILE),
        Line(pk=2, title="评价活动，看主办方的评价", url=FEEDBACK),
    )
    return Card(title="我的志愿档案", note=note, lines=lines)


def own_profile_lines(actor: Actor) -> list[Line]:
    """Return what somebody said of themself, for their own copy (S-07)."""
    found = own_profile(actor)
    if found is None:
        return []
    told = written(actor, found)
    cells = (
        ("技能", told.skills),
        ("空闲时间", told.free_times),
        ("语言", told.languages),
        ("意向社区", told.places),
        ("单位或学校", found.unit),
        ("同意被找到", found.findable_on.isoformat() if found.findable_on else ""),
    )
    return [Line(pk=found.pk, title="志愿档案", cells=cells)]
