from django.db import models
from django.db.models import F, Q


class Volunteer(models.Model):
    """A person registered to serve, under one number of their own (V-13) and one 主组织 (V-23)."""

    class State(models.TextChoices):
        APPLIED = "applied", "待审核"
        REGISTERED = "registered", "已注册"
        REFUSED = "refused", "未通过"
        WITHDRAWN = "withdrawn", "已退出"

    number = models.CharField("志愿者编号", max_length=20, unique=True)
    person = models.OneToOneField("people.Person", on_delete=models.PROTECT)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    applied_on = models.DateField("申请日期")
    registered_on = models.DateField("注册日期", null=True, blank=True)
    withdrawn_on = models.DateField("退出日期", null=True, blank=True)
    guardian_agreed_on = models.DateField("监护人同意日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.APPLIED)

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(name="volunteer_registered", fields=["registered_on"]),
            models.Index(  # the few; see Attendance for why it is written as OR
                name="volunteer_not_registered",
                fields=["state"],
                condition=Q(state="applied") | Q(state="refused") | Q(state="withdrawn"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="registered_volunteer_has_a_day",
                condition=Q(state__in=["registered", "withdrawn"], registered_on__isnull=False)
                | Q(state__in=["applied", "refused"], registered_on__isnull=True),
            ),
            models.CheckConstraint(
                name="withdrawn_volunteer_has_a_day",
                condition=Q(
                    state="withdrawn",
                    withdrawn_on__isnull=False,  # a CHECK over NULL would pass
                    withdrawn_on__gte=F("registered_on"),
                )
                | (~Q(state="withdrawn") & Q(withdrawn_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Team(models.Model):
    """A group of volunteers that serves under its own name (团体志愿者队伍)."""

    class State(models.TextChoices):
        APPLIED = "applied", "待审核"
        APPROVED = "approved", "已成立"
        REFUSED = "refused", "未通过"
        CLOSED = "closed", "已注销"

    code = models.CharField("队伍编号", max_length=24, unique=True)
    name = models.CharField("队伍名称", max_length=80)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    applied_on = models.DateField("申请日期")
    approved_on = models.DateField("审核日期", null=True, blank=True)
    closed_on = models.DateField("注销日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.APPLIED)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="approved_team_has_a_day",
                condition=Q(
                    state__in=["approved", "closed"],
                    approved_on__isnull=False,  # a CHECK over NULL would pass
                    approved_on__gte=F("applied_on"),
                )
                | Q(state__in=["applied", "refused"], approved_on__isnull=True),
            ),
            models.CheckConstraint(
                name="closed_team_has_a_day",
                condition=Q(
                    state="closed", closed_on__isnull=False, closed_on__gte=F("approved_on")
                )
                | (~Q(state="closed") & Q(closed_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """One sitting of volunteer work at one place (场次); it counts on the local day it starts."""

    class State(models.TextChoices):
        PUBLISHED = "published", "已发布"
        CANCELLED = "cancelled", "已取消"

    code = models.CharField("场次编号", max_length=24, unique=True)
    title = models.CharField("活动名称", max_length=120)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    place = models.CharField("地点", max_length=160)
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    day = models.DateField("日期")
    entered_late = models.BooleanField("补录", default=False)
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
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """One volunteer at one session: one 人次, however many times they come in and out (V-37)."""

    class State(models.TextChoices):
        PRESENT = "present", "在场"
        PENDING = "pending", "待审核"
        EFFECTIVE = "effective", "已生效"
        REFUSED = "refused", "未通过"
        VOID = "void", "已作废"

    class How(models.TextChoices):
        SCAN = "scan", "扫码"
        ROSTER = "roster", "现场名册"
        SHEET = "sheet", "台账导入"

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="attendances", db_index=False
    )
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="attendances")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PRESENT)
    minutes = models.PositiveIntegerField("分钟", default=0)
    how = models.CharField("登记方式", max_length=6, choices=How.choices)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(name="once_per_session", fields=["session", "volunteer"]),
            models.CheckConstraint(
                name="present_or_void_earns_nothing",
                condition=~Q(state__in=["present", "void"]) | Q(minutes=0),
            ),
        ]
        indexes = [
            # The few that do not count (yet). Written as OR: SQLite proves a partial index fit for
            # `state = x` only from an equality among its terms. Never index the many effective
            # ones by state: SQLite would prefer that index to the one by session.
            models.Index(
                name="attendance_not_effective",
                fields=["state"],
                condition=Q(state="present")
                | Q(state="pending")
                | Q(state="refused")
                | Q(state="void"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} at {self.session_id}"


class Stay(models.Model):
    """One check-in with its check-out (V-32).

    A correction is a new row that supersedes an old one, with a reason and an approver; the times
    of the old row are never changed (V-36).
    """

    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="stays")
    came_at = models.DateTimeField("签到时间")
    left_at = models.DateTimeField("签退时间", null=True, blank=True)
    recorded_at = models.DateTimeField("登记时间")
    supersedes = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by", db_index=False
    )
    superseded = models.BooleanField(default=False)
    reason = models.CharField("更正原因", max_length=200, blank=True)
    approved_by = models.CharField("更正人", max_length=80, blank=True)

    class Meta:
        ordering = ["came_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_stay",
                fields=["attendance"],
                condition=Q(left_at__isnull=True, superseded=False),
            ),
            models.UniqueConstraint(
                name="superseded_once",
                fields=["supersedes"],
                condition=Q(supersedes__isnull=False),
            ),
            models.CheckConstraint(
                name="stay_ends_after_it_starts",
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("came_at")),
            ),
            models.CheckConstraint(
                name="correction_has_reason_and_approver",
                condition=Q(supersedes__isnull=True) | (~Q(reason="") & ~Q(approved_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.came_at} to {self.left_at}"

    @property
    def standing(self) -> str:
        """Tell whether it stands or was corrected."""
        return "superseded" if self.superseded else "stands"
