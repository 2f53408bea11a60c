from django.db import models
from django.db.models import F, Q

from .sittings import AgendaItem, Sitting


class Instruction(models.Model):
    """What a leader wrote on a paper of ours (领导批示, S026), and what came of it."""

    class State(models.TextChoices):
        OPEN = "open", "落实中"
        CLOSED = "closed", "已落实"

    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    leader = models.CharField("批示领导", max_length=60)
    day = models.DateField("批示日期")
    subject = models.CharField("批示材料", max_length=200)
    words = models.CharField("批示内容", max_length=1000)
    owner = models.ForeignKey(
        "orgs.Org", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField("落实时限", null=True, blank=True)
    outcome = models.CharField("落实情况", max_length=1000, blank=True)
    closed_on = models.DateField("落实日期", null=True, blank=True)
    is_internal = models.BooleanField("内部事项", default=False)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="instruction_with_owner_has_a_limit",
                condition=Q(owner__isnull=False, due_on__isnull=False)
                | Q(owner__isnull=True, due_on__isnull=True),
            ),
            models.CheckConstraint(
                name="closed_instruction_says_how",
                condition=(Q(state="closed", closed_on__isnull=False) & ~Q(outcome=""))
                | Q(state="open", closed_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class TalkPlatform(models.Model):
    """A platform above on which experience is shared; the district keeps the list (S023).

    `is_counted` says whether talks there are the 改革经验分享 of MTG-01.
    """

    name = models.CharField("平台", max_length=80, unique=True)
    host = models.CharField("主办单位", max_length=80)
    is_counted = models.BooleanField("计入改革经验分享次数", default=False)
    opened_on = models.DateField("启用日期")
    ended_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="platform_ends_after_opening",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("opened_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Talk(models.Model):
    """Experience shared once on a platform above (经验交流, S023)."""

    platform = models.ForeignKey(TalkPlatform, on_delete=models.PROTECT, related_name="talks")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    day = models.DateField("时间")
    topic = models.CharField("主题", max_length=120)
    speaker = models.CharField("分享人", max_length=60)
    void_on = models.DateField("作废日期", null=True, blank=True)
    reason = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="talk_once",
                fields=["platform", "org", "day", "topic"],
                condition=Q(void_on__isnull=True),
            ),
            models.CheckConstraint(
                name="void_talk_says_why",
                condition=Q(void_on__isnull=True, reason="")
                | (Q(void_on__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.topic


class Reader(models.Model):
    """Somebody who may see one internal record: a sitting, an item or an instruction."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    sitting = models.ForeignKey(
        Sitting, null=True, blank=True, on_delete=models.PROTECT, related_name="readers"
    )
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="readers"
    )
    instruction = models.ForeignKey(
        Instruction, null=True, blank=True, on_delete=models.PROTECT, related_name="readers"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="sitting_reader_once", fields=["sitting", "person"]),
            models.UniqueConstraint(name="item_reader_once", fields=["item", "person"]),
            models.UniqueConstraint(
                name="instruction_reader_once", fields=["instruction", "person"]
            ),
            models.CheckConstraint(
                name="reader_of_one_record",
                condition=Q(sitting__isnull=False, item__isnull=True, instruction__isnull=True)
                | Q(sitting__isnull=True, item__isnull=False, instruction__isnull=True)
                | Q(sitting__isnull=True, item__isnull=True, instruction__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"
