from django.db import models
from django.db.models import F, Q

from qinghe.kernel.orgs.kinds import Sector


class JoiningTerms(models.Model):
    """What is asked of applicants and when, from a day on: new terms are a new row.

    The row that is shipped says what the regulation of 2023 says (rules §1.2, T-13); a row for one
    field goes before the row for all. What a place asks beyond it is entered with its source.
    """

    title = models.CharField("名称", max_length=80)
    starts_on = models.DateField("施行日期")
    sector = models.CharField(
        "适用领域", max_length=10, choices=[("", "全部领域"), *Sector.choices], blank=True
    )
    youngest = models.PositiveSmallIntegerField("申请最小年龄（满）", default=14)
    oldest = models.PositiveSmallIntegerField("申请年龄上限（未满）", default=28)
    talk_months = models.PositiveSmallIntegerField("派人谈话期限（月）", default=1)
    contacts = models.PositiveSmallIntegerField("培养联系人最多（名）", default=2)
    cultivation_months = models.PositiveSmallIntegerField("培养考察最短（月）", default=3)
    lesson_hours = models.PositiveSmallIntegerField("团课最少（学时）", default=8)
    needs_volunteer = models.BooleanField("须为注册志愿者", default=True)
    volunteer_hours = models.PositiveSmallIntegerField("志愿服务最少（小时）", default=20)
    notice_days = models.PositiveSmallIntegerField("公示（工作日）", default=5)
    introducers = models.PositiveSmallIntegerField("入团介绍人（名）", default=2)
    approval_months = models.PositiveSmallIntegerField("审批期限（月）", default=1)
    archive_days = models.PositiveSmallIntegerField("归档期限（天）", default=30)
    scan_pages = models.PositiveSmallIntegerField("志愿书扫描件页数", default=12)
    scan_megabytes = models.PositiveSmallIntegerField("扫描件最大（MB）", default=20)
    rest_months = models.PositiveSmallIntegerField("停办多久可作失效（月）", default=12)
    rejoin_months = models.PositiveSmallIntegerField("离团后满多久可再申请（月）", default=0)
    expelled_months = models.PositiveSmallIntegerField(
        "开除团籍后满多久可再申请（月，0为不受理）", default=0
    )
    source = models.CharField("依据", max_length=200, blank=True)
    reason = models.CharField("调整原因", max_length=200, blank=True)
    entered_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-starts_on", "sector"]
        constraints = [
            models.UniqueConstraint(
                name="joining_terms_once_a_day", fields=["starts_on", "sector"]
            ),
            models.CheckConstraint(
                name="joining_terms_ask_something",
                condition=Q(youngest__gte=14, oldest__gt=F("youngest"))
                & Q(contacts__gte=1, introducers__gte=1, notice_days__gte=1)
                & Q(scan_pages__gte=1, scan_megabytes__gte=1, scan_megabytes__lte=20),
            ),
            models.CheckConstraint(
                name="who_sets_joining_terms_says_why",
                condition=Q(entered_by__isnull=True) | (~Q(source="") & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title
