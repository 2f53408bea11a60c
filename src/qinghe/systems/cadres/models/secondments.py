from django.db import models
from django.db.models import F, Q


class Secondment(models.Model):
    """A cadre of one organisation who serves in another for a time (互兼互挂, T-80).

    Both organisations agree; the kernel's post begins and ends with it and is kept nowhere else.
    `due_on` is by when somebody has to act: the first day while it is asked for, the last one then.
    """

    class State(models.TextChoices):
        ASKED = "asked", "待双方同意"
        AGREED = "agreed", "待到岗"
        RUNNING = "running", "在岗"
        ENDED = "ended", "已期满"
        REFUSED = "refused", "未同意"
        WITHDRAWN = "withdrawn", "已撤回"

    class Grade(models.TextChoices):
        GOOD = "good", "优秀"
        FIT = "fit", "合格"
        POOR = "poor", "不合格"

    class Service(models.TextChoices):
        SECONDED = "seconded", "挂职"
        PART_TIME = "part_time", "兼职"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    service = models.CharField("方式", max_length=10, choices=Service.choices)
    title = models.CharField("职务", max_length=40)
    task = models.CharField("任务", max_length=400)
    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("期满日期")
    asked_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    home_on = models.DateField("派出单位同意日期", null=True)
    home_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    host_on = models.DateField("接收单位同意日期", null=True)
    host_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    post = models.OneToOneField(
        "people.Post", null=True, on_delete=models.PROTECT, related_name="+"
    )
    remind_on = models.DateField("提醒日期")
    moved_on = models.DateField("办理日期")
    due_on = models.DateField("办理期限")
    ended_on = models.DateField("结束日期", null=True)
    grade = models.CharField("鉴定等次", max_length=10, choices=Grade.choices, blank=True)
    words = models.CharField("鉴定意见", max_length=1000, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ASKED)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(name="secondment_waits", fields=["state", "remind_on"])]
        constraints = [
            models.UniqueConstraint(
                name="one_secondment_to_a_host",
                fields=["person", "host"],
                condition=Q(state__in=["asked", "agreed", "running"]),
            ),
            models.CheckConstraint(
                name="a_secondment_leads_elsewhere", condition=~Q(home=F("host"))
            ),
            models.CheckConstraint(
                name="a_secondment_ends_after_it_starts", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="both_agree_before_it_begins",
                condition=Q(state__in=["asked", "refused", "withdrawn"])
                | Q(home_on__isnull=False, host_on__isnull=False),
            ),
            models.CheckConstraint(
                name="who_serves_has_the_post",
                condition=~Q(state__in=["running", "ended"]) | Q(post__isnull=False),
            ),
            models.CheckConstraint(
                name="what_ended_was_appraised",
                condition=(Q(state="ended", ended_on__isnull=False) & ~Q(grade="") & ~Q(words=""))
                | (~Q(state="ended") & Q(ended_on__isnull=True, grade="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_service_display()}{self.pk}"


OPEN_SECONDMENTS = (
    Secondment.State.ASKED,
    Secondment.State.AGREED,
    Secondment.State.RUNNING,
)


class Extension(models.Model):
    """A later last day of a secondment, with its reason."""

    secondment = models.ForeignKey(Secondment, on_delete=models.CASCADE, related_name="extensions")
    was = models.DateField("原期满日期")
    until = models.DateField("延至")
    reason = models.CharField("延期原因", max_length=200)
    extended_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    extended_on = models.DateField("延期办理日期")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="an_extension_goes_on", condition=Q(until__gt=F("was")) & ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"延至{self.until.isoformat()}"
