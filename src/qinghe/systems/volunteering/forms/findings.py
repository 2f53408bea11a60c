from datetime import date

from django import forms
from django.db.models import QuerySet
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet

from qinghe.kernel.orgs.models import Org
from qinghe.systems.volunteering import models, queries, rules

from .fields import DayField

CLOSED = [
    (value, label)
    for value, label in models.Finding.State.choices
    if value != models.Finding.State.OPEN
]
ANSWERS = [("corrected", "已更正"), ("explained", "记录无误，说明情况")]


class FindingForm(forms.Form):
    """What came of looking into a finding."""

    verdict = forms.ChoiceField(label="核查结论", choices=CLOSED, widget=forms.RadioSelect)
    voided = forms.MultipleChoiceField(
        label="要作废的记录",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="只在结论为“已作废”时选择；没有选的恢复计入。",
    )
    reason = forms.CharField(
        label="处理说明", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: object, held: list[tuple[str, str]], **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["voided"].choices = held

    def clean_voided(self) -> list[int]:
        """Return the keys of the attendances."""
        return [int(key) for key in self.cleaned_data["voided"]]


class FindingFilter(FilterSet):
    """What a list of findings can be narrowed to."""

    kind = ChoiceFilter(label="核查项", choices=models.Finding.Check.choices)
    state = ChoiceFilter(label="状态", choices=models.Finding.State.choices)

    class Meta:
        model = models.Finding
        fields: list[str] = []


class HeldScanFilter(FilterSet):
    """What the list of held scans can be narrowed to."""

    why = ChoiceFilter(label="原因", field_name="code", choices=list(rules.WHY_HELD.items()))
    kind = ChoiceFilter(label="签到或签退", choices=list(rules.KINDS.items()))
    q = CharFilter(label="志愿者编号", field_name="volunteer__number")

    class Meta:
        model = models.Scan
        fields: list[str] = []


class DisputeForm(forms.Form):
    """What a volunteer holds against a record."""

    words = forms.CharField(
        label="异议内容", max_length=400, widget=forms.Textarea(attrs={"rows": 4})
    )
    evidence = forms.FileField(label="证明材料（可不附）", required=False, allow_empty_file=True)


class MissingForm(DisputeForm):
    """Which record a volunteer misses."""

    day = DayField(label="服务日期")
    org: forms.ModelChoiceField = forms.ModelChoiceField(
        label="主办组织", queryset=None, empty_label="请选择"
    )
    field_order = ("day", "org", "words", "evidence")

    def __init__(self, *args: object, hosts: QuerySet[Org], **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].queryset = hosts


class AnswerForm(forms.Form):
    """What is answered to a volunteer."""

    verdict = forms.ChoiceField(label="结论", choices=ANSWERS, widget=forms.RadioSelect)
    answer = forms.CharField(label="答复", max_length=400, widget=forms.Textarea(attrs={"rows": 4}))


class DisputeFilter(FilterSet):
    """What a list of disputes can be narrowed to."""

    kind = ChoiceFilter(label="类型", choices=models.HoursDispute.Kind.choices)
    state = ChoiceFilter(label="状态", choices=models.HoursDispute.State.choices)

    class Meta:
        model = models.HoursDispute
        fields: list[str] = []


class PersonHoursFilter(FilterSet):
    """Between which days, of whom, and in which order. Its rows are counted from the facts."""

    since = DateFilter(label="从", method="kept")
    until = DateFilter(label="到", method="kept")
    q = CharFilter(label="志愿者编号", method="kept")
    order = ChoiceFilter(
        label="排序",
        method="kept",
        empty_label=None,
        choices=[(code, f"按{label}") for code, (label, _) in queries.ORDERS.items()],
    )

    class Meta:
        model = models.Volunteer
        fields: list[str] = []

    def kept(self, rows: object, name: str, value: object) -> object:
        """Leave the rows as they are: the question itself was narrowed."""
        return rows

    @property
    def qs(self) -> queries.HoursList:
        """Return the rows, asked for once."""
        if not hasattr(self, "_hours"):
            self._hours = self._asked()
        return self._hours

    def _asked(self) -> queries.HoursList:
        scope = self.request.scope
        given = self.form.cleaned_data if self.form.is_valid() else {}
        first: date = given.get("since") or scope.period.start
        last: date = given.get("until") or scope.period.end
        return queries.hours_by_person(
            self.request.actor,
            org=scope.org,
            first=first,
            last=last,
            order=given.get("order") or "minutes",
            number=given.get("q") or "",
        )
