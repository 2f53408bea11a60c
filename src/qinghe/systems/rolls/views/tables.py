"""The tables that the pages of the rolls share."""

from datetime import date

from django.urls import reverse
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.systems.rolls.queries import ExpulsionState, LeavingState

FILE = "people.LeagueFile"
TONES: dict[str, pages.Tone] = {
    LeavingState.PROPOSED: pages.Tone.WAIT,
    LeavingState.APPROVED: pages.Tone.GOOD,
    LeavingState.REFUSED: pages.Tone.LATE,
    LeavingState.WITHDRAWN: pages.Tone.PLAIN,
}

EXPULSION_TONES: dict[str, pages.Tone] = {
    ExpulsionState.PROPOSED: pages.Tone.WAIT,
    ExpulsionState.APPROVED: pages.Tone.PLAIN,
    ExpulsionState.REFUSED: pages.Tone.LATE,
    ExpulsionState.WITHDRAWN: pages.Tone.PLAIN,
    ExpulsionState.APPEALED: pages.Tone.WAIT,
    ExpulsionState.UPHELD: pages.Tone.PLAIN,
    ExpulsionState.ANNULLED: pages.Tone.GOOD,
}


class PersonalDay(columns.Personal):
    """A day about a person, as 2022-06-30."""

    def shown(self, value: object) -> object:
        """Write it for those who may read it."""
        return value.isoformat() if isinstance(value, date) else value


class RollTable(Table):
    """Members of a roll, their names masked."""

    name = columns.MaskedName(
        verbose_name="姓名",
        accessor="person__name",
        linkify=("rolls:member", {"membership_id": A("pk")}),
    )
    number = Column("人员编号", accessor="person__number")
    sex = columns.Personal(
        field="people.Person.sex", verbose_name="性别", accessor="person__get_sex_display"
    )
    org = Column("所在团组织", accessor="org__name", order_by="org__path")
    joined_on = PersonalDay(
        field=f"{FILE}.joined_on",
        verbose_name="入团日期",
        accessor="person__league_file__joined_on",
    )
    league_number = columns.Personal(
        field=f"{FILE}.number", verbose_name="发展团员编号", accessor="person__league_file__number"
    )
    party_on = PersonalDay(
        field=f"{FILE}.party_on", verbose_name="入党日期", accessor="person__league_file__party_on"
    )
    starts_on = columns.Day(verbose_name="入册日期")


class OfAgeTable(Table):
    """Members of 28 without a post."""

    name = columns.MaskedName(
        verbose_name="姓名",
        accessor="person__name",
        linkify=("rolls:member", {"membership_id": A("pk")}),
    )
    number = Column("人员编号", accessor="person__number")
    birth_date = PersonalDay(
        field="people.Person.birth_date", verbose_name="出生日期", accessor="person__birth_date"
    )
    org = Column("所在团组织", accessor="org__name", order_by="org__path")
    joined_on = PersonalDay(
        field=f"{FILE}.joined_on",
        verbose_name="入团日期",
        accessor="person__league_file__joined_on",
    )
    party_on = PersonalDay(
        field=f"{FILE}.party_on", verbose_name="入党日期", accessor="person__league_file__party_on"
    )


class BranchTable(Table):
    """Branches with how many they are."""

    name = Column("团支部", linkify=lambda record: f"{reverse('rolls:roll')}?org={record.code}")
    code = Column("代码")
    kind = Column("类型", accessor="get_kind_display", order_by="kind")
    parent = Column("上级组织", accessor="parent__name", order_by="path")
    members = columns.Number(verbose_name="在册团员")
    without_file = columns.Number(verbose_name="缺档案")


class ChainTable(Table):
    """Where a member stood over time."""

    org = Column("团组织", accessor="org__name", orderable=False)
    starts_on = columns.Day(verbose_name="入册日期", orderable=False)
    ends_on = columns.Day(verbose_name="终止日期", orderable=False, default="至今")


class LeavingTable(Table):
    """Ways out of the League."""

    name = columns.MaskedName(
        verbose_name="姓名",
        accessor="person__name",
        linkify=("rolls:leaving", {"leaving_id": A("pk")}),
    )
    org = Column("所在团组织", accessor="org__name", order_by="org__path")
    kind = Column("离团方式", accessor="get_kind_display", order_by="kind")
    resolved_on = columns.Day(verbose_name="支部大会决议")
    leaves_on = columns.Day(verbose_name="离团日期")
    proposed_at = columns.Moment(verbose_name="提请时间")
    state = columns.State(verbose_name="状态", labels=dict(LeavingState.choices), tones=TONES)


class OwnLeavingTable(Table):
    """A member's ways out, beside the member."""

    kind = Column(
        "离团方式",
        accessor="get_kind_display",
        orderable=False,
        linkify=("rolls:leaving", {"leaving_id": A("pk")}),
    )
    leaves_on = columns.Day(verbose_name="离团日期", orderable=False)
    state = columns.State(
        verbose_name="状态", labels=dict(LeavingState.choices), tones=TONES, orderable=False
    )


class ExpulsionTable(Table):
    """Expulsions, to those whose work they are."""

    name = columns.MaskedName(
        verbose_name="姓名",
        accessor="person__name",
        linkify=("rolls:expulsion", {"expulsion_id": A("pk")}),
    )
    org = Column("所在团组织", accessor="org__name", order_by="org__path")
    resolved_on = columns.Day(verbose_name="支部大会决议")
    proposed_at = columns.Moment(verbose_name="提请时间")
    state = columns.State(
        verbose_name="状态", labels=dict(ExpulsionState.choices), tones=EXPULSION_TONES
    )


class FormerStayTable(Table):
    """The times in the League before the present one."""

    joined_on = columns.Day(verbose_name="入团日期", orderable=False)
    number = Column("发展团员编号（不再使用）", orderable=False)
    left_on = columns.Day(verbose_name="离团日期", orderable=False)
