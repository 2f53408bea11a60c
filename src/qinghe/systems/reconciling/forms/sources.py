from django import forms

from qinghe.edges.sheets.forms import FileForm, MappingForm
from qinghe.edges.web.fields import OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.systems.reconciling import queries
from qinghe.systems.reconciling.access import Act

from .exports import GUESSES, LABELS, MOST

LINES = f"不超过10MB、{MOST:,}行，读第一张工作表，列名在第一行。"


class RollSourceForm(forms.Form):
    """Another system of record, by its name."""

    name = forms.CharField(
        label="来源名称", max_length=60, help_text="如：广东智慧团建。全区共用一个名称。"
    )
    org = OrgField(label="登记组织", help_text="组织代码或完整名称。由它和上级维护列对应。")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_for(actor, Act.UPLOAD)


class RollExampleForm(FileForm):
    """An export as its source gives it out, to say which column is which."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["file"].label = "样表（.xlsx）"
        self.fields["file"].help_text = f"从来源系统导出的任意一份团员名册。{LINES}样表不保存。"


class RollMappingForm(MappingForm):
    """Which column of a source's exports says what."""

    labels, guesses, needed, salt = LABELS, GUESSES, ("name",), "reconciling.columns"


class UploadForm(FileForm):
    """An export to be held against the rolls of an organisation."""

    org = OrgField(
        label="为哪个组织对账", help_text="组织代码或完整名称。与它和全部下级的团员名册核对。"
    )
    field_order = ("org", "file")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_for(actor, Act.UPLOAD)
        self.fields["file"].label = "名册导出文件（.xlsx）"
        self.fields["file"].help_text = LINES
