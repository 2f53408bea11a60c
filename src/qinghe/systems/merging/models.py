from django.db import models
from django.db.models import F, Q


class Merge(models.Model):
    """Two rows about one human being, proposed by one officer and decided by another.

    `org` is the lowest organisation that holds every place at which either of the two stands, in a
    membership, a post, a role or a system's keeping: who decides reaches all of it.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "待审批"
        DONE = "done", "已合并"
        REFUSED = "refused", "未批准"
        WITHDRAWN = "withdrawn", "已撤回"
        LAPSED = "lapsed", "已失效"

    kept = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    duplicate = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("合并理由", max_length=200)
    branch = models.ForeignKey(
        "orgs.Org", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stands = models.JSONField("以哪一份为准", default=dict, blank=True)
    proposed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提请时间")
    decided_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("办结时间", null=True, blank=True)
    answer = models.CharField("答复", max_length=200, blank=True)
    merged_on = models.DateField("合并日期", null=True, blank=True)
    moved = models.PositiveIntegerField("转入记录", default=0)
    dropped = models.TextField("没有保留的内容", blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PROPOSED)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        indexes = [models.Index(name="merge_waits", fields=["org"], condition=Q(state="proposed"))]
        constraints = [
            models.UniqueConstraint(
                name="one_open_merge_of_a_duplicate",
                fields=["duplicate"],
                condition=Q(state="proposed"),
            ),
            models.CheckConstraint(
                name="nobody_is_their_own_duplicate", condition=~Q(kept=F("duplicate"))
            ),
            models.CheckConstraint(
                name="nobody_proposes_to_merge_themself",
                condition=~Q(proposed_by=F("kept")) & ~Q(proposed_by=F("duplicate")),
            ),
            models.CheckConstraint(
                name="merge_has_two_pairs_of_eyes",
                condition=~Q(state__in=["done", "refused"])
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decided_by=F("proposed_by"))
                    & ~Q(decided_by=F("kept"))
                    & ~Q(decided_by=F("duplicate"))
                ),
            ),
            models.CheckConstraint(
                name="merged_has_its_day",
                condition=Q(state="done", merged_on__isnull=False)
                | (~Q(state="done") & Q(merged_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duplicate_id} into {self.kept_id}"


class Apart(models.Model):
    """Two persons who look like one and are known not to be; they are suggested no more."""

    first = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("理由", max_length=200)
    said_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField("登记时间")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="told_apart_once", fields=["first", "second"]),
            models.CheckConstraint(name="apart_in_order", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} is not {self.second_id}"
