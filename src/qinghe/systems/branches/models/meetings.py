from django.db import models
from django.db.models import F, Q


class MeetingKind(models.TextChoices):
    """The meetings of 三会两制一课 (T-40); the yearly review and registration are not meetings."""

    GENERAL = "general", "支部大会"
    COMMITTEE = "committee", "支委会"
    GROUP = "group", "团小组会"
    LESSON = "lesson", "团课"
    THEME = "theme", "主题团日"


class Every(models.TextChoices):
    """How often a kind of meeting is due."""

    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"
    YEAR = "year", "每年"
    NEED = "need", "按需要"


class MeetingTerms(models.Model):
    """How often branches meet, from the first day of a year on: new terms are a new row (T-40)."""

    title = models.CharField("名称", max_length=80)
    starts_on = models.DateField("施行日期", unique=True)
    committee_from = models.PositiveSmallIntegerField("设支委会的团员人数", default=7)  # M
    source = models.CharField("依据", max_length=200)
    reason = models.CharField("调整原因", max_length=200, blank=True)
    entered_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="who_sets_meeting_terms_says_why",
                condition=~Q(source="") & (Q(entered_by__isnull=True) | ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Duty(models.Model):
    """How often one kind of meeting is due under some terms."""

    terms = models.ForeignKey(MeetingTerms, on_delete=models.CASCADE, related_name="duties")
    kind = models.CharField("类别", max_length=10, choices=MeetingKind.choices)
    every = models.CharField("周期", max_length=8, choices=Every.choices)
    times = models.PositiveSmallIntegerField("每期次数", default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="one_duty_of_a_kind", fields=["terms", "kind"]),
            models.CheckConstraint(name="a_duty_asks_something", condition=Q(times__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}{self.get_every_display()}{self.times}次"


class Meeting(models.Model):
    """One meeting of a branch, as it was held: kept also where too few came, and then not counted.

    `slot` is the period for which it counts under the terms of its day (2022Q2); `covers_until` the
    day from which it no longer says that the branch meets in time: the last of the next period.
    Neither is there where the kind is held by need.
    """

    class State(models.TextChoices):
        HELD = "held", "已召开"
        CANCELLED = "cancelled", "已作废"

    org = models.ForeignKey(
        "orgs.Org", on_delete=models.PROTECT, related_name="+", db_index=False
    )  # the index below begins with it
    kind = models.CharField("类别", max_length=10, choices=MeetingKind.choices)
    day = models.DateField("日期")
    place = models.CharField("地点", max_length=120, blank=True)
    topic = models.CharField("主题", max_length=120)
    entitled = models.PositiveIntegerField("应到")
    present = models.PositiveIntegerField("实到")
    counts = models.BooleanField("有效")
    slot = models.CharField("计入时段", max_length=7, blank=True)
    covers_until = models.DateField("按期至", null=True)
    quarters = models.PositiveSmallIntegerField("学时（刻）", null=True)
    speaker = models.CharField("主讲人", max_length=40, blank=True)
    notes = models.TextField("会议记录", max_length=4000, blank=True)
    recorded_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField("登记时间")
    reason = models.CharField("作废原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.HELD)

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [
            models.Index(name="meeting_of_branch", fields=["org", "kind", "day"]),
            models.Index(name="meeting_day", fields=["-day", "-id"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_meeting_once",
                fields=["org", "kind", "day", "topic"],
                condition=Q(state="held"),
            ),
            models.CheckConstraint(
                name="nobody_more_than_entitled",
                condition=Q(present__gte=1, present__lte=F("entitled")),
            ),
            models.CheckConstraint(
                name="general_meeting_counts_by_quorum",
                condition=~Q(kind="general")
                | Q(counts=True, entitled__lt=F("present") * 2)
                | Q(counts=False, entitled__gte=F("present") * 2),
            ),
            models.CheckConstraint(
                name="only_a_lesson_has_hours",
                condition=(Q(kind="lesson", quarters__gte=1) & ~Q(speaker=""))
                | (~Q(kind="lesson") & Q(quarters__isnull=True, speaker="")),
            ),
            models.CheckConstraint(
                name="cancelled_meeting_says_why",
                condition=(Q(state="cancelled") & ~Q(reason="")) | Q(state="held", reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.day.isoformat()}"
