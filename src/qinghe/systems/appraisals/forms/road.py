"""One form for each step of a branch, with what is said of each member beside it."""

from django import forms
from django.utils import timezone

from qinghe.edges.web.fields import DayField
from qinghe.systems.appraisals import models


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label="退回原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3})
    )


class _Step(forms.Form):
    """A step that was taken on a day, today unless said otherwise."""

    on = DayField(label="日期")

    def __init__(self, *args: object, roll: models.Roll, **options: object) -> None:
        super().__init__(*args, **{"initial": self.first(roll), **options})

    def first(self, roll: models.Roll) -> dict[str, object]:
        """Return what stands there when the form is opened."""
        return {"on": timezone.localdate()}


class StudyForm(_Step):
    """The branch's study."""

    studied = forms.CharField(
        label="学习教育内容", max_length=200, help_text="如“学习团章第一章，集中学习2次”。"
    )


class MeetingForm(_Step):
    """The meeting that voted. Members are voted on beside it."""

    entitled = forms.IntegerField(label="应到会人数", min_value=1, max_value=100_000)
    present = forms.IntegerField(label="实到会人数", min_value=0, max_value=100_000)
    by_phone = forms.BooleanField(
        label="以手机互评票计作测评票",
        required=False,
        help_text="勾选后不用在名单中填票数。",
    )

    def first(self, roll: models.Roll) -> dict[str, object]:
        """Begin with what was written before, or with all who take part."""
        return {
            "on": roll.met_on or timezone.localdate(),
            "entitled": roll.entitled or roll.took_part,
            "present": roll.present,
        }


class GradesForm(_Step):
    """The committee of the branch. Grades stand beside each member."""


class RegisterForm(_Step):
    """Registration of all. Who is put off stands beside each member."""

    months = forms.TypedChoiceField(label="暂缓期限", coerce=int)

    def __init__(self, *args: object, roll: models.Roll, **options: object) -> None:
        super().__init__(*args, roll=roll, **options)
        del self.fields["on"]  # registered on the day of the act
        terms = roll.campaign.terms
        self.fields["months"].choices = [
            (number, f"{number}个月") for number in range(terms.defer_least, terms.defer_most + 1)
        ]
