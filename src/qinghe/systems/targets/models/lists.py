from django.db import models
from django.db.models import F, Q

STEP = 4  # digits and a dot of one level in an item's path
DEEPEST = 3


class TaskList(models.Model):
    """A document or plan as a list of what is to be done (S022, S024, S026, S027, S077, S087).

    It stands as the organisation that keeps it gave it out; those who are named in it see it once
    it is published. A closed list stays readable and no longer counts.
    """

    class Kind(models.TextChoices):
        REFORM = "reform", "改革举措"
        ANNUAL = "annual", "年度攻坚任务"
        OUTLOOK = "outlook", "下步工作思路"
        PLAN = "plan", "发展规划"
        DECISIONS = "decisions", "会议决定"
        PILOT = "pilot", "试点任务"
        ACTION = "action", "专项行动"
        OTHER = "other", "其他"

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        PUBLISHED = "published", "已发布"
        CLOSED = "closed", "已办结"

    title = models.CharField("清单名称", max_length=80)
    number = models.CharField("文号", max_length=60, blank=True)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    year = models.PositiveSmallIntegerField("年度")
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    published_on = models.DateField("发布日期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)

    class Meta:
        ordering = ["-year", "-pk"]
        indexes = [models.Index(name="task_list_state", fields=["state", "org"])]
        constraints = [
            models.CheckConstraint(
                name="task_list_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="task_list_has_the_days_of_its_state",
                condition=Q(state="draft", published_on__isnull=True, closed_on__isnull=True)
                | Q(state="published", published_on__isnull=False, closed_on__isnull=True)
                | Q(state="closed", published_on__isnull=False, closed_on__gte=F("published_on")),
            ),
            models.UniqueConstraint(name="task_list_once_a_year", fields=["org", "year", "title"]),
        ]

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """One line of a list: a field (方面), a measure (举措) in it or a task of a measure.

    `path` is its place in the list, "001.012." for 1.12: lines in its order are the tree. `lead`
    is who answers for it (牵头), `joints` who work along (配合); without `lead` it may be
    claimed where `is_open` says so. `code` names the figure that measures it and `target` what
    is to be reached, in `unit`. `offer_key` is what it was taken over from (ADR 0060).
    """

    class Level(models.IntegerChoices):
        FIELD = 1, "方面"
        MEASURE = 2, "举措"
        TASK = 3, "任务"

    task_list = models.ForeignKey(TaskList, on_delete=models.PROTECT, related_name="items")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    level = models.PositiveSmallIntegerField("层级", choices=Level.choices)
    path = models.CharField("序号", max_length=STEP * DEEPEST)
    title = models.CharField("内容", max_length=200)
    lead = models.ForeignKey(
        "orgs.Org", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    joints = models.ManyToManyField("orgs.Org", through="Joint", related_name="+")
    is_open = models.BooleanField("开放认领", default=False)
    starts_on = models.DateField("开始日期", null=True, blank=True)
    due_on = models.DateField("完成时限", null=True, blank=True)
    deliverable = models.CharField("成果", max_length=200, blank=True)
    code = models.CharField("指标编码", max_length=12, blank=True)
    target = models.DecimalField("目标值", max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField("单位", max_length=12, blank=True)
    offer_key = models.CharField("来源", max_length=80, blank=True)
    entered_on = models.DateField("列入日期")
    dropped_on = models.DateField("取消日期", null=True, blank=True)
    reason = models.CharField("取消原因", max_length=200, blank=True)

    class Meta:
        ordering = ["task_list", "path"]
        indexes = [
            models.Index(name="item_offer", fields=["offer_key"], condition=~Q(offer_key="")),
        ]
        constraints = [
            models.UniqueConstraint(name="one_item_a_place", fields=["task_list", "path"]),
            models.UniqueConstraint(
                name="item_taken_over_once_a_list",
                fields=["task_list", "offer_key"],
                condition=~Q(offer_key="") & Q(dropped_on__isnull=True),
            ),
            models.CheckConstraint(
                name="field_stands_at_the_top",
                condition=Q(level=1, parent__isnull=True)
                | Q(level__gt=1, level__lte=DEEPEST, parent__isnull=False),
            ),
            models.CheckConstraint(
                name="item_is_due_after_it_starts",
                condition=Q(starts_on__isnull=True)
                | Q(due_on__isnull=True)
                | Q(due_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="item_target_is_no_debt",
                condition=Q(target__isnull=True) | Q(target__gte=0),
            ),
            models.CheckConstraint(
                name="item_target_says_in_what",
                condition=Q(target__isnull=True) | ~Q(unit=""),
            ),
            models.CheckConstraint(
                name="dropped_item_says_why",
                condition=Q(dropped_on__isnull=True, reason="")
                | (Q(dropped_on__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        """Return its number as the document prints it: 1.12."""
        return ".".join(str(int(step)) for step in self.path.split(".") if step)


class Joint(models.Model):
    """An organisation that works along with the responsible one (配合单位)."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="joint_rows")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="joint_once_an_item", fields=["item", "org"]),
        ]

    def __str__(self) -> str:
        return f"{self.org_id} for {self.item_id}"
