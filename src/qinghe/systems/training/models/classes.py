from django.db import models
from django.db.models import F, Q

from .programmes import Course, Lecturer


class Class(models.Model):
    """One sitting of a course (班次), at a place or online; held once its roll is called.

    `taken` is how many places are given; two who sign up at once cannot both get the last.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "报名中"
        HELD = "held", "已开班"
        CANCELLED = "cancelled", "已取消"

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="classes")
    title = models.CharField("班次", max_length=80)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    lecturer = models.ForeignKey(
        Lecturer, null=True, blank=True, on_delete=models.PROTECT, related_name="classes"
    )
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    day = models.DateField("日期")  # the local day of the beginning
    place = models.CharField("地点", max_length=120, blank=True)
    link = models.URLField("线上网址", max_length=200, blank=True)
    capacity = models.PositiveIntegerField("名额")
    taken = models.PositiveIntegerField("已报名", default=0)
    youngest = models.PositiveSmallIntegerField("最小年龄", null=True, blank=True)
    oldest = models.PositiveSmallIntegerField("最大年龄", null=True, blank=True)
    called_at = models.DateTimeField("点名时间", null=True, blank=True)
    reason = models.CharField("取消原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PLANNED)

    class Meta:
        ordering = ["-starts_at", "-pk"]
        indexes = [
            models.Index(name="class_planned", fields=["ends_at"], condition=Q(state="planned")),
        ]
        constraints = [
            models.CheckConstraint(
                name="class_not_oversold", condition=Q(taken__lte=F("capacity"))
            ),
            models.CheckConstraint(name="class_takes_somebody", condition=Q(capacity__gt=0)),
            models.CheckConstraint(
                name="class_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(name="class_is_somewhere", condition=~Q(place="") | ~Q(link="")),
            models.CheckConstraint(
                name="held_class_was_called",
                condition=Q(state="held", called_at__isnull=False)
                | (~Q(state="held") & Q(called_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="cancelled_class_says_why",
                condition=(Q(state="cancelled") & ~Q(reason=""))
                | (~Q(state="cancelled") & Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def left(self) -> int:
        """Return how many places are free."""
        return self.capacity - self.taken


class Enrolment(models.Model):
    """One person's place in one class: signed up, then there or not, then passed or not."""

    class State(models.TextChoices):
        SIGNED = "signed", "已报名"
        ATTENDED = "attended", "到课"
        ABSENT = "absent", "缺课"
        CANCELLED = "cancelled", "已取消"

    class Result(models.TextChoices):
        NONE = "", "未考核"
        PASSED = "passed", "合格"
        FAILED = "failed", "不合格"

    training_class = models.ForeignKey(Class, on_delete=models.PROTECT, related_name="enrolments")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField("报名时间")
    by_desk = models.BooleanField("窗口代报", default=False)
    by_guardian = models.BooleanField("监护人同意", default=False)
    result = models.CharField(
        "考核结果", max_length=6, choices=Result.choices, default=Result.NONE, blank=True
    )
    reason = models.CharField("取消原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.SIGNED)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="enrolled_once",
                fields=["training_class", "person"],
                condition=~Q(state="cancelled"),
            ),
            models.CheckConstraint(
                name="only_who_came_has_a_result",
                condition=Q(result="") | Q(state="attended"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.training_class_id}"


class Completion(models.Model):
    """A certificate of completion (结业证书): its number and code are checked in public."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="completion")
    number = models.CharField("证书编号", max_length=24, unique=True)
    check_code = models.CharField("查验码", max_length=8)
    issued_on = models.DateField("发放日期")
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)
    reason = models.CharField("撤销原因", max_length=200, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="revoked_completion_says_why",
                condition=Q(revoked_at__isnull=True, reason="")
                | (Q(revoked_at__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number
