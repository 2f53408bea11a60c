from django import forms

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.appraisals import queries
from qinghe.systems.appraisals.services import NewCampaign, NewTerms


class CampaignForm(forms.Form):
    """A year's review to be opened."""

    year = forms.IntegerField(label="评议年度", min_value=2010, max_value=2100)
    reference_on = DayField(
        label="在册基准日", help_text="这一天在团员名册上的人列入名单，须在评议年度内。"
    )
    opens_on = DayField(label="开始日期")
    closes_on = DayField(label="截止日期", help_text="报告期末以前截止的最近一次评议进入统计。")

    def as_new(self, org: Org) -> NewCampaign:
        """Return it as the service takes it."""
        return NewCampaign(org=org, **self.cleaned_data)


class CapForm(forms.Form):
    """A lower share of 优秀 for an organisation and all below it."""

    org = OrgField(label="适用组织")
    percent = forms.IntegerField(label="优秀比例上限（%）", min_value=0, max_value=29)
    reason = forms.CharField(label="依据", max_length=200, help_text="如文件名称，或会议及日期。")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_to_lower(actor)


class TermsForm(forms.Form):
    """The numbers of the coming terms."""

    title = forms.CharField(label="名称", max_length=80)
    starts_on = DayField(label="施行日期")
    top_percent = forms.IntegerField(label="优秀比例上限（%）", min_value=1, max_value=30)
    quorum_part = forms.IntegerField(
        label="到会法定比例：超过几份", min_value=1, max_value=9, help_text="超过三分之二，填2。"
    )
    quorum_whole = forms.IntegerField(
        label="到会法定比例：共几份", min_value=2, max_value=10, help_text="超过三分之二，填3。"
    )
    defer_least = forms.IntegerField(label="暂缓注册最短（月）", min_value=1, max_value=24)
    defer_most = forms.IntegerField(label="暂缓注册最长（月）", min_value=1, max_value=24)
    source = forms.CharField(label="依据", max_length=200)
    reason = forms.CharField(
        label="调整原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3})
    )

    def as_new(self) -> NewTerms:
        """Return it as the service takes it."""
        return NewTerms(**self.cleaned_data)
