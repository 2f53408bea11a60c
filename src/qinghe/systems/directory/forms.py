"""Forms and filters of the directory. An organisation is named by its code or its full name."""

from collections.abc import Mapping

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access import levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import Industry, Level, NewOrgKind, OrgKind, Sector
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.services import NewOrg
from qinghe.kernel.people.models import ChildAccess, Membership, Post, Service, Sex
from qinghe.kernel.people.services import NewContact, NewPerson, NewPost

from . import queries
from .access import Act

UNSET = [("", "未填")]
OPEN, CLOSED = "open", "closed"
STILL, ENDED = "still", "ended"


class OrgForm(forms.Form):
    """What is written about an organisation."""

    name = forms.CharField(label="组织名称", max_length=80)
    sector = forms.ChoiceField(label="领域", choices=UNSET + Sector.choices, required=False)
    new_org_kind = forms.ChoiceField(
        label="两新组织类别",
        choices=UNSET + NewOrgKind.choices,
        required=False,
        help_text="非公有制经济组织、社会组织建立的团组织才填；填了即计入两新团组织。",
    )
    industry = forms.ChoiceField(
        label="行业团工委", choices=UNSET + Industry.choices, required=False
    )


class OpenForm(OrgForm):
    """A new organisation."""

    code = forms.CharField(
        label="组织代码",
        max_length=24,
        help_text="数字、大写字母、连字符和下划线，启用后不再更改。",
    )
    kind = forms.ChoiceField(
        label="类型", choices=[each for each in OrgKind.choices if each[0] != OrgKind.DISTRICT]
    )
    level = forms.ChoiceField(label="层级", choices=Level.choices, initial=Level.UNIT)
    parent = OrgField(label="上级组织", help_text="填组织代码或完整名称。")
    opened_on = DayField(label="成立日期")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].rows = queries.orgs_where_may(actor, Act.OPEN_ORG)

    def as_new(self) -> NewOrg:
        """Return the organisation as the service takes it."""
        typed = dict(self.cleaned_data)
        parent = typed.pop("parent")
        typed["code"] = typed["code"].upper()
        return NewOrg(parent_code=parent.code, **typed)


class MoveForm(forms.Form):
    """Another parent, from a day on."""

    parent = OrgField(label="新的上级组织", help_text="填组织代码或完整名称。")
    on = DayField(label="变更日期", help_text="从这一天起，数字计入新的上级。")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].rows = queries.orgs_where_may(actor, Act.CHANGE_ORG)


class MergeForm(forms.Form):
    """A successor, from a day on."""

    into = OrgField(label="并入的组织", help_text="填组织代码或完整名称，须是同类组织。")
    on = DayField(label="合并日期", help_text="从这一天起，数字计入并入的组织。")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["into"].rows = queries.orgs_where_may(actor, Act.CHANGE_ORG)


class EndForm(forms.Form):
    """The day on which something ends; it no longer counts on that day."""

    on = DayField(label="日期", help_text="从这一天起不再计入。")


class PersonForm(forms.Form):
    """A person, known by number or new."""

    number = forms.CharField(
        label="人员编号",
        max_length=20,
        help_text="已登记的人填原编号，姓名须一致；不要填身份证号。",
    )
    name = forms.CharField(label="姓名", max_length=60)
    sex = forms.ChoiceField(label="性别", choices=UNSET + Sex.choices, required=False)
    birth_date = DayField(label="出生日期", required=False)

    def person(self) -> NewPerson:
        """Return the person as the services take it."""
        typed = self.cleaned_data
        return NewPerson(
            number=typed["number"],
            name=typed["name"],
            sex=typed["sex"],
            birth_date=typed["birth_date"],
        )


class MemberForm(PersonForm):
    """A member for a roll (T-12 needs the day of birth)."""

    birth_date = DayField(label="出生日期")
    org = OrgField(label="所在团组织", help_text="填组织代码或完整名称。")
    starts_on = DayField(label="入册日期")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_where_may(actor, Act.KEEP_ROLL)


class CadreForm(PersonForm):
    """A cadre for a post."""

    org = OrgField(label="任职组织", help_text="填组织代码或完整名称。")
    title = forms.CharField(label="职务", max_length=40)
    service = forms.ChoiceField(
        label="任职性质",
        choices=Service.choices,
        help_text="专职只做团的工作；挂职有期限、保留原岗位；兼职另有工作。",
    )
    starts_on = DayField(label="任职日期")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_where_may(actor, Act.APPOINT)

    def post(self) -> NewPost:
        """Return the post as the service takes it."""
        typed = self.cleaned_data
        return NewPost(title=typed["title"], service=typed["service"], starts_on=typed["starts_on"])


class ContactForm(forms.Form):
    """How a person is reached; a field left empty stays as it is. Never kept as a draft."""

    phone = forms.CharField(label="手机号", max_length=20, required=False)
    id_number = forms.CharField(
        label="身份证号",
        max_length=30,
        required=False,
        help_text="18位；出生日期、性别须与登记的一致，未登记的将据此补上。",
    )
    address = forms.CharField(
        label="住址",
        max_length=200,
        required=False,
        help_text="写到社区和门牌，如“龙岗区横岗街道红棉社区12号”。",
    )
    guardian_name = forms.CharField(
        label="监护人姓名", max_length=60, required=False, help_text="未成年人须填。"
    )
    guardian_phone = forms.CharField(label="监护人电话", max_length=20, required=False)

    def __init__(self, *args: object, shown: Mapping[str, str], **options: object) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.widget.attrs["autocomplete"] = "off"
            if masked := shown.get(name):
                field.widget.attrs["placeholder"] = f"已登记 {masked}，留空不变"

    def as_new(self) -> NewContact:
        """Return the contact as the service takes it."""
        return NewContact(**self.cleaned_data)


class ReasonForm(forms.Form):
    """Why something personal is read, or refused."""

    reason = forms.CharField(
        label="事由",
        max_length=200,
        help_text="写明用途，如“核实志愿服务证明”；事由与查看人、时间一并记录，不要写号码本身。",
    )


class OrgFilter(FilterSet):
    """What a list of organisations can be narrowed to."""

    q = CharFilter(label="名称或代码", method="search")
    kind = ChoiceFilter(label="类型", choices=OrgKind.choices)
    level = ChoiceFilter(label="层级", choices=Level.choices)
    sector = ChoiceFilter(label="领域", choices=Sector.choices)
    new = ChoiceFilter(label="两新", choices=[("yes", "两新"), ("no", "非两新")], method="by_new")
    state = ChoiceFilter(
        label="状态", choices=[(OPEN, "在运行"), (CLOSED, "已撤销")], method="by_state"
    )

    class Meta:
        model = Org
        fields: list[str] = []

    def search(self, rows: QuerySet[Org], name: str, value: str) -> QuerySet[Org]:
        """Keep those whose name or code holds the text."""
        return rows.filter(Q(name__icontains=value) | Q(code__icontains=value))

    def by_new(self, rows: QuerySet[Org], name: str, value: str) -> QuerySet[Org]:
        """Keep 两新 organisations, or all others."""
        return rows.exclude(new_org_kind="") if value == "yes" else rows.filter(new_org_kind="")

    def by_state(self, rows: QuerySet[Org], name: str, value: str) -> QuerySet[Org]:
        """Keep the open ones, or the closed ones."""
        return rows.filter(closed_on__isnull=value == OPEN)


class _PeopleFilter(FilterSet):
    q = CharFilter(label="姓名或编号", method="search")
    sector = ChoiceFilter(label="领域", field_name="org__sector", choices=Sector.choices)

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose whole name, as far as it may be read, or number is the text."""
        known = levels.names_known_to(
            self.request.actor, person="person", org="org", on=timezone.localdate()
        )
        return rows.filter((Q(person__name=value) & known) | Q(person__number=value))

    def by_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what still holds, or what has ended."""
        return rows.filter(ends_on__isnull=value == STILL)


class MemberFilter(_PeopleFilter):
    """What a list of members can be narrowed to."""

    state = ChoiceFilter(
        label="状态", choices=[(STILL, "在册"), (ENDED, "已终止")], method="by_state"
    )

    class Meta:
        model = Membership
        fields: list[str] = []


class CadreFilter(_PeopleFilter):
    """What a list of cadres can be narrowed to."""

    service = ChoiceFilter(label="任职性质", choices=Service.choices)
    state = ChoiceFilter(
        label="状态", choices=[(STILL, "在任"), (ENDED, "已离任")], method="by_state"
    )

    class Meta:
        model = Post
        fields: list[str] = []


class ChildAccessFilter(FilterSet):
    """What a list of wishes to read about minors can be narrowed to."""

    state = ChoiceFilter(label="状态", choices=ChildAccess.State.choices)

    class Meta:
        model = ChildAccess
        fields: list[str] = []
