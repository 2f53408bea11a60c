from decimal import Decimal

from django import forms
from django_filters import ChoiceFilter, FilterSet

from qinghe.lib.verdicts import Refused
from qinghe.systems.assessments import rules
from qinghe.systems.assessments.queries import Mark, Objection, ObjectionState
from qinghe.systems.assessments.services import Told

from .schemes import marks_field, text

UPHOLD, REJECT = "uphold", "reject"


def hundredths_of(number: Decimal | None) -> int | None:
    """Return typed marks as whole hundredths."""
    return None if number is None else rules.in_hundredths(number)


class KeepForm(forms.Form):
    """One row of a self-score, as far as it is typed."""

    marks = marks_field("自评分", required=False)
    reason = forms.CharField(label="理由", max_length=400, required=False)

    def __init__(self, *args: object, mark: Mark, **options: object) -> None:
        super().__init__(*args, **options)
        self.mark = mark

    def clean_marks(self) -> Decimal | None:
        """Ask for marks of this item."""
        typed: Decimal | None = self.cleaned_data["marks"]
        try:
            rules.check_marks(hundredths_of(typed) or 0, full=self.mark.item.full)
        except Refused as refusal:
            raise forms.ValidationError(refusal.reason) from refusal
        return typed

    def told(self) -> Told:
        """Return what can be kept: beside marks that cannot be, those that were there stay."""
        if "marks" in self.errors:
            return Told(self.mark.self_marks, self.data.get("reason", "")[:400])
        return Told(hundredths_of(self.cleaned_data["marks"]), self.data.get("reason", "")[:400])


class JudgeForm(forms.Form):
    """What a reviewer gives for one item."""

    marks = marks_field("复核分")
    reason = forms.CharField(label="意见", max_length=200, required=False)


class ObjectForm(forms.Form):
    """Why an organisation objects."""

    reason = text("异议理由", hint="写明哪里不符、依据是什么；佐证在提出以后上传。")


class AnswerForm(forms.Form):
    """What becomes of an objection."""

    decision = forms.ChoiceField(
        label="答复", choices=[(UPHOLD, "采纳，改分"), (REJECT, "不采纳，维持原分")]
    )
    marks = marks_field("改为", required=False, hint="采纳时填写。")
    answer = text("答复内容")

    def clean(self) -> dict[str, object]:
        """Ask for the marks where the objection is granted."""
        told = super().clean() or {}
        lacks = told.get("decision") == UPHOLD and told.get("marks") is None
        if lacks and not self.has_error("marks"):
            self.add_error("marks", "采纳异议请填写改后的得分。")
        return told


class CorrectForm(forms.Form):
    """Other marks after the ranking was fixed, and why."""

    marks = marks_field("更正为")
    reason = text("更正原因", most=120)


class ObjectionFilter(FilterSet):
    """Which objections are listed."""

    state = ChoiceFilter(label="状态", choices=ObjectionState.choices)

    class Meta:
        model = Objection
        fields = ("state",)
