from django import forms
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.systems.meetings import models, queries
from qinghe.systems.meetings.access import Act
from qinghe.systems.meetings.services import NewDecision, NewInstruction, NewTalk

from .fields import NO_SECRETS, NamedField, internal, text


class DecisionForm(forms.Form):
    """A decision to be written down."""

    item = NamedField(label="议题", required=False, empty_label="不属于某一议题")
    text = text("议定事项", required=True)
    owner = OrgField(label="承办单位", help_text="填组织代码或完整名称。")
    helpers = forms.CharField(label="配合单位", max_length=200, required=False)
    due_on = DayField(label="完成时限")

    def __init__(
        self, *args: object, actor: Actor, sitting: queries.Sitting, **options: object
    ) -> None:
        super().__init__(*args, **options)
        self.sitting = sitting
        seen = queries.items_seen_by(actor).filter(sitting=sitting, place__isnull=False)
        self.fields["item"].queryset = seen
        self.fields["owner"].rows = queries.orgs_for(actor, Act.SEE)

    def as_new(self) -> NewDecision:
        """Return it as the service takes it."""
        return NewDecision(sitting=self.sitting, **self.cleaned_data)


class ReportForm(forms.Form):
    """What was done, with evidence."""

    evidence = text("完成情况和佐证", required=True, most=1000, rows=5)


class InstructionForm(forms.Form):
    """An instruction to be registered."""

    org = OrgField(label="登记单位")
    leader = forms.CharField(label="批示领导", max_length=60, help_text="姓名和职务。")
    day = DayField(label="批示日期")
    subject = forms.CharField(label="批示材料", max_length=200, help_text=NO_SECRETS)
    words = text("批示内容", required=True, most=1000, rows=4)
    owner = OrgField(label="落实单位", required=False)
    due_on = DayField(label="落实时限", required=False)
    is_internal = internal()

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        rows = queries.orgs_for(actor, Act.REGISTER)
        self.fields["org"].rows = self.fields["owner"].rows = rows

    def as_new(self) -> NewInstruction:
        """Return it as the service takes it."""
        return NewInstruction(**self.cleaned_data)


class OutcomeForm(forms.Form):
    """What came of an instruction."""

    outcome = text("落实情况", required=True, most=1000, rows=5)


class PlatformForm(forms.Form):
    """A platform for the district's list."""

    name = forms.CharField(label="平台", max_length=80)
    host = forms.CharField(label="主办单位", max_length=80)
    is_counted = forms.BooleanField(
        label="计入改革经验分享次数", required=False, help_text="如“基层改革先锋沙龙”。"
    )


class TalkForm(forms.Form):
    """A talk to be registered."""

    platform = NamedField(label="平台")
    org = OrgField(label="登记单位")
    day = DayField(label="时间")
    topic = forms.CharField(label="主题", max_length=120, help_text=NO_SECRETS)
    speaker = forms.CharField(label="分享人", max_length=60, help_text="姓名和职务。")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["platform"].queryset = queries.platforms(actor).filter(ended_on__isnull=True)
        self.fields["org"].rows = queries.orgs_for(actor, Act.REGISTER)

    def as_new(self) -> NewTalk:
        """Return it as the service takes it."""
        return NewTalk(**self.cleaned_data)


class DecisionFilter(FilterSet):
    """What a list of decisions can be narrowed to."""

    q = CharFilter(label="议定事项", field_name="text", lookup_expr="icontains")
    state = ChoiceFilter(label="状态", choices=models.Decision.State.choices)

    class Meta:
        model = models.Decision
        fields: list[str] = []


class InstructionFilter(FilterSet):
    """What a list of instructions can be narrowed to."""

    q = CharFilter(label="批示材料", field_name="subject", lookup_expr="icontains")
    state = ChoiceFilter(label="状态", choices=models.Instruction.State.choices)

    class Meta:
        model = models.Instruction
        fields: list[str] = []


class TalkFilter(FilterSet):
    """What a list of talks can be narrowed to."""

    q = CharFilter(label="主题", field_name="topic", lookup_expr="icontains")

    class Meta:
        model = models.Talk
        fields: list[str] = []
