from django.db import models
from django.db.models import F, Q


class CeremonyKind(models.TextChoices):
    """What a school holds (S015): education before joining the League, admission of Pioneers."""

    LEAGUE_EDUCATION = "league_education", "入团教育"
    ADMISSION = "admission", "入队仪式"


class Outline(models.Model):
    """The points that one kind of ceremony follows (要点模板): one version, which never changes."""

    kind = models.CharField("类别", max_length=20, choices=CeremonyKind.choices)
    version = models.PositiveIntegerField("版本")
    title = models.CharField("名称", max_length=60)
    source = models.CharField("依据", max_length=200)
    starts_on = models.DateField("起用日期")

    class Meta:
        ordering = ["kind", "-starts_on", "-version"]
        constraints = [
            models.UniqueConstraint(name="outline_version_once", fields=["kind", "version"]),
        ]

    def __str__(self) -> str:
        return f"{self.title}（第{self.version}版）"


class Step(models.Model):
    """One point of an outline (要点)."""

    outline = models.ForeignKey(Outline, on_delete=models.PROTECT, related_name="steps")
    place = models.PositiveSmallIntegerField("顺序")
    text = models.CharField("要点", max_length=80)
    is_required = models.BooleanField("必做", default=True)

    class Meta:
        ordering = ["outline", "place"]
        constraints = [
            models.UniqueConstraint(name="step_place_once", fields=["outline", "place"]),
            models.UniqueConstraint(name="step_text_once", fields=["outline", "text"]),
        ]

    def __str__(self) -> str:
        return self.text


class Ceremony(models.Model):
    """One 入团教育 or 入队仪式 that a school held; only what was accepted counts (F021, F022)."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        SUBMITTED = "submitted", "待审核"
        ACCEPTED = "accepted", "已通过"
        SENT_BACK = "sent_back", "已退回"
        CANCELLED = "cancelled", "已取消"

    kind = models.CharField("类别", max_length=20, choices=CeremonyKind.choices)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    day = models.DateField("日期")
    place = models.CharField("地点", max_length=80)
    people = models.PositiveIntegerField("参加人数")
    leaders = models.CharField("主持和领誓人员", max_length=120)
    again = models.CharField("同日另有一场的说明", max_length=80, blank=True)
    outline = models.ForeignKey(Outline, on_delete=models.PROTECT, related_name="ceremonies")
    steps = models.ManyToManyField(Step, related_name="+", verbose_name="已做要点")
    submitted_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_on = models.DateField("提交日期", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_on = models.DateField("审核日期", null=True, blank=True)
    reason = models.CharField("退回或取消原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [
            models.Index(
                name="ceremony_waits", fields=["submitted_on"], condition=Q(state="submitted")
            ),
            models.Index(name="ceremony_of_school", fields=["org", "kind", "day"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="second_of_a_day_says_why",
                fields=["org", "kind", "day"],
                condition=Q(again="") & ~Q(state="cancelled"),
            ),
            models.CheckConstraint(name="somebody_took_part", condition=Q(people__gt=0)),
            models.CheckConstraint(
                name="handed_in_by_somebody",
                condition=Q(state__in=["draft", "cancelled"])
                | Q(submitted_by__isnull=False, submitted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="four_eyes_on_a_ceremony",
                condition=~Q(state__in=["accepted", "sent_back"])
                | (
                    Q(reviewed_by__isnull=False, reviewed_on__isnull=False)
                    & ~Q(reviewed_by=F("submitted_by"))
                ),
            ),
            models.CheckConstraint(
                name="ceremony_refused_says_why",
                condition=~Q(state__in=["sent_back", "cancelled"]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.day.isoformat()}）"
