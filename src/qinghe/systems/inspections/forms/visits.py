from django import forms
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet

from qinghe.edges.web.fields import DayField
from qinghe.systems.inspections import models
from qinghe.systems.inspections.models.visits import VERDICTS
from qinghe.systems.inspections.services import Seen


class SearchForm(forms.Form):
    """A word of a point's name, code or place."""

    q = forms.CharField(
        label="找点位",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "名称、编号或地点"}),
    )


class SeenForm(forms.Form):
    """What an inspector has seen: for each item a verdict and a note; all may still be open."""

    notes = forms.CharField(
        label="巡查说明",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    latitude = forms.DecimalField(
        min_value=-90, max_value=90, required=False, widget=forms.HiddenInput
    )
    longitude = forms.DecimalField(
        min_value=-180, max_value=180, required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: object, answers: list[models.Answer], **options: object) -> None:
        super().__init__(*args, **options)
        self.answers = answers
        for one in answers:
            self.fields[f"verdict_{one.item_id}"] = forms.ChoiceField(
                label=one.item.text,
                choices=VERDICTS,
                required=False,
                initial=one.verdict,
                widget=forms.RadioSelect,
            )
            self.fields[f"note_{one.item_id}"] = forms.CharField(
                label="问题说明", max_length=200, required=False, initial=one.note
            )
            note = self.fields[f"note_{one.item_id}"]
            note.widget.attrs |= {"class": "form-control", "placeholder": "不达标的写明问题"}

    def lines(self) -> list[tuple[models.Answer, forms.BoundField, forms.BoundField]]:
        """Return each item with its two fields."""
        return [
            (one, self[f"verdict_{one.item_id}"], self[f"note_{one.item_id}"])
            for one in self.answers
        ]

    def as_seen(self) -> Seen:
        """Return it as the service takes it."""
        told = self.cleaned_data
        return Seen(
            answers={
                one.item_id: (told[f"verdict_{one.item_id}"], told[f"note_{one.item_id}"])
                for one in self.answers
            },
            notes=told["notes"],
            latitude=told["latitude"],
            longitude=told["longitude"],
        )


class PhotoForm(forms.Form):
    """One photo."""

    photo = forms.FileField(
        label="照片", allow_empty_file=True, error_messages={"required": "请先选择一张照片。"}
    )


class VisitFilter(FilterSet):
    """What a list of visits can be narrowed to."""

    q = CharFilter(label="点位", field_name="point__name", lookup_expr="icontains")
    passed = ChoiceFilter(label="结论", choices=[("True", "达标"), ("False", "不达标")])
    since = DateFilter(label="从", field_name="day", lookup_expr="gte", widget=DayField().widget)
    until = DateFilter(label="到", field_name="day", lookup_expr="lte", widget=DayField().widget)

    class Meta:
        model = models.Visit
        fields: list[str] = []
