from django.db import models
from django.db.models import F, Q

from .programmes import Lecturer, Programme


class Lecture(models.Model):
    """A lecture that a school or community asks a team for (宣讲预约), until it was held and rated."""

    class State(models.TextChoices):
        ASKED = "asked", "待答复"
        ACCEPTED = "accepted", "已派课"
        HELD = "held", "已完成"
        REFUSED = "refused", "未接受"
        CANCELLED = "cancelled", "已取消"

    team = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="lectures")
    host = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    topic = models.CharField("主题", max_length=80)
    audience = models.CharField("听众", max_length=80)
    expected = models.PositiveIntegerField("预计人数")
    first_day = models.DateField("希望最早日期")
    last_day = models.DateField("希望最晚日期")
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField("预约日期")
    lecturer = models.ForeignKey(
        Lecturer, null=True, blank=True, on_delete=models.PROTECT, related_name="lectures"
    )
    starts_at = models.DateTimeField("宣讲时间", null=True, blank=True)
    place = models.CharField("地点", max_length=120, blank=True)
    people = models.PositiveIntegerField("人次", null=True, blank=True)
    held_on = models.DateField("宣讲日期", null=True, blank=True)
    stars = models.PositiveSmallIntegerField("评价星级", null=True, blank=True)
    words = models.CharField("评价", max_length=200, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ASKED)

    class Meta:
        ordering = ["-asked_on", "-pk"]
        indexes = [
            models.Index(
                name="lecture_waits",
                fields=["asked_on"],
                condition=Q(state="asked") | Q(state="accepted"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="lecture_days_in_order", condition=Q(last_day__gte=F("first_day"))
            ),
            models.CheckConstraint(
                name="arranged_lecture_says_who_when",
                condition=Q(
                    state__in=["accepted", "held"],
                    lecturer__isnull=False,
                    starts_at__isnull=False,
                )
                | ~Q(state__in=["accepted", "held"]),
            ),
            models.CheckConstraint(
                name="held_lecture_says_how_many",
                condition=Q(state="held", people__isnull=False, held_on__isnull=False)
                | (~Q(state="held") & Q(people__isnull=True, held_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="lecture_is_rated_once_held",
                condition=Q(stars__isnull=True)
                | Q(state="held", stars__isnull=False, stars__gte=1, stars__lte=5),
            ),
        ]

    def __str__(self) -> str:
        return self.topic


class Webcast(models.Model):
    """One numbered session of an online school (线上期次, S056)."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        PUBLISHED = "published", "已发布"
        HELD = "held", "已开展"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="webcasts")
    number = models.PositiveIntegerField("期数")
    title = models.CharField("题目", max_length=80)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    day = models.DateField("播出日期")
    lecturer = models.ForeignKey(
        Lecturer, null=True, blank=True, on_delete=models.PROTECT, related_name="webcasts"
    )
    platform = models.CharField("平台", max_length=40)
    views = models.PositiveIntegerField("观看人次", null=True, blank=True)
    replay = models.URLField("回放网址", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)

    class Meta:
        ordering = ["-day", "-number"]
        constraints = [
            models.UniqueConstraint(name="webcast_number_once", fields=["programme", "number"]),
            models.CheckConstraint(name="webcast_number_counts", condition=Q(number__gt=0)),
            models.CheckConstraint(
                name="published_webcast_has_a_lecturer",
                condition=Q(state="draft") | Q(lecturer__isnull=False),
            ),
            models.CheckConstraint(
                name="held_webcast_says_how_many",
                condition=Q(state="held", views__isnull=False)
                | (~Q(state="held") & Q(views__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} no. {self.number}"
