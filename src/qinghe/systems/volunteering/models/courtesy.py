from django.db import models
from django.db.models import F, Q

from qinghe.lib.periods import TZ

from .volunteers import Volunteer


class CourtesyTerms(models.Model):
    """How much courtesy one person may take a year, from a day on (rules.md 2.7).

    What is changed is a new row with its own day, never an old one.
    """

    starts_on = models.DateField("施行日期", unique=True)
    most_claims = models.PositiveSmallIntegerField("每人每年领取次数上限")
    most_fen = models.PositiveIntegerField("每人每年价值上限（分）")
    valid_days = models.PositiveSmallIntegerField("领取后有效天数")
    entered_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="courtesy_terms_allow_some",
                condition=Q(most_claims__gte=1, most_fen__gte=1, valid_days__gte=1),
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%Y-%m-%d}"


class Sponsor(models.Model):
    """Who gives volunteers a courtesy (礼遇商家), by an agreement from a day to a day."""

    class Kind(models.TextChoices):
        SIGHT = "sight", "景区场馆"
        CULTURE = "culture", "文化体育"
        TRAINING = "training", "教育培训"
        HEALTH = "health", "医疗健康"
        DINING = "dining", "餐饮"
        RETAIL = "retail", "商超零售"
        TRANSPORT = "transport", "交通出行"
        PUBLIC = "public", "公共服务单位"

    class State(models.TextChoices):
        APPLIED = "applied", "待审核"
        ACTIVE = "active", "合作中"
        REFUSED = "refused", "未通过"
        ENDED = "ended", "已终止"

    name = models.CharField("名称", max_length=80)
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    address = models.CharField("地址", max_length=120)
    contact_name = models.CharField("联系人", max_length=40)
    contact = models.CharField("工作联系方式", max_length=60)
    agreed_from = models.DateField("协议开始")
    agreed_to = models.DateField("协议截止")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField("登记日期")
    approved_on = models.DateField("审核日期", null=True)
    ended_on = models.DateField("终止日期", null=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.APPLIED)

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            models.Index(name="sponsor_applied", fields=["org"], condition=Q(state="applied"))
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_living_sponsor_of_a_name",
                fields=["org", "name"],
                condition=Q(state__in=["applied", "active"]),
            ),
            models.CheckConstraint(
                name="sponsor_agrees_forward", condition=Q(agreed_to__gte=F("agreed_from"))
            ),
            models.CheckConstraint(
                name="standing_sponsor_has_a_day",
                condition=Q(state__in=["active", "ended"], approved_on__isnull=False)
                | Q(state__in=["applied", "refused"], approved_on__isnull=True),
            ),
            models.CheckConstraint(
                name="ended_sponsor_has_a_day",
                condition=Q(state="ended", ended_on__isnull=False)
                | (~Q(state="ended") & Q(ended_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SponsorKey(models.Model):
    """A redeeming address of one till. Only a hash is kept: the address is shown once, and revoked
    when the till is gone."""

    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="keys")
    label = models.CharField("核销点", max_length=40)
    key_hash = models.CharField("地址摘要", max_length=64, unique=True)
    made_at = models.DateTimeField("生成时间")
    revoked_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_living_key_of_a_till",
                fields=["sponsor", "label"],
                condition=Q(revoked_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.sponsor.name}·{self.label}"


class CourtesyItem(models.Model):
    """One thing that is given, to whom, how much of it, and on which days.

    There is no kind for money: a courtesy is no pay (rules.md 2.7). `taken` is what claims hold of
    the stock; the database itself refuses one more than there is.
    """

    class Kind(models.TextChoices):
        ENTRY = "entry", "免费入场"
        DISCOUNT = "discount", "折扣优惠"
        TRAINING = "training", "培训学习"
        PRIORITY = "priority", "优先办理"
        GOODS = "goods", "纪念品"
        SERVICE = "service", "体验服务"

    class State(models.TextChoices):
        APPLIED = "applied", "待审核"
        OPEN = "open", "已发布"
        REFUSED = "refused", "未通过"
        WITHDRAWN = "withdrawn", "已下架"

    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="items")
    title = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    about = models.CharField("使用说明", max_length=400)
    area = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    opens_on = models.DateField("开放日期")
    closes_on = models.DateField("截止日期")
    weekdays = models.CharField("使用日", max_length=7, default="1234567")
    star = models.PositiveSmallIntegerField("最低星级", default=0)
    minutes = models.PositiveIntegerField("最低服务分钟", default=0)
    months = models.PositiveSmallIntegerField("服务时长的月数", default=12)
    stock = models.PositiveIntegerField("总份数", null=True)
    monthly = models.PositiveIntegerField("每月份数", null=True)
    yearly = models.PositiveSmallIntegerField("每人每年份数", default=1)
    fen = models.PositiveIntegerField("参考价值（分）", null=True)
    taken = models.PositiveIntegerField("已占用份数", default=0)
    entered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField("提交日期")
    opened_on = models.DateField("发布日期", null=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.APPLIED)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                name="courtesy_item_applied", fields=["sponsor"], condition=Q(state="applied")
            ),
            models.Index(name="courtesy_item_open", fields=["area"], condition=Q(state="open")),
        ]
        constraints = [
            models.CheckConstraint(
                name="courtesy_never_beyond_its_stock",
                condition=Q(stock__isnull=True) | Q(taken__lte=F("stock")),
            ),
            models.CheckConstraint(
                name="courtesy_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on"))
            ),
            models.CheckConstraint(
                name="courtesy_asks_for_a_star_there_is", condition=Q(star__lte=5)
            ),
            models.CheckConstraint(
                name="courtesy_gives_something",
                condition=Q(yearly__gte=1, months__gte=1)
                & ~Q(weekdays="")
                & (Q(stock__isnull=True) | Q(stock__gte=1))
                & (Q(monthly__isnull=True) | Q(monthly__gte=1)),
            ),
            models.CheckConstraint(
                name="opened_courtesy_has_a_day",
                condition=Q(state__in=["open", "withdrawn"], opened_on__isnull=False)
                | Q(state__in=["applied", "refused"], opened_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CourtesyClaim(models.Model):
    """One courtesy that one volunteer took. It is theirs alone, takes none of their hours, and its
    code works once, until a day."""

    class State(models.TextChoices):
        CLAIMED = "claimed", "待使用"
        REDEEMED = "redeemed", "已使用"
        CANCELLED = "cancelled", "已取消"
        EXPIRED = "expired", "已过期"

    item = models.ForeignKey(CourtesyItem, on_delete=models.PROTECT, related_name="claims")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="courtesies")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    code = models.CharField("核销码", max_length=8, unique=True)
    token = models.CharField("二维码", max_length=32, unique=True)
    fen = models.PositiveIntegerField("参考价值（分）", null=True)
    claimed_at = models.DateTimeField("领取时间")
    claimed_on = models.DateField("领取日期")
    valid_until = models.DateField("有效期至")
    redeemed_at = models.DateTimeField("使用时间", null=True)
    redeemed_by = models.ForeignKey(
        SponsorKey, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField("取消原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.CLAIMED)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                name="courtesy_claim_unused",
                fields=["item", "valid_until"],
                condition=Q(state="claimed"),
            ),
            models.Index(name="courtesy_claim_of_month", fields=["item", "claimed_on"]),
            models.Index(name="courtesy_claim_of_year", fields=["volunteer", "claimed_on"]),
            models.Index(name="courtesy_claim_used", fields=["redeemed_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="used_courtesy_says_when",
                condition=Q(state="redeemed", redeemed_at__isnull=False, redeemed_by__isnull=False)
                | (~Q(state="redeemed") & Q(redeemed_at__isnull=True, redeemed_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="courtesy_claim_ends_after_it_began",
                condition=Q(valid_until__gte=F("claimed_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.volunteer_id}"

    @property
    def first_use(self) -> str:
        """Write when and where its code was used; nothing while it was not."""
        if self.redeemed_at is None or self.redeemed_by is None:
            return ""
        return f"{self.redeemed_at.astimezone(TZ):%Y-%m-%d %H:%M:%S}，{self.redeemed_by.label}"
