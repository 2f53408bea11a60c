from django.db import models
from django.db.models import F, Q

from qinghe.kernel.people.models import Person

from .runs import Run


class Difference(models.Model):
    """One thing in which an export and the roll of a branch differ, and what became of it (差异)."""

    class Kind(models.TextChoices):
        EXTRA = "extra", "多出"
        MISSING = "missing", "缺少"
        CHANGED = "changed", "变动"
        UNSURE = "unsure", "无法确定"

    class Field(models.TextChoices):
        NAME = "name", "姓名"
        ID_NUMBER = "id_number", "证件号"
        SEX = "sex", "性别"
        BIRTH = "birth", "出生日期"
        NUMBER = "number", "发展团员编号"
        JOINED_ON = "joined_on", "入团日期"
        BRANCH = "branch", "团支部"
        STANDING = "standing", "团员状态"

    class State(models.TextChoices):
        OPEN = "open", "待核对"
        ANSWERED = "answered", "待确认"
        CONFIRMED = "confirmed", "已确认"
        SETTLED = "settled", "已一致"
        CARRIED = "carried", "转入下次"

    class Answer(models.TextChoices):
        OURS = "ours", "本平台正确"
        THEIRS = "theirs", "来源正确"
        MENDED = "mended", "已经更正"
        UNKNOWN = "unknown", "不认识此人"

    class Recurs(models.TextChoices):
        FIRST = "first", "首次"
        AGAIN = "again", "上次已有"
        BACK = "back", "更正后又出现"

    run = models.ForeignKey(
        Run, on_delete=models.PROTECT, related_name="differences", db_index=False
    )
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField("类别", max_length=7, choices=Kind.choices)
    field = models.CharField("项目", max_length=9, choices=Field.choices, blank=True)
    line = models.PositiveIntegerField("行号", null=True)
    person = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    name = models.CharField("姓名", max_length=60, blank=True)
    birth = models.DateField("出生日期", null=True)
    ours = models.CharField("本平台", max_length=200, blank=True)
    theirs = models.CharField("来源", max_length=200, blank=True)
    key = models.CharField("识别码", max_length=90, db_index=True)
    candidates = models.JSONField("候选", default=list)
    words = models.CharField("说明", max_length=300, blank=True)
    state = models.CharField("状态", max_length=9, choices=State.choices, default=State.OPEN)
    recurs = models.CharField("与上次", max_length=5, choices=Recurs.choices, default=Recurs.FIRST)
    answer = models.CharField("答复", max_length=7, choices=Answer.choices, blank=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    answered_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField("答复时间", null=True)
    returned = models.CharField("退回原因", max_length=200, blank=True)
    is_corrected = models.BooleanField("已更正本平台档案", default=False)
    decided_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField("确认时间", null=True)
    found_on = models.DateField("对账日期", null=True)
    closed_on = models.DateField("了结日期", null=True)

    class Meta:
        ordering = ["org__path", "kind", "line", "pk"]
        constraints = [
            models.UniqueConstraint(name="one_difference_a_key", fields=["run", "key"]),
            models.CheckConstraint(
                name="answer_has_a_reason",
                condition=~Q(state="answered")
                | (~Q(answer="") & ~Q(reason="") & Q(answered_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="answer_is_confirmed_by_another",
                condition=Q(decided_by__isnull=True)
                | Q(answered_by__isnull=True)
                | ~Q(decided_by=F("answered_by")),
            ),
            models.CheckConstraint(
                name="only_a_change_has_a_field",
                condition=Q(kind="changed") & ~Q(field="") | ~Q(kind="changed") & Q(field=""),
            ),
        ]
        indexes = [
            models.Index(name="difference_of_branch", fields=["org", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.key}"

    @property
    def about(self) -> Person:
        """Return whom it is about; where nobody was found, somebody of the told birth."""
        return self.person or Person(birth_date=self.birth)
