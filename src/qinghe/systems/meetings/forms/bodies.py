from django import forms

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.systems.meetings import models, queries
from qinghe.systems.meetings.access import Act
from qinghe.systems.meetings.services import NewBody, NewRepresentative, NewTerms, NewUnit

from .fields import PersonField, text


class BodyForm(forms.Form):
    """A body to be entered."""

    name = forms.CharField(label="名称", max_length=80)
    kind = forms.ChoiceField(
        label="类别",
        choices=models.Body.Kind.choices,
        help_text="党委常委会和其他上级会议只登记与青年工作有关的会议，不在这里筹备。",
    )
    org = OrgField(label="办公室所在单位", help_text="上级会议填登记单位。")
    committee = OrgField(
        label="青年工作委员会", required=False, help_text="类别为青年工作委员会的，填组织树上的它。"
    )
    convener = forms.CharField(
        label="总召集人", max_length=80, required=False, help_text="姓名和职务。"
    )
    office = forms.CharField(label="办公室设在", max_length=80, required=False)
    founded_on = DayField(label="建立日期")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        offices = queries.orgs_for(actor, Act.RUN)
        self.fields["org"].rows = offices
        self.fields["committee"].rows = offices.filter(kind="youth_affairs_committee")

    def as_new(self) -> NewBody:
        """Return it as the service takes it."""
        return NewBody(**self.cleaned_data)


class ConvenerForm(forms.Form):
    """Who convenes a body now."""

    convener = forms.CharField(label="总召集人", max_length=80, help_text="姓名和职务。")
    office = forms.CharField(label="办公室设在", max_length=80)


class UnitForm(forms.Form):
    """A unit that joins."""

    unit = OrgField(
        label="平台内的组织",
        required=False,
        help_text="任职的人就是联络员，可以在平台上报议题、回执；外单位不填。",
    )
    name = forms.CharField(
        label="外单位名称", max_length=80, required=False, help_text="不在组织树上的部门填名称。"
    )
    joined_on = DayField(label="加入日期")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].rows = queries.orgs_for(actor, Act.SEE)

    def as_new(self) -> NewUnit:
        """Return it as the service takes it."""
        return NewUnit(**self.cleaned_data)


class RepresentativeForm(forms.Form):
    """Who stands for a unit."""

    role = forms.ChoiceField(label="身份", choices=models.Representative.Role.choices)
    person = PersonField(
        label="人员编号", max_length=20, required=False, help_text="平台内的人员填编号。"
    )
    name = forms.CharField(
        label="姓名", max_length=40, required=False, help_text="不在平台内的填姓名。"
    )
    duty = forms.CharField(label="职务", max_length=60)
    starts_on = DayField(label="起始日期", help_text="原来的同一身份到这一天为止。")

    def as_new(self) -> NewRepresentative:
        """Return it as the service takes it."""
        return NewRepresentative(**self.cleaned_data)


class TermsForm(forms.Form):
    """All numbers of the coming terms, beginning with those that hold."""

    title = forms.CharField(label="名称", max_length=80)
    starts_on = DayField(label="施行日期")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        for name in queries.TERM_NUMBERS:
            column = models.SittingTerms._meta.get_field(name)
            self.fields[name] = forms.IntegerField(
                label=str(column.verbose_name),  # type: ignore[union-attr]
                min_value=1,
                max_value=99,
            )
        self.fields["source"] = forms.CharField(
            label="依据", max_length=200, help_text="工作规则名称和文号。"
        )
        self.fields["reason"] = text("调整原因", required=True, most=200)

    def as_new(self) -> NewTerms:
        """Return it as the service takes it."""
        given = dict(self.cleaned_data)
        numbers = {name: given.pop(name) for name in queries.TERM_NUMBERS}
        return NewTerms(numbers=numbers, **given)
