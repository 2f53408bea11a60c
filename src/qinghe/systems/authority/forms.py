"""Forms and filters of roles, invitations, accounts and support sessions: what is well-formed."""

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.models import User
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access import levels
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.access.models import Account, Department, Holding, Invitation
from qinghe.kernel.access.rules import LENDABLE

from . import queries
from .access import Act
from .queries import AccountState, HoldingState, InvitationState
from .services import Candidate, Post

ROLES = [(role.value, role.label) for role in Role]
MINUTES = [(30, "30分钟"), (60, "1小时"), (120, "2小时")]


class AppointForm(forms.Form):
    """A person, the role they are to hold, where, and until when."""

    number = forms.CharField(
        label="人员编号",
        max_length=20,
        required=False,
        help_text="您名册上已有的人填编号；没有编号的填姓名和出生日期，编号自动生成。",
    )
    name = forms.CharField(label="姓名", max_length=60, required=False)
    birth_date = DayField(label="出生日期", required=False)
    role = forms.ChoiceField(label="角色")
    org = OrgField(label="任职组织", help_text="填组织代码或完整名称。")
    department = forms.ChoiceField(
        label="部门",
        choices=[("", "不分部门"), *Department.choices],
        required=False,
        help_text="只有团区委干部填写。",
    )
    ends_on = DayField(
        label="到期日", required=False, help_text="从这一天起不再有权限；长期任职可不填。"
    )

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_where_may(actor, Act.APPOINT)
        self.fields["role"].choices = [
            (role.value, role.label) for role in queries.roles_to_give(actor)
        ]

    def candidate(self) -> Candidate:
        """Return the person as the service takes them."""
        typed = self.cleaned_data
        return Candidate(typed["number"], typed["name"], typed["birth_date"])

    def post(self) -> Post:
        """Return the role as the service takes it."""
        typed = self.cleaned_data
        return Post(Role(typed["role"]), typed["org"], typed["department"], typed["ends_on"])


class ReasonForm(forms.Form):
    """Why something is done to somebody's account."""

    reason = forms.CharField(label="事由", max_length=200)


class EndForm(ReasonForm):
    """The day from which a role holds no more."""

    on = DayField(label="结束日", help_text="从这一天起不再有权限；填今天则立即生效。")
    field_order = ("on", "reason")


class ExtendForm(forms.Form):
    """Another last day."""

    ends_on = DayField(
        label="新的到期日", required=False, help_text="从这一天起不再有权限；改为长期任职请留空。"
    )


class DeputeForm(forms.Form):
    """Who acts in a post for some days."""

    number = forms.CharField(label="代理人编号", max_length=20, help_text="须在名册上并已有账号。")
    starts_on = DayField(label="起始日")
    ends_on = DayField(label="到期日", help_text="从这一天起不再代理。")


class HandOverForm(ReasonForm):
    """Who takes a post over, and when."""

    number = forms.CharField(label="接任人编号", max_length=20, help_text="须在名册上并已有账号。")
    on = DayField(label="移交日", help_text="从这一天起原任不再有权限，接任人开始任职。")
    field_order = ("number", "on", "reason")


class SupportForm(ReasonForm):
    """A role to borrow at an organisation, for how long and why."""

    org = OrgField(label="组织", help_text="填组织代码或完整名称。")
    role = forms.ChoiceField(
        label="借用角色",
        choices=[(role.value, role.label) for role in Role if role in LENDABLE],
        help_text="敏感信息、儿童信息、心理记录和授权一律不借出。",
    )
    minutes = forms.TypedChoiceField(label="时长", choices=MINUTES, coerce=int)
    field_order = ("org", "role", "minutes", "reason")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_where_may(actor, Act.ASK_SUPPORT)


class JoinForm(forms.Form):
    """The user name and the password that somebody invited chooses."""

    username = forms.CharField(
        label="账号",
        min_length=4,
        max_length=30,
        validators=[
            ASCIIUsernameValidator(message="账号只能用字母、数字和 @ . + - _，请改正。"),
        ],
        help_text="4至30位字母或数字，用来登录，启用后不再更改。",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label="密码",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="再输一次密码",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["password"].help_text = " ".join(
            str(words) for words in password_validation.password_validators_help_texts()
        )

    def clean(self) -> dict[str, object]:
        """Check the two passwords against each other and against what passwords must be."""
        super().clean()
        typed = self.cleaned_data
        password = typed.get("password")
        if password and password != typed.get("again"):
            self.add_error("again", "两次输入的密码不一致，请重新输入。")
        if password:
            try:
                user = User(username=typed.get("username", ""))
                password_validation.validate_password(password, user)
            except ValidationError as wrong:
                self.add_error("password", wrong)
        return typed


class _PersonFilter(FilterSet):
    q = CharFilter(label="姓名或编号", method="search")
    role = ChoiceFilter(label="角色", choices=ROLES)

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose whole name, as far as it may be read, or number is the text."""
        known = levels.names_known_to(
            self.request.actor, person="person", org="org", on=timezone.localdate()
        )
        return rows.filter((Q(person__name=value) & known) | Q(person__number=value))


class HoldingFilter(_PersonFilter):
    """What the list of holdings can be narrowed to."""

    state = ChoiceFilter(label="状态", choices=HoldingState.choices)

    class Meta:
        model = Holding
        fields: list[str] = []


class InvitationFilter(_PersonFilter):
    """What the list of invitations can be narrowed to."""

    state = ChoiceFilter(label="状态", choices=InvitationState.choices)

    class Meta:
        model = Invitation
        fields: list[str] = []


class AccountFilter(FilterSet):
    """What the list of accounts can be narrowed to."""

    q = CharFilter(label="账号或姓名", method="search")
    state = ChoiceFilter(label="状态", choices=AccountState.choices)
    idle = ChoiceFilter(label="久未登录", choices=[("idle", "90天以上未登录")])

    class Meta:
        model = Account
        fields: list[str] = []

    def search(self, rows: QuerySet[Account], name: str, value: str) -> QuerySet[Account]:
        """Keep the account of that name, or of the person of that whole name who is of age."""
        known = levels.names_known_to(
            self.request.actor, person="person", org="", on=timezone.localdate()
        )
        return rows.filter(Q(user__username__iexact=value) | (Q(person__name=value) & known))
