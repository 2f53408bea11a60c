"""Words to the questions that numbers raise, kept while a filing is still being filled."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.systems.returns import models, queries, rules
from qinghe.systems.returns.access import Act


@transaction.atomic
def keep_answers(
    *,
    filing: models.Filing,
    answers: Mapping[str, str],
    reason: str = "",
    at: datetime,
    by: Actor,
) -> list[str]:
    """Keep words to what is asked now, and return the keys that changed. Safe to repeat.

    An empty answer takes back what was said; words to what nobody asks are dropped. Raises Refused:
    not_allowed, wrong_state, not_open_yet, locked.
    """
    found = models.Filing.objects.select_for_update(of=("self",)).select_related("round", "org")
    filing = found.get(pk=filing.pk)
    actors.require(by, Act.FILL, at=filing.org)
    rules.check_may_change(
        state=filing.state,
        opens_on=filing.round.opens_on,
        closes_on=filing.round.closes_on,
        day=local_day(at),
        reason=reason,
    )
    asked = {one.key: one.words[:300] for one in queries.sheet_of(by, filing).questions}
    kept = {one.question_key: one for one in filing.answers.all()}
    changed = []
    for key, text in answers.items():
        words, old = text.strip()[:300], kept.get(key)
        if key not in asked or (old and (old.text, old.asked) == (words, asked[key])):
            continue
        if not words:
            models.Answer.objects.filter(filing=filing, question_key=key).delete()
        else:
            models.Answer.objects.update_or_create(
                filing=filing,
                question_key=key,
                defaults={"asked": asked[key], "text": words, "at": at, "by": str(by)},
            )
        if words or old:
            changed.append(key)
    if changed:
        detail = {"answers": changed}
        audit.record(by=by, verb="returns.keep_answers", subject=filing, at=at, detail=detail)
    return changed
