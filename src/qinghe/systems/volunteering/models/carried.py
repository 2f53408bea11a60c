from django.db import models
from django.db.models import F, Q

from qinghe.kernel.people.models import Person

from .sources import HoursSource, SourceColumns
from .volunteers import Volunteer


class CarriedList(models.Model):
    """One list of another platform, loaded for an organisation (转入清单); its rows are evidence."""

    class State(models.TextChoices):
        CHECKED = "checked", "已核对，待确认"
        LOADED = "loaded", "已导入"

    source = models.ForeignKey(
        HoursSource, on_delete=models.PROTECT, related_name="lists", db_index=False
    )
    columns = models.ForeignKey(SourceColumns, on_delete=models.PROTECT, related_name="lists")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField("文件校验值", max_length=64)
    file_name = models.CharField("文件名", max_length=160)
    file = models.ForeignKey(
        "files.File", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField("状态", max_length=7, choices=State.choices, default=State.CHECKED)
    loaded_at = models.DateTimeField("导入时间")
    loaded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-loaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_carried_list_a_file", fields=["source", "org", "sha256"]
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class CarriedRow(models.Model):
    """One row of a list of another platform: what it says, whose it is, what was decided."""

    class State(models.TextChoices):
        MATCHED = "matched", "待审核"
        SEVERAL = "several", "待选定本人"
        NOBODY = "nobody", "未找到本人"
        DOUBTFUL = "doubtful", "数据存疑"
        KNOWN = "known", "以前已导入"
        AGREED = "agreed", "已计入"
        REFUSED = "refused", "不予计入"
        REPLACED = "replaced", "已被更正"
        REVOKED = "revoked", "已撤销"

    class How(models.TextChoices):
        REMEMBERED = "remembered", "平台编号（以前认定过）"
        SHOWN_ID = "shown_id", "姓名和证件号"
        BIRTH = "birth", "姓名、出生日期和性别"
        HAND = "hand", "人工选定"

    carried_list = models.ForeignKey(CarriedList, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField("行号")
    name = models.CharField("姓名", max_length=60, blank=True)
    shown = models.CharField("证件号（部分）", max_length=18, blank=True)
    number = models.CharField("平台编号", max_length=64, blank=True)
    activity = models.CharField("活动", max_length=200, blank=True)
    day = models.DateField("服务日期", null=True)
    minutes = models.PositiveIntegerField("分钟", null=True)
    host = models.CharField("组织", max_length=200, blank=True)
    cells = models.JSONField("原文", default=dict)
    key = models.CharField("识别码", max_length=64, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices)
    how = models.CharField("匹配依据", max_length=10, choices=How.choices, blank=True)
    volunteer = models.ForeignKey(
        Volunteer, null=True, on_delete=models.PROTECT, related_name="carried_rows"
    )
    home = models.ForeignKey(
        "orgs.Org", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    candidates = models.JSONField("候选", default=list)
    earlier = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="later")
    words = models.CharField("说明", max_length=300, blank=True)
    chosen_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField("办理时间", null=True)

    class Meta:
        ordering = ["line"]
        indexes = [
            models.Index(name="carried_row_key", fields=["key"]),
            models.Index(
                name="carried_row_waits", fields=["carried_list"], condition=Q(state="matched")
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="one_carried_row_a_line", fields=["carried_list", "line"]),
            models.UniqueConstraint(
                name="carried_row_counts_once",
                fields=["key", "minutes"],
                condition=Q(state="agreed"),
            ),
            models.CheckConstraint(
                name="carried_row_to_count_is_somebodys",
                condition=~Q(state__in=["matched", "agreed"])
                | Q(volunteer__isnull=False, day__isnull=False, minutes__gt=0),
            ),
            models.CheckConstraint(
                name="carried_row_is_decided_by_another",
                condition=Q(decided_by__isnull=True)
                | Q(chosen_by__isnull=True)
                | ~Q(decided_by=F("chosen_by")),
            ),
            models.CheckConstraint(
                name="agreed_carried_row_has_a_hand",
                condition=~Q(state__in=["agreed", "refused", "revoked"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carried_list_id} {self.line}"

    @property
    def about(self) -> Person:
        """Return whom the row is about; where nobody was found, somebody of whom nothing is known."""
        return self.volunteer.person if self.volunteer else Person()
