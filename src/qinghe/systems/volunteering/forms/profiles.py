from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.services import OwnProfile

SLOTS = [(str(slot), label) for slot, label in enumerate(rules.SLOTS)]
PLACES = tuple(f"place{number}" for number in range(1, rules.MOST_PLACES + 1))
GROWN_UP = 18


class ProfileForm(forms.Form):
    """What a volunteer says of themself."""

    skills: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        label="技能", queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label="其他技能", max_length=120, required=False, help_text="列表里没有的，自己写几个词。"
    )
    slots = forms.MultipleChoiceField(
        label="空闲时间", choices=SLOTS, required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label="语言",
        choices=list(rules.LANGUAGES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    unit = forms.CharField(label="单位或学校", max_length=60, required=False)
    findable = forms.BooleanField(
        label="同意活动主办方按这些信息找到我",
        required=False,
        help_text="只显示姓氏，不显示电话；只能通过平台发邀请。随时可以取消。",
    )

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["skills"].queryset = queries.skill_words(actor)
        for number, name in enumerate(PLACES, start=1):
            self.fields[name] = forms.ModelChoiceField(
                label=f"意向社区{number}",
                queryset=queries.communities(actor),
                required=False,
                empty_label="不选",
            )
        self.order_fields(["skills", "words", "slots", "languages", *PLACES, "unit", "findable"])

    def as_new(self) -> OwnProfile:
        """Return it as the service takes it."""
        given = self.cleaned_data
        return OwnProfile(
            findable=given["findable"],
            skills=list(given["skills"]),
            words=given["words"],
            free_times=rules.week_of(int(slot) for slot in given["slots"]),
            languages=",".join(given["languages"]),
            unit=given["unit"],
            places=[given[name] for name in PLACES if given[name]],
        )

    @staticmethod
    def initial_of(profile: models.Profile | None) -> dict[str, object]:
        """Return a profile as the form shows it."""
        if profile is None:
            return {}
        places = [one.org_id for one in profile.places.all()]
        return {
            "skills": [one.skill_id for one in profile.skills.all()],
            "words": profile.words,
            "slots": [str(slot) for slot in rules.slots_of(profile.free_times)],
            "languages": profile.languages.split(",") if profile.languages else [],
            "unit": profile.unit,
            "findable": profile.findable_on is not None,
            **dict(zip(PLACES, places, strict=False)),
        }


class SkillWordForm(forms.Form):
    """A word for the list."""

    word = forms.CharField(label="技能", max_length=20)


class FindableFilter(FilterSet):
    """By what a team looks for people."""

    skill = ModelChoiceFilter(
        label="技能",
        queryset=lambda request: queries.all_skill_words(request.actor),
        method="with_skill",
    )
    words = CharFilter(label="其他技能", field_name="words", lookup_expr="icontains")
    slot = ChoiceFilter(label="空闲时间", choices=SLOTS, method="free_then")
    place = CharFilter(label="社区名称", method="at_place")
    grown = ChoiceFilter(label="年龄", choices=[("yes", "成年"), ("no", "未成年")], method="by_age")

    class Meta:
        model = models.Profile
        fields: list[str] = []

    def with_skill(self, rows: QuerySet, name: str, value: models.SkillWord) -> QuerySet:
        """Keep those who have a skill."""
        has = models.ProfileSkill.objects.filter(profile=OuterRef("pk"), skill=value)
        return rows.filter(Exists(has))

    def free_then(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those who are free then."""
        then = F("free_times").bitand(1 << int(value))
        return rows.annotate(then=then).filter(then__gt=0)

    def at_place(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those at home in a community, or glad to serve in it."""
        glad = models.ProfilePlace.objects.filter(
            profile=OuterRef("pk"), org__name__icontains=value
        )
        return rows.filter(Q(volunteer__org__name__icontains=value) | Q(Exists(glad)))

    def by_age(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those of age, or those who are not; nobody's day of birth is told."""
        limit = rules.months_after(timezone.localdate(), months=-12 * GROWN_UP)
        minor = Q(volunteer__person__birth_date__gt=limit)
        unknown = Q(volunteer__person__birth_date__isnull=True)
        grown = unknown | Q(volunteer__person__birth_date__lte=limit)
        return rows.filter(grown if value == "yes" else minor)
