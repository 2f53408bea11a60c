"""What a member does on the phone: a word and a grade on oneself, a grade for each of the others.

What one thinks of whom is nowhere kept: a candidate's line counts, one's own says only that one has
spoken.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.appraisals import models, rules

from .held import Held

Line = models.Line
Roll = models.Roll
Standing = models.Standing


@transaction.atomic
def appraise_oneself(*, line: Line, words: str, grade: str, at: datetime, by: Actor) -> Line:
    """Say what one thinks of oneself; until the meeting it may be written anew.

    Raises Refused: not_allowed, not_rating, not_under_review, words_needed.
    """
    _, kept = _own(line, by=by)
    kept.own_words = rules.check_own_words(words)
    kept.own_grade = models.Grade(grade).value
    kept.own_on = local_day(at)
    kept.save(update_fields=["own_words", "own_grade", "own_on"])
    audit.record(by=by, verb="appraisals.appraise_oneself", subject=kept, at=at)
    return kept


@transaction.atomic
def rate_others(*, line: Line, grades: Mapping[int, str], at: datetime, by: Actor) -> int:
    """Say what one thinks of the others of the branch, once; whom one leaves out one abstains on.

    Returns how many were rated. Raises Refused: not_allowed, not_rating, not_under_review,
    already_rated, roll_changed, nobody_rated.
    """
    roll, kept = _own(line, by=by)
    if kept.has_rated:
        raise Refused("already_rated", "您已经提交过互评，一人一次，没有重复计票。")
    if not grades:
        raise Refused("nobody_rated", "还没有给任何人评等次，没有提交。")
    others = {
        key for key, one in Held.lines_of(roll, grades).items() if one.standing == Standing.IN
    } - {kept.pk}
    if others != set(grades):
        raise Refused("roll_changed", "名单已有变化，没有提交；请刷新页面后重新评。")
    said: dict[str, list[int]] = defaultdict(list)
    for key, grade in grades.items():
        said[models.Grade(grade).value].append(key)
    for grade, keys in sorted(said.items()):
        column = f"peers_{grade}"
        Line.objects.filter(pk__in=keys).update(**{column: F(column) + 1})
    kept.has_rated = True
    kept.save(update_fields=["has_rated"])
    audit.record(by=by, verb="appraisals.rate_others", subject=kept, at=at)
    return len(grades)


@transaction.atomic
def take_part(*, line: Line, at: datetime, by: Actor) -> Line:
    """Take part of one's own will as a Party member who keeps their place in the League (T-44).

    Raises Refused: not_allowed, already_proposed, not_in_the_party.
    """
    roll = Held.of(line.roll_id)
    kept = _line(roll, line, by=by)
    rules.check_still_open(roll.state)
    if kept.standing != Standing.PARTY:
        raise Refused("not_in_the_party", "您已在评议名单上，不用另行申请，没有改动。")
    kept.standing = Standing.IN.value
    kept.save(update_fields=["standing"])
    Held.recount(roll)
    audit.record(by=by, verb="appraisals.take_part", subject=kept, at=at)
    return kept


def _own(line: Line, *, by: Actor) -> tuple[Roll, Line]:
    roll = Held.of(line.roll_id)
    kept = _line(roll, line, by=by)
    if roll.state != Roll.State.RATING:
        raise Refused("not_rating", "本支部现在不在自评互评阶段，没有提交。")
    if kept.standing != Standing.IN:
        raise Refused("not_under_review", f"您{kept.get_standing_display()}，没有提交。")
    return roll, kept


def _line(roll: Roll, line: Line, *, by: Actor) -> Line:
    found = Held.lines_of(roll, [line.pk]).get(line.pk)
    if found is None or not by.person_id or found.person_id != by.person_id:
        raise Refused("not_allowed", "只能办理自己的评议，没有改动。")
    return found
