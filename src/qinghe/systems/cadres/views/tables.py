"""The tables that the pages of cadres share."""

from django.urls import reverse
from django.utils import timezone
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.kernel.access import actors
from qinghe.kernel.people.models import Post
from qinghe.systems.cadres import rules
from qinghe.systems.cadres.access import Act
from qinghe.systems.cadres.queries import (
    AchievementState,
    CandidateState,
    Decision,
    Election,
    ElectionState,
    IncentiveState,
    SecondmentState,
    Suggested,
)

TONES: dict[str, pages.Tone] = {
    ElectionState.DRAFT: pages.Tone.INFO,
    ElectionState.WAITING: pages.Tone.WAIT,
    ElectionState.APPROVED: pages.Tone.GOOD,
    ElectionState.WITHDRAWN: pages.Tone.PLAIN,
    CandidateState.ASKED: pages.Tone.WAIT,
    CandidateState.AGREED: pages.Tone.WAIT,
    CandidateState.IN: pages.Tone.GOOD,
    CandidateState.OUT: pages.Tone.PLAIN,
    CandidateState.REFUSED: pages.Tone.PLAIN,
    SecondmentState.RUNNING: pages.Tone.GOOD,
    SecondmentState.ENDED: pages.Tone.PLAIN,
    AchievementState.KEPT: pages.Tone.GOOD,
    AchievementState.VOID: pages.Tone.PLAIN,
    IncentiveState.DECIDED: pages.Tone.GOOD,
    IncentiveState.REVOKED: pages.Tone.PLAIN,
    "overdue": pages.Tone.LATE,
    "soon": pages.Tone.WAIT,
    "running": pages.Tone.GOOD,
}


class CadreTable(Table):
    """Cadres, each once, by the post of the highest class (T-81)."""

    name = columns.MaskedName(verbose_name="姓名", accessor="person__name")
    number = Column("人员编号", accessor="person__number")
    org = Column("组织", accessor="org__name", order_by="org__path")
    title = Column("职务")
    service = Column("类别（就高）", accessor="get_service_display", order_by="rank")
    starts_on = columns.Day(verbose_name="任职日期")
    posts = columns.Number(verbose_name="任职数")


class GapTable(Table):
    """Committees and branches with who sits there, and what is missing."""

    name = Column("组织")
    parent = Column("上级组织", accessor="parent__name", order_by="parent__path")
    kind = Column("类型", accessor="get_kind_display", order_by="kind")
    has_secretary = Column("书记")
    held = columns.Number(verbose_name="在任人数")
    least = columns.Number(verbose_name="至少应有")
    lacking = columns.Number(verbose_name="空缺")

    class Meta:
        order_by = "has_secretary"

    def render_has_secretary(self, value: object) -> str:
        """Say whether somebody leads."""
        return "有" if value else "没有"


class TenureTable(Table):
    """The tenures that run."""

    name = Column(
        "组织",
        accessor="org__name",
        order_by="org__path",
        linkify=("cadres:tenure", [A("org_id")]),
    )
    parent = Column("上级组织", accessor="org__parent__name", order_by="org__parent__path")
    sector = Column("领域", accessor="org__get_sector_display", order_by="org__sector")
    held_on = columns.Day(verbose_name="上次换届")
    years = columns.Number(verbose_name="任期（年）")
    term_ends_on = columns.Day(verbose_name="届满日期")
    standing = Column("届期", empty_values=(), orderable=False)

    def render_standing(self, record: Election) -> pages.Tag:
        """Say whether the term is over, ends soon, or runs."""
        standing = _standing(record)
        return pages.Tag(rules.STANDING[standing], TONES[standing])

    def value_standing(self, record: Election) -> str:
        """Say the same in a workbook."""
        return rules.STANDING[_standing(record)]


class ElectionTable(Table):
    """Elections."""

    name = Column(
        "组织", accessor="org__name", order_by="org__path", linkify=("cadres:election", [A("pk")])
    )
    held_on = columns.Day(verbose_name="选举日期")
    entitled = columns.Number(verbose_name="应到")
    present = columns.Number(verbose_name="实到")
    years = columns.Number(verbose_name="任期（年）")
    term_ends_on = columns.Day(verbose_name="届满日期")
    state = columns.State(verbose_name="状态", labels=dict(ElectionState.choices), tones=TONES)


class UnrecordedTable(Table):
    """Organisations of which no election is on record."""

    name = Column("组织", linkify=("cadres:tenure", [A("pk")]))
    parent = Column("上级组织", accessor="parent__name", order_by="parent__path")
    kind = Column("类型", accessor="get_kind_display", order_by="kind")
    opened_on = columns.Day(verbose_name="成立日期")


class ElectedTable(Table):
    """Who was elected."""

    name = columns.MaskedName(verbose_name="当选人", accessor="person__name", at="election__org")
    title = Column("职务")
    service = Column("任职性质", accessor="get_service_display")
    votes = columns.Number(verbose_name="得票")


class ElectedDraftTable(ElectedTable):
    """Who was elected, while it is still written."""

    drop = Column("", accessor="pk", linkify=("cadres:election_drop", [A("pk")]))

    def render_drop(self) -> str:
        """Name the way to take somebody off."""
        return "移除"


class PostTable(Table):
    """Posts at one organisation."""

    name = columns.MaskedName(verbose_name="姓名", accessor="person__name")
    title = Column("职务")
    service = Column("任职性质", accessor="get_service_display")
    starts_on = columns.Day(verbose_name="任职日期")

    class Meta:
        model = Post
        fields = ("name", "title", "service", "starts_on")


class CandidateTable(Table):
    """The reserve."""

    name = columns.MaskedName(
        verbose_name="姓名", accessor="person__name", linkify=("cadres:candidate", [A("pk")])
    )
    org = Column("所在组织", accessor="org__name", order_by="org__path")
    politics = columns.Personal(
        verbose_name="政治面貌",
        accessor="get_politics_display",
        field="cadres.Candidate.politics",
        person="person",
        at="org",
    )
    education = columns.Personal(
        verbose_name="学历",
        accessor="get_education_display",
        field="cadres.Candidate.education",
        person="person",
        at="org",
    )
    strengths = columns.Personal(
        verbose_name="专长", field="cadres.Candidate.strengths", person="person", at="org"
    )
    in_on = columns.Day(verbose_name="入库日期")
    expires_on = columns.Day(verbose_name="在库至")
    state = columns.State(verbose_name="状态", labels=dict(CandidateState.choices), tones=TONES)


class ExaminationTable(Table):
    """What the group wrote."""

    name = columns.MaskedName(verbose_name="考察人", accessor="person__name", at="candidate__org")
    verdict = columns.Personal(
        verbose_name="结论",
        accessor="get_verdict_display",
        field="cadres.Examination.verdict",
        person="candidate__person",
        at="candidate__org",
    )
    opinion = columns.Personal(
        verbose_name="意见",
        field="cadres.Examination.opinion",
        person="candidate__person",
        at="candidate__org",
    )
    given_on = columns.Day(verbose_name="提交日期")


class SecondmentTable(Table):
    """Secondments."""

    name = columns.MaskedName(
        verbose_name="姓名",
        accessor="person__name",
        at="host",
        linkify=("cadres:secondment", [A("pk")]),
    )
    service = Column("方式", accessor="get_service_display", order_by="service")
    home = Column("派出单位", accessor="home__name", order_by="home__path")
    host = Column("接收单位", accessor="host__name", order_by="host__path")
    title = Column("职务")
    starts_on = columns.Day(verbose_name="起始日期")
    ends_on = columns.Day(verbose_name="期满日期")
    state = columns.State(verbose_name="状态", labels=dict(SecondmentState.choices), tones=TONES)


class ExtensionTable(Table):
    """Later last days."""

    was = columns.Day(verbose_name="原期满")
    until = columns.Day(verbose_name="延至")
    reason = Column("原因")
    extended_on = columns.Day(verbose_name="办理日期")


class AchievementTable(Table):
    """Achievements."""

    what = Column("内容", linkify=("cadres:achievement", [A("pk")]))
    name = columns.MaskedName(verbose_name="团干部", accessor="person__name")
    org = Column("组织", accessor="org__name", order_by="org__path")
    kind = Column("类别", accessor="get_kind_display", order_by="kind")
    day = columns.Day(verbose_name="日期")
    state = columns.State(verbose_name="状态", labels=dict(AchievementState.choices), tones=TONES)


class SuggestedTable(Table):
    """A year's list, out of which people decide."""

    name = columns.MaskedName(verbose_name="姓名", accessor="person__name", orderable=False)
    org = Column("组织", accessor="org__name", orderable=False)
    points = columns.Number(verbose_name="积分", orderable=False)
    merits = Column("由来", orderable=False)
    decided = Column("审定", orderable=False, empty_values=())

    @property
    def may_decide(self) -> bool:
        """Test if the reader decides somewhere; where, is asked again when they open it."""
        return actors.may_anywhere(self.request.actor, Act.DECIDE_INCENTIVE)

    def render_merits(self, record: Suggested) -> str:
        """Say what the points come from."""
        return says(record)

    def render_decided(self, record: Suggested) -> object:
        """Say what was decided, or lead to deciding."""
        if record.decided:
            url = reverse("cadres:incentive", args=[record.decided.pk])
            return pages.Link(Decision(record.decided.decision).label, url)
        url = reverse("cadres:incentive_decide", args=[record.person.pk])
        year = self.request.GET.get("year", "")
        return pages.Link("审定", f"{url}?year={year}") if self.may_decide else "未审定"


class IncentiveTable(Table):
    """What was decided."""

    name = columns.MaskedName(
        verbose_name="姓名", accessor="person__name", linkify=("cadres:incentive", [A("pk")])
    )
    org = Column("组织", accessor="org__name", order_by="org__path")
    year = Column("年度")
    points = columns.Number(verbose_name="积分")
    decision = Column("决定", accessor="get_decision_display", order_by="decision")
    given = Column("激励内容")
    decided_on = columns.Day(verbose_name="审定日期")
    state = columns.State(verbose_name="状态", labels=dict(IncentiveState.choices), tones=TONES)


def says(one: Suggested) -> str:
    """Say what somebody's points come from."""
    found = one.merits
    parts = (
        ("任满一年的职务", found.posts),
        ("当选届次", found.terms),
        ("鉴定优秀", found.good),
        ("鉴定合格", found.fit),
        ("荣誉", found.honour),
        ("重点任务", found.task),
        ("评议优秀", found.review),
    )
    said = [f"{label} {count}" for label, count in parts if count]
    if found.assessed:
        said.append(f"单位考核得分率 {found.assessed:.1%}")
    return "；".join(said) or "—"


def _standing(one: Election) -> str:
    return rules.standing_of(
        ends_on=one.term_ends_on, warn_on=one.warn_on, today=timezone.localdate()
    )
