from django import forms
from django.utils import timezone
from django_filters import ChoiceFilter, FilterSet, NumberFilter

from qinghe.kernel.access import levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Membership
from qinghe.systems.appraisals import models, queries

STANDINGS = models.Standing.choices


class PlaceForm(forms.Form):
    """Whether somebody is under review, and why not."""

    standing = forms.ChoiceField(label="参评情况", choices=STANDINGS)
    reason = forms.CharField(
        label="原因",
        max_length=200,
        required=False,
        help_text="未参加、经同意不参加的必填，如“因病住院，支部大会同意”。",
    )


class CorrectForm(forms.Form):
    """What a final grade becomes, and why."""

    grade = forms.ChoiceField(label="新等次", choices=models.Grade.choices)
    reason = forms.CharField(
        label="更正原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3})
    )


class MoveForm(forms.Form):
    """The roll of the branch that a member belongs to now."""

    into: forms.ModelChoiceField = forms.ModelChoiceField(
        label="转入支部", queryset=None, empty_label=None
    )

    def __init__(self, *args: object, actor: Actor, line: models.Line, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["into"].queryset = queries.rolls_to_move_to(actor, line)
        self.fields["into"].label_from_instance = lambda roll: roll.org.name


class AddForm(forms.Form):
    """A member of the branch who has no line yet."""

    member: forms.ModelChoiceField = forms.ModelChoiceField(
        label="团员", queryset=None, empty_label="请选择"
    )

    def __init__(self, *args: object, actor: Actor, roll: models.Roll, **options: object) -> None:
        super().__init__(*args, **options)
        today = timezone.localdate()

        def named(one: Membership) -> str:
            name = levels.short_name(actor, one.person, at=one.org, on=today)
            return f"{name}（{one.person.number}）"

        self.fields["member"].queryset = queries.unlisted_of(actor, roll)
        self.fields["member"].label_from_instance = named


class LineFilter(FilterSet):
    """What a list of members can be narrowed to."""

    year = NumberFilter(label="年度", field_name="campaign__year")
    grade = ChoiceFilter(label="等次", choices=models.Grade.choices)
    standing = ChoiceFilter(label="参评情况", choices=STANDINGS)

    class Meta:
        model = models.Line
        fields: list[str] = []
