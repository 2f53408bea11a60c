from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar, NoReturn, TypeVar

from django.db import models
from django.db.models.base import ModelBase

Row = TypeVar("Row", bound=models.Model)


class Unchangeable(models.QuerySet[Row]):
    """Rows that are added and read, never changed."""

    def update(self, **changes: object) -> NoReturn:
        """Refuse: what is frozen is what was printed."""
        raise TypeError(f"what is frozen does not change ({', '.join(changes)})")

    def delete(self) -> NoReturn:
        """Refuse: what is frozen is what was printed."""
        raise TypeError("what is frozen is not deleted")


class Frozen(models.Model):
    """A row that is kept for good. The database has triggers that refuse to change it, too."""

    objects = Unchangeable.as_manager()

    class Meta:
        abstract = True

    def save(
        self,
        *,
        force_insert: bool | tuple[ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Keep a new row; refuse to change one that is kept."""
        if not self._state.adding:
            raise TypeError(f"{self} is frozen")
        super().save(
            force_insert=force_insert,
            force_update=force_update,
            using=using,
            update_fields=update_fields,
        )

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        """Refuse: what is frozen is what was printed."""
        raise TypeError(f"{self} is frozen")


class Gathering(models.Model):
    """Figures that were written for a freezing. They are part of it once it names them.

    Until then nobody reads them, and the next run sweeps them.
    """

    at = models.DateTimeField("取数时间")

    def __str__(self) -> str:
        return f"取数 {self.pk}"


class Freezing(Frozen):
    """One closing of a period: all figures as they were on that day, and what they came from.

    The facts lie beside the database, in `folder` below the data folder's `frozen`; `sha256` is that
    of the manifest there, which names every file with its own. A freezing from before the facts
    were kept has neither.
    """

    gathering = models.OneToOneField(Gathering, on_delete=models.PROTECT, related_name="freezing")
    period = models.CharField("期间", max_length=8)
    number = models.PositiveSmallIntegerField("次序")
    at = models.DateTimeField("封存时间")
    person_id = models.BigIntegerField("封存人编号", default=0)
    by = models.CharField("封存人", max_length=80)
    as_of = models.DateTimeField("数据截至")
    tree_on = models.DateField("组织树日期")
    figures = models.PositiveIntegerField("数字个数")
    facts = models.PositiveBigIntegerField("事实行数", default=0)
    folder = models.CharField("文件夹", max_length=60, blank=True)
    sha256 = models.CharField("校验值", max_length=64, blank=True)
    reason = models.CharField("再次封存的原因", max_length=400, blank=True)
    corrects = models.ForeignKey(
        "self",
        verbose_name="更正自",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrections",
    )

    class Meta:
        ordering: ClassVar = ["-period", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_freezing_a_number", fields=["period", "number"]),
            models.CheckConstraint(
                name="a_later_freezing_corrects_one_for_a_reason",
                condition=models.Q(number=1, corrects__isnull=True)
                | (models.Q(number__gt=1, corrects__isnull=False) & ~models.Q(reason="")),
            ),
            models.CheckConstraint(
                name="a_folder_goes_with_its_hash",
                condition=models.Q(folder="", sha256="")
                | (~models.Q(folder="") & ~models.Q(sha256="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} 第{self.number}次封存"


class FrozenIndicator(Frozen):
    """What an indicator said of itself when it was frozen: its 口径, its version."""

    freezing = models.ForeignKey(Freezing, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField("指标", max_length=16)
    version = models.PositiveIntegerField("版本")
    label = models.CharField("名称", max_length=80)
    unit = models.CharField("单位", max_length=16)
    decimals = models.PositiveSmallIntegerField("小数位数")
    kind = models.CharField("算法", max_length=10, blank=True)
    meaning = models.TextField("口径", blank=True)

    class Meta:
        ordering: ClassVar = ["freezing_id", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_indicator_a_freezing", fields=["freezing", "code"])
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class FrozenFigure(Frozen):
    """One figure as it was printed, whatever is mended or merged later.

    `value` is the printed number and `exact` the unrounded one, as text; both are empty where there
    is none (a ratio over nothing). `sha256` is the fingerprint of the records behind it; a ratio's
    is that of its two halves' fingerprints.
    """

    gathering = models.ForeignKey(
        Gathering, on_delete=models.PROTECT, related_name="figures", db_index=False
    )
    code = models.CharField("指标", max_length=16)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    value = models.CharField("印发值", max_length=40)
    exact = models.CharField("精确值", max_length=60)
    state = models.CharField("数据状态", max_length=10)
    records = models.PositiveIntegerField("记录数")
    sha256 = models.CharField("记录指纹", max_length=64)

    class Meta:
        ordering: ClassVar = ["gathering_id", "pk"]
        indexes: ClassVar = [models.Index(name="frozen_of_an_org", fields=["gathering", "org"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="frozen_once_a_freezing", fields=["gathering", "code", "org"]
            ),
            models.CheckConstraint(
                name="frozen_from_a_whole_period",
                condition=models.Q(state__in=["complete", "incomplete", "missing"]),
            ),
            models.CheckConstraint(
                name="frozen_value_goes_with_exact",
                condition=models.Q(value="", exact="")
                | (~models.Q(value="") & ~models.Q(exact="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} at {self.org_id}"

    @property
    def number(self) -> Decimal | None:
        """Return the printed number, to be shown on a page; nothing where there is none."""
        return Decimal(self.value) if self.value else None
