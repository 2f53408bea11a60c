from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qinghe.kernel.secrets.fields import SealedField


class Sex(models.TextChoices):
    MALE = "male", "男"
    FEMALE = "female", "女"


class _Standing(models.Manager["Person"]):
    """Everybody but rows that were merged into another: lists, searches and counts begin here."""

    def get_queryset(self) -> models.QuerySet["Person"]:
        return super().get_queryset().filter(merged_into__isnull=True)


class Person(models.Model):
    """A human being, once, whatever posts and memberships they hold.

    Who was entered twice is merged: the second row stays, marked, and leads to the first. It is no
    longer among `objects`; `everybody` still has it, for its number and for what it signed.
    """

    number = models.CharField("人员编号", max_length=20, unique=True)
    name = models.CharField("姓名", max_length=60)
    sex = models.CharField("性别", max_length=6, choices=Sex.choices, blank=True)
    birth_date = models.DateField("出生日期", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_from",
        db_index=False,  # of the few only: an index of nearly nothing but NULL misleads SQLite
    )
    merged_on = models.DateField("合并日期", null=True, blank=True)

    objects = _Standing()
    everybody = models.Manager["Person"]()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                name="merged_person",
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="nobody_is_merged_into_themself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            ),
            models.CheckConstraint(
                name="merged_person_has_a_day",
                condition=Q(merged_into__isnull=True, merged_on__isnull=True)
                | Q(merged_into__isnull=False, merged_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A League member's place in one organisation, from one day up to another (T-65)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="memberships")
    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("终止日期", null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_branch_at_a_time", fields=["person"], condition=Q(ends_on__isnull=True)
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.org_id}"


class LeftAs(models.TextChoices):
    """Why somebody is no longer a League member (T-66)."""

    OF_AGE = "of_age", "超龄离团"
    RESIGNED = "resigned", "退团"
    DROPPED = "dropped", "自行脱团"
    EXPELLED = "expelled", "开除团籍"


class LeagueFile(models.Model):
    """What a League member is told by wherever they are on the roll: since when, by which number.

    On which roll somebody stands is told by memberships. `joined_on` is the day on which the
    branch's meeting took the resolution (T-10). Who joined the Party keeps their place in the
    League until they are of age, and is left out of review and registration (T-44).
    """

    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, primary_key=True, related_name="league_file"
    )
    joined_on = models.DateField("入团日期")
    number = models.CharField("发展团员编号", max_length=20, blank=True)  # T-20 … T-24
    party_on = models.DateField("入党日期", null=True, blank=True)
    left_on = models.DateField("离团日期", null=True, blank=True)
    left_as = models.CharField("离团方式", max_length=10, choices=LeftAs.choices, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_person_for_a_league_number", fields=["number"], condition=~Q(number="")
            ),
            models.CheckConstraint(
                name="who_left_the_league_says_how",
                condition=Q(left_on__isnull=True, left_as="")
                | (Q(left_on__isnull=False, left_on__gte=F("joined_on")) & ~Q(left_as="")),
            ),
            models.CheckConstraint(
                name="the_party_comes_after_the_league",
                condition=Q(party_on__isnull=True) | Q(party_on__gte=F("joined_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"league file of {self.person_id}"


class FormerStay(models.Model):
    """A time in the League that is over, of somebody who was admitted anew.

    Their file tells of the time that runs; this keeps, as it stood, what the file told before: a
    number that was somebody's once is never anybody's again (T-27).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="former_stays")
    joined_on = models.DateField("入团日期")
    number = models.CharField("发展团员编号", max_length=20, blank=True)
    party_on = models.DateField("入党日期", null=True, blank=True)
    left_on = models.DateField("离团日期")
    left_as = models.CharField("离团方式", max_length=10, choices=LeftAs.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_former_stay_for_a_league_number",
                fields=["number"],
                condition=~Q(number=""),
            ),
            models.UniqueConstraint(name="left_once_a_day", fields=["person", "left_on"]),
            models.CheckConstraint(
                name="former_stay_ends_after_it_starts",
                condition=Q(left_on__gte=F("joined_on")) & ~Q(left_as=""),
            ),
        ]

    def __str__(self) -> str:
        return f"former stay of {self.person_id} to {self.left_on}"


class Service(models.TextChoices):
    """How a cadre serves (T-80)."""

    FULL_TIME = "full_time", "专职"
    SECONDED = "seconded", "挂职"
    PART_TIME = "part_time", "兼职"


class Post(models.Model):
    """A cadre's post in one organisation; one person may hold several (T-81)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="posts")
    title = models.CharField("职务", max_length=40)
    service = models.CharField("任职性质", max_length=10, choices=Service.choices)
    starts_on = models.DateField("任职日期")
    ends_on = models.DateField("离任日期", null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_title_once",
                fields=["person", "org", "title"],
                condition=Q(ends_on__isnull=True),
            ),
            models.CheckConstraint(
                name="post_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ContactField(models.TextChoices):
    """The sealed columns of a contact."""

    PHONE = "phone", "手机号"
    ID_NUMBER = "id_number", "身份证号"
    ADDRESS = "address", "住址"
    GUARDIAN_NAME = "guardian_name", "监护人姓名"
    GUARDIAN_PHONE = "guardian_phone", "监护人电话"


class Contact(models.Model):
    """How a person is reached and proven to be who they are; every text in it is sealed (S-45)."""

    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, primary_key=True, related_name="contact"
    )
    phone = SealedField(ContactField.PHONE.label, index="phone_index")
    id_number = SealedField(ContactField.ID_NUMBER.label, index="id_number_index")
    address = SealedField(ContactField.ADDRESS.label)
    guardian_name = SealedField(ContactField.GUARDIAN_NAME.label)
    guardian_phone = SealedField(ContactField.GUARDIAN_PHONE.label)
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)  # families share
    id_number_index = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_person_for_an_id_number",
                fields=["id_number_index"],
                condition=~Q(id_number_index=""),
            ),
        ]

    def __str__(self) -> str:
        return f"contact of {self.person_id}"


class ChildAccess(models.Model):
    """One reader's wish to read what is sealed about a minor, decided by another (S-04, S-05)."""

    class State(models.TextChoices):
        ASKED = "asked", "待审批"
        APPROVED = "approved", "已批准"
        REFUSED = "refused", "未批准"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("事由", max_length=200)
    asked_at = models.DateTimeField("申请时间")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ASKED)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("审批时间", null=True)
    answer = models.CharField("答复", max_length=200, blank=True)
    valid_until = models.DateTimeField("有效至", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_open_wish",
                fields=["person", "asked_by"],
                condition=Q(state="asked"),
            ),
            models.CheckConstraint(
                name="nobody_decides_their_own_wish",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="approved_wish_has_an_end",
                condition=Q(state="approved", decided_by__isnull=False, valid_until__isnull=False)
                | (~Q(state="approved") & Q(valid_until__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_by_id} asks for {self.person_id}"
