from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access import levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Sex
from qinghe.kernel.people.services import NewPerson
from qinghe.systems.joining import models, queries, rules
from qinghe.systems.joining.services import NewApplication

LETTER = 6000


def text(
    label: str, *, required: bool = True, most: int = 1000, help_text: str = ""
) -> forms.Field:
    """Return a field for some lines."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, max_length=most, required=required, widget=area, help_text=help_text
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = text("原因", most=200)


class _Application(forms.Form):
    nationality = forms.CharField(label="国籍", max_length=20, initial=rules.NATION)
    letter = forms.CharField(
        label="入团申请书",
        max_length=LETTER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="可以直接写，也可以上传纸质申请书的扫描件或照片。",
    )
    scan = forms.FileField(label="扫描件或照片", required=False, allow_empty_file=True)


class OwnApplicationForm(_Application):
    """One's own application."""

    org = OrgField(label="团支部", help_text="填团支部的完整名称或组织代码，可向班主任或社区询问。")
    field_order = ("org", "letter", "scan", "nationality")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_to_join(actor)

    def as_new(self) -> NewApplication:
        """Return it as the service takes it, of today."""
        return NewApplication(on=timezone.localdate(), **self.cleaned_data)


class ApplicationForm(_Application):
    """An application that a branch has on paper."""

    org = OrgField(label="团支部")
    on = DayField(label="申请日期", help_text="申请书上的日期。")
    number = forms.CharField(label="人员编号", max_length=20)
    name = forms.CharField(label="姓名", max_length=60)
    sex = forms.ChoiceField(
        label="性别", choices=[("", "—"), *Sex.choices], required=False, help_text="新登记的填写。"
    )
    birth_date = DayField(
        label="出生日期", required=False, help_text="平台内已有的人员不用填；新登记的必填。"
    )
    field_order = (
        "org",
        "on",
        "number",
        "name",
        "sex",
        "birth_date",
        "nationality",
        "letter",
        "scan",
    )

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        self.fields["org"].rows = queries.orgs_to_run(actor)

    def clean(self) -> dict[str, object]:
        """Ask for the day of birth of whoever is not on the books."""
        told = super().clean() or {}
        known = queries.person_numbered(self.actor, told.get("number", ""))
        if known is None and not told.get("birth_date"):
            self.add_error("birth_date", "平台内没有这个编号；新登记的人员须填出生日期。")
        return told

    def as_new(self) -> NewApplication:
        """Return the application as the service takes it."""
        names = ("org", "on", "letter", "nationality", "scan")
        return NewApplication(**{name: self.cleaned_data[name] for name in names})

    def as_person(self) -> NewPerson:
        """Return the applicant as the service takes them."""
        told = self.cleaned_data
        return NewPerson(
            number=told["number"].strip(),
            name=told["name"].strip(),
            sex=told["sex"],
            birth_date=told["birth_date"],
        )


class CaseFilter(FilterSet):
    """What a list of cases can be narrowed to."""

    q = CharFilter(label="姓名", method="named")
    stage = ChoiceFilter(label="阶段", choices=list(rules.STAGES.items()), method="in_stage")
    state = ChoiceFilter(label="状态", choices=models.Case.State.choices)
    awaits = ChoiceFilter(label="由谁办理", choices=[c for c in models.Case.Awaits.choices if c[0]])
    late = ChoiceFilter(
        label="逾期", choices=[("true", "已逾期"), ("false", "未逾期")], method="is_late"
    )

    class Meta:
        model = models.Case
        fields: list[str] = []

    def named(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to a name, among those whose name the reader may know."""
        known = levels.names_known_to(
            self.request.actor, person="person", org="org", on=timezone.localdate()
        )
        return rows.filter(known, person__name__icontains=value)

    def in_stage(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to those whose next step belongs to a stage."""
        wanted = [kind.number for kind in rules.STEPS if kind.stage == int(value)]
        return rows.filter(step__in=wanted)

    def is_late(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to those whose next step is past its limit, or to the others."""
        late = {"state": models.Case.State.OPEN, "due_on__lt": timezone.localdate()}
        return rows.filter(**late) if value == "true" else rows.exclude(**late)
