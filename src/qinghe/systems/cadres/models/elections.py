from django.db import models
from django.db.models import F, Q

from qinghe.kernel.people.models import Service


class Election(models.Model):
    """One 换届 of a committee or branch: who came, how many years it holds, what those above said.

    Approved, it is the tenure of its organisation until the next is approved: `ended_on` is that
    one's day. `warn_on` is the day from which the end of the term is called to mind (T-06).
    """

    class State(models.TextChoices):
        DRAFT = "draft", "填写中"
        WAITING = "waiting", "待批复"
        APPROVED = "approved", "已批复"
        WITHDRAWN = "withdrawn", "已撤回"

    org = models.ForeignKey(
        "orgs.Org", on_delete=models.PROTECT, related_name="+", db_index=False
    )  # the index below begins with it
    held_on = models.DateField("选举日期")
    entitled = models.PositiveIntegerField("应到")
    present = models.PositiveIntegerField("实到")
    votes = models.PositiveIntegerField("收回有效票")
    years = models.PositiveSmallIntegerField("任期（年）")
    term_ends_on = models.DateField("届满日期")
    warn_on = models.DateField("提醒日期")
    ended_on = models.DateField("下届选举日期", null=True)
    notes = models.CharField("选举情况", max_length=1000, blank=True)
    size_reason = models.CharField("委员人数说明", max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    moved_on = models.DateField("办理日期")
    decided_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    approved_on = models.DateField("批复日期", null=True)
    reason = models.CharField("退回或撤回原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)

    class Meta:
        ordering = ["-held_on", "-pk"]
        indexes = [
            models.Index(name="election_of_org", fields=["org", "-held_on"]),
            models.Index(name="election_day", fields=["-held_on", "-id"]),
            models.Index(name="election_waits", fields=["state", "ended_on", "warn_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_election_under_way",
                fields=["org"],
                condition=Q(state__in=["draft", "waiting"]),
            ),
            models.UniqueConstraint(
                name="one_tenure_at_a_time",
                fields=["org"],
                condition=Q(state="approved", ended_on__isnull=True),
            ),
            models.CheckConstraint(
                name="voters_were_there",
                condition=Q(present__gte=1, present__lte=F("entitled"), votes__lte=F("present")),
            ),
            models.CheckConstraint(
                name="a_tenure_has_an_end",
                condition=Q(years__gte=1, term_ends_on__gt=F("held_on"))
                & (Q(ended_on__isnull=True) | Q(ended_on__gt=F("held_on"), state="approved")),
            ),
            models.CheckConstraint(
                name="an_approved_election_names_who",
                condition=Q(state="approved", approved_on__isnull=False, decided_by__isnull=False)
                | (~Q(state="approved") & Q(approved_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on.isoformat()}换届"


OPEN_ELECTIONS = (Election.State.DRAFT, Election.State.WAITING)


class Elected(models.Model):
    """One person whom an election put into a post; the post itself begins with the approval."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="elected")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    title = models.CharField("职务", max_length=40)
    service = models.CharField("任职性质", max_length=10, choices=Service.choices)
    votes = models.PositiveIntegerField("得票")
    post = models.ForeignKey(
        "people.Post", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="elected_once", fields=["election", "person"]),
        ]

    def __str__(self) -> str:
        return self.title


class Leaving(models.Model):
    """One post that ends when an election is approved."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="leaving")
    post = models.ForeignKey(
        "people.Post", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="left_once", fields=["election", "post"]),
        ]

    def __str__(self) -> str:
        return f"post {self.post_id} ends"
