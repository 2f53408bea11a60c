from django.db import models
from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from .attendances import Attendance
from .carried import CarriedRow
from .volunteers import Volunteer


class StarScheme(models.Model):
    """How stars are given from a day on: a new rule is a new version, never a change of an old."""

    version = models.PositiveSmallIntegerField("版本", unique=True)
    title = models.CharField("办法名称", max_length=80)
    starts_on = models.DateField("施行日期", unique=True)
    notice_days = models.PositiveSmallIntegerField("公示工作日数")

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(name="star_scheme_has_notice", condition=Q(notice_days__gte=1))
        ]

    def __str__(self) -> str:
        return self.title


class StarLevel(models.Model):
    """One star of a scheme: what it asks, and through whose hands it goes, lowest first."""

    scheme = models.ForeignKey(
        StarScheme, on_delete=models.CASCADE, related_name="levels", db_index=False
    )
    star = models.PositiveSmallIntegerField("星级")
    minutes = models.PositiveIntegerField("服务分钟")
    months = models.PositiveSmallIntegerField("注册满月数")
    route = models.CharField("审核层级", max_length=60, help_text="community,street,district")
    own_application = models.BooleanField("可由本人申请", default=True)

    class Meta:
        ordering = ["star"]
        constraints = [
            models.UniqueConstraint(name="one_level_for_a_star", fields=["scheme", "star"]),
            models.CheckConstraint(
                name="star_is_one_to_five", condition=Q(star__gte=1, star__lte=5)
            ),
            models.CheckConstraint(name="star_asks_service", condition=Q(minutes__gt=0)),
            models.CheckConstraint(name="star_has_a_route", condition=~Q(route="")),
        ]

    def __str__(self) -> str:
        return f"{self.star}星"


class StarRound(models.Model):
    """One season of giving stars: by which scheme, hours up to which day, asked for until when."""

    class State(models.TextChoices):
        OPEN = "open", "进行中"
        CLOSED = "closed", "已归档"

    title = models.CharField("名称", max_length=80)
    scheme = models.ForeignKey(StarScheme, on_delete=models.PROTECT, related_name="rounds")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    counted_until = models.DateField("时长计至")
    opens_on = models.DateField("申报开始")
    closes_on = models.DateField("申报截止")
    opened_at = models.DateTimeField("建立时间")
    state = models.CharField("状态", max_length=6, choices=State.choices, default=State.OPEN)

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="star_round_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on"))
            ),
            models.UniqueConstraint(
                name="one_open_star_round", fields=["org"], condition=Q(state="open")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class StarCases(models.QuerySet["StarCase"]):
    def short_of_hours(self) -> QuerySet["StarCase"]:
        """Return the stars in force that the hours left today no longer bear, with what is `left`.

        Only what was cancelled or corrected since can make one short: hours of a later day never
        count for an earlier case.
        """
        served = (
            Attendance.objects.filter(
                volunteer=OuterRef("volunteer"),
                state=Attendance.State.EFFECTIVE,
                session__day__lte=OuterRef("round__counted_until"),
            )
            .order_by()
            .values("volunteer")
            .annotate(total=Sum("minutes"))
            .values("total")
        )
        asked = StarLevel.objects.filter(
            scheme=OuterRef("round__scheme"), star=OuterRef("star")
        ).values("minutes")
        return (
            self.filter(state=StarCase.State.ISSUED)
            .annotate(
                left=Coalesce(Subquery(served, output_field=IntegerField()), 0) + F("carried"),
                asked=Subquery(asked),
            )
            .filter(left__lt=F("asked"))
        )


class StarCase(models.Model):
    """One volunteer's way to one star. What it counted is kept, so that a lack shows its cause."""

    class State(models.TextChoices):
        REVIEWING = "reviewing", "待审核"
        NOTICED = "noticed", "公示中"
        ISSUED = "issued", "已认定"
        REFUSED = "refused", "未通过"
        WITHDRAWN = "withdrawn", "已撤回"
        LOWERED = "lowered", "已核减"

    round = models.ForeignKey(StarRound, on_delete=models.PROTECT, related_name="cases")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="star_cases")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    star = models.PositiveSmallIntegerField("星级")
    minutes = models.PositiveIntegerField("计入分钟")
    carried = models.PositiveIntegerField("其中结转分钟", default=0)
    served = models.JSONField("计入的服务记录", default=dict)
    by_self = models.BooleanField("本人申请", default=False)
    proposed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField("申报日期")
    step = models.PositiveSmallIntegerField("审核步骤", default=0)
    awaits = models.ForeignKey(
        "orgs.Org", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.REVIEWING)
    notice_from = models.DateField("公示开始", null=True)
    notice_until = models.DateField("公示截止", null=True)
    issued_on = models.DateField("认定日期", null=True)
    ended_on = models.DateField("核减日期", null=True)
    lowered_from = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="lowered_to", db_index=False
    )

    objects = StarCases.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(name="star_case_waits", fields=["awaits"], condition=Q(state="reviewing")),
            models.Index(name="star_case_of_round", fields=["round", "state"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_living_star_case",
                fields=["round", "volunteer"],
                condition=Q(state__in=["reviewing", "noticed", "issued"]),
            ),
            models.CheckConstraint(
                name="reviewed_star_case_waits_for_somebody",
                condition=Q(state="reviewing", awaits__isnull=False)
                | (~Q(state="reviewing") & Q(awaits__isnull=True)),
            ),
            models.CheckConstraint(
                name="recognised_star_has_a_day",
                condition=Q(state__in=["issued", "lowered"], issued_on__isnull=False)
                | (~Q(state__in=["issued", "lowered"]) & Q(issued_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="lowered_star_has_a_day",
                condition=Q(state="lowered", ended_on__isnull=False)
                | (~Q(state="lowered") & Q(ended_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="star_case_counts_what_it_carries", condition=Q(carried__lte=F("minutes"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.star}星"


class StarDecision(models.Model):
    """What one hand said of one case: kept for good."""

    class Verdict(models.TextChoices):
        AGREED = "agreed", "同意"
        REFUSED = "refused", "不同意"
        ISSUED = "issued", "认定"
        LOWERED = "lowered", "核减"
        WITHDRAWN = "withdrawn", "撤回"

    case = models.ForeignKey(StarCase, on_delete=models.PROTECT, related_name="decisions")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField("意见", max_length=10, choices=Verdict.choices)
    words = models.CharField("说明", max_length=400, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="against_a_star_needs_words",
                condition=~Q(verdict__in=["refused", "lowered"]) | ~Q(words=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.verdict}"


class StarObjection(models.Model):
    """What somebody holds against a case that is on notice; it is answered before the star stands."""

    class State(models.TextChoices):
        OPEN = "open", "待核实"
        UPHELD = "upheld", "异议成立"
        DISMISSED = "dismissed", "异议不成立"

    case = models.ForeignKey(StarCase, on_delete=models.PROTECT, related_name="objections")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    words = models.CharField("异议内容", max_length=400)
    at = models.DateTimeField("提出时间")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.CharField("核实结论", max_length=400, blank=True)
    answered_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField("核实时间", null=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(name="star_objection_open", fields=["case"], condition=Q(state="open"))
        ]
        constraints = [
            models.CheckConstraint(
                name="answered_star_objection_has_an_answer",
                condition=Q(state="open", answered_by__isnull=True)
                | (~Q(state="open") & Q(answered_by__isnull=False) & ~Q(answer="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"


class CarriedHours(models.Model):
    """Service from before the platform or from another, taken over with its source. It bears stars
    only: no figure of own hours counts it, and no certificate speaks of it. Where a list of another
    platform brought it, `row` is the row; what ended counts no more and is kept.
    """

    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="carried")
    minutes = models.PositiveIntegerField("分钟")
    served_until = models.DateField("服务截止")
    source = models.CharField("来源", max_length=80)
    entered_at = models.DateTimeField("录入时间")
    entered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    row = models.OneToOneField(
        CarriedRow, null=True, on_delete=models.PROTECT, related_name="hours"
    )
    ended_at = models.DateTimeField("终止时间", null=True)
    end_reason = models.CharField("终止原因", max_length=200, blank=True)

    class Meta:
        ordering = ["served_until", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="carried_once_from_a_source",
                fields=["volunteer", "source", "served_until"],
                condition=Q(row__isnull=True),
            ),
            models.CheckConstraint(
                name="carried_hours_end_for_a_reason",
                condition=Q(ended_at__isnull=True) | ~Q(end_reason=""),
            ),
            models.CheckConstraint(name="carried_hours_say_whence", condition=~Q(source="")),
            models.CheckConstraint(name="carried_hours_are_some", condition=Q(minutes__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.minutes}"
