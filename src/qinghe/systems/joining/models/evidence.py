from django.db import models
from django.db.models import F, Q

from .cases import Case


class Sponsor(models.Model):
    """A full member who answers for an applicant: while cultivated, or when admitted."""

    class Kind(models.TextChoices):
        CONTACT = "contact", "培养联系人"
        INTRODUCER = "introducer", "入团介绍人"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sponsors")
    kind = models.CharField("身份", max_length=10, choices=Kind.choices)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    since = models.DateField("确定日期")

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="sponsor_once_of_a_kind", fields=["case", "kind", "person"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.case_id}"


class Lesson(models.Model):
    """One 团课 that an applicant attended; 学时 are kept as whole quarters.

    One that was entered in error is struck out with its reason and counts no longer.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="lessons")
    on = models.DateField("上课日期")
    title = models.CharField("团课主题", max_length=80)
    quarters = models.PositiveSmallIntegerField("学时（四分之一学时）")
    struck_at = models.DateTimeField("划去时间", null=True, blank=True)
    reason = models.CharField("划去原因", max_length=200, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="lesson_entered_once",
                fields=["case", "on", "title"],
                condition=Q(struck_at__isnull=True),
            ),
            models.CheckConstraint(name="lesson_has_a_length", condition=Q(quarters__gte=1)),
            models.CheckConstraint(
                name="struck_lesson_says_why",
                condition=Q(struck_at__isnull=True, reason="")
                | (Q(struck_at__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Meeting(models.Model):
    """The vote of the branch's meeting on one applicant (step 11)."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="meeting")
    on = models.DateField("大会日期")
    entitled = models.PositiveSmallIntegerField("应到会有表决权人数")
    present = models.PositiveSmallIntegerField("实到会有表决权人数")
    agreed = models.PositiveSmallIntegerField("赞成")
    opposed = models.PositiveSmallIntegerField("反对")
    abstained = models.PositiveSmallIntegerField("弃权")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="more_than_half_came_to_the_meeting",
                condition=Q(present__lte=F("entitled")) & Q(entitled__lt=F("present") * 2),
            ),
            models.CheckConstraint(
                name="every_vote_is_counted_once",
                condition=Q(present=F("agreed") + F("opposed") + F("abstained")),
            ),
        ]

    def __str__(self) -> str:
        return f"meeting on {self.case_id}"


class Objection(models.Model):
    """What somebody brought forward against an applicant while the notice was up (step 8)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="objections")
    on = models.DateField("提出日期")
    raised_by = models.CharField("提出人", max_length=60, blank=True)
    words = models.CharField("异议内容", max_length=1000)
    answer = models.CharField("核实结果", max_length=1000, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    upheld = models.BooleanField("异议成立", default=False)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="joining_objection_is_answered_in_words",
                condition=Q(answered_on__isnull=True, answer="", upheld=False)
                | (Q(answered_on__isnull=False, answered_on__gte=F("on")) & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return f"objection to {self.case_id}"
