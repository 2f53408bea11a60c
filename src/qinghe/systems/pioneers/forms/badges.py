from django import forms
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.web.fields import DayField
from qinghe.systems.pioneers import models, queries
from qinghe.systems.pioneers.queries import Badge
from qinghe.systems.pioneers.services import NewBadge, NewRound, NewStarTerms

STARS = [(0, "不是星级章"), *((n, f"{n}星") for n in range(1, 6))]
GRADES = [(0, "不分年级"), *((n, f"{n}年级") for n in range(1, 10))]


class BadgeForm(forms.Form):
    """A badge for the catalogue."""

    title = forms.CharField(label="名称", max_length=40)
    family = forms.ChoiceField(label="类别", choices=models.Badge.Family.choices)
    level = forms.ChoiceField(label="颁发层级", choices=models.Level.choices)
    is_collective = forms.BooleanField(label="集体章", required=False)
    branch = forms.ChoiceField(
        label="章系",
        choices=[("", "不是基础章"), *models.Badge.Branch.choices],
        required=False,
    )
    star = forms.TypedChoiceField(label="星级", choices=STARS, coerce=int)
    grade = forms.TypedChoiceField(label="年级", choices=GRADES, coerce=int)
    source = forms.CharField(
        label="依据", max_length=200, help_text="文件的名称和文号，或会议和日期。"
    )

    def as_new(self) -> NewBadge:
        """Return it as the service takes it."""
        return NewBadge(**self.cleaned_data)


class RoundForm(forms.Form):
    """A round to be opened."""

    title = forms.CharField(label="名称", max_length=60, help_text="如“2022年上半年校级奖章”。")
    level = forms.ChoiceField(label="层级", choices=models.Level.choices)
    term = forms.RegexField(
        label="学期",
        regex=r"^20\d\dH[12]$",
        help_text="上半年填 2022H1，下半年填 2022H2。",
        error_messages={"invalid": "请填年份加 H1 或 H2，如 2022H1。"},
    )
    opens_on = DayField(label="申报开始")
    closes_on = DayField(label="申报截止")

    def as_new(self) -> NewRound:
        """Return it as the service takes it."""
        return NewRound(**self.cleaned_data)


class StarTermsForm(forms.Form):
    """All numbers of the coming shares, beginning with those that hold."""

    title = forms.CharField(label="名称", max_length=80)
    starts_on = DayField(label="施行日期")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        for name in queries.STAR_NUMBERS:
            column = models.StarTerms._meta.get_field(name)
            self.fields[name] = forms.IntegerField(
                label=str(column.verbose_name),  # type: ignore[union-attr]
                min_value=1 if name == "within_days" else 0,
                max_value=3_650 if name == "within_days" else 100,
            )
        self.fields["source"] = forms.CharField(
            label="依据", max_length=200, help_text="文件名称和文号，或会议及日期"
        )
        self.fields["reason"] = forms.CharField(
            label="调整原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3})
        )

    def as_new(self) -> NewStarTerms:
        """Return it as the service takes it."""
        given = dict(self.cleaned_data)
        numbers = {name: given.pop(name) for name in queries.STAR_NUMBERS}
        return NewStarTerms(numbers=numbers, **given)


class BadgeFilter(FilterSet):
    """What the catalogue can be narrowed to."""

    q = CharFilter(label="名称", field_name="title", lookup_expr="icontains")
    family = ChoiceFilter(label="类别", choices=models.Badge.Family.choices)
    level = ChoiceFilter(label="层级", choices=models.Level.choices)

    class Meta:
        model = Badge
        fields: list[str] = []
