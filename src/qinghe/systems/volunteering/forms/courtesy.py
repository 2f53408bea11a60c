from datetime import date

from django import forms
from django.db.models import Q, QuerySet
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.web.fields import OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.services import NewCourtesy, NewSponsor, NewTerms

from .fields import DayField

MOST = 1_000_000
WEEKDAYS = [(str(place), f"周{name}") for place, name in enumerate(rules.WEEKDAYS, start=1)]
ANY_STAR = [("0", "不限"), *((str(star), f"{star}星及以上") for star in range(1, 6))]


class SponsorForm(forms.Form):
    """A sponsor to be reviewed."""

    name = forms.CharField(label="商家名称", max_length=80)
    kind = forms.ChoiceField(label="类别", choices=models.Sponsor.Kind.choices)
    address = forms.CharField(label="地址", max_length=120)
    contact_name = forms.CharField(label="联系人", max_length=40)
    contact = forms.CharField(
        label="工作联系方式",
        max_length=60,
        help_text="单位电话或工作手机，不填私人住址和证件号码。",
    )
    agreed_from = DayField(label="协议开始")
    agreed_to = DayField(label="协议截止")
    org = OrgField(label="管理单位")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_for(actor, Act.KEEP_COURTESY)

    def as_new(self) -> NewSponsor:
        """Return it as the service takes it."""
        return NewSponsor(**self.cleaned_data)


class KeyForm(forms.Form):
    """A till that is to redeem."""

    label = forms.CharField(
        label="核销点", max_length=40, help_text="如“前台”“售票处1号窗”，停用和对账时按它区分。"
    )


class CourtesyForm(forms.Form):
    """An item to be reviewed."""

    sponsor: forms.ModelChoiceField = forms.ModelChoiceField(label="商家", queryset=None)
    title = forms.CharField(label="礼遇名称", max_length=60)
    kind = forms.ChoiceField(label="类别", choices=models.CourtesyItem.Kind.choices)
    about = forms.CharField(
        label="使用说明", max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    area = OrgField(label="适用范围", help_text="主组织在这个单位及其下级的志愿者可以领取。")
    opens_on = DayField(label="开放日期")
    closes_on = DayField(label="截止日期", help_text="领取和使用都不晚于这一天。")
    weekdays = forms.MultipleChoiceField(
        label="使用日", choices=WEEKDAYS, initial="1234567", widget=forms.CheckboxSelectMultiple
    )
    star = forms.TypedChoiceField(label="最低星级", choices=ANY_STAR, coerce=int, initial="0")
    hours = forms.IntegerField(
        label="最低服务时长（小时）",
        min_value=0,
        max_value=10_000,
        initial=0,
        help_text="0为不限。",
    )
    months = forms.IntegerField(label="按最近几个月的时长", min_value=1, max_value=120, initial=12)
    stock = forms.IntegerField(
        label="总份数", min_value=1, max_value=MOST, required=False, help_text="不填为不限。"
    )
    monthly = forms.IntegerField(
        label="每月份数", min_value=1, max_value=MOST, required=False, help_text="不填为不限。"
    )
    yearly = forms.IntegerField(label="每人每年份数", min_value=1, max_value=366, initial=1)
    value = forms.DecimalField(
        label="参考价值（元）",
        min_value=0,
        max_value=10_000,
        max_digits=7,
        decimal_places=2,
        required=False,
        help_text="计入每人每年的价值上限；没有可比价格的不填。",
    )

    def __init__(self, *args: object, actor: Actor, today: date, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["sponsor"].queryset = queries.sponsors_for(actor, today)
        self.fields["area"].rows = queries.areas_for(actor)

    def as_new(self) -> NewCourtesy:
        """Return it as the service takes it: minutes and 分."""
        given = dict(self.cleaned_data)
        hours, value = given.pop("hours"), given.pop("value")
        given["weekdays"] = "".join(sorted(given["weekdays"]))
        fen = None if value is None else int(value * 100)
        return NewCourtesy(minutes=hours * 60, fen=fen or None, **given)


class TermsForm(forms.Form):
    """How much one person may take a year."""

    starts_on = DayField(label="施行日期")
    most_claims = forms.IntegerField(label="每人每年领取次数上限", min_value=1, max_value=366)
    value = forms.DecimalField(
        label="每人每年价值上限（元）",
        min_value=1,
        max_value=10_000,
        max_digits=7,
        decimal_places=2,
    )
    valid_days = forms.IntegerField(label="领取后有效天数", min_value=1, max_value=366)

    def as_new(self) -> NewTerms:
        """Return it as the service takes it."""
        given = dict(self.cleaned_data)
        return NewTerms(most_fen=int(given.pop("value") * 100), **given)


class TillForm(forms.Form):
    """A code that was typed, or a QR code that was read."""

    code = forms.CharField(
        label="核销码",
        max_length=300,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autofocus": True, "inputmode": "numeric"}
        ),
        help_text="输入8位数字，或用扫码枪扫志愿者手机上的二维码。",
    )


class SponsorFilter(FilterSet):
    """What a list of sponsors can be narrowed to."""

    q = CharFilter(label="名称", field_name="name", lookup_expr="icontains")
    kind = ChoiceFilter(label="类别", choices=models.Sponsor.Kind.choices)
    state = ChoiceFilter(label="状态", choices=models.Sponsor.State.choices)

    class Meta:
        model = models.Sponsor
        fields: list[str] = []


class CourtesyFilter(FilterSet):
    """What a list of courtesies can be narrowed to."""

    q = CharFilter(label="名称或商家", method="search")
    kind = ChoiceFilter(label="类别", choices=models.CourtesyItem.Kind.choices)
    state = ChoiceFilter(label="状态", choices=models.CourtesyItem.State.choices)

    class Meta:
        model = models.CourtesyItem
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose title or sponsor holds the text."""
        return rows.filter(Q(title__icontains=value) | Q(sponsor__name__icontains=value))


class ClaimFilter(FilterSet):
    """What a list of claims can be narrowed to."""

    q = CharFilter(label="志愿者编号", field_name="volunteer__number")
    item = CharFilter(label="礼遇名称", field_name="item__title", lookup_expr="icontains")
    state = ChoiceFilter(label="状态", choices=models.CourtesyClaim.State.choices)

    class Meta:
        model = models.CourtesyClaim
        fields: list[str] = []
