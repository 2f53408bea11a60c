from collections.abc import Mapping

from django import forms
from django.db.models import QuerySet
from django_filters import ChoiceFilter, FilterSet

from qinghe.kernel.people.models import Membership
from qinghe.systems.reconciling import models

NOBODY = "nobody"


class AnswerForm(forms.Form):
    """Which side is right, and why."""

    answer = forms.ChoiceField(
        label="答复", widget=forms.RadioSelect, choices=models.Difference.Answer.choices
    )
    reason = forms.CharField(
        label="理由",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明核对的依据，如“与《入团志愿书》一致”。请勿填写完整证件号。",
    )


class ReturnForm(forms.Form):
    """Why an answer is sent back."""

    reason = forms.CharField(
        label="退回原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3})
    )


class ChooseMemberForm(forms.Form):
    """Whose a line is: one of those it could be, another by number, or nobody here."""

    chosen = forms.ChoiceField(label="这一行是", required=False, widget=forms.RadioSelect)
    number = forms.CharField(
        label="或填人员编号",
        max_length=20,
        required=False,
        help_text="候选中没有本人的，填写本平台的人员编号。",
    )

    def __init__(
        self,
        *args: object,
        candidates: Mapping[Membership, str],
        roll: QuerySet[Membership],
        **options: object,
    ) -> None:
        super().__init__(*args, **options)
        self.candidates = {f"{one.pk}": one for one in candidates}
        self.roll = roll
        shown = [(f"{one.pk}", words) for one, words in candidates.items()]
        self.fields["chosen"].choices = [*shown, (NOBODY, "都不是，本平台没有此人（列入缺少）")]

    def clean(self) -> dict[str, object]:
        """Find the member; nobody is an answer, too."""
        super().clean()
        given = self.cleaned_data
        chosen, number = given.get("chosen") or "", (given.get("number") or "").strip()
        member = self.candidates.get(chosen)
        if number:
            member = self.roll.filter(person__number=number).first()
        if member is None and (number or chosen != NOBODY) and not self.errors:
            raise forms.ValidationError("请选择一项，或填写所属范围内团员的人员编号。")
        given["member"] = member
        return given


class DifferenceFilter(FilterSet):
    """What differences can be narrowed to."""

    kind = ChoiceFilter(label="类别", choices=models.Difference.Kind.choices)
    field = ChoiceFilter(label="项目", choices=models.Difference.Field.choices)
    state = ChoiceFilter(label="状态", choices=models.Difference.State.choices)
    answer = ChoiceFilter(label="答复", choices=models.Difference.Answer.choices)
    recurs = ChoiceFilter(label="与上次", choices=models.Difference.Recurs.choices)

    class Meta:
        model = models.Difference
        fields: list[str] = []


class RunRowFilter(FilterSet):
    """What the lines of a run can be narrowed to."""

    outcome = ChoiceFilter(label="结果", choices=models.RunRow.Outcome.choices)
    how = ChoiceFilter(label="匹配依据", choices=models.RunRow.How.choices)

    class Meta:
        model = models.RunRow
        fields: list[str] = []
