from django.db import models
from django.db.models import F, Q

from qinghe.systems.targets.rules.ladder import Reminding
from qinghe.systems.targets.rules.pace import Measures

from .charges import Charge


class LightSpan(models.Model):
    """From which day on a charge shone so, and until which; what is paused or struck off is dark."""

    class Shining(models.TextChoices):
        GREEN = "green", "绿灯"
        YELLOW = "yellow", "黄灯"
        RED = "red", "红灯"

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="lights")
    light = models.CharField("亮灯", max_length=6, choices=Shining.choices)
    since = models.DateField("亮灯日期")
    ended_on = models.DateField("变灯日期", null=True, blank=True)  # the first day of another

    class Meta:
        ordering = ["charge", "-since"]
        indexes = [
            models.Index(
                name="light_of_now", fields=["light", "charge"], condition=Q(ended_on__isnull=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_light_a_charge", fields=["charge"], condition=Q(ended_on__isnull=True)
            ),
            models.UniqueConstraint(name="one_light_from_a_day", fields=["charge", "since"]),
            models.CheckConstraint(
                name="light_goes_out_after_it_shines",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.light} since {self.since}"


class LadderStep(models.Model):
    """A step of the ladder that was taken: which, of which day, when it was due, who was told.

    The constraint is what keeps two jobs from taking it twice. A step is told of when all that a
    look finds is known, so that many become one notice: until then `told` is empty.
    """

    class Rung(models.TextChoices):
        SOON = "soon", "到期提醒"
        YELLOW = "yellow", "黄灯提醒"
        RED = "red", "红灯提醒"
        NAMED = "named", "点名通报"

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="steps")
    rung = models.CharField("督办步骤", max_length=6, choices=Rung.choices)
    of = models.DateField("所属日期")
    due_on = models.DateField("应办日期")
    at = models.DateTimeField("办理时间")
    told = models.PositiveSmallIntegerField("通知人数", null=True, blank=True)

    class Meta:
        ordering = ["-due_on", "-pk"]
        indexes = [
            models.Index(
                name="step_waits_to_be_told", fields=["charge"], condition=Q(told__isnull=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="each_step_once", fields=["charge", "rung", "of"]),
        ]

    def __str__(self) -> str:
        return f"{self.rung} of {self.of}"


class Slip(models.Model):
    """A paper that presses a charge (督办单): numbered in its year, with a day by which to answer."""

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="slips")
    issuer = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("编号")
    day = models.DateField("发出日期")
    answer_by = models.DateField("反馈期限")
    words = models.CharField("督办要求", max_length=400)
    stood = models.CharField("发出时的情况", max_length=200)
    issued_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(name="one_slip_a_number", fields=["issuer", "year", "number"]),
            models.CheckConstraint(
                name="slip_gives_time_to_answer", condition=Q(answer_by__gt=F("day"))
            ),
        ]

    def __str__(self) -> str:
        return self.printed

    @property
    def printed(self) -> str:
        """Return its number as the paper prints it."""
        return f"〔{self.year}〕{self.number}号"


class SupervisionTerms(models.Model):
    """The district's own measures of supervision, from a day on: new ones are a new row.

    No paper fixes them: they are local, and come with a default that an officer may change.
    """

    title = models.CharField("名称", max_length=80)
    starts_on = models.DateField("施行日期", unique=True)
    green_percent = models.PositiveSmallIntegerField("绿灯：达到应完成数的百分比", default=95)
    yellow_percent = models.PositiveSmallIntegerField("黄灯：达到应完成数的百分比", default=80)
    quiet_percent = models.PositiveSmallIntegerField(
        "起步：开始后百分之几的时间里不亮黄灯、红灯", default=10
    )
    soon_days = models.PositiveSmallIntegerField("到期前几天提醒", default=7)
    named_days = models.PositiveSmallIntegerField("亮红灯几个工作日后点名通报", default=5)
    file_days = models.PositiveSmallIntegerField("每隔几天填报一次进度", default=30)
    answer_days = models.PositiveSmallIntegerField("通知填报后几天内填报", default=5)
    source = models.CharField("依据", max_length=200, blank=True)
    reason = models.CharField("调整原因", max_length=200, blank=True)
    entered_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="supervision_terms_can_be_kept",
                condition=Q(
                    yellow_percent__gte=1,
                    yellow_percent__lte=F("green_percent"),
                    green_percent__lte=100,
                    quiet_percent__lte=50,
                    soon_days__gte=1,
                    named_days__gte=1,
                    file_days__gte=1,
                    answer_days__gte=1,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def measures(self) -> Measures:
        """Return from how many percent on a task is green, and yellow."""
        return Measures(
            green=self.green_percent, yellow=self.yellow_percent, quiet=self.quiet_percent
        )

    @property
    def reminding(self) -> Reminding:
        """Return when the ladder's steps are due."""
        return Reminding(soon_days=self.soon_days, named_days=self.named_days)
