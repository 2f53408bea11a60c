"""Forms of drafting. Organisations are chosen by their code, out of those the form is given."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from django import forms

from qinghe.kernel.access.models import Department
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.lib.periods import Period
from qinghe.lib.wording import Style, usual_step

from . import models, queries, services
from .rules import Against, Token

UNCHANGED = ("", "按惯例")
WAYS = (
    UNCHANGED,
    (Style.EXACT, "精确数"),
    (Style.WAN, "以万为单位"),
    (Style.OVER, "超…"),
    (Style.MORE, "…余"),
    (Style.NEAR, "近…"),
    (Style.ABOUT, "约…"),
    (Style.HUNDREDS, "百余、千余"),
    (Style.PERCENT, "百分比"),
    ("word", "汉字（第三次、三个百分百）"),
)
STEPPED = frozenset({Style.OVER, Style.MORE, Style.NEAR, Style.ABOUT})
STEPS = (
    ("", "按位数取整"),
    *(
        (str(10**power), f"取整到{word}")
        for power, word in enumerate(("个", "十", "百", "千", "万", "十万"))
    ),
)
AGAINST = (("", "本期数"), (Against.LAST_YEAR, "较上年同期"), (Against.PREVIOUS, "较上期"))


class DayField(forms.DateField):
    """A day picked from a calendar."""

    def __init__(self, **options: object) -> None:
        picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=picker, **options)


class BeginForm(forms.Form):
    """Whose report on which period is begun."""

    org = forms.CharField(max_length=24)
    period = forms.CharField(max_length=8)


class KeepForm(forms.Form):
    """What a passage says, and which version of it the writer read."""

    heading = forms.CharField(label="小标题", required=False, max_length=120)
    text = forms.CharField(
        label="正文",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="花括号里是数字的标记，例如 {VOL-02}，打印时换成数字。",
    )
    lock = forms.IntegerField(widget=forms.HiddenInput)


class AddForm(forms.Form):
    """Which kind of passage is added."""

    kind = forms.ChoiceField(
        label="类别",
        choices=[one for one in models.Passage.Kind.choices if one[0] != "title"],
    )
    heading = forms.CharField(label="小标题", required=False, max_length=120)


class RemarkForm(forms.Form):
    """What is said of a passage."""

    text = forms.CharField(label="意见", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class AssignForm(forms.Form):
    """Who writes a passage, by when: a department or a street, by its code."""

    who = forms.ChoiceField(label="分给", required=False)
    due_on = DayField(label="交稿日期", required=False)

    def __init__(
        self, *args: object, streets: Iterable[Org], departments: bool, **options: object
    ) -> None:
        super().__init__(*args, **options)
        self.streets = {street.code: street for street in streets}
        named = [(street.code, street.name) for street in self.streets.values()]
        self.fields["who"].choices = [
            ("", "主笔单位自己写"),
            *([("部门", Department.choices)] if departments else []),
            *([("街道", named)] if named else []),
        ]

    @property
    def department(self) -> str:
        """Return the chosen department, if it is one."""
        who = self.cleaned_data["who"]
        return who if who in Department.values else ""

    @property
    def street(self) -> Org | None:
        """Return the chosen street, if it is one."""
        return self.streets.get(self.cleaned_data["who"])


class FixedForm(forms.Form):
    """Words that are a name, and why."""

    words = forms.CharField(label="固定表述", max_length=60)
    reason = forms.CharField(label="理由", max_length=400)


class TakeForm(forms.Form):
    """A proposed problem, as it goes into the text."""

    key = forms.CharField(max_length=120, widget=forms.HiddenInput)
    heading = forms.CharField(label="小标题", max_length=120)
    text = forms.CharField(label="正文", widget=forms.Textarea(attrs={"rows": 4}))


class PlanForm(forms.Form):
    """What is promised for the next period, and the figure that shows it."""

    text = forms.CharField(label="事项", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    org = forms.ChoiceField(label="责任单位")
    code = forms.ChoiceField(label="指标", required=False)
    target = forms.DecimalField(label="目标值", required=False, max_digits=18, decimal_places=4)
    due_on = DayField(label="完成期限", required=False)

    def __init__(
        self,
        *args: object,
        orgs: Iterable[Org],
        choices: Iterable[queries.Choice],
        **options: object,
    ) -> None:
        super().__init__(*args, **options)
        self.orgs = {org.code: org for org in orgs}
        self.fields["org"].choices = [(org.code, org.name) for org in self.orgs.values()]
        self.fields["code"].choices = [
            ("", "不设指标"),
            *((one.code, f"{one.label}（{one.unit}）") for one in choices),
        ]

    def promise(self) -> services.Promise:
        """Return what is promised."""
        kept = self.cleaned_data
        return services.Promise(
            text=kept["text"],
            org=self.orgs[kept["org"]],
            due_on=kept["due_on"],
            code=kept["code"],
            target=kept["target"],
        )


class EndingForm(forms.Form):
    """Who signs, when, and the note below."""

    signature = forms.CharField(label="署名", max_length=80)
    dated_on = DayField(label="成文日期", required=False)
    contact = forms.CharField(label="附注", required=False, max_length=120)


class TokenForm(forms.Form):
    """The figure of one chip: which, whose, when, compared with what, and how it is said.

    No field is called `org` or `period`: as such the address would change the reader's scope.
    """

    code = forms.ChoiceField(label="指标")
    whose = forms.ChoiceField(label="组织", required=False)
    when = forms.ChoiceField(label="期间", required=False)
    against = forms.ChoiceField(label="比较", required=False, choices=AGAINST)
    way = forms.ChoiceField(label="措辞", required=False, choices=WAYS)
    step = forms.ChoiceField(label="取整", required=False, choices=STEPS)
    decimals = forms.IntegerField(label="小数", required=False, min_value=0, max_value=4)

    def __init__(
        self,
        *args: object,
        orgs: Iterable[Org],
        own: Period,
        choices: Iterable[queries.Choice],
        **options: object,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["code"].choices = [(one.code, f"{one.label} {one.code}") for one in choices]
        self.fields["whose"].choices = [("", "本单位"), *((org.code, org.name) for org in orgs)]
        self.fields["when"].choices = [("", f"本期（{own.label}）"), *_periods(own)]
        for name, field in self.fields.items():
            field.widget.attrs["id"] = f"token-{name}"  # the field in hand is found again

    @property
    def figure(self) -> Token:
        """Return the token of the figure itself, however it is said."""
        kept = self.cleaned_data
        return Token(kept["code"], kept["whose"], kept["when"], kept["against"])

    def token(self, exact: Decimal | None) -> Token:
        """Return the token that was put together; `exact` is the figure, to be rounded as usual."""
        return replace(self.figure, phrase=self._phrase(exact))

    def _phrase(self, exact: Decimal | None) -> str:
        way = self.cleaned_data["way"]
        decimals = self.cleaned_data["decimals"]
        if way in STEPPED:
            return f"{way}:{self.cleaned_data['step'] or usual_step(exact or Decimal(0))}"
        if way in (Style.WAN, Style.PERCENT):
            return f"{way}:{1 if decimals is None else decimals}"
        if way == Style.EXACT and decimals:
            return f"{way}:{decimals}"
        return str(way)


def parts_of(token: Token) -> dict[str, object]:
    """Return a token as the fields of its form."""
    way, _, number = token.phrase.partition(":")
    stepped = way in STEPPED
    return {
        "code": token.code,
        "whose": token.org,
        "when": token.period,
        "against": token.against,
        "way": way,
        "step": number if stepped else "",
        "decimals": number if number and not stepped else None,
    }


def _periods(own: Period) -> list[tuple[str, str]]:
    year = own.start.year
    near = [periods.half_year(y, half) for y in (year, year - 1) for half in (2, 1)]
    quarters = [periods.quarter(year, number) for number in range(1, 5)]
    whole = [periods.year(year), periods.year(year - 1)]
    return [(one.name, one.label) for one in (*near, *quarters, *whole) if one != own]
