from django.db import models
from django.db.models import F, Q


class CadreTerms(models.Model):
    """The numbers by which cadres are kept, from a day on: new ones are a new row.

    T-06 is marked ? (an older text says one or two years for branches), the quorum and the votes
    are ?, and reserve, reminder and points are the district's own: so all of them can be set.
    """

    title = models.CharField("名称", max_length=80)
    starts_on = models.DateField("施行日期", unique=True)
    student_years = models.PositiveSmallIntegerField("学生支部任期（年）", default=1)  # T-06
    branch_least = models.PositiveSmallIntegerField("其他支部、总支任期最短（年）", default=2)
    branch_most = models.PositiveSmallIntegerField("其他支部、总支任期最长（年）", default=3)
    committee_least = models.PositiveSmallIntegerField("团委任期最短（年）", default=3)
    committee_most = models.PositiveSmallIntegerField("团委任期最长（年）", default=5)
    warn_months = models.PositiveSmallIntegerField("届满前提醒（月）", default=6)
    quorum_top = models.PositiveSmallIntegerField("到会人数须超过应到的：分子", default=2)
    quorum_bottom = models.PositiveSmallIntegerField("到会人数须超过应到的：分母", default=3)
    votes_percent = models.PositiveSmallIntegerField("得票须超过到会人数的（%）", default=50)
    examiners = models.PositiveSmallIntegerField("考察组最少人数", default=2)
    reserve_years = models.PositiveSmallIntegerField("在库期限（年）", default=3)
    remind_days = models.PositiveSmallIntegerField("互兼互挂期满前提醒（天）", default=30)
    points_post = models.PositiveSmallIntegerField("积分：每个任满一年的职务", default=2)
    points_term = models.PositiveSmallIntegerField("积分：每当选一届", default=5)
    points_good = models.PositiveSmallIntegerField("积分：鉴定优秀", default=10)
    points_fit = models.PositiveSmallIntegerField("积分：鉴定合格", default=5)
    points_honour = models.PositiveSmallIntegerField("积分：每项荣誉", default=8)
    points_task = models.PositiveSmallIntegerField("积分：每项重点任务", default=5)
    points_review = models.PositiveSmallIntegerField("积分：每次评议优秀", default=5)
    points_assessed = models.PositiveSmallIntegerField("积分：所在单位考核满分", default=10)
    suggest_from = models.PositiveSmallIntegerField("列入建议名单的最低积分", default=10)
    source = models.CharField("依据", max_length=200)
    reason = models.CharField("调整原因", max_length=200)
    entered_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="cadre_terms_give_time",
                condition=Q(
                    student_years__gte=1,
                    branch_least__gte=1,
                    branch_most__gte=F("branch_least"),
                    committee_least__gte=1,
                    committee_most__gte=F("committee_least"),
                    reserve_years__gte=1,
                    examiners__gte=2,
                ),
            ),
            models.CheckConstraint(
                name="a_quorum_is_a_part_of_all",
                condition=Q(quorum_bottom__gte=1, quorum_top__lt=F("quorum_bottom"))
                & Q(votes_percent__lt=100),
            ),
            models.CheckConstraint(
                name="who_sets_cadre_terms_says_why", condition=~Q(source="") & ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.title
