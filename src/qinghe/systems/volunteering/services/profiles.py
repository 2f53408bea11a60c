"""A volunteer says what they can and when; a team asks who could come, through the platform."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import TZ, local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.access import Act


@dataclass(frozen=True)
class OwnProfile:
    """What somebody says of themself."""

    findable: bool
    skills: Sequence[models.SkillWord] = ()
    words: str = ""
    free_times: int = 0
    languages: str = ""
    unit: str = ""
    places: Sequence[Org] = ()


@transaction.atomic
def keep_profile(*, new: OwnProfile, at: datetime, by: Actor) -> models.Profile:
    """Keep what a volunteer says of themself. Safe to repeat.

    Agreeing to be found is dated; taking it back works at once (V-04). Raises Refused: not_own.
    """
    volunteer = queries.own_volunteer(by)
    if volunteer is None or volunteer.state != models.Volunteer.State.REGISTERED:
        raise Refused("not_own", "您还不是注册志愿者，没有保存；请先完成志愿者注册。")
    before = models.Profile.objects.filter(volunteer=volunteer).first()
    kept, _ = models.Profile.objects.update_or_create(
        volunteer=volunteer,
        defaults={
            "words": new.words.strip(),
            "free_times": new.free_times,
            "languages": new.languages,
            "unit": new.unit.strip(),
            "findable_on": _findable_on(before, new=new, today=local_day(at)),
            "changed_at": at,
        },
    )
    kept.skills.all().delete()
    kept.places.all().delete()
    models.ProfileSkill.objects.bulk_create(
        models.ProfileSkill(profile=kept, skill=skill) for skill in dict.fromkeys(new.skills)
    )
    models.ProfilePlace.objects.bulk_create(
        models.ProfilePlace(profile=kept, org=org) for org in dict.fromkeys(new.places)
    )
    detail = {"findable": new.findable}
    audit.record(by=by, verb="volunteering.keep_profile", subject=kept, at=at, detail=detail)
    return kept


@transaction.atomic
def call_to_session(
    *, session: models.Session, profile: models.Profile, at: datetime, by: Actor
) -> models.SessionCall:
    """Ask somebody to come to a session by a notice; their number is shown to nobody (V-04).

    Raises Refused: not_allowed, session_over, not_findable, called_before, called_often.
    """
    actors.require(by, Act.PUBLISH, at=session.org)
    rules.check_to_come(
        published=session.state == models.Session.State.PUBLISHED,
        starts_at=session.starts_at,
        at=at,
    )
    kept = models.Profile.objects.select_for_update(of=("self",)).get(pk=profile.pk)
    calls = models.SessionCall.objects.filter(volunteer=kept.volunteer_id)
    rules.check_callable(
        findable=queries.findable_by(by).filter(pk=kept.pk).exists(),
        came=calls.filter(session=session).exists(),
        lately=calls.filter(at__gt=at - rules.CALLS_WITHIN).count(),
    )
    made = models.SessionCall.objects.create(
        session=session, volunteer_id=kept.volunteer_id, asked_by_id=by.person_id, at=at
    )
    detail = {"volunteer": kept.volunteer_id}
    audit.record(by=by, verb="volunteering.call_to_session", subject=session, at=at, detail=detail)
    starts = session.starts_at.astimezone(TZ)
    notices.notify(
        person_ids=[kept.volunteer.person_id],
        kind=Kind.TODO,
        title="有一场志愿服务邀请您参加",
        text=(
            f"{session.org.name}邀请您参加{session.title}，{starts:%Y-%m-%d %H:%M}，{session.place}。"
            "不方便可以不来；不想再收到邀请，在“我的志愿档案”里取消同意即可。"
        ),
        url="/volunteering/mine/profile/",
        at=at,
    )
    return made


@transaction.atomic
def add_skill_word(*, word: str, at: datetime, by: Actor) -> models.SkillWord:
    """Put a word on the list of skills, or back on it. Raises Refused: not_allowed, word_taken."""
    _require_at_the_root(by)
    found = models.SkillWord.objects.filter(word=word.strip()).first()
    if found and not found.retired:
        raise Refused("word_taken", f"“{found.word}”已在列表里，没有重复添加。")
    kept, _ = models.SkillWord.objects.update_or_create(
        word=word.strip(), defaults={"retired": False}
    )
    audit.record(by=by, verb="volunteering.add_skill_word", subject=kept, at=at)
    return kept


@transaction.atomic
def retire_skill_word(*, word: models.SkillWord, at: datetime, by: Actor) -> models.SkillWord:
    """Take a word off the list; who chose it keeps it. Raises Refused: not_allowed."""
    _require_at_the_root(by)
    kept = models.SkillWord.objects.select_for_update().get(pk=word.pk)
    if not kept.retired:
        kept.retired = True
        kept.save(update_fields=["retired"])
        audit.record(by=by, verb="volunteering.retire_skill_word", subject=kept, at=at)
    return kept


def _findable_on(before: models.Profile | None, *, new: OwnProfile, today: date) -> date | None:
    if not new.findable:
        return None
    return before.findable_on if before and before.findable_on else today


def _require_at_the_root(by: Actor) -> None:
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Act.KEEP_SKILLS, at=root)
