from datetime import date

from django.db import models
from django.db.models import F, Q

from qinghe.kernel.orgs.models import Org

OPEN = ("draft", "out_pending", "in_pending", "rejected")
WAITING = ("out_pending", "in_pending")
CLOSED = ("placed", "expired", "withdrawn")
WITH_A_LIMIT = (*WAITING, "rejected")


class Transfer(models.Model):
    """A member's way from one branch to another (组织关系转接, T-60 … T-65).

    `side` began it, and has agreed by that. `desk` is the organisation that acts next, or acted
    last; `due_on` is the last day for it. Of the two ends one may lie outside the district: then
    `outside` names it. The member's place on the roll changes when they are placed, and not before.
    """

    class Kind(models.TextChoices):
        STUDY = "study", "升学"
        WORK = "work", "就业"
        HOME = "home", "待业回社区"
        ARMY = "army", "参军"
        OTHER = "other", "其他调动"
        OUT = "out", "转出本区"
        IN = "in", "从区外转入"

    class Side(models.TextChoices):
        MEMBER = "member", "团员本人"
        SENDER = "sender", "转出方"
        RECEIVER = "receiver", "转入方"

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        OUT_PENDING = "out_pending", "待转出方同意"
        IN_PENDING = "in_pending", "待转入方办理"
        PLACED = "placed", "已办结"
        REJECTED = "rejected", "已退回"
        EXPIRED = "expired", "超期作废"
        WITHDRAWN = "withdrawn", "已撤回"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=6, choices=Kind.choices)
    from_org = models.ForeignKey(
        "orgs.Org", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    to_org = models.ForeignKey(
        "orgs.Org", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outside = models.CharField("区外组织", max_length=80, blank=True)
    letter = models.CharField("介绍信编号", max_length=40, blank=True)
    term_on = models.DateField("开学日期", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    side = models.CharField("发起方", max_length=8, choices=Side.choices)
    started_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    started_on = models.DateField("发起日期")
    sent_on = models.DateField("提交日期", null=True, blank=True)
    desk = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    moved_on = models.DateField("到达日期")  # when it came to the desk
    due_on = models.DateField("办理期限", null=True, blank=True)
    let_go_on = models.DateField("转出方同意日期", null=True, blank=True)
    accepted_on = models.DateField("转入方接收日期", null=True, blank=True)
    suspended_on = models.DateField("暂停日期", null=True, blank=True)
    pause = models.CharField("暂停原因", max_length=200, blank=True)
    reason = models.CharField("退回、撤回原因", max_length=200, blank=True)
    placed_in = models.ForeignKey(
        "orgs.Org", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    receipt = models.CharField("回执编号", max_length=40, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT)

    class Meta:
        ordering = ["-started_on", "-pk"]
        indexes = [
            models.Index(
                name="transfer_waits", fields=["due_on"], condition=Q(state__in=WITH_A_LIMIT)
            ),
            models.Index(name="transfer_by_state", fields=["state", "moved_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_open_transfer_a_person", fields=["person"], condition=Q(state__in=OPEN)
            ),
            models.CheckConstraint(
                name="transfer_has_two_ends",
                condition=Q(kind="out", from_org__isnull=False, to_org__isnull=True)
                | Q(kind="in", from_org__isnull=True, to_org__isnull=False)
                | (~Q(kind__in=["out", "in"]) & Q(from_org__isnull=False, to_org__isnull=False)),
            ),
            models.CheckConstraint(
                name="transfer_names_what_lies_outside",
                condition=(Q(kind__in=["out", "in"]) & ~Q(outside=""))
                | (~Q(kind__in=["out", "in"]) & Q(outside="")),
            ),
            models.CheckConstraint(
                name="transfer_leads_elsewhere", condition=~Q(from_org=F("to_org"))
            ),
            models.CheckConstraint(
                name="open_transfer_has_a_limit",
                condition=Q(state__in=WITH_A_LIMIT, due_on__isnull=False)
                | ~Q(state__in=WITH_A_LIMIT),
            ),
            models.CheckConstraint(
                name="closed_transfer_says_when",
                condition=Q(state__in=CLOSED, closed_on__isnull=False)
                | (~Q(state__in=CLOSED) & Q(closed_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="placed_transfer_says_where",
                condition=Q(state="placed", kind="out", placed_in__isnull=True)
                | (Q(state="placed", placed_in__isnull=False) & ~Q(kind="out"))
                | (~Q(state="placed") & Q(placed_in__isnull=True)),
            ),
            models.CheckConstraint(
                name="both_sides_agreed_before_placing",
                condition=~Q(state="placed")
                | Q(let_go_on__isnull=False, accepted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="returned_transfer_says_why",
                condition=~Q(state__in=["rejected", "withdrawn"]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="paused_transfer_says_why",
                condition=Q(suspended_on__isnull=True, pause="")
                | (Q(suspended_on__isnull=False, state__in=WAITING) & ~Q(pause="")),
            ),
        ]

    def __str__(self) -> str:
        return f"transfer {self.pk} of {self.person_id}"

    def end_of(self, side: str) -> Org:
        """Return the end at which a side stands; the constraints promise one."""
        first, second = self.from_org, self.to_org
        if side == self.Side.RECEIVER:
            first, second = second, first
        found = first or second
        if found is None:
            raise ValueError("a transfer lacks both ends")
        return found

    def desk_in(self, state: str) -> Org:
        """Return the organisation that acts in a state: drafts and returned ones are their side's."""
        if state == self.State.IN_PENDING:
            return self.end_of(self.Side.RECEIVER)
        if state == self.State.OUT_PENDING:
            return self.end_of(self.Side.SENDER)
        return self.end_of(self.side)

    def close(self, state: str, *, on: date) -> None:
        """End it on a day; its desk stays that of the last step."""
        self.state = self.State(state)
        self.closed_on = on
        self.suspended_on, self.pause = None, ""

    @property
    def origin(self) -> str:
        """Return where the member comes from, in words."""
        return self.from_org.name if self.from_org else self.outside

    @property
    def target(self) -> str:
        """Return where the member goes, in words."""
        return self.to_org.name if self.to_org else self.outside
