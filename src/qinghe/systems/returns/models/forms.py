"""What is asked: numbers that people define, forms and their cells."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qinghe.kernel.access.models import Department
from qinghe.lib.periods import PeriodKind
from qinghe.systems.returns.rules import Asks, Between, CellSpec

PERIOD_KINDS = [
    (PeriodKind.MONTH.value, "月报"),
    (PeriodKind.QUARTER.value, "季报"),
    (PeriodKind.HALF_YEAR.value, "半年报"),
    (PeriodKind.YEAR.value, "年报"),
]


class Definition(models.Model):
    """A number that no code declares, defined by people (指标目录).

    Another meaning is another version: a new row of the same code, and the old one keeps its own.
    """

    class Time(models.TextChoices):
        FLOW = "flow", "期内发生数"
        STOCK = "stock", "期末数"
        ANNUAL = "annual", "全年数"

    code = models.CharField("编号", max_length=16)
    version = models.PositiveSmallIntegerField("版本", default=1)
    label = models.CharField("名称", max_length=80)
    unit = models.CharField("单位", max_length=16)
    meaning = models.CharField("口径", max_length=400)
    decimals = models.PositiveSmallIntegerField("小数位", default=0)
    time = models.CharField("时间口径", max_length=6, choices=Time.choices, default=Time.FLOW)
    made_at = models.DateTimeField("制定时间")
    made_by = models.CharField("制定人", max_length=80)

    class Meta:
        ordering: ClassVar = ["code", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="definition_version_once", fields=["code", "version"]),
            models.CheckConstraint(
                name="definition_is_whole",
                condition=~Q(label="") & ~Q(unit="") & ~Q(meaning="") & Q(version__gte=1),
            ),
            models.CheckConstraint(name="definition_decimals", condition=Q(decimals__lte=2)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class ReportForm(models.Model):
    """One version of a form (报表): what is asked of whom, and how often.

    Once published it never changes; what should change is made in the next version.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "设计中"
        PUBLISHED = "published", "已发布"
        RETIRED = "retired", "已停用"

    slug = models.CharField("代号", max_length=40)
    version = models.PositiveSmallIntegerField("版本", default=1)
    title = models.CharField("名称", max_length=80)
    note = models.CharField("填报说明", max_length=400, blank=True)
    period_kind = models.CharField("报送频率", max_length=10, choices=PERIOD_KINDS)
    levels = models.JSONField("填报层级", default=list)
    kinds = models.JSONField("填报组织类型", default=list)
    sectors = models.JSONField("填报领域", default=list)
    department = models.CharField(
        "主管部门", max_length=20, choices=Department.choices, blank=True, default=""
    )
    opens_after_days = models.SmallIntegerField("期末后第几天开始填报", default=1)
    closes_after_days = models.SmallIntegerField("期末后第几天截止", default=10)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField("制定时间")
    made_by = models.CharField("制定人", max_length=80)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    published_by = models.CharField("发布人", max_length=80, blank=True)
    retired_at = models.DateTimeField("停用时间", null=True, blank=True)
    retired_by = models.CharField("停用人", max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["slug", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="form_version_once", fields=["slug", "version"]),
            models.UniqueConstraint(
                name="one_published_version", fields=["slug"], condition=Q(state="published")
            ),
            models.UniqueConstraint(
                name="one_draft_version", fields=["slug"], condition=Q(state="draft")
            ),
            models.CheckConstraint(
                name="form_closes_after_it_opens",
                condition=Q(closes_after_days__gte=F("opens_after_days")),
            ),
            models.CheckConstraint(
                name="published_form_says_when",
                condition=Q(state="draft", published_at__isnull=True)
                | (~Q(state="draft") & Q(published_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="retired_form_says_when",
                condition=Q(state="retired", retired_at__isnull=False)
                | (~Q(state="retired") & Q(retired_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def asks(self) -> Asks:
        """Return whom the form asks."""
        return Asks(self.levels, self.kinds, self.sectors)

    @property
    def asked_codes(self) -> list[str]:
        """Return the codes of the numbers that the form asks for."""
        return list(self.cells.exclude(kind="text").values_list("code", flat=True))


class Cell(models.Model):
    """One thing that a form asks (指标格), with its 口径 beside it.

    `code` names the indicator that the number feeds. `least`, `most` and `jump_percent` raise
    questions, never walls.
    """

    class Kind(models.TextChoices):
        WHOLE = "whole", "整数"
        HUNDREDTHS = "hundredths", "两位小数"
        YES_NO = "yes_no", "是/否"
        TEXT = "text", "文字"

    form = models.ForeignKey(ReportForm, on_delete=models.CASCADE, related_name="cells")
    place = models.PositiveSmallIntegerField("序号")
    code = models.CharField("指标编号", max_length=16)
    label = models.CharField("名称", max_length=80)
    unit = models.CharField("单位", max_length=16, blank=True)
    kind = models.CharField("填写方式", max_length=10, choices=Kind.choices, default=Kind.WHOLE)
    hint = models.CharField("填写提示", max_length=200, blank=True)
    meaning = models.CharField("口径", max_length=400)
    least = models.DecimalField("下限", max_digits=18, decimal_places=2, null=True, blank=True)
    most = models.DecimalField("上限", max_digits=18, decimal_places=2, null=True, blank=True)
    jump_percent = models.PositiveSmallIntegerField("较上期变动提示（%）", null=True, blank=True)
    evidence = models.BooleanField("须附佐证", default=False)

    class Meta:
        ordering: ClassVar = ["form", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="cell_place_once", fields=["form", "place"]),
            models.UniqueConstraint(name="cell_code_once", fields=["form", "code"]),
            models.CheckConstraint(
                name="cell_place_has_three_digits", condition=Q(place__gte=1, place__lte=999)
            ),
            models.CheckConstraint(
                name="cell_least_is_not_above_most",
                condition=Q(least__isnull=True) | Q(most__isnull=True) | Q(least__lte=F("most")),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def spec(self) -> CellSpec:
        """Return the cell as the rules read it."""
        return CellSpec(
            code=self.code,
            label=self.label,
            kind=self.kind,
            unit=self.unit,
            least=self.least,
            most=self.most,
            jump_percent=self.jump_percent,
            evidence=self.evidence,
        )


class CellRule(models.Model):
    """What should hold between two cells of a form, such as 注册 ≤ 评议 (T-45)."""

    class Operator(models.TextChoices):
        LESS = "<", "小于"
        AT_MOST = "<=", "不大于"
        EQUAL = "=", "等于"
        AT_LEAST = ">=", "不小于"
        MORE = ">", "大于"

    form = models.ForeignKey(ReportForm, on_delete=models.CASCADE, related_name="rules")
    left_code = models.CharField("左边指标", max_length=16)
    operator = models.CharField("关系", max_length=2, choices=Operator.choices)
    right_code = models.CharField("右边指标", max_length=16)
    words = models.CharField("不符合时的提问", max_length=200)

    class Meta:
        ordering: ClassVar = ["form", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="cell_rule_once", fields=["form", "left_code", "operator", "right_code"]
            ),
            models.CheckConstraint(
                name="cell_rule_compares_two", condition=~Q(left_code=F("right_code"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left_code} {self.operator} {self.right_code}"

    @property
    def between(self) -> Between:
        """Return the comparison as the rules read it."""
        return Between(self.left_code, self.operator, self.right_code, self.words)
