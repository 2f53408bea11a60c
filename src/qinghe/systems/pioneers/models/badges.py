from django.db import models
from django.db.models import F, Q


class Level(models.TextChoices):
    """Who gives a badge (rules §1.11)."""

    SCHOOL = "school", "校级"
    DISTRICT = "district", "区级"
    CITY = "city", "市级"
    PROVINCE = "province", "省级"
    NATIONAL = "national", "全国"


class Badge(models.Model):
    """One badge of the catalogue (章目): basic, special or star; for a child or for a 中队."""

    class Family(models.TextChoices):
        BASIC = "basic", "基础章"
        SPECIAL = "special", "特色章"
        STAR = "star", "星级章"

    class Branch(models.TextChoices):
        RED_STAR = "red_star", "红星章"
        RED_FLAG = "red_flag", "红旗章"
        TORCH = "torch", "火炬章"

    title = models.CharField("名称", max_length=40)
    family = models.CharField("类别", max_length=10, choices=Family.choices)
    branch = models.CharField("章系", max_length=10, choices=Branch.choices, blank=True)
    star = models.PositiveSmallIntegerField("星级", default=0)
    grade = models.PositiveSmallIntegerField("年级", default=0, help_text="0为不分年级")
    level = models.CharField("颁发层级", max_length=10, choices=Level.choices)
    is_collective = models.BooleanField("集体章", default=False)
    source = models.CharField("依据", max_length=200)
    opened_on = models.DateField("启用日期")
    closed_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        ordering = ["family", "star", "is_collective", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="badge_title_once",
                fields=["title", "level", "is_collective"],
                condition=Q(closed_on__isnull=True),
            ),
            models.CheckConstraint(
                name="stars_on_star_badges",
                condition=Q(family="star", star__gte=1, star__lte=5)
                | (~Q(family="star") & Q(star=0)),
            ),
            models.CheckConstraint(
                name="basic_badge_has_a_branch",
                condition=(Q(family="basic") & ~Q(branch="")) | (~Q(family="basic") & Q(branch="")),
            ),
            models.CheckConstraint(name="badge_grade_is_one", condition=Q(grade__lte=9)),
            models.CheckConstraint(
                name="badge_closes_after_it_opens",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（集体）" if self.is_collective else self.title


class StarTerms(models.Model):
    """What share of holders may go for the next star, from a day on: new ones are a new row.

    Of those in a grade who hold all basic badges, at most so many per cent are put up for one star;
    of the holders of one star, so many for two, and so on (rules §1.11).
    """

    title = models.CharField("名称", max_length=80)
    starts_on = models.DateField("施行日期", unique=True)
    star1 = models.PositiveSmallIntegerField("一星章占年级达标人数（%）", default=30)
    star2 = models.PositiveSmallIntegerField("二星章占一星章（%）", default=30)
    star3 = models.PositiveSmallIntegerField("三星章占二星章（%）", default=20)
    star4 = models.PositiveSmallIntegerField("四星章占三星章（%）", default=10)
    star5 = models.PositiveSmallIntegerField("五星章占四星章（%）", default=100)
    within_days = models.PositiveSmallIntegerField("上一星级的有效天数", default=365)
    source = models.CharField("依据", max_length=200)
    reason = models.CharField("调整原因", max_length=200, blank=True)
    entered_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="star_terms_are_per_cent",
                condition=Q(star1__lte=100, star2__lte=100, star3__lte=100)
                & Q(star4__lte=100, star5__lte=100, within_days__gte=1),
            ),
            models.CheckConstraint(
                name="who_sets_star_terms_says_why",
                condition=Q(entered_by__isnull=True) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Round(models.Model):
    """When badges of one level can be put up for, once a term or oftener (评选轮次)."""

    title = models.CharField("名称", max_length=60)
    level = models.CharField("层级", max_length=10, choices=Level.choices)
    term = models.CharField("学期", max_length=6, help_text="如 2022H1")
    opens_on = models.DateField("申报开始")
    closes_on = models.DateField("申报截止")

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.UniqueConstraint(name="round_title_once", fields=["level", "term", "title"]),
            models.CheckConstraint(
                name="round_days_in_order", condition=Q(closes_on__gte=F("opens_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.title
