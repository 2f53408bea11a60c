from django.db import models
from django.db.models import F, Q

from .campaigns import Campaign

LONGEST = 500


class Roll(models.Model):
    """One branch's review in one campaign (支部评议): its road, its meeting, its counts.

    The counts are written anew with every change of a line, while this row is locked: so the cap of
    优秀 (T-42) and 注册 ≤ 评议 (T-45) hold at every commit, by the constraints below.
    """

    class State(models.TextChoices):
        STUDY = "study", "待学习教育"
        RATING = "rating", "自评互评"
        GRADING = "grading", "待拟等次"
        PROPOSED = "proposed", "待审批"
        APPROVED = "approved", "待注册"
        REGISTERED = "registered", "已注册"

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="rolls")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    top_percent = models.PositiveIntegerField("优秀比例上限（%）")
    studied_on = models.DateField("学习教育日期", null=True, blank=True)
    studied = models.CharField("学习教育内容", max_length=200, blank=True)
    met_on = models.DateField("支部大会日期", null=True, blank=True)
    entitled = models.PositiveIntegerField("应到会人数", null=True, blank=True)
    present = models.PositiveIntegerField("实到会人数", null=True, blank=True)
    committee_on = models.DateField("支委会日期", null=True, blank=True)
    proposed_at = models.DateTimeField("上报时间", null=True, blank=True)
    proposed_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_on = models.DateField("批准日期", null=True, blank=True)
    approved_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.CharField("退回原因", max_length=200, blank=True)
    registered_on = models.DateField("注册日期", null=True, blank=True)
    due = models.PositiveIntegerField("应评议", default=0)
    took_part = models.PositiveIntegerField("参加评议", default=0)
    top = models.PositiveIntegerField("优秀", default=0)
    graded = models.PositiveIntegerField("已评议", default=0)
    registered = models.PositiveIntegerField("已注册", default=0)
    deferred = models.PositiveIntegerField("暂缓注册", default=0)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.STUDY)

    class Meta:
        ordering = ["org__path"]
        indexes = [
            models.Index(name="roll_proposed", fields=["org"], condition=Q(state="proposed")),
        ]
        constraints = [
            models.UniqueConstraint(name="one_roll_a_branch", fields=["campaign", "org"]),
            models.CheckConstraint(  # T-42, rounded down: 10 → 3, 9 → 2
                name="top_grades_within_the_cap",
                condition=Q(top__lte=F("took_part") * F("top_percent") / 100),
            ),
            models.CheckConstraint(  # T-45
                name="registered_within_graded",
                condition=Q(registered__lte=F("graded"), graded__lte=F("took_part"))
                & Q(took_part__lte=F("due")),
            ),
            models.CheckConstraint(
                name="those_present_were_entitled",
                condition=Q(present__isnull=True) | Q(present__lte=F("entitled")),
            ),
            models.CheckConstraint(
                name="approved_roll_says_by_whom_and_when",
                condition=Q(approved_on__isnull=False, approved_by__isnull=False)
                | ~Q(state__in=["approved", "registered"]),
            ),
            models.CheckConstraint(
                name="registered_roll_says_when",
                condition=Q(registered_on__isnull=False) | ~Q(state="registered"),
            ),
        ]

    def __str__(self) -> str:
        return f"roll of {self.org_id} in {self.campaign_id}"

    @property
    def most_top(self) -> int:
        """Return how many may be 优秀."""
        return self.took_part * self.top_percent // 100


class Grade(models.TextChoices):
    """The grades of a member (T-42)."""

    TOP = "top", "优秀"
    GOOD = "good", "合格"
    BASIC = "basic", "基本合格"
    FAILED = "failed", "不合格"


class Standing(models.TextChoices):
    """Whether somebody on the roll is reviewed; the last two alone are left out of what is due."""

    IN = "in", "参加评议"
    ABSENT = "absent", "未参加评议"
    EXCUSED = "excused", "经同意不参加"
    PARTY = "party", "保留团籍的党员"


class Line(models.Model):
    """One member's review and registration in one campaign, on the roll of one branch.

    What others thought is counted on the candidate's line and who has spoken on the speaker's: no row
    says who thought what.
    """

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="lines")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(
        "参评情况", max_length=8, choices=Standing.choices, default=Standing.IN
    )
    reason = models.CharField("原因", max_length=200, blank=True)
    own_words = models.CharField("自我评价", max_length=LONGEST, blank=True)
    own_grade = models.CharField("自评等次", max_length=6, choices=Grade.choices, blank=True)
    own_on = models.DateField("自评日期", null=True, blank=True)
    has_rated = models.BooleanField("已互评", default=False)
    peers_top = models.PositiveIntegerField("互评优秀票", default=0)
    peers_good = models.PositiveIntegerField("互评合格票", default=0)
    peers_basic = models.PositiveIntegerField("互评基本合格票", default=0)
    peers_failed = models.PositiveIntegerField("互评不合格票", default=0)
    votes_top = models.PositiveIntegerField("测评优秀票", default=0)
    votes_good = models.PositiveIntegerField("测评合格票", default=0)
    votes_basic = models.PositiveIntegerField("测评基本合格票", default=0)
    votes_failed = models.PositiveIntegerField("测评不合格票", default=0)
    grade = models.CharField("等次", max_length=6, choices=Grade.choices, blank=True)
    final_on = models.DateField("定等次日期", null=True, blank=True)
    registered_on = models.DateField("注册日期", null=True, blank=True)
    deferred_on = models.DateField("暂缓日期", null=True, blank=True)
    deferred_until = models.DateField("暂缓至", null=True, blank=True)
    deferred_for = models.CharField("暂缓原因", max_length=200, blank=True)

    class Meta:
        ordering = ["roll", "pk"]
        constraints = [
            models.UniqueConstraint(name="reviewed_once_a_campaign", fields=["campaign", "person"]),
            models.CheckConstraint(
                name="only_who_took_part_has_a_grade", condition=Q(grade="") | Q(standing="in")
            ),
            models.CheckConstraint(
                name="who_stays_away_says_why",
                condition=(Q(standing__in=["absent", "excused"]) & ~Q(reason=""))
                | Q(standing__in=["in", "party"], reason=""),
            ),
            models.CheckConstraint(
                name="final_grade_is_a_grade", condition=Q(final_on__isnull=True) | ~Q(grade="")
            ),
            models.CheckConstraint(  # T-43
                name="only_basic_and_above_register",
                condition=Q(registered_on__isnull=True)
                | Q(final_on__isnull=False, grade__in=["top", "good", "basic"]),
            ),
            models.CheckConstraint(  # T-43
                name="deferral_says_why_and_until_when",
                condition=Q(deferred_on__isnull=True, deferred_until__isnull=True, deferred_for="")
                | (
                    Q(deferred_on__isnull=False, deferred_until__gt=F("deferred_on"))
                    & ~Q(deferred_for="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.campaign_id}"

    @property
    def org_id(self) -> int:
        """Return the branch, by which the trail files what happens to a line."""
        return self.roll.org_id


class GradeChange(models.Model):
    """A final grade that was corrected: what it was, what it became, why, and by whose word."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="changes")
    before = models.CharField("原等次", max_length=6, choices=Grade.choices)
    after = models.CharField("新等次", max_length=6, choices=Grade.choices)
    reason = models.CharField("更正原因", max_length=200)
    approved_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    approved_on = models.DateField("更正日期")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="changed_grade_differs", condition=~Q(before=F("after"))),
            models.CheckConstraint(name="changed_grade_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after} of {self.line_id}"
