from django.db import models
from django.db.models import Q

from .sessions import Session
from .volunteers import Volunteer


class SkillWord(models.Model):
    """A word for a skill, kept by the district so that the same skill is called the same."""

    word = models.CharField("技能", max_length=20, unique=True)
    retired = models.BooleanField("已停用", default=False)

    class Meta:
        ordering = ["word"]
        constraints = [models.CheckConstraint(name="skill_has_a_word", condition=~Q(word=""))]

    def __str__(self) -> str:
        return self.word


class Profile(models.Model):
    """What a volunteer says of themself: skills, free times, languages, where they like to serve.

    Only who agreed to be found is found by others (V-04): `findable_on` is the day of it.
    """

    volunteer = models.OneToOneField(Volunteer, on_delete=models.PROTECT, related_name="profile")
    words = models.CharField("其他技能", max_length=120, blank=True)
    free_times = models.PositiveIntegerField("空闲时间", default=0)
    languages = models.CharField("语言", max_length=80, blank=True)
    unit = models.CharField("单位或学校", max_length=60, blank=True)
    findable_on = models.DateField("同意被找到的日期", null=True)
    changed_at = models.DateTimeField("更新时间")

    class Meta:
        indexes = [
            models.Index(
                name="profile_findable",
                fields=["volunteer"],
                condition=Q(findable_on__isnull=False),
            )
        ]
        constraints = [
            models.CheckConstraint(name="profile_has_a_week", condition=Q(free_times__lt=1 << 21))
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id}"


class ProfileSkill(models.Model):
    """A skill that somebody says they have."""

    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="skills", db_index=False
    )
    skill = models.ForeignKey(SkillWord, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="skill_once_in_a_profile", fields=["profile", "skill"])
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} {self.skill_id}"


class ProfilePlace(models.Model):
    """A community in which somebody likes to serve."""

    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="places", db_index=False
    )
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="place_once_in_a_profile", fields=["profile", "org"])
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} {self.org_id}"


class SessionCall(models.Model):
    """A volunteer was asked through the platform to come to a session; once, and never by phone."""

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="calls", db_index=False
    )
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.PROTECT, related_name="calls", db_index=False
    )
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("邀请时间")

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(name="session_call_lately", fields=["volunteer", "at"])]
        constraints = [
            models.UniqueConstraint(name="called_once_a_session", fields=["session", "volunteer"])
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.volunteer_id}"
