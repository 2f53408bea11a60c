from decimal import Decimal

from django import forms
from django.core.files.base import File as Upload
from django.db.models import QuerySet
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet, NumberFilter

from qinghe.edges.web.fields import DayField
from qinghe.kernel.files.rules import TYPES
from qinghe.systems.targets import models
from qinghe.systems.targets.queries import charges, terms
from qinghe.systems.targets.rules.pace import Point
from qinghe.systems.targets.services.progress import NewProgress
from qinghe.systems.targets.services.terms import NewTerms

NOW, LATER = "now", "later"
MOST_POINTS = 6
_BOUNDS = {
    "green_percent": 100,
    "yellow_percent": 100,
    "quiet_percent": 50,
    "soon_days": 90,
    "named_days": 60,
}
_DARK = "dark"


def text(label: str, *, most: int, hint: str = "") -> forms.CharField:
    """Return a field for some lines."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=most, widget=area, help_text=hint)


class WhyForm(forms.Form):
    """Why."""

    reason = text("原因", most=200)


class ProgressForm(forms.Form):
    """How far it is: a number, some words, a photograph; handed in at once, or kept for later."""

    day = DayField(label="截至日期")
    number = forms.DecimalField(
        label="累计完成",
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
    )
    words = text("进展情况", most=400)
    evidence = forms.FileField(
        label="佐证（照片或材料，可不附）",
        required=False,
        allow_empty_file=True,  # the rules say it better
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(sorted(TYPES))}),
    )
    then = forms.ChoiceField(
        label="填完后",
        choices=[(NOW, "直接提交上级审核"), (LATER, "先存草稿")],
        initial=NOW,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: object, unit: str, is_strike: bool = False, **options: object
    ) -> None:
        super().__init__(*args, **options)
        self.fields["number"].label = f"累计完成（{unit}）"
        if is_strike:
            self.fields["words"].label = "完成情况"
            self.fields["evidence"].label = "成果佐证（照片或材料）"

    def as_new(self) -> NewProgress:
        """Return it as the service takes it."""
        given = self.cleaned_data
        number: Decimal = given["number"]
        evidence: Upload | None = given["evidence"]
        return NewProgress(given["day"], number, given["words"], evidence)

    @property
    def is_handed_in(self) -> bool:
        """Test if it is to be handed in at once."""
        return bool(self.cleaned_data["then"] == NOW)


class PauseForm(WhyForm):
    """Until when it is not watched, and why."""

    until = DayField(label="暂停至", help_text="到这一天为止不亮灯、不提醒，次日起恢复。")
    field_order = ("until", "reason")


class SlipForm(forms.Form):
    """What a paper asks for, and by when."""

    words = text("督办要求", most=400)
    answer_by = DayField(label="反馈期限")


class MilestonesForm(WhyForm):
    """Some days and how much is due by each; left empty the whole is due along a line."""

    def __init__(self, *args: object, points: list[Point], **options: object) -> None:
        super().__init__(*args, **options)
        for place in range(MOST_POINTS):
            known = points[place] if place < len(points) else None
            self.fields[f"day_{place}"] = DayField(
                label=f"节点{place + 1}日期", required=False, initial=known and known.day
            )
            self.fields[f"percent_{place}"] = forms.IntegerField(
                label=f"节点{place + 1}应完成（%）",
                required=False,
                min_value=1,
                max_value=100,
                initial=known and known.percent,
            )
        self.order_fields([name for name in self.fields if name != "reason"])

    def clean(self) -> dict[str, object]:
        """Ask for both halves of every milestone."""
        told = super().clean() or {}
        for place in range(MOST_POINTS):
            if (told.get(f"day_{place}") is None) is not (told.get(f"percent_{place}") is None):
                self.add_error(f"day_{place}", "节点的日期和应完成数要一起填。")
        return told

    def points(self) -> list[Point]:
        """Return the milestones that were filled in."""
        given = self.cleaned_data
        return [
            Point(given[f"day_{place}"], given[f"percent_{place}"])
            for place in range(MOST_POINTS)
            if given.get(f"day_{place}")
        ]


class MeasuresForm(forms.Form):
    """All numbers of the coming measures, beginning with those that hold."""

    title = forms.CharField(label="名称", max_length=80)
    starts_on = DayField(label="施行日期")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        for name in terms.TERM_NUMBERS:
            column = models.SupervisionTerms._meta.get_field(name)
            self.fields[name] = forms.IntegerField(
                label=str(column.verbose_name),  # type: ignore[union-attr]
                min_value=1,
                max_value=_BOUNDS.get(name, 366),
            )
        self.fields["source"] = forms.CharField(
            label="依据", max_length=200, help_text="文件名称和文号，或会议及日期。"
        )
        self.fields["reason"] = text("调整原因", most=200)

    def as_new(self) -> NewTerms:
        """Return it as the service takes it."""
        given = dict(self.cleaned_data)
        numbers = {name: given.pop(name) for name in terms.TERM_NUMBERS}
        return NewTerms(numbers=numbers, **given)


class ChargeFilter(FilterSet):
    """What the list of what is carried can be narrowed to."""

    q = CharFilter(label="任务或单位", method="search")
    light = ChoiceFilter(
        label="亮灯", choices=[*charges.Shining.choices, (_DARK, "不亮灯")], method="shines"
    )
    state = ChoiceFilter(
        label="状态",
        choices=[("running", "办理中"), ("paused", "暂停督办"), ("struck", "已销号")],
        method="stands",
    )
    step = ChoiceFilter(label="督办步骤", choices=charges.Rung.choices, method="stepped")
    late = ChoiceFilter(label="时限", choices=[("late", "已过时限未销号")], method="is_late")
    list = NumberFilter(label="清单编号", field_name="item__task_list")
    own = ChoiceFilter(label="范围", choices=[("1", "只看本级")], method="is_own")

    class Meta:
        model = models.Charge
        fields = ()

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose words, or whose organisation, hold the text."""
        return rows.filter(item__title__icontains=value) | rows.filter(org__name__icontains=value)

    def shines(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those that shine so today."""
        if value == _DARK:
            return rows.filter(now__light__isnull=True)
        return rows.filter(now__light=value)

    def stands(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those that run, are paused or were struck off."""
        if value == "struck":
            return rows.filter(struck_on__isnull=False)
        paused = charges.paused_on(self.request.actor, rows, timezone.localdate())
        if value == "paused":
            return paused
        return rows.filter(struck_on__isnull=True).exclude(pk__in=paused.values("pk"))

    def stepped(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those for which a step of the ladder was taken of the light that still shines."""
        return charges.stepped(self.request.actor, rows, value)

    def is_own(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those of the chosen organisation itself."""
        return rows.filter(org=self.request.scope.org)

    def is_late(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those that were due before today and are not struck off."""
        return rows.filter(struck_on__isnull=True, due_on__lt=timezone.localdate())
