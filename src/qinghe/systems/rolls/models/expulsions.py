from django.db import models
from django.db.models import F, Q

from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org

IN_FORCE = ("approved", "appealed", "upheld")  # an appeal does not suspend what was decided


class Expulsion(models.Model):
    """One member put forward for expulsion: heard, resolved by the meeting, decided above, appealed.

    The member is heard before the branch's meeting votes; the committee above decides; an appeal
    goes to the organisation above that one. Each of the three is another person's. Against whom it
    was annulled is a member again from that day on, and what stood in between stays told.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "待审批"
        APPROVED = "approved", "已开除"
        REFUSED = "refused", "未批准"
        WITHDRAWN = "withdrawn", "已撤回"
        APPEALED = "appealed", "申诉待复议"
        UPHELD = "upheld", "复议维持"
        ANNULLED = "annulled", "复议撤销"

    class Hearing(models.TextChoices):
        """How the member was heard before the vote."""

        PRESENT = "present", "本人到会陈述和申辩"
        WRITTEN = "written", "本人书面陈述和申辩"
        WAIVED = "waived", "通知后本人没有陈述"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="expulsions")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    conduct = models.CharField("违纪事实", max_length=600)
    hearing = models.CharField("听取本人意见的方式", max_length=7, choices=Hearing.choices)
    heard_on = models.DateField("听取本人意见日期")
    statement = models.CharField("本人陈述和申辩", max_length=600, blank=True)
    resolved_on = models.DateField("支部大会决议日期")
    entitled = models.PositiveSmallIntegerField("应到会有表决权人数")
    present = models.PositiveSmallIntegerField("实到会有表决权人数")
    agreed = models.PositiveSmallIntegerField("赞成")
    opposed = models.PositiveSmallIntegerField("反对")
    abstained = models.PositiveSmallIntegerField("弃权")
    proposed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提请时间")
    decided_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    expelled_on = models.DateField("开除日期", null=True, blank=True)
    answer = models.CharField("审批答复", max_length=200, blank=True)
    appeal = models.CharField("申诉理由", max_length=600, blank=True)
    appealed_on = models.DateField("申诉日期", null=True, blank=True)
    appeal_entered_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    appeal_decided_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    appeal_decided_at = models.DateTimeField("复议时间", null=True, blank=True)
    appeal_answer = models.CharField("复议答复", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PROPOSED)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        indexes = [
            models.Index(
                name="expulsion_waits",
                fields=["state", "org"],
                condition=Q(state__in=["proposed", "appealed"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_expulsion_at_a_time",
                fields=["person"],
                condition=Q(state__in=["proposed", "appealed"]),
            ),
            models.CheckConstraint(
                name="heard_before_the_vote", condition=Q(resolved_on__gte=F("heard_on"))
            ),
            models.CheckConstraint(
                name="who_was_heard_said_something",
                condition=Q(hearing="waived") | ~Q(statement=""),
            ),
            models.CheckConstraint(
                name="expulsion_was_carried",
                condition=Q(present__lte=F("entitled"))
                & Q(entitled__lt=F("agreed") * 2)
                & Q(present=F("agreed") + F("opposed") + F("abstained")),
            ),
            models.CheckConstraint(
                name="nobody_expels_themself", condition=~Q(proposed_by=F("person"))
            ),
            models.CheckConstraint(
                name="expulsion_has_two_pairs_of_eyes",
                condition=Q(state__in=["proposed", "withdrawn"])
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decided_by=F("proposed_by"))
                    & ~Q(decided_by=F("person"))
                ),
            ),
            models.CheckConstraint(
                name="who_is_expelled_is_so_from_a_day",
                condition=(Q(state__in=[*IN_FORCE, "annulled"]) & Q(expelled_on__isnull=False))
                | (~Q(state__in=[*IN_FORCE, "annulled"]) & Q(expelled_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="appeal_says_why",
                condition=~Q(state__in=["appealed", "upheld", "annulled"])
                | (Q(appealed_on__gte=F("expelled_on")) & ~Q(appeal="")),
            ),
            models.CheckConstraint(
                name="appeal_has_a_third_pair_of_eyes",
                condition=~Q(state__in=["upheld", "annulled"])
                | (
                    Q(appeal_decided_by__isnull=False, appeal_decided_at__isnull=False)
                    & ~Q(appeal_decided_by=F("decided_by"))
                    & ~Q(appeal_decided_by=F("proposed_by"))
                    & ~Q(appeal_decided_by=F("person"))
                    & ~Q(appeal_answer="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"expulsion of {self.person_id} from {self.org_id}"

    @property
    def appeals_to(self) -> Org:
        """Return whom appeals go to: two above whoever goes on with the branch, where there is one."""
        going_on = orgs.now_of(self.org)
        above = going_on.parent or going_on
        return above.parent or above
