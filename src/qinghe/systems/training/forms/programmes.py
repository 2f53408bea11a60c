from decimal import Decimal

from django import forms

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.systems.training import queries
from qinghe.systems.training.access import Act
from qinghe.systems.training.queries import Programme, ProgrammeKind
from qinghe.systems.training.services import NewCourse, NewLecturer, NewProgramme

from .fields import text

QUARTER = Decimal("0.25")


class ProgrammeForm(forms.Form):
    """A programme to be set up."""

    code = forms.SlugField(
        label="编号", max_length=20, help_text="字母、数字和短横，如 JJG；导入讲师名册时用它。"
    )
    title = forms.CharField(label="名称", max_length=80)
    kind = forms.ChoiceField(label="类别", choices=ProgrammeKind.choices)
    org = OrgField(label="管理单位", help_text="它和它的下级都可以开班、开展线上期次、预约宣讲。")
    about = text("说明")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_for(actor, Act.RUN)

    def as_new(self) -> NewProgramme:
        """Return it as the service takes it."""
        return NewProgramme(**self.cleaned_data)


class CourseForm(forms.Form):
    """A course to be added."""

    title = forms.CharField(label="课程", max_length=80)
    hours = forms.DecimalField(
        label="学时", min_value=QUARTER, max_value=Decimal(999), decimal_places=2, step_size=QUARTER
    )
    is_examined = forms.BooleanField(
        label="须考核", required=False, help_text="勾选后，合格才发结业证书。"
    )
    about = text("内容")

    def as_new(self, programme: Programme) -> NewCourse:
        """Return it as the service takes it."""
        told = self.cleaned_data
        return NewCourse(
            programme=programme,
            title=told["title"],
            quarters=int(told["hours"] / QUARTER),
            is_examined=told["is_examined"],
            about=told["about"],
        )


class LecturerForm(forms.Form):
    """A lecturer to be taken in."""

    number = forms.CharField(
        label="人员编号", max_length=20, required=False, help_text="平台内的人员填编号。"
    )
    name = forms.CharField(
        label="外请讲师姓名", max_length=40, required=False, help_text="不在平台内的填姓名。"
    )
    subjects = forms.CharField(label="擅长领域", max_length=120)
    sender = forms.CharField(label="派出单位", max_length=80)
    joined_on = DayField(label="入队日期")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.actor = actor

    def clean_number(self) -> object:
        """Return the person with this number, or nothing where none was typed."""
        number = self.cleaned_data["number"].strip()
        if not number:
            return None
        found = queries.person_by_number(self.actor, number)
        if found is None:
            raise forms.ValidationError("没有这个人员编号，请核对；不在平台内的填姓名。")
        return found

    def as_new(self, team: Programme) -> NewLecturer:
        """Return it as the service takes it."""
        told = dict(self.cleaned_data)
        return NewLecturer(team=team, person=told.pop("number"), **told)
