"""Whose the lines of an export are: a fixed number of questions to the database, however many lines.

Identity numbers are compared inside the kernel; none of them comes here but as a line's own, which is
not kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Q

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import queries as people
from qinghe.kernel.people.models import Membership
from qinghe.systems.reconciling import models, rules
from qinghe.systems.reconciling.rules import Ground, Judged, OnRoll, Place, Roll, Told

Difference = models.Difference


def judged(
    actor: Actor,
    run: models.Run,
    told: Sequence[Told],
    *,
    whole: Mapping[int, str],
    on: date,
) -> list[Judged]:
    """Return what comes of the lines of a run that are not written yet.

    `whole` are the identity numbers that a line shows in full, by line.
    """
    left = told[run.written :]
    roll = Roll(on_roll(actor, run.org, on=on))
    left = _with_places(left, org=run.org)
    left = _with_holders(left, whole=whole, roll=roll)
    agrees = people.agreeing_with_shown(rules.to_compare(left, roll=roll))
    found = rules.match_all(
        left,
        roll=roll,
        agrees=agrees,
        remembered=_remembered(run.source, {one.identity for one in left}),
        taken=_taken(run),
    )
    ground = Ground(roll, agrees, names_below(actor, run.org), run.org_id)
    counts = rules.repeats(told)[run.written :]
    return [
        rules.judge(one, match, ground=ground, repeat=count)
        for one, match, count in zip(left, found, counts, strict=True)
    ]


def on_roll(actor: Actor, org: Org, *, on: date) -> list[OnRoll]:
    """Return the members on the rolls of an organisation and all below it on a day."""
    rows = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=on),
        org__path__startswith=org.path,
        starts_on__lte=on,
    ).order_by()
    return [
        OnRoll(person, org_id, name, sex, birth, number or "", joined_on)
        for person, org_id, name, sex, birth, number, joined_on in rows.values_list(
            "person_id",
            "org_id",
            "person__name",
            "person__sex",
            "person__birth_date",
            "person__league_file__number",
            "person__league_file__joined_on",
        )
    ]


def not_in_export(actor: Actor, run: models.Run, *, on: date) -> list[OnRoll]:
    """Return the members here whom no line of a run is about, and who are not written down as such."""
    taken = _taken(run)
    written = set(
        run.differences.filter(kind=Difference.Kind.EXTRA).values_list("person_id", flat=True)
    )
    return [
        one
        for one in on_roll(actor, run.org, on=on)
        if one.person not in taken and one.person not in written
    ]


def names_below(actor: Actor, org: Org) -> dict[int, str]:
    """Return the names of an organisation and all below it."""
    return dict(orgs.below(org).values_list("pk", "name"))


def row_as_told(actor: Actor, row: models.RunRow) -> Told:
    """Return a kept line as the rules read it."""
    return Told(
        line=row.line,
        name=row.name,
        shown=row.shown,
        sex=row.sex,
        birth=row.birth,
        joined_on=row.joined_on,
        number=row.number,
        branch=row.branch,
        branch_code=row.branch_code,
        org=row.named_id,
        standing=row.standing,
    )


def _with_places(told: Sequence[Told], *, org: Org) -> list[Told]:
    rows = orgs.below(org).filter(closed_on__isnull=True)
    places = [
        Place(pk, code, name, above or "")
        for pk, code, name, above in rows.values_list("pk", "code", "name", "parent__name")
    ]
    known = rules.spellings(places)
    named = {
        pair: rules.branch_told(*pair, known=known)
        for pair in {(one.branch_code, one.branch) for one in told}
    }
    return [replace(one, org=named[one.branch_code, one.branch]) for one in told]


def _with_holders(told: Sequence[Told], *, whole: Mapping[int, str], roll: Roll) -> list[Told]:
    """Say of lines with a whole identity number who of the roll has it on the books."""
    if not whole:
        return list(told)
    numbers = people.holders_of_id_numbers(set(whole.values()))
    keys = people.keys_of_numbers(set(numbers.values()))
    holders = {line: keys.get(numbers.get(number, "")) for line, number in whole.items()}
    return [
        replace(one, holder=pk) if (pk := holders.get(one.line)) in roll.by_person else one
        for one in told
    ]


def _remembered(source: models.RollSource, identities: set[str]) -> dict[str, int]:
    """Return whom a person chose for the same lines of earlier runs; the latest word holds."""
    found: dict[str, int] = {}
    keys = {rules.key_of_line(rules.Kind.UNSURE, one): one for one in identities}
    for some in people.in_parts(keys):
        rows = Difference.objects.filter(
            key__in=some,
            run__source=source,
            kind=Difference.Kind.UNSURE,
            person__isnull=False,
            decided_at__isnull=False,
        )
        for key, person in rows.order_by("decided_at", "pk").values_list("key", "person_id"):
            found[keys[key]] = person
    return found


def _taken(run: models.Run) -> set[int]:
    return set(run.lines.filter(person__isnull=False).values_list("person_id", flat=True))
