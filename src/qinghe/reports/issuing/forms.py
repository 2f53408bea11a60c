"""Forms of signing, freezing, issuing and correcting."""

from collections.abc import Sequence

from django import forms
from django_filters import CharFilter, FilterSet

from qinghe.edges.web.fields import DayField
from qinghe.kernel.access.models import Holding

from . import queries
from .rules import Named
from .services import Number

WHO = {
    "required": "请选择。",
    "invalid_choice": "请在名单中选择。",
    "invalid_list": "请在名单中选择。",
}


class SubmitForm(forms.Form):
    """Who checks, who countersigns, who signs."""

    checker = forms.TypedChoiceField(label="核稿人", coerce=int, error_messages=WHO)
    countersigners = forms.TypedMultipleChoiceField(
        label="会签人",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=WHO,
        help_text="可选多人，来自不同部门；会签人之间不分先后，都同意后再送签发。",
    )
    signer = forms.TypedChoiceField(
        label="签发人",
        coerce=int,
        error_messages=WHO,
        help_text="区级工作总结的签发人不能是拟稿人本人。",
    )
    owned_reason = forms.CharField(
        label="数据不全的说明",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="正文里有数字还没有报送齐时必填：写明为什么仍然采用。审签人和读者都会看到。",
    )

    def __init__(self, *args: object, signers: Sequence[Holding], **options: object) -> None:
        super().__init__(*args, **options)
        choices = [(each.person_id, _named(each)) for each in signers]
        self.fields["checker"].choices = [("", "请选择"), *choices]
        self.fields["signer"].choices = [("", "请选择"), *choices]
        self.fields["countersigners"].choices = choices

    @property
    def named(self) -> Named:
        """Return whom the drafter named."""
        chosen = self.cleaned_data
        return Named(chosen["checker"], tuple(chosen["countersigners"]), chosen["signer"])


class WordsForm(forms.Form):
    """What a signer says."""

    words = forms.CharField(
        label="意见", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class IssueForm(forms.Form):
    """The day of issue, and the document number if one is wanted."""

    dated_on = DayField(label="成文日期", help_text="印在署名下面，如2022年7月4日。")
    word = forms.CharField(
        label="机关代字",
        required=False,
        max_length=20,
        help_text="需要发文字号时填写，如“龙团”；序号按机关代字和年份自动接续。不填则不编号。",
    )
    used = forms.IntegerField(
        label="本年已用到第几号",
        required=False,
        min_value=1,
        max_value=9999,
        help_text="只在这个代字本年第一次由平台编号、而之前已在别处用过号时填写。",
    )

    @property
    def number(self) -> Number | None:
        """Return the document number that is wanted, if any."""
        word = self.cleaned_data["word"].strip()
        return Number(word, self.cleaned_data["used"]) if word else None


class CorrectForm(forms.Form):
    """Why an issued report is corrected."""

    reason = forms.CharField(
        label="更正原因",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="会印在更正说明里。原件保留可查，标为“已更正”。",
    )


class FreezeForm(forms.Form):
    """Why a period is frozen once more."""

    reason = forms.CharField(
        label="再次封存的原因",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="这一期间第一次封存不用填；再次封存必填，并注明更正自哪一次。",
    )
    rebuild = forms.BooleanField(
        label="先重新汇总数据",
        required=False,
        initial=True,
        help_text="把到现在为止的记录和报送都算进来；不选则用最近一次汇总的数据。",
    )


class IssueFilter(FilterSet):
    """Issued reports by words of their title."""

    title = CharFilter(label="标题", field_name="report__title", lookup_expr="icontains")

    class Meta:
        model = queries.Issue
        fields = ("title",)


def _named(holding: Holding) -> str:
    where = holding.get_department_display() or holding.org.name
    return f"{holding.person.name}（{where}）"
