"""One form for each step."""

from decimal import Decimal

from django import forms
from django.utils import timezone

from qinghe.edges.web.fields import DayField
from qinghe.kernel.access import levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Person
from qinghe.systems.joining import models, queries
from qinghe.systems.joining.services import Served, Vote

from .cases import text

MOST = 30_000


class StepForm(forms.Form):
    """A step that needs no more than its day."""

    on = DayField(label="日期")
    words = text("说明", required=False)

    def __init__(
        self,
        *args: object,
        actor: Actor,
        case: models.Case,
        terms: models.JoiningTerms,
        **options: object,
    ) -> None:
        super().__init__(*args, **options)
        self.actor, self.case, self.terms = actor, case, terms
        self.fields["on"].initial = timezone.localdate()
        self.ready()

    def ready(self) -> None:
        """Fit the fields to the case."""

    def told(self) -> dict[str, object]:
        """Return what was filled in as the service takes it."""
        return dict(self.cleaned_data)


class PlainForm(StepForm):
    """A step of which nothing but its day is told."""

    words = None  # type: ignore[assignment]


class TalkForm(StepForm):
    """Step 2."""

    on = DayField(label="谈话日期")
    words = text("谁去谈话、谈话要点")


class ProposeForm(StepForm):
    """Step 3, the branch."""

    on = DayField(label="支委会决定日期", help_text="没有支委会的填支部大会日期。")
    way = forms.ChoiceField(label="推荐方式", choices=models.Way.choices)
    words = text("推荐和讨论情况", required=False)

    def told(self) -> dict[str, object]:
        """Return it as the service takes it."""
        return {**self.cleaned_data, "way": models.Way(self.cleaned_data["way"])}


class ConfirmForm(StepForm):
    """Step 3, the committee."""

    on = DayField(label="批准日期")
    words = text("批准意见", required=False)


class _Member(forms.ModelMultipleChoiceField):
    def __init__(self, **options: object) -> None:
        super().__init__(queryset=Person.objects.none(), **options)
        self.actor: Actor | None = None
        self.case: models.Case | None = None

    def label_from_instance(self, one: Person) -> str:
        """Name a member as far as the reader may know them."""
        if self.actor is None or self.case is None:
            return one.number
        name = levels.full_name(self.actor, one, at=self.case.org, on=timezone.localdate())
        return f"{name}（{one.number}）"


class SponsorsForm(StepForm):
    """Steps 4 and 9."""

    on = DayField(label="确定日期")
    members = _Member(
        label="团员",
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text="本支部和上级团组织名册上的正式团员；按住 Ctrl 键可以选两名。",
    )
    words = None  # type: ignore[assignment]

    def ready(self) -> None:
        """Offer the members of the branch and of the organisation above it."""
        field = self.fields["members"]
        field.queryset = queries.members_of(self.actor, self.case)
        field.actor, field.case = self.actor, self.case

    def told(self) -> dict[str, object]:
        """Return it as the service takes it."""
        return {"on": self.cleaned_data["on"], "members": list(self.cleaned_data["members"])}


class CultivationForm(StepForm):
    """Step 5."""

    on = DayField(label="考察结束日期")
    hours = forms.IntegerField(label="志愿服务时长（小时）", min_value=0, max_value=MOST)
    volunteer_number = forms.CharField(label="注册志愿者编号", max_length=40, required=False)
    words = text("考察意见和佐证", help_text="写明志愿服务证明的来源；证明可先传到附件。")

    def told(self) -> dict[str, object]:
        """Return it as the service takes it."""
        told = dict(self.cleaned_data)
        return {"on": told.pop("on"), "served": Served(**told)}


class PreviewForm(StepForm):
    """Step 7."""

    on = DayField(label="预审日期")
    words = text("书面预审意见")


class FillForm(StepForm):
    """Step 10."""

    on = DayField(label="申请人填写入团志愿日期", help_text="须晚于最后一次团课。")
    opinion_on = DayField(label="介绍人签署意见日期", help_text="须晚于填写入团志愿日期。")
    words = text("介绍人意见")
    field_order = ("on", "opinion_on", "words")


class MeetingForm(StepForm):
    """Step 11."""

    on = DayField(label="大会日期", help_text="通过的，这一天就是入团时间。")
    entitled = forms.IntegerField(label="应到会有表决权人数", min_value=1, max_value=MOST)
    present = forms.IntegerField(label="实到会有表决权人数", min_value=0, max_value=MOST)
    agreed = forms.IntegerField(label="赞成", min_value=0, max_value=MOST)
    opposed = forms.IntegerField(label="反对", min_value=0, max_value=MOST)
    abstained = forms.IntegerField(label="弃权", min_value=0, max_value=MOST)
    field_order = ("on", "entitled", "present", "agreed", "opposed", "abstained", "words")

    def told(self) -> dict[str, object]:
        """Return it as the service takes it."""
        told = dict(self.cleaned_data)
        return {"on": told.pop("on"), "words": told.pop("words"), "vote": Vote(**told)}


class DecisionForm(StepForm):
    """Step 12."""

    on = DayField(label="审批日期", help_text="须晚于支部大会。")
    words = text("审批意见")
    over = text("超过团青比上限的理由", required=False, most=300)

    def ready(self) -> None:
        """Show what one more member weighs on, where the branch graduates (T-15)."""
        ratio = queries.ratio_at(self.actor, self.case.org, on=timezone.localdate())
        if ratio is None:
            del self.fields["over"]
        else:
            self.fields["over"].help_text = f"毕业班团青比：{ratio.words}。没有超过的不用填。"


class ArchiveForm(StepForm):
    """Step 15."""

    on = DayField(label="归档日期")
    scan = forms.FileField(label="入团志愿书扫描件", allow_empty_file=True)
    words = None  # type: ignore[assignment]

    def ready(self) -> None:
        """Say what is asked of the scan."""
        terms = self.terms
        self.fields[
            "scan"
        ].help_text = f"一个 PDF，正好{terms.scan_pages}页，不超过{terms.scan_megabytes}MB。"


class LessonForm(forms.Form):
    """A lesson that was attended."""

    on = DayField(label="上课日期")
    title = forms.CharField(label="团课主题", max_length=80)
    hours = forms.DecimalField(
        label="学时",
        min_value=Decimal("0.25"),
        max_value=8,
        decimal_places=2,
        max_digits=4,
        initial=1,
        help_text="可填四分之一学时，如 1.5、0.25。",
    )

    def clean_hours(self) -> int:
        """Return quarters of 学时."""
        quarters = self.cleaned_data["hours"] * 4
        if quarters != int(quarters):
            raise forms.ValidationError("学时须是0.25的倍数，请改正。")
        return int(quarters)


class ObjectionForm(forms.Form):
    """What somebody brought forward."""

    on = DayField(label="提出日期")
    raised_by = forms.CharField(label="提出人", max_length=60, required=False, help_text="可不填。")
    words = text("异议内容")


class ObjectionAnswerForm(forms.Form):
    """What was found out."""

    words = text("核实结果")
    upheld = forms.BooleanField(label="异议成立", required=False)
