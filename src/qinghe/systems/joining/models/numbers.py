from django.db import models
from django.db.models import F, Q

from qinghe.kernel.orgs.kinds import Sector


class Quota(models.Model):
    """How many numbers of a year one organisation was given, and how many of these it gave on.

    Every organisation has one giver a year and field, so quotas form a tree (T-27). `amount` is
    what it was given less what was taken back within the year; `handed` is the sum of the amounts
    right below. What is returned once the year is over does not lessen `amount`: a number that
    nobody used was issued all the same (T-28).
    """

    year = models.PositiveSmallIntegerField("年度")
    sector = models.CharField("领域", max_length=10, choices=Sector.choices)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    giver = models.ForeignKey(
        "orgs.Org", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    amount = models.PositiveIntegerField("下发数", default=0)
    handed = models.PositiveIntegerField("再下发数", default=0)
    returned = models.PositiveIntegerField("年末退回数", default=0)
    given_on = models.DateField("首次下发日期")

    class Meta:
        ordering = ["-year", "org__path", "sector"]
        constraints = [
            models.UniqueConstraint(name="one_quota_a_year", fields=["org", "year", "sector"]),
            models.CheckConstraint(
                name="no_more_handed_down_than_given", condition=Q(handed__lte=F("amount"))
            ),
            models.CheckConstraint(
                name="no_more_returned_than_given", condition=Q(returned__lte=F("amount"))
            ),
            models.CheckConstraint(
                name="nobody_gives_themselves_numbers",
                condition=Q(giver__isnull=True) | ~Q(giver=F("org")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年度{self.get_sector_display()}编号"


class Batch(models.Model):
    """A range of numbers as the committee above the district handed it down."""

    year = models.PositiveSmallIntegerField("年度")
    sector = models.CharField("领域", max_length=10, choices=Sector.choices)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    first = models.CharField("起始编号", max_length=12)
    last = models.CharField("终止编号", max_length=12)
    size = models.PositiveIntegerField("个数")
    source = models.CharField("来文", max_length=120)
    received_on = models.DateField("接收日期")

    class Meta:
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="range_of_numbers_in_order", condition=Q(last__gte=F("first"), size__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first}—{self.last}"


class Number(models.Model):
    """One development number, which is one person's or nobody's, and never a second person's.

    `org` holds it: the organisation to which it was handed down last; `for_org` is where the person
    joins, at that organisation or below. A void number that was kept
    for somebody still names them, so that nobody asks twice where it went. Of who left the League
    and is admitted anew the former number is ended: still theirs, no longer the one they are told by.
    """

    class State(models.TextChoices):
        ISSUED = "issued", "未使用"
        RESERVED = "reserved", "已预留"
        USED = "used", "已使用"
        VOID = "void", "已作废"

    number = models.CharField("发展团员编号", max_length=12, unique=True)
    year = models.PositiveSmallIntegerField("年度")
    sector = models.CharField("领域", max_length=10, choices=Sector.choices)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="numbers")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ISSUED)
    person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    for_org = models.ForeignKey(
        "orgs.Org", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reserved_at = models.DateTimeField("预留时间", null=True, blank=True)
    used_on = models.DateField("入团日期", null=True, blank=True)
    ended_on = models.DateField("使用人离团日期", null=True, blank=True)
    voided_on = models.DateField("作废日期", null=True, blank=True)
    reason = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(
                name="numbers_left", fields=["org", "year", "sector", "number"],
                condition=Q(state="issued"),
            ),
            models.Index(name="numbers_by_holder", fields=["year", "org", "sector", "state"]),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                name="one_number_for_a_person",
                fields=["person"],
                condition=Q(state="reserved") | Q(state="used", ended_on__isnull=True),
            ),
            models.CheckConstraint(
                name="only_a_used_number_is_ended",
                condition=Q(ended_on__isnull=True) | Q(state="used", ended_on__gte=F("used_on")),
            ),
            models.CheckConstraint(
                name="number_says_whose_it_is",
                condition=Q(
                    state="issued",
                    person__isnull=True,
                    for_org__isnull=True,
                    reserved_at__isnull=True,
                )
                | Q(
                    state__in=["reserved", "used"],
                    person__isnull=False,
                    for_org__isnull=False,
                    reserved_at__isnull=False,
                )
                | Q(state="void"),
            ),
            models.CheckConstraint(
                name="used_number_says_since_when",
                condition=Q(state="used", used_on__isnull=False)
                | (~Q(state="used") & Q(used_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="void_number_says_why",
                condition=(Q(state="void", voided_on__isnull=False) & ~Q(reason=""))
                | (~Q(state="void") & Q(voided_on__isnull=True, reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class NumberRequest(models.Model):
    """An organisation asks the one that gives it numbers for some more (编号申请)."""

    class State(models.TextChoices):
        ASKED = "asked", "待答复"
        ANSWERED = "answered", "已下发"
        REFUSED = "refused", "未同意"
        WITHDRAWN = "withdrawn", "已撤回"

    year = models.PositiveSmallIntegerField("年度")
    sector = models.CharField("领域", max_length=10, choices=Sector.choices)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    giver = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    wanted = models.PositiveIntegerField("申请数")
    words = models.CharField("用途", max_length=200)
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField("申请日期")
    given = models.PositiveIntegerField("下发数", null=True, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answer = models.CharField("答复", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ASKED)

    class Meta:
        ordering = ["-asked_on", "-pk"]
        indexes = [
            models.Index(
                name="number_request_waits", fields=["asked_on"], condition=Q(state="asked")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_open_request_for_numbers",
                fields=["org", "year", "sector"],
                condition=Q(state="asked"),
            ),
            models.CheckConstraint(name="asks_for_some_numbers", condition=Q(wanted__gte=1)),
            models.CheckConstraint(
                name="answered_request_says_how_many",
                condition=Q(state="answered", given__isnull=False, given__gte=1)
                | (~Q(state="answered") & Q(given__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年度{self.get_sector_display()}编号申请"
