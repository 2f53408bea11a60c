from django.db import models
from django.db.models import F, Q

from qinghe.systems.volunteering import rules


class TeamScheme(models.Model):
    """How teams are founded and kept from a day on: a new rule is a new version (S100, S058)."""

    version = models.PositiveSmallIntegerField("版本", unique=True)
    title = models.CharField("办法名称", max_length=80)
    starts_on = models.DateField("施行日期", unique=True)
    least_members = models.PositiveSmallIntegerField("发起成员数")
    notice_days = models.PositiveSmallIntegerField("公示工作日数")
    confirm_from = models.PositiveSmallIntegerField("年度确认起始月")
    confirm_to = models.PositiveSmallIntegerField("年度确认截止月")
    head_quarters = models.PositiveSmallIntegerField("负责人头雁学时（四分之一学时）")
    head_months = models.PositiveSmallIntegerField("学时有效月数")

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="team_scheme_confirms_within_a_year",
                condition=Q(confirm_from=0, confirm_to=0)
                | Q(confirm_from__gte=1, confirm_to__gte=F("confirm_from"), confirm_to__lte=12),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Team(models.Model):
    """A group of volunteers that serves under its own name (团体志愿者队伍)."""

    class State(models.TextChoices):
        APPLIED = "applied", "待审核"
        NOTICED = "noticed", "公示中"
        APPROVED = "approved", "已成立"
        REFUSED = "refused", "未通过"
        WITHDRAWN = "withdrawn", "已撤回"
        CLOSED = "closed", "已注销"

    class Kind(models.TextChoices):
        GROUP = "group", "团体"
        COMMUNITY = "community", "社区"
        COMPOUND = "compound", "小区"
        EXPERT = "expert", "专业"

    code = models.CharField("队伍编号", max_length=24, unique=True)
    name = models.CharField("队伍名称", max_length=80)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices, default=Kind.GROUP)
    compound = models.CharField("小区", max_length=60, blank=True, default="")
    scope = models.CharField("服务范围", max_length=200, blank=True, default="")
    applied_on = models.DateField("申请日期")
    notice_from = models.DateField("公示开始", null=True, blank=True)
    notice_until = models.DateField("公示截止", null=True, blank=True)
    approved_on = models.DateField("审核日期", null=True, blank=True)
    suspended_on = models.DateField("停止发布活动日期", null=True, blank=True)
    closed_on = models.DateField("注销日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.APPLIED)

    class Meta:
        ordering = ["code"]
        indexes = [
            models.Index(  # the few; see Attendance for why it is written as OR
                name="team_under_way",
                fields=["state"],
                condition=Q(state="applied") | Q(state="noticed"),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="approved_team_has_a_day",
                condition=Q(
                    state__in=["approved", "closed"],
                    approved_on__isnull=False,  # a CHECK over NULL would pass
                    approved_on__gte=F("applied_on"),
                )
                | Q(
                    state__in=["applied", "noticed", "refused", "withdrawn"],
                    approved_on__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="closed_team_has_a_day",
                condition=Q(
                    state="closed", closed_on__isnull=False, closed_on__gte=F("approved_on")
                )
                | (~Q(state="closed") & Q(closed_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="noticed_team_has_days",
                condition=~Q(state="noticed")
                | Q(notice_from__isnull=False, notice_until__gte=F("notice_from")),
            ),
            models.CheckConstraint(
                name="only_a_standing_team_is_suspended",
                condition=Q(suspended_on__isnull=True) | Q(state="approved"),
            ),
            models.CheckConstraint(
                name="compound_team_names_its_compound",
                condition=(Q(kind="compound") & ~Q(compound="")) | ~Q(kind="compound"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def check_may_serve(self) -> None:
        """Refuse to hold anything in its name now. Raises Refused: team_not_approved, team_suspended."""
        rules.check_may_serve(
            name=self.name,
            standing=self.state == self.State.APPROVED,
            suspended_on=self.suspended_on,
        )


class TeamStanding(models.Model):
    """One span of days in which a team was in good standing: founded, not suspended, not closed."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="standings")
    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("截止日期", null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_standing", fields=["team"], condition=Q(ends_on__isnull=True)
            ),
            models.CheckConstraint(
                name="standing_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} from {self.starts_on}"


class TeamObjection(models.Model):
    """What somebody holds against a team on notice; it is answered before the team is founded."""

    class State(models.TextChoices):
        OPEN = "open", "待核实"
        UPHELD = "upheld", "异议成立"
        DISMISSED = "dismissed", "异议不成立"

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="objections")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    words = models.CharField("异议内容", max_length=400)
    at = models.DateTimeField("提出时间")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.CharField("核实情况", max_length=400, blank=True)
    answered_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField("核实时间", null=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(name="team_objection_open", fields=["team"], condition=Q(state="open"))
        ]
        constraints = [
            models.CheckConstraint(
                name="answered_team_objection_has_an_answer",
                condition=Q(state="open", answered_by__isnull=True)
                | (~Q(state="open") & Q(answered_by__isnull=False) & ~Q(answer="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.state}"


class TeamConfirmation(models.Model):
    """What a team says of itself once a year (年度确认), with what the records counted that day."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", "待审核"
        ACCEPTED = "accepted", "已确认"
        RETURNED = "returned", "已退回"

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="confirmations")
    year = models.PositiveSmallIntegerField("年度")
    head = models.ForeignKey("volunteering.Volunteer", on_delete=models.PROTECT, related_name="+")
    members = models.PositiveIntegerField("成员数")
    sessions = models.PositiveIntegerField("年内活动场次")
    words = models.CharField("说明", max_length=400, blank=True)
    submitted_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    submitted_on = models.DateField("提交日期")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.SUBMITTED)
    decided_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField("审核日期", null=True)
    reason = models.CharField("退回原因", max_length=200, blank=True)

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_confirmation_a_year",
                fields=["team", "year"],
                condition=Q(state="submitted") | Q(state="accepted"),
            ),
            models.CheckConstraint(
                name="decided_confirmation_says_who",
                condition=Q(state="submitted", decided_by__isnull=True, decided_on__isnull=True)
                | (~Q(state="submitted") & Q(decided_by__isnull=False, decided_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="returned_confirmation_says_why",
                condition=~Q(state="returned") | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.year}"
