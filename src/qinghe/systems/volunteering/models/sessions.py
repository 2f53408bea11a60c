from django.db import models
from django.db.models import F, Q

from .activities import Activity
from .insurance import Policy
from .teams import Team


class Session(models.Model):
    """One sitting of volunteer work at one place (场次); it counts on the local day it starts."""

    class State(models.TextChoices):
        PUBLISHED = "published", "已发布"
        CANCELLED = "cancelled", "已取消"

    class Risk(models.TextChoices):
        ORDINARY = "ordinary", "普通"
        HIGH = "high", "较高"

    code = models.CharField("场次编号", max_length=24, unique=True)
    title = models.CharField("活动名称", max_length=120)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    # Empty for what came by the sheet or the simple form.
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    place = models.CharField("地点", max_length=160)
    latitude = models.DecimalField("纬度", max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    place_check_metres = models.PositiveSmallIntegerField("签到范围（米）", null=True, blank=True)
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    day = models.DateField("日期")
    risk = models.CharField(
        "风险等级",
        max_length=8,
        choices=Risk.choices,
        default=Risk.ORDINARY,
    )
    policy = models.ForeignKey(
        Policy, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    entered_late = models.BooleanField("补录", default=False)
    changes = models.PositiveSmallIntegerField("变更次数", default=0)  # SEQUENCE of RFC 5545
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PUBLISHED)

    class Meta:
        ordering = ["-starts_at"]
        indexes = [models.Index(name="session_when", fields=["starts_at"])]
        constraints = [
            models.CheckConstraint(
                name="session_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="no_session_is_named_late_entry", condition=~Q(title__contains="补录")
            ),
            models.CheckConstraint(
                name="session_says_where", condition=~Q(title="") & ~Q(place="")
            ),
            models.CheckConstraint(
                name="session_is_on_the_map_or_not",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
            ),
            models.CheckConstraint(
                name="place_check_has_a_place",
                condition=Q(place_check_metres__isnull=True)
                | Q(place_check_metres__range=(50, 5000), latitude__isnull=False),
            ),
            models.CheckConstraint(  # V-02
                name="risky_session_is_insured",
                condition=~Q(risk="high") | Q(policy__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title
