from django import forms
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.web.fields import DayField, MomentField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.consent.services import Guardian
from qinghe.kernel.people.services import NewPerson
from qinghe.systems.training import models, queries
from qinghe.systems.training.access import Act
from qinghe.systems.training.services import Agreed, NewClass

from .fields import MOST, CourseField, LecturerField, text

OLDEST = 120


class ReasonForm(forms.Form):
    """Why."""

    reason = text("原因", required=True, most=200)


class ClassForm(forms.Form):
    """A class to be published."""

    course = CourseField(label="课程")
    title = forms.CharField(label="班次名称", max_length=80, help_text="如“2022年第三期”。")
    org = OrgField(label="主办单位")
    starts_at = MomentField(label="开始时间")
    ends_at = MomentField(label="结束时间")
    place = forms.CharField(label="地点", max_length=120, required=False)
    link = forms.URLField(label="线上网址", max_length=200, required=False, assume_scheme="https")
    lecturer = LecturerField(label="讲师", required=False, empty_label="待定")
    capacity = forms.IntegerField(label="名额", min_value=1, max_value=MOST)
    youngest = forms.IntegerField(label="最小年龄", min_value=0, max_value=OLDEST, required=False)
    oldest = forms.IntegerField(label="最大年龄", min_value=0, max_value=OLDEST, required=False)

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["course"].queryset = queries.courses_to_hold(actor)
        self.fields["org"].rows = queries.orgs_for(actor, Act.RUN)
        self.fields["lecturer"].take(
            queries.lecturers_to_choose(actor), actor=actor, on=timezone.localdate()
        )

    def as_new(self) -> NewClass:
        """Return it as the service takes it."""
        return NewClass(**self.cleaned_data)


class DeskForm(forms.Form):
    """Somebody who signs up at the desk."""

    number = forms.CharField(label="人员编号", max_length=20)
    name = forms.CharField(label="姓名", max_length=60)
    birth_date = DayField(
        label="出生日期", required=False, help_text="平台内已有的人员不用填；新登记的必填。"
    )
    training = forms.BooleanField(
        label="已出示《培训个人信息告知书》，本人或监护人同意", required=False
    )
    child = forms.BooleanField(
        label="未满14周岁：监护人同意《儿童个人信息保护规则》", required=False
    )
    guardian_name = forms.CharField(
        label="监护人姓名", max_length=60, required=False, help_text="未满18周岁的须填写。"
    )
    guardian_phone = forms.CharField(label="监护人电话", max_length=20, required=False)
    guardian_relation = forms.CharField(label="与本人关系", max_length=20, required=False)

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.actor = actor

    def clean(self) -> dict[str, object]:
        """Ask for the day of birth of whoever is not on the books: it decides who must agree."""
        told = super().clean() or {}
        known = queries.person_by_number(self.actor, told.get("number", ""))
        if known is None and not told.get("birth_date"):
            self.add_error("birth_date", "平台内没有这个编号；新登记的人员须填出生日期。")
        return told

    def as_new(self) -> NewPerson:
        """Return who it is as the service takes it."""
        told = self.cleaned_data
        return NewPerson(
            number=told["number"].strip(), name=told["name"].strip(), birth_date=told["birth_date"]
        )

    def as_agreed(self) -> Agreed:
        """Return what was agreed to, and by which guardian."""
        told = self.cleaned_data
        parts = [told[f"guardian_{name}"].strip() for name in ("name", "phone", "relation")]
        notices = queries.notices_in_force(self.actor, timezone.now())
        return Agreed(
            notices=[one.pk for one in notices if told[one.purpose]],
            guardian=Guardian(*parts) if any(parts) else None,
        )


class ClassFilter(FilterSet):
    """What a list of classes can be narrowed to."""

    q = CharFilter(label="班次", field_name="title", lookup_expr="icontains")
    state = ChoiceFilter(label="状态", choices=models.Class.State.choices)

    class Meta:
        model = models.Class
        fields: list[str] = []
