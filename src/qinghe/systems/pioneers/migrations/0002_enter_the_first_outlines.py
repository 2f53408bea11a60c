"""Points to begin with: what the national rules name, as a sample; the district sets its own.

Admission follows the order of 入队仪式 in the Pioneers' rules of admission; education before joining
the League follows what the League's rules ask to be taught. Local wording is not known.
"""

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SOURCE = (
    "样例：按少先队入队规程和发展团员工作细则的一般内容拟定，不是本地规定，请按本地文件编制新版本"
)
OUTLINES = {
    "admission": (
        "入队仪式要点",
        [
            ("出旗，全体队员敬队礼", True),
            ("奏唱队歌", True),
            ("宣布新队员名单", True),
            ("授红领巾，新队员佩戴", True),
            ("新队员宣誓", True),
            ("党、团组织代表或辅导员讲话", False),
            ("呼号", True),
            ("退旗", True),
        ],
    ),
    "league_education": (
        "入团教育要点",
        [
            ("学习团章和团的历史", True),
            ("讲明入团条件和程序", True),
            ("团员或团干部讲团课", True),
            ("讨论交流", False),
            ("书写学习体会", False),
        ],
    ),
}


def enter(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Enter the first version of both."""
    step = apps.get_model("pioneers", "Step")
    for kind, (title, points) in OUTLINES.items():
        outline, made = apps.get_model("pioneers", "Outline").objects.get_or_create(
            kind=kind,
            version=1,
            defaults={"title": title, "source": SOURCE, "starts_on": date(2021, 1, 1)},
        )
        for place, (text, is_required) in enumerate(points if made else [], start=1):
            step.objects.create(outline=outline, place=place, text=text, is_required=is_required)


class Migration(migrations.Migration):
    dependencies = [("pioneers", "0001_ceremonies")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
