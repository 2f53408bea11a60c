"""One human being who was entered twice becomes one person. Who may do it is decided by the caller.

Every key to a person has a fate that the caller's register names (docs/adr/0068): what is told about
somebody goes over, who acted stays as it was signed. A key without a fate stops the merge.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from qinghe.kernel.audit import services as audit
from qinghe.kernel.people import keys, models, queries, rules
from qinghe.kernel.people.keys import Fate, Fates, Key
from qinghe.kernel.people.models import ContactField
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused

from . import contacts


@dataclass(frozen=True)
class Merging:
    """Who is merged into whom, and what was chosen where the two rows say different things.

    `branch` is the organisation on whose roll the person goes on where there are two; `stands` tells by key whose
    row stands of what each person has one of. `contact` names the sealed texts that may go over
    where the kept person has none.
    """

    duplicate: models.Person
    kept: models.Person
    branch: int | None = None
    stands: dict[str, int] = field(default_factory=dict)
    contact: Collection[ContactField] = (ContactField.ID_NUMBER,)


@dataclass
class Merged:
    """What a merge did: how many records went over by key, and what gave way to its like."""

    moved: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def merge_persons(*, merging: Merging, fates: Fates, at: datetime, by: object) -> Merged:
    """Repoint all that is told about a duplicate to the person who is kept, and mark it merged.

    Raises Refused: same_person, already_merged, other_person, choice_needed, clash, key_missing,
    key_damaged.
    """
    kept, duplicate = _locked(merging)
    rules.check_same_human(queries.known_of(kept), queries.known_of(duplicate))
    _settle_stays(merging)
    _settle_posts(merging)
    _check_clashes(merging, fates)
    done = Merged()
    for key in keys.keys_to(models.Person):
        _settle(key, merging, fates, done)
    _settle_contact(merging, at=at, by=by)
    _complete(kept, by_the=duplicate)
    duplicate.merged_into, duplicate.merged_on = kept, local_day(at)
    duplicate.save(update_fields=["merged_into", "merged_on"])
    audit.record(
        by=by,
        verb="people.merge_persons",
        subject=duplicate,
        at=at,
        detail={
            "into": kept.number,
            "moved": sum(done.moved.values()),
            "dropped": "；".join(done.dropped.values()),
        },
    )
    return done


def _locked(merging: Merging) -> tuple[models.Person, models.Person]:
    """Return both as they are now, locked in one order: of A into B and B into A one succeeds."""
    ids = {merging.kept.pk, merging.duplicate.pk}
    rules.check_two_rows(rows=len(ids))
    found = models.Person.everybody.select_for_update().filter(pk__in=ids).order_by("pk")
    rows = {one.pk: one for one in found}
    rules.check_not_merged(is_merged=any(one.merged_into_id for one in rows.values()))
    return rows[merging.kept.pk], rows[merging.duplicate.pk]


def _settle_stays(merging: Merging) -> None:
    found = models.Membership.objects.filter(person__in=[merging.kept, merging.duplicate])
    rows = {one.pk: one for one in found}
    stays = [
        rules.Stay(one.pk, one.org_id, one.starts_on, one.ends_on, one.person_id == merging.kept.pk)
        for one in rows.values()
    ]
    for stay in rules.without_overlaps(stays, org_id=merging.branch):
        row = rows[stay.key]
        if (row.starts_on, row.ends_on) != (stay.starts_on, stay.ends_on):
            row.starts_on, row.ends_on = stay.starts_on, stay.ends_on
            row.save(update_fields=["starts_on", "ends_on"])
    found.update(person=merging.kept)


def _settle_posts(merging: Merging) -> None:
    """End at once what the duplicate holds of the same title in the same place: it is one post."""
    held = models.Post.objects.filter(ends_on__isnull=True)
    mine = set(held.filter(person=merging.kept).values_list("org_id", "title"))
    for post in held.filter(person=merging.duplicate):
        if (post.org_id, post.title) in mine:
            post.ends_on = post.starts_on
            post.save(update_fields=["ends_on"])
    models.Post.objects.filter(person=merging.duplicate).update(person=merging.kept)


def _check_clashes(merging: Merging, fates: Fates) -> None:
    found = keys.clashes_of(fates, kept=merging.kept.pk, duplicate=merging.duplicate.pk)
    if found:
        told = "、".join(f"{fates[name].label}{count}条" for name, count in found.items())
        raise Refused(
            "clash",
            f"两份档案各有不能并存的记录（{told}），没有合并；能撤销的请先到原处撤销其中一份，不能撤销的不能合并。",
        )


def _settle(key: Key, merging: Merging, fates: Fates, done: Merged) -> None:
    """Let the records of a key meet their fate."""
    if fates[key.name].fate is Fate.FOLDS:
        _fold(key, merging, fates, done)
    else:
        _move(key, merging.duplicate.pk, merging.kept.pk, fates, done)


def _fold(key: Key, merging: Merging, fates: Fates, done: Merged) -> None:
    """Let one of two rows stand, with the records of both."""
    of_kept, of_duplicate = (
        key.rows(person.pk).first() for person in (merging.kept, merging.duplicate)
    )
    if of_duplicate is None:
        return
    if of_kept is not None:
        both = {merging.kept.pk: of_kept, merging.duplicate.pk: of_duplicate}
        chosen = merging.stands.get(key.name)
        stands = rules.check_chosen(chosen, among=both, what=fates[key.name].label)
        row = both.pop(stands)
        (gone,) = both.values()
        for child in keys.keys_to(key.model):
            _move(child, gone.pk, row.pk, fates, done)
        done.dropped[key.name] = f"{fates[key.name].label}：{keys.words_of(gone)}"
        gone.delete()
    key.rows(merging.duplicate.pk).update(**{key.field: merging.kept.pk})


def _move(key: Key, source: int, target: int, fates: Fates, done: Merged) -> None:
    fate = fates[key.name].fate
    rows = key.rows(source)
    if fate is Fate.ENDS:
        rows.delete()
    if fate not in (Fate.MOVES, Fate.LEAVES, Fate.DROPS):
        return
    if stopped := key.clashing(kept=target, duplicate=source):
        if fate is Fate.DROPS:
            rows.filter(pk__in=list(stopped)).delete()
        rows = rows.exclude(pk__in=list(stopped))
    if count := rows.update(**{key.field: target}):
        done.moved[key.name] = count


def _settle_contact(merging: Merging, *, at: datetime, by: object) -> None:
    """Let go over what the kept person lacks and may take; nothing sealed is left behind."""
    theirs = models.Contact.objects.filter(person=merging.duplicate).first()
    if theirs is None:
        return
    mine = models.Contact.objects.filter(person=merging.kept).first()
    texts = queries.clear_texts(theirs, fields=ContactField)
    lacking = {
        one.value: texts[one]
        for one in merging.contact
        if texts[one] and (mine is None or getattr(mine, one) is None)
    }
    contacts.erase_contact(
        person=merging.duplicate,
        fields=tuple(ContactField),
        reason=f"合并到人员编号{merging.kept.number}",
        at=at,
        by=by,
    )
    if lacking:
        new = contacts.NewContact(**lacking)
        contacts.keep_contact(person=merging.kept, new=new, at=at, by=by)


def _complete(kept: models.Person, *, by_the: models.Person) -> None:
    """Fill in what only the duplicate's row knows."""
    kept.refresh_from_db()  # an identity number that went over may have told it already
    told = [one for one in ("sex", "birth_date") if not getattr(kept, one) and getattr(by_the, one)]
    for name in told:
        setattr(kept, name, getattr(by_the, name))
    kept.save(update_fields=told)
