from django.db import models
from django.db.models import F, Q


class GradingItem(models.TextChoices):
    """The five items by which a branch is graded (T-52, 五评)."""

    TEAM = "team", "班子建设"
    MEMBERS = "members", "团员管理"
    LIFE = "life", "组织生活"
    ORDER = "order", "制度落实"
    EFFECT = "effect", "作用发挥"


class GradingTerms(models.Model):
    """By which numbers branches are graded, from a day on: new terms are a new row (T-50, T-51).

    The shares are local (T-53): how many of a committee's branches may have a star; none is no limit.
    """

    title = models.CharField("名称", max_length=80)
    starts_on = models.DateField("施行日期", unique=True)
    five_from = models.PositiveSmallIntegerField("五星最低分", default=90)
    four_from = models.PositiveSmallIntegerField("四星最低分", default=80)
    three_from = models.PositiveSmallIntegerField("三星最低分", default=70)
    low_from = models.PositiveSmallIntegerField("后进最低分", default=60)
    months = models.PositiveSmallIntegerField("参评须成立满（月）", default=6)
    high_months = models.PositiveSmallIntegerField("四星五星须成立满（月）", default=12)
    five_percent = models.PositiveSmallIntegerField("五星占比上限（%）", null=True, blank=True)
    four_percent = models.PositiveSmallIntegerField("四星占比上限（%）", null=True, blank=True)
    report_length = models.PositiveSmallIntegerField("五星自评报告最少字数", default=400)
    most_team = models.PositiveSmallIntegerField("班子建设满分", default=20)
    most_members = models.PositiveSmallIntegerField("团员管理满分", default=20)
    most_life = models.PositiveSmallIntegerField("组织生活满分", default=20)
    most_order = models.PositiveSmallIntegerField("制度落实满分", default=20)
    most_effect = models.PositiveSmallIntegerField("作用发挥满分", default=20)
    source = models.CharField("依据", max_length=200)
    reason = models.CharField("调整原因", max_length=200, blank=True)
    entered_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="grading_points_fall",
                condition=Q(five_from__lte=100)
                & Q(five_from__gt=F("four_from"))
                & Q(four_from__gt=F("three_from"))
                & Q(three_from__gt=F("low_from")),
            ),
            models.CheckConstraint(
                name="grading_items_make_a_hundred",
                condition=Q(
                    most_team=100
                    - F("most_members")
                    - F("most_life")
                    - F("most_order")
                    - F("most_effect")
                ),
            ),
            models.CheckConstraint(
                name="who_sets_grading_terms_says_why",
                condition=~Q(source="") & (Q(entered_by__isnull=True) | ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class GradingRound(models.Model):
    """One year's grading (对标定级), under the terms of its reference day."""

    year = models.PositiveSmallIntegerField("年度", unique=True)
    terms = models.ForeignKey(GradingTerms, on_delete=models.PROTECT, related_name="+")
    reference_on = models.DateField("基准日")
    self_closes_on = models.DateField("自评截止")
    review_closes_on = models.DateField("复核截止")
    opened_at = models.DateTimeField("开始时间")
    published_on = models.DateField("最近公布日期", null=True)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                name="grading_reviews_after_the_branches",
                condition=Q(review_closes_on__gte=F("self_closes_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年度对标定级"


class GradingShare(models.Model):
    """How many branches of one committee take part: what its quotas are reckoned from (T-53).

    Whoever gives a star locks it, so that two at once cannot both have the last.
    """

    round = models.ForeignKey(GradingRound, on_delete=models.PROTECT, related_name="shares")
    committee = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    branches = models.PositiveIntegerField("参评支部")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="one_share_of_a_round", fields=["round", "committee"])
        ]

    def __str__(self) -> str:
        return f"{self.committee_id} in {self.round_id}"


class Grading(models.Model):
    """One branch in one round: graded by itself, by its committee, perhaps by the district.

    `star` is what the points give once the committee has reviewed: 5, 4, 3; 2 is 后进, 0 is
    软弱涣散 (T-51). It stands when it is published, and until a later one of the branch is.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "待自评"
        SIGNING = "signing", "待团员代表签名"
        REVIEW = "review", "待复核"
        REVIEWED = "reviewed", "待公布"
        PUBLISHED = "published", "已定级"

    round = models.ForeignKey(GradingRound, on_delete=models.PROTECT, related_name="gradings")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    share = models.ForeignKey(GradingShare, on_delete=models.PROTECT, related_name="gradings")
    months = models.PositiveIntegerField("成立月数")
    words = models.TextField("自评说明", max_length=2000, blank=True)
    report = models.TextField("自评报告", max_length=4000, blank=True)
    secretary = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField("书记签名时间", null=True)
    witness = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    witnessed_at = models.DateTimeField("团员代表签名时间", null=True)
    sent_back = models.CharField("退回原因", max_length=400, blank=True)
    reviewer = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField("复核时间", null=True)
    review_words = models.CharField("复核说明", max_length=400, blank=True)
    veto = models.CharField("否决情形", max_length=200, blank=True)
    checker = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField("抽查时间", null=True)
    check_words = models.CharField("抽查说明", max_length=400, blank=True)
    points = models.PositiveSmallIntegerField("得分", null=True)
    star = models.PositiveSmallIntegerField("等次", null=True)
    published_on = models.DateField("定级日期", null=True)
    ended_on = models.DateField("失效日期", null=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                name="grading_waits", fields=["witnessed_at"], condition=Q(state="review")
            ),
            models.Index(name="grading_of_round", fields=["round", "state"]),
        ]
        constraints = [
            models.UniqueConstraint(name="one_grading_a_year", fields=["round", "org"]),
            models.CheckConstraint(
                name="two_sign_a_grading",
                condition=Q(state__in=["draft", "signing"])
                | (Q(secretary__isnull=False, witness__isnull=False) & ~Q(secretary=F("witness"))),
            ),
            models.CheckConstraint(
                name="nobody_reviews_their_own_branch",
                condition=Q(reviewer__isnull=True)
                | (~Q(reviewer=F("secretary")) & ~Q(reviewer=F("witness"))),
            ),
            models.CheckConstraint(
                name="reviewed_grading_has_a_star",
                condition=Q(
                    state__in=["reviewed", "published"],
                    star__in=[0, 2, 3, 4, 5],
                    points__lte=100,
                    reviewer__isnull=False,
                )
                | Q(state__in=["draft", "signing", "review"], star__isnull=True),
            ),
            models.CheckConstraint(
                name="a_vetoed_branch_has_no_star", condition=Q(veto="") | Q(star=0)
            ),
            models.CheckConstraint(
                name="published_grading_has_a_day",
                condition=Q(state="published", published_on__isnull=False)
                | (~Q(state="published") & Q(published_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.org_id} in {self.round_id}"


class Score(models.Model):
    """What one hand gave one branch for one item: kept beside what the next one gave."""

    class Step(models.TextChoices):
        SELF = "self", "自评"
        REVIEW = "review", "复核"
        CHECK = "check", "抽查"

    grading = models.ForeignKey(Grading, on_delete=models.PROTECT, related_name="scores")
    step = models.CharField("步骤", max_length=6, choices=Step.choices)
    item = models.CharField("项目", max_length=8, choices=GradingItem.choices)
    points = models.PositiveSmallIntegerField("得分")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="one_score_a_hand", fields=["grading", "step", "item"]),
            models.CheckConstraint(name="a_score_has_an_end", condition=Q(points__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.points}"
