from django.db import models
from django.db.models import F, Q

from .bodies import Body, MemberUnit, Representative


class Sitting(models.Model):
    """One meeting of a body. Plenary ones are numbered without gaps; one is in preparation at a time.

    `due` and `came` are units, kept with the percentage that was asked for when it was held.
    """

    class Kind(models.TextChoices):
        PLENARY = "plenary", "全体会议"
        SPECIAL = "special", "专题会议"
        ABOVE = "above", "上级会议"

    class State(models.TextChoices):
        PREPARING = "preparing", "筹备中"
        CALLED = "called", "已通知"
        HELD = "held", "已召开"
        MINUTED = "minuted", "已出纪要"
        CANCELLED = "cancelled", "已取消"
        REGISTERED = "registered", "已登记"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="sittings")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    number = models.PositiveSmallIntegerField("届次", null=True, blank=True)
    title = models.CharField("会议", max_length=120)
    prepared_on = models.DateField("筹备日期")
    starts_at = models.DateTimeField("开会时间", null=True, blank=True)
    day = models.DateField("开会日期")
    place = models.CharField("地点", max_length=120, blank=True)
    host = models.CharField("主持人", max_length=60, blank=True)
    items_by = models.DateField("议题报送截止", null=True, blank=True)
    reply_by = models.DateField("回执截止", null=True, blank=True)
    due = models.PositiveSmallIntegerField("应到单位", null=True, blank=True)
    came = models.PositiveSmallIntegerField("实到单位", null=True, blank=True)
    quorum_percent = models.PositiveSmallIntegerField("到会要求", null=True, blank=True)
    minutes = models.TextField("纪要正文", max_length=20_000, blank=True)
    minutes_number = models.CharField("纪要编号", max_length=40, blank=True)
    minuted_on = models.DateField("纪要日期", null=True, blank=True)
    settled_on = models.DateField("召开或取消日期", null=True, blank=True)
    is_internal = models.BooleanField("内部事项", default=False)
    reason = models.CharField("取消原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices)

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [
            models.Index(
                name="sitting_ahead",
                fields=["items_by"],
                condition=Q(state__in=["preparing", "called"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="plenary_number_once",
                fields=["body", "number"],
                condition=Q(kind="plenary") & ~Q(state="cancelled"),
            ),
            models.UniqueConstraint(
                name="one_plenary_ahead",
                fields=["body"],
                condition=Q(kind="plenary", state__in=["preparing", "called"]),
            ),
            models.CheckConstraint(
                name="plenary_is_numbered",
                condition=Q(kind="plenary", number__gt=0)
                | (~Q(kind="plenary") & Q(number__isnull=True)),
            ),
            models.CheckConstraint(
                name="sitting_above_is_registered",
                condition=Q(kind="above", state="registered")
                | (~Q(kind="above") & ~Q(state="registered") & Q(starts_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="held_sitting_says_who_came",
                condition=~Q(state__in=["held", "minuted"])
                | Q(
                    due__isnull=False,
                    came__isnull=False,
                    quorum_percent__isnull=False,
                    settled_on__isnull=False,
                    came__lte=F("due"),
                ),
            ),
            models.CheckConstraint(
                name="minuted_sitting_has_minutes",
                condition=~Q(state="minuted") | (~Q(minutes="") & Q(minuted_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="cancelled_sitting_says_why",
                condition=Q(state="cancelled") & ~Q(reason="") & Q(settled_on__isnull=False)
                | (~Q(state="cancelled") & Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    """A topic: proposed by a unit or the office, then on the agenda in its place, or declined."""

    class Theme(models.TextChoices):
        YOUTH = "youth", "青年工作"
        LEAGUE = "league", "共青团工作"
        VOLUNTEERING = "volunteering", "志愿服务"
        OTHER = "other", "其他"

    class State(models.TextChoices):
        PROPOSED = "proposed", "待审定"
        LISTED = "listed", "已列入议程"
        DECLINED = "declined", "不列入"

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="items")
    title = models.CharField("议题", max_length=120)
    about = models.CharField("说明", max_length=1000, blank=True)
    theme = models.CharField("主题", max_length=12, choices=Theme.choices)
    member = models.ForeignKey(
        MemberUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    place = models.PositiveSmallIntegerField("序号", null=True, blank=True)
    length = models.PositiveSmallIntegerField("时长（分钟）", default=15)
    proposed_on = models.DateField("提出日期")
    is_internal = models.BooleanField("内部事项", default=False)
    reason = models.CharField("不列入原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices)

    class Meta:
        ordering = ["sitting", F("place").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(name="item_once_a_sitting", fields=["sitting", "title"]),
            models.CheckConstraint(
                name="listed_item_has_a_place",
                condition=Q(state="listed", place__gt=0)
                | (~Q(state="listed") & Q(place__isnull=True)),
            ),
            models.CheckConstraint(
                name="declined_item_says_why",
                condition=Q(state="declined") & ~Q(reason="")
                | (~Q(state="declined") & Q(reason="")),
            ),
            models.CheckConstraint(name="item_takes_time", condition=Q(length__gt=0)),
        ]

    def __str__(self) -> str:
        return self.title


class Summons(models.Model):
    """One unit's invitation to a sitting, its answer and whether it came; or a guest who attends (列席)."""

    class Reply(models.TextChoices):
        NONE = "", "未回执"
        COMING = "coming", "出席"
        LEAVE = "leave", "请假"
        PROXY = "proxy", "派人代会"

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="summonses")
    member = models.ForeignKey(
        MemberUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    representative = models.ForeignKey(
        Representative, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField("列席人", max_length=40, blank=True)
    duty = models.CharField("列席人单位和职务", max_length=80, blank=True)
    sent_on = models.DateField("通知日期")
    reply = models.CharField("回执", max_length=10, choices=Reply.choices, blank=True)
    proxy_name = models.CharField("代会人", max_length=40, blank=True)
    proxy_duty = models.CharField("代会人职务", max_length=60, blank=True)
    reason = models.CharField("请假原因", max_length=200, blank=True)
    replied_at = models.DateTimeField("回执时间", null=True, blank=True)
    came_at = models.DateTimeField("签到时间", null=True, blank=True)

    class Meta:
        ordering = ["sitting", "pk"]
        indexes = [
            models.Index(name="summons_waits", fields=["sent_on"], condition=Q(reply="")),
        ]
        constraints = [
            models.UniqueConstraint(
                name="summons_once_a_unit",
                fields=["sitting", "member"],
                condition=Q(member__isnull=False),
            ),
            models.CheckConstraint(
                name="summons_is_for_somebody",
                condition=Q(member__isnull=False, name="")
                | (Q(member__isnull=True, representative__isnull=True) & ~Q(name="")),
            ),
            models.CheckConstraint(
                name="proxy_is_named",
                condition=Q(reply="proxy") & ~Q(proxy_name="")
                | (~Q(reply="proxy") & Q(proxy_name="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.member_id or self.name}"
