from django import forms

from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import queries
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.services import NewPolicy

from .fields import CodeField, DayField


class PolicyField(forms.ModelChoiceField):
    """One of the policies that the organisation has, as people tell them apart."""

    def __init__(self, **options: object) -> None:
        super().__init__(queryset=None, empty_label="不选保单", **options)

    def label_from_instance(self, policy: queries.Policy) -> str:
        """Say which policy it is, whose, and from when until when."""
        days = f"{policy.starts_on.isoformat()} 至 {policy.ends_on.isoformat()}"
        return f"{policy.org.name} {policy.insurer} {policy.number}（{days}）"


class PolicyForm(forms.Form):
    """A policy to be entered."""

    org = CodeField(label="投保单位代码")
    insurer = forms.CharField(label="保险公司", max_length=80)
    number = forms.CharField(label="保单号", max_length=60)
    starts_on = DayField(label="保障开始")
    ends_on = DayField(label="保障截止", help_text="含当日")
    covers = forms.CharField(
        label="保障内容",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="险种、保额、保障对象。保存后可在保单页上传保单文件。",
    )

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].queryset = queries.orgs_for(actor, Act.INSURE)

    def as_new(self) -> NewPolicy:
        """Return the policy as the service takes it."""
        return NewPolicy(**self.cleaned_data)


class EndPolicyForm(forms.Form):
    """From which day a policy covers no more, and why."""

    on = DayField(label="终止日期", help_text="这一天是保障的最后一天")
    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
