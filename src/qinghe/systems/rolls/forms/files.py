from django import forms

from qinghe.edges.web.fields import DayField
from qinghe.kernel.people.services import NewFile


class FileForm(forms.Form):
    """What is known of a member."""

    joined_on = DayField(label="入团日期", help_text="支部大会通过接收决议的那一天。")  # T-10
    number = forms.CharField(
        label="发展团员编号",
        max_length=20,
        required=False,
        help_text="2017年及以后入团的为12位数字，以入团年份开头；暂缺的可先留空。登记后不能更改。",
    )
    party_on = DayField(
        label="入党日期", required=False, help_text="填写后按保留团籍统计；没有入党的留空。"
    )

    def as_new(self) -> NewFile:
        """Return it as the service takes it."""
        return NewFile(**self.cleaned_data)
