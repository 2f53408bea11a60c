from django.db import models
from django.db.models import F, Q

from qinghe.systems.resources.rules import Kind

KINDS = [(kind.value, kind.label) for kind in Kind]


class Provider(models.Model):
    """A unit that offers something to the public good without money (公益生态圈, S103)."""

    name = models.CharField("单位名称", max_length=80)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    about = models.CharField("简介", max_length=400, blank=True)
    joined_on = models.DateField("加入日期")
    left_on = models.DateField("退出日期", null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(name="provider_once_an_org", fields=["org", "name"]),
            models.CheckConstraint(
                name="provider_leaves_after_joining",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Resource(models.Model):
    """Something that may be used by others: a team, people, a project, things, a place (S097).

    `open_to` is the organisation that may use it with all below it; `taken` is what allocations
    that stand have taken of `quantity`.
    """

    class State(models.TextChoices):
        OFFERED = "offered", "可调配"
        WITHDRAWN = "withdrawn", "已撤下"

    title = models.CharField("名称", max_length=80)
    kind = models.CharField("类别", max_length=8, choices=KINDS)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(
        Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="resources"
    )
    open_to = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    about = models.CharField("说明", max_length=400, blank=True)
    quantity = models.PositiveIntegerField("数量")
    unit = models.CharField("计量单位", max_length=8)
    taken = models.PositiveIntegerField("已调配", default=0)
    offered_on = models.DateField("入库日期")
    free_until = models.DateField("可用至", null=True, blank=True)
    withdrawn_on = models.DateField("撤下日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OFFERED)

    class Meta:
        ordering = ["-offered_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="no_more_taken_than_there_is", condition=Q(taken__lte=F("quantity"))
            ),
            models.CheckConstraint(
                name="withdrawn_resource_has_a_day",
                condition=Q(state="offered", withdrawn_on__isnull=True)
                | Q(state="withdrawn", withdrawn_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def left(self) -> int:
        """Return how much of it can still be allocated."""
        return self.quantity - self.taken


class Need(models.Model):
    """What an organisation lacks for its work with residents."""

    class State(models.TextChoices):
        OPEN = "open", "待满足"
        MET = "met", "已满足"
        CLOSED = "closed", "已撤回"

    title = models.CharField("需求", max_length=80)
    kind = models.CharField("类别", max_length=8, choices=KINDS)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    about = models.CharField("说明", max_length=400, blank=True)
    quantity = models.PositiveIntegerField("数量")
    unit = models.CharField("计量单位", max_length=8)
    raised_on = models.DateField("提出日期")
    needed_by = models.DateField("希望到位日期")
    ended_on = models.DateField("办结日期", null=True, blank=True)
    reason = models.CharField("撤回原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=6, choices=State.choices, default=State.OPEN)

    class Meta:
        ordering = ["needed_by", "pk"]
        indexes = [
            models.Index(name="need_open", fields=["needed_by"], condition=Q(state="open")),
        ]
        constraints = [
            models.CheckConstraint(
                name="ended_need_has_a_day",
                condition=Q(state="open", ended_on__isnull=True)
                | (~Q(state="open") & Q(ended_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Allocation(models.Model):
    """So much of a resource for a need: asked for by one side, agreed by the other, then received."""

    class State(models.TextChoices):
        ASKED = "asked", "待同意"
        AGREED = "agreed", "待到位"
        DELIVERED = "delivered", "已到位"
        REFUSED = "refused", "未同意"
        CANCELLED = "cancelled", "已取消"

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="allocations")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="allocations")
    quantity = models.PositiveIntegerField("数量")
    asked_on = models.DateField("申请日期")
    asked_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agreed_on = models.DateField("同意日期", null=True, blank=True)
    delivered_on = models.DateField("到位日期", null=True, blank=True)
    served = models.PositiveIntegerField("受益人次", null=True, blank=True)
    words = models.CharField("说明", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ASKED)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                name="allocation_waits",
                fields=["asked_on"],
                condition=Q(state="asked") | Q(state="agreed"),
            ),
        ]
        constraints = [
            models.CheckConstraint(name="allocation_of_something", condition=Q(quantity__gt=0)),
            models.UniqueConstraint(
                name="one_living_allocation_a_pair",
                fields=["resource", "need"],
                condition=Q(state="asked") | Q(state="agreed"),
            ),
            models.CheckConstraint(
                name="delivered_allocation_says_when_and_whom",
                condition=Q(state="delivered", delivered_on__isnull=False, served__isnull=False)
                | (~Q(state="delivered") & Q(delivered_on__isnull=True, served__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} for {self.need_id}"
