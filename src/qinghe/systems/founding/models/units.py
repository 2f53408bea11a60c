from django.db import models
from django.db.models import F, Q

from qinghe.kernel.orgs.kinds import Industry, NewOrgKind


class Unit(models.Model):
    """An enterprise or social organisation, with a League organisation or still without (空白点, S019).

    `org` is the street or community it lies in, `league_org` what was founded in it. How its people
    are reached is not kept here: no telephone is needed to count a unit.
    """

    class State(models.TextChoices):
        OPEN = "open", "未建"
        APPLYING = "applying", "申请中"
        FOUNDED = "founded", "已建"
        JOINT = "joint", "联合建"
        NOT_FIT = "not_fit", "暂不具备"
        GONE = "gone", "已注销"

    class Way(models.TextChoices):
        """By which way a unit is drawn to founding (S019)."""

        LEADER = "leader", "领军企业带动"
        INDUSTRY = "industry", "行业推动"
        SERVICE = "service", "服务牵动"

    name = models.CharField("单位名称", max_length=80)
    credit_code = models.CharField("统一社会信用代码", max_length=18, unique=True)
    kind = models.CharField("单位类别", max_length=24, choices=NewOrgKind.choices)
    is_internet = models.BooleanField("互联网行业", default=False)
    industry = models.CharField("牵引团工委", max_length=12, choices=Industry.choices)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    way = models.CharField("牵引路径", max_length=8, choices=Way.choices, blank=True)
    employees = models.PositiveIntegerField("从业人数", default=0)
    youths = models.PositiveIntegerField("35岁及以下人数", default=0)
    members = models.PositiveIntegerField("团员数", default=0)
    officer = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.OPEN)
    entered_on = models.DateField("登记日期")
    visited_on = models.DateField("最近走访", null=True, blank=True)
    next_on = models.DateField("下次走访", null=True, blank=True)
    look_again_on = models.DateField("复查日期", null=True, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)
    league_org = models.ForeignKey(
        "orgs.Org", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_on = models.DateField("建团或注销日期", null=True, blank=True)

    class Meta:
        ordering = ["-entered_on", "-pk"]
        indexes = [models.Index(name="unit_state", fields=["state", "org"])]
        constraints = [
            models.CheckConstraint(
                name="unit_people_are_among_its_employees",
                condition=Q(youths__lte=F("employees"), members__lte=F("employees")),
            ),
            models.CheckConstraint(
                name="internet_committee_leads_internet_units",
                condition=~Q(industry="internet") | Q(is_internet=True),
            ),
            models.CheckConstraint(
                name="founded_unit_names_its_organisation",
                condition=Q(state__in=["founded", "joint"], league_org__isnull=False)
                | (~Q(state__in=["founded", "joint"]) & Q(league_org__isnull=True)),
            ),
            models.CheckConstraint(
                name="ended_unit_has_its_day",
                condition=Q(
                    state__in=["founded", "joint", "gone"],
                    ended_on__isnull=False,
                    ended_on__gte=F("entered_on"),
                )
                | (~Q(state__in=["founded", "joint", "gone"]) & Q(ended_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="unfit_unit_is_looked_at_again",
                condition=Q(state="not_fit", look_again_on__isnull=False)
                | (~Q(state="not_fit") & Q(look_again_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="unfit_or_gone_unit_says_why",
                condition=~Q(state__in=["not_fit", "gone"]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def internet(self) -> str:
        """Say in a word if it is of the internet's industry."""
        return "是" if self.is_internet else "否"


class Visit(models.Model):
    """One call on a unit: when, by whom, whom they met, what was said, when again."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="visits")
    day = models.DateField("走访日期")
    visitor = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    met = models.CharField("接待人", max_length=40)
    words = models.CharField("走访情况", max_length=400)
    next_on = models.DateField("下次走访", null=True, blank=True)

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="next_visit_comes_after",
                condition=Q(next_on__isnull=True) | Q(next_on__gt=F("day")),
            ),
        ]

    def __str__(self) -> str:
        return f"visit to {self.unit_id} on {self.day}"
