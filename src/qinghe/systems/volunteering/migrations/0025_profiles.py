import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# A list to begin with; the district keeps it from then on.
WORDS = (
    "急救", "摄影", "摄像", "主持", "写作", "设计", "翻译", "手语", "心理疏导", "法律咨询", "课业辅导", "体育指导",
    "音乐", "书法绘画", "手工", "理发", "家电维修", "驾驶", "计算机", "消防安全", "垃圾分类", "交通引导",
)  # fmt: skip


def enter_words(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Enter the words for skills to begin with."""
    skill_word = apps.get_model("volunteering", "SkillWord")
    skill_word.objects.bulk_create(skill_word(word=word) for word in WORDS)


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0002_contacts_and_child_access"),
        ("volunteering", "0024_disputes_and_terms"),
    ]

    operations = [
        migrations.CreateModel(
            name="Profile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=120, verbose_name="其他技能")),
                ("free_times", models.PositiveIntegerField(default=0, verbose_name="空闲时间")),
                ("languages", models.CharField(blank=True, max_length=80, verbose_name="语言")),
                ("unit", models.CharField(blank=True, max_length=60, verbose_name="单位或学校")),
                ("findable_on", models.DateField(null=True, verbose_name="同意被找到的日期")),
                ("changed_at", models.DateTimeField(verbose_name="更新时间")),
                (
                    "volunteer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="profile",
                        to="volunteering.volunteer",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("findable_on__isnull", False)),
                        fields=["volunteer"],
                        name="profile_findable",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("free_times__lt", 2097152)), name="profile_has_a_week"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProfilePlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="volunteering.profile",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("profile", "org"), name="place_once_in_a_profile"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="邀请时间")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="volunteering.session",
                    ),
                ),
                (
                    "volunteer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="volunteering.volunteer",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["volunteer", "at"], name="session_call_lately")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "volunteer"), name="called_once_a_session"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SkillWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=20, unique=True, verbose_name="技能")),
                ("retired", models.BooleanField(default=False, verbose_name="已停用")),
            ],
            options={
                "ordering": ["word"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("word", ""), _negated=True), name="skill_has_a_word"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProfileSkill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="skills",
                        to="volunteering.profile",
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="volunteering.skillword",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("profile", "skill"), name="skill_once_in_a_profile"
                    )
                ],
            },
        ),
        migrations.RunPython(enter_words, migrations.RunPython.noop, elidable=False),
    ]
