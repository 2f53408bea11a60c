from django.db import models
from django.db.models import F, Q

from .badges import Badge, Round


class Slate(models.Model):
    """What one school puts up in one round (申报表): lines, handed in and decided as a whole."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        SUBMITTED = "submitted", "待评审"
        DECIDED = "decided", "已评审"
        SENT_BACK = "sent_back", "已退回"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="slates")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_on = models.DateField("提交日期", null=True, blank=True)
    decided_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField("评审日期", null=True, blank=True)
    awarded_on = models.DateField("颁章日期", null=True, blank=True)
    reason = models.CharField("退回原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)

    class Meta:
        ordering = ["-round__opens_on", "-pk"]
        indexes = [
            models.Index(
                name="slate_waits", fields=["submitted_on"], condition=Q(state="submitted")
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="one_slate_a_school_and_round", fields=["round", "org"]),
            models.CheckConstraint(
                name="slate_handed_in_by_somebody",
                condition=Q(state="draft")
                | Q(submitted_by__isnull=False, submitted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="four_eyes_on_a_slate",
                condition=~Q(state__in=["decided", "sent_back"])
                | (
                    Q(decided_by__isnull=False, decided_on__isnull=False)
                    & ~Q(decided_by=F("submitted_by"))
                ),
            ),
            models.CheckConstraint(
                name="decided_slate_has_its_day",
                condition=Q(state="decided", awarded_on__isnull=False)
                | (~Q(state="decided") & Q(awarded_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="slate_sent_back_says_why", condition=~Q(state="sent_back") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.org}：{self.round}"


class Eligible(models.Model):
    """How many of a grade hold all basic badges this term: what the share for one star is of."""

    slate = models.ForeignKey(Slate, on_delete=models.CASCADE, related_name="eligible")
    grade = models.PositiveSmallIntegerField("年级")
    people = models.PositiveIntegerField("达标队员数", default=0)
    troops = models.PositiveIntegerField("达标中队数", default=0)

    class Meta:
        ordering = ["slate", "grade"]
        constraints = [
            models.UniqueConstraint(name="eligible_once_a_grade", fields=["slate", "grade"]),
            models.CheckConstraint(
                name="eligible_grade_is_one", condition=Q(grade__gte=1, grade__lte=9)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slate_id}: {self.grade}"


class Nomination(models.Model):
    """How many of one badge a 中队 is put up for, and how many it was given: two counters (F024).

    A count tells of no child. The guardians' consent is recorded for the line: yes, up to a day.
    """

    slate = models.ForeignKey(Slate, on_delete=models.CASCADE, related_name="nominations")
    troop = models.CharField("中队", max_length=20)
    grade = models.PositiveSmallIntegerField("年级")
    badge = models.ForeignKey(Badge, on_delete=models.PROTECT, related_name="nominations")
    count = models.PositiveIntegerField("申报枚数")
    awarded = models.PositiveIntegerField("颁发枚数", default=0)
    consented_on = models.DateField("监护人同意日期", null=True, blank=True)

    class Meta:
        ordering = ["slate", "grade", "troop", "badge"]
        constraints = [
            models.UniqueConstraint(name="badge_once_a_troop", fields=["slate", "troop", "badge"]),
            models.CheckConstraint(name="something_is_put_up", condition=Q(count__gt=0)),
            models.CheckConstraint(
                name="not_more_given_than_put_up", condition=Q(awarded__lte=F("count"))
            ),
            models.CheckConstraint(
                name="nomination_grade_is_one", condition=Q(grade__gte=1, grade__lte=9)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.troop}：{self.badge}"


class Nominee(models.Model):
    """One child put up for two stars or more: the school's own code and an initial, nothing else.

    Both are erased when the round is long over; that one child was meant stays.
    """

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="nominees")
    code = models.CharField("校内编号", max_length=12, blank=True)
    initial = models.CharField("姓氏首字母", max_length=1, blank=True)
    consented_on = models.DateField("监护人同意日期")
    is_awarded = models.BooleanField("已颁章", default=False)

    class Meta:
        ordering = ["nomination", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="child_once_a_line", fields=["nomination", "code"], condition=~Q(code="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id}: {self.pk}"
