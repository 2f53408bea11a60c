from django.db import models
from django.db.models import F, Q


class DuesTerms(models.Model):
    """How much dues are, from a day on: new terms are a new row. The defaults are those of 2016.

    《关于中国共产主义青年团团费收缴、使用和管理的规定》: below 2,000 yuan of pay 3 yuan a month, from
    there 2 ‰ in whole yuan up to 20; students and who has no income 0.2 yuan.
    """

    title = models.CharField("名称", max_length=80)
    starts_on = models.DateField("施行日期", unique=True)
    pay_from = models.PositiveIntegerField("按比例交纳的月收入起点（元）", default=2_000)
    low_fen = models.PositiveIntegerField("起点以下每月（分）", default=300)
    per_mille = models.PositiveSmallIntegerField("比例（千分之几）", default=2)
    most_fen = models.PositiveIntegerField("每月最多（分）", default=2_000)
    student_fen = models.PositiveIntegerField("学生和没有收入的每月（分）", default=20)
    source = models.CharField("依据", max_length=200, blank=True)
    reason = models.CharField("调整原因", max_length=200, blank=True)
    entered_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="dues_terms_say_why", condition=~Q(source="") & ~Q(reason="")
            ),
            models.CheckConstraint(
                name="dues_terms_are_in_order", condition=Q(most_fen__gte=F("low_fen"))
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DuesRate(models.Model):
    """What one member pays a month, from a month on. What they earn is not kept.

    A reduction for hardship is the branch's resolution and holds from the month in which the
    committee above approves it.
    """

    class Category(models.TextChoices):
        STUDENT = "student", "学生或没有收入"
        EARNING = "earning", "有收入"
        REDUCED = "reduced", "困难减免"

    class State(models.TextChoices):
        PROPOSED = "proposed", "待审批"
        HOLDING = "holding", "已核定"
        REFUSED = "refused", "未批准"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="dues_rates")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    category = models.CharField("类别", max_length=8, choices=Category.choices)
    fen = models.PositiveIntegerField("每月（分）")
    starts_on = models.DateField("从哪个月起", null=True, blank=True)
    reason = models.CharField("减免原因", max_length=200, blank=True)
    entered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("登记时间")
    decided_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.CharField("答复", max_length=200, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.HOLDING)

    class Meta:
        ordering = ["-entered_at", "-pk"]
        indexes = [models.Index(name="dues_waits", fields=["org"], condition=Q(state="proposed"))]
        constraints = [
            models.UniqueConstraint(
                name="one_rate_from_a_month",
                fields=["person", "starts_on"],
                condition=Q(state="holding"),
            ),
            models.UniqueConstraint(
                name="one_reduction_at_a_time", fields=["person"], condition=Q(state="proposed")
            ),
            models.CheckConstraint(
                name="a_rate_that_holds_says_since_when",
                condition=Q(state="holding", starts_on__isnull=False)
                | (~Q(state="holding") & Q(starts_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="reduction_has_two_pairs_of_eyes",
                condition=~Q(category="reduced")
                | Q(state="proposed")
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("entered_by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} pays {self.fen}"


class DuesPayment(models.Model):
    """That one member paid one month's dues. A record only: no money is handled here."""

    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="dues_payments"
    )
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    month = models.DateField("月份")  # its first day
    fen = models.PositiveIntegerField("金额（分）")
    paid_on = models.DateField("交纳日期")
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    reason = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        ordering = ["-month", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_month_is_paid_once",
                fields=["person", "month"],
                condition=Q(voided_at__isnull=True),
            ),
            models.CheckConstraint(
                name="who_voids_dues_says_why",
                condition=Q(voided_at__isnull=True, reason="")
                | (Q(voided_at__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} paid {self.month}"
