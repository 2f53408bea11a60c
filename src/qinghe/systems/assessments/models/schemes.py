from django.db import models
from django.db.models import F, Q

_LIVING = ~Q(state__in=["replaced", "dropped"])


class Scheme(models.Model):
    """By what organisations are assessed for a year or half-year; one version of it (S011, S080).

    Marks are kept in hundredths. `announced` is the ranking that all who were assessed may read.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "起草中"
        PUBLISHED = "published", "自评与复核"
        SHOWN = "shown", "结果公示"
        FIXED = "fixed", "排名已定"
        ANNOUNCED = "announced", "已通报"
        REPLACED = "replaced", "已被新版代替"
        DROPPED = "dropped", "已作废"

    class Audience(models.TextChoices):
        STREETS = "streets", "各街道"
        SCHOOLS = "schools", "学校团组织"
        ENTERPRISES = "enterprises", "企业团组织"

    class Combine(models.TextChoices):
        MEAN = "mean", "取平均分"
        AGREED = "agreed", "打分一致才算数"

    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("方案名称", max_length=80)
    period = models.CharField("考核期", max_length=6)
    audience = models.CharField("考核对象", max_length=12, choices=Audience.choices)
    version = models.PositiveSmallIntegerField("版本", default=1)
    takes_over = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="taken_over_by"
    )
    full = models.PositiveIntegerField("总分", default=10_000)
    bonus_cap = models.PositiveIntegerField("加分上限", default=500)
    deduction_cap = models.PositiveIntegerField("扣分上限", default=1_000)
    reviewers = models.PositiveSmallIntegerField("复核人数", default=1)
    combine = models.CharField(
        "两人复核", max_length=6, choices=Combine.choices, default=Combine.MEAN
    )
    self_by = models.DateField("自评截止日期")
    object_days = models.PositiveSmallIntegerField("异议期（工作日）", default=5)
    answer_days = models.PositiveSmallIntegerField("异议答复期限（工作日）", default=5)
    source = models.CharField("依据", max_length=200)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    published_on = models.DateField("发布日期", null=True, blank=True)
    shown_on = models.DateField("公示日期", null=True, blank=True)
    object_by = models.DateField("异议截止日期", null=True, blank=True)
    announced_on = models.DateField("通报日期", null=True, blank=True)
    announced = models.OneToOneField(
        "Ranking", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-period", "audience", "-version", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_living_scheme_a_period",
                fields=["org", "period", "audience"],
                condition=_LIVING,
            ),
            models.UniqueConstraint(
                name="scheme_version_once", fields=["org", "period", "audience", "version"]
            ),
            models.CheckConstraint(
                name="scheme_has_one_or_two_reviewers", condition=Q(reviewers__in=[1, 2])
            ),
            models.CheckConstraint(
                name="shown_scheme_says_until_when",
                condition=Q(state__in=["draft", "published", "replaced", "dropped"])
                | Q(shown_on__isnull=False, object_by__gte=F("shown_on")),
            ),
            models.CheckConstraint(
                name="announced_scheme_has_its_ranking",
                condition=~Q(state="announced")
                | Q(announced__isnull=False, announced_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（第{self.version}版）"


class Item(models.Model):
    """A heading of a scheme, or one thing that is marked under it.

    A figure earns its marks by steps, or in proportion to `target` (hundredths of the figure).
    """

    class Way(models.TextChoices):
        HEADING = "heading", "分类"
        FIGURE = "figure", "按数据计分"
        SELF = "self", "自评和复核"

    class Sort(models.TextChoices):
        NORMAL = "normal", "计分"
        BONUS = "bonus", "加分"
        DEDUCTION = "deduction", "扣分"

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="items")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    place = models.PositiveSmallIntegerField("序号")
    name = models.CharField("项目", max_length=80)
    standard = models.CharField("评分标准", max_length=400, blank=True)
    way = models.CharField("计分方式", max_length=8, choices=Way.choices)
    sort = models.CharField("性质", max_length=10, choices=Sort.choices, default=Sort.NORMAL)
    full = models.PositiveIntegerField("满分", default=0)
    code = models.CharField("指标", max_length=12, blank=True)
    target = models.PositiveBigIntegerField("目标值", null=True, blank=True)
    evidence_needed = models.BooleanField("须有佐证", default=False)

    class Meta:
        ordering = ["scheme_id", "parent__place", "place", "pk"]
        constraints = [
            models.UniqueConstraint(name="scheme_item_place_once", fields=["parent", "place"]),
            models.UniqueConstraint(
                name="heading_place_once",
                fields=["scheme", "place"],
                condition=Q(parent__isnull=True),
            ),
            models.CheckConstraint(
                name="scheme_item_is_heading_or_has_one",
                condition=Q(way="heading", parent__isnull=True, full=0)
                | (~Q(way="heading") & Q(parent__isnull=False, full__gt=0)),
            ),
            models.CheckConstraint(
                name="figure_item_names_its_figure",
                condition=(Q(way="figure") & ~Q(code="")) | (~Q(way="figure") & Q(code="")),
            ),
            models.CheckConstraint(
                name="only_a_figure_has_a_target",
                condition=Q(target__isnull=True) | Q(way="figure", target__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def number(self) -> str:
        """Return its number in the scheme: 2 for a heading, 2.1 below it."""
        return f"{self.parent.place}.{self.place}" if self.parent else str(self.place)


class ItemStep(models.Model):
    """From which figure on an item gives how many marks, both in hundredths."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="steps")
    at_least = models.BigIntegerField("起点")
    marks = models.PositiveIntegerField("得分")

    class Meta:
        ordering = ["-at_least"]
        constraints = [
            models.UniqueConstraint(name="step_once", fields=["item", "at_least"]),
        ]

    def __str__(self) -> str:
        return f"{self.marks} from {self.at_least}"


class Ranking(models.Model):
    """One version of a scheme's ranking, with all that it was made from; never changed (bar 19).

    `sha256` covers inputs and outcome; the inputs name the version before, so versions are a chain.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="rankings")
    number = models.PositiveSmallIntegerField("版次")
    made_at = models.DateTimeField("封存时间")
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("说明", max_length=200)
    inputs = models.TextField("封存的得分")
    outcome = models.TextField("排名")
    sha256 = models.CharField("校验码", max_length=64)

    class Meta:
        ordering = ["scheme_id", "-number"]
        constraints = [
            models.UniqueConstraint(name="ranking_number_once", fields=["scheme", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} of {self.scheme_id}"
