"""What organisations are given: their sheets, the marks on them, the files beside those."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse

from qinghe.edges.inbox import Item as Waiting
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.files.models import Attachment
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.rules import codes_in
from qinghe.kernel.people.models import Membership, Post
from qinghe.systems.assessments import models, rules
from qinghe.systems.assessments.access import Act

from .schemes import GONE, TOLD, may_watch

Assessment = models.Assessment
Mark = models.Mark
Scheme = models.Scheme


def assessments_seen_by(actor: Actor) -> QuerySet[Assessment]:
    """Return the sheets of the organisations in the actor's sight, the newest scheme first."""
    seen = Assessment.objects.filter(actors.within_reach(actor, Act.SEE))
    return seen.select_related("org", "scheme__org").order_by("-scheme__period", "org__path")


def marks_seen_by(actor: Actor) -> QuerySet[Mark]:
    """Return the marks on these sheets; how far each may be read says `may_see_marks`."""
    seen = Mark.objects.filter(actors.within_reach(actor, Act.SEE, path="assessment__org__path"))
    return seen.select_related("item__parent", "assessment__org", "assessment__scheme__org")


def own_assessments(actor: Actor) -> QuerySet[Assessment]:
    """Return the sheets that the actor fills in, those that are still due first."""
    mine = Assessment.objects.filter(actors.within_reach(actor, Act.SELF_SCORE))
    living = mine.exclude(scheme__state__in=GONE).select_related("org", "scheme__org")
    return living.order_by("-scheme__period", "-pk")


def may_see_marks(actor: Actor, assessment: Assessment) -> bool:
    """Test if what the district gave may be read: by whom it is about only once it is shown."""
    return assessment.scheme.state in TOLD or may_watch(actor, assessment.scheme)


def may_score(actor: Actor, assessment: Assessment) -> bool:
    """Test if the actor may still type into a sheet."""
    return (
        assessment.state == Assessment.State.DRAFT
        and assessment.scheme.state == Scheme.State.PUBLISHED
        and actors.may(actor, Act.SELF_SCORE, at=assessment.org)
    )


def marks_of(actor: Actor, assessment: Assessment) -> QuerySet[Mark]:
    """Return the marks on one sheet in the order of the scheme, with their reviews."""
    rows = assessment.marks.select_related("item__parent", "assessment__scheme", "assessment__org")
    rows = rows.prefetch_related("reviews__reviewer", "item__steps")
    return rows.order_by("item__parent__place", "item__place")


def files_of(actor: Actor, marks: Iterable[Mark]) -> dict[int, list[Attachment]]:
    """Return the files beside marks, by mark, in one question."""
    found: dict[int, list[Attachment]] = defaultdict(list)
    rows = Attachment.objects.filter(
        subject_kind=Mark._meta.label,
        subject_id__in=[mark.pk for mark in marks],
        removed_at__isnull=True,
    )
    for one in rows.order_by("pk"):
        found[one.subject_id].append(one)
    return found


def totals_of(actor: Actor, scheme: Scheme) -> dict[int, rules.Total]:
    """Return what each organisation comes to by its settled marks, in one question."""
    scored: dict[int, list[rules.Scored]] = {
        pk: [] for pk in scheme.assessments.values_list("pk", flat=True)
    }
    marks = Mark.objects.filter(assessment__scheme=scheme, final__isnull=False).order_by()
    for sheet, sort, final in marks.values_list("assessment_id", "item__sort", "final"):
        scored[sheet].append(rules.Scored(sort, final or 0))
    caps = {"bonus_cap": scheme.bonus_cap, "deduction_cap": scheme.deduction_cap}
    return {sheet: rules.total_of(each, **caps) for sheet, each in scored.items()}


def held(actor: Actor, assessment: Assessment) -> Assessment:
    """Return a sheet, held with its scheme until the transaction ends: the scheme comes first."""
    Scheme.objects.select_for_update().get(pk=assessment.scheme_id)
    kept = Assessment.objects.select_for_update(of=("self",)).select_related("org", "scheme__org")
    return kept.get(pk=assessment.pk)


def check_stranger(actor: Actor, org: Org) -> None:
    """Refuse whoever is of an organisation that is assessed. Raises Refused: own_org."""
    theirs = {"person_id": actor.person_id, "ends_on__isnull": True}
    there = {"org__path__startswith": org.path}
    stands = Membership.objects.filter(**theirs, **there).exists()
    rules.check_another_org(
        holdings=[held.org_path for held in actor.holdings],
        org_path=org.path,
        stands_there=stands or Post.objects.filter(**theirs, **there).exists(),
    )


def not_handed_in(actor: Actor, scheme: Scheme) -> QuerySet[Assessment]:
    """Return the sheets of a scheme that were not handed in."""
    rows = assessments_seen_by(actor).filter(scheme=scheme)
    return rows.exclude(state=Assessment.State.SUBMITTED)


def to_fill(actor: Actor) -> QuerySet[Assessment]:
    """Return the sheets that wait for the actor to score their own organisation."""
    waiting = Assessment.objects.filter(actors.within_reach(actor, Act.SELF_SCORE))
    return waiting.filter(
        state=Assessment.State.DRAFT, scheme__state=Scheme.State.PUBLISHED
    ).select_related("org", "scheme")


def to_review(actor: Actor) -> QuerySet[Assessment]:
    """Return the sheets that were handed in and wait for the actor's review."""
    waiting = Assessment.objects.filter(
        actors.within_reach(actor, Act.REVIEW),
        Q(state=Assessment.State.SUBMITTED) | Q(state=Assessment.State.MISSED),
        scheme__state=Scheme.State.PUBLISHED,
    ).exclude(org__code__in=own_codes(actor))
    unsettled = Mark.objects.filter(final__isnull=True, item__way=models.Item.Way.SELF)
    mine = models.Review.objects.filter(reviewer_id=actor.person_id).values("mark_id")
    return waiting.filter(
        pk__in=unsettled.exclude(pk__in=mine).values("assessment_id")
    ).select_related("org", "scheme")


def fill_items(actor: Actor, keys: Sequence[int]) -> list[Waiting]:
    """Show some of the sheets that wait to be filled in."""
    return [_waiting(one, "assessments:fill") for one in to_fill(actor).filter(pk__in=keys)]


def review_items(actor: Actor, keys: Sequence[int]) -> list[Waiting]:
    """Show some of the sheets that wait for review."""
    return [_waiting(one, "assessments:review") for one in to_review(actor).filter(pk__in=keys)]


def assessment_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return sheets behind a figure as lines."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.org.name}：{one.scheme.name}",
            cells=(("状态", one.get_state_display()), ("得分", _shown_total(actor, one))),
            url=reverse("assessments:result", args=[one.pk]),
        )
        for one in assessments_seen_by(actor).filter(pk__in=ids)
    ]


def mark_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return marks behind a figure as lines."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.item.number} {one.item.name}",
            cells=(
                ("单位", one.assessment.org.name),
                ("计分方式", one.item.get_way_display()),
            ),
            url=reverse("assessments:mark", args=[one.pk]),
        )
        for one in marks_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def _shown_total(actor: Actor, one: Assessment) -> str:
    return rules.in_words(one.total) if may_see_marks(actor, one) else "未公示"


def _waiting(one: Assessment, page: str) -> Waiting:
    return Waiting(
        pk=one.pk,
        title=one.scheme.name,
        url=reverse(page, args=[one.pk]),
        org=one.org.name,
    )


def own_codes(actor: Actor) -> set[str]:
    """Return the codes of the actor's own organisations and of all above them."""
    return {code for mine in actor.holdings for code in codes_in(mine.org_path)}
