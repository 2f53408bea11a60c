"""What happens to organisations. Who may do it is decided by the caller (access lies above)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import check_not_future, local_day
from qinghe.lib.verdicts import Refused

from . import models, rules


@dataclass(frozen=True)
class NewOrg:
    """An organisation to be opened."""

    code: str
    name: str
    kind: str
    level: str
    opened_on: date
    parent_code: str = ""
    sector: str = ""
    new_org_kind: str = ""
    industry: str = ""


@transaction.atomic
def open_org(*, new: NewOrg, at: datetime, by: object) -> models.Org:
    """Open an organisation under its parent.

    Raises Refused: bad_code, code_taken, unknown_parent, parent_needed, wrong_parent,
    wrong_level, org_closed, industry_without_kind, new_org_in_school, in_future.
    """
    check_new(new=new, today=local_day(at))
    if models.Org.objects.filter(code=new.code).exists():
        raise Refused("code_taken", f"组织代码{new.code}已被使用，请换一个代码。")
    parent = _parent(new.parent_code)
    rules.check_place(kind=new.kind, level=new.level, parent_kind=parent.kind if parent else None)
    if parent:
        rules.check_still_open(closed_on=parent.closed_on, name=parent.name)
    org = models.Org.objects.create(**_columns(new, parent))
    models.Placement.objects.create(org=org, parent=parent, starts_on=new.opened_on)
    audit.record(by=by, verb="orgs.open_org", subject=org, at=at)
    return org


@transaction.atomic
def open_many(
    *, new: Sequence[NewOrg], at: datetime, by: object, source: Mapping[str, object]
) -> list[models.Org]:
    """Open a chunk of organisations whose rows and parents were checked before.

    One audit row names the file and lines in `source`. Raises Refused: unknown_parent.
    """
    parents = {row.parent_code for row in new}
    known = {
        org.code: org for org in models.Org.objects.filter(code__in=[n.parent_code for n in new])
    }
    made: list[models.Org] = []
    for row in new:
        parent = known.get(row.parent_code)
        if parent is None and row.parent_code:
            raise Refused("unknown_parent", f"上级组织代码{row.parent_code}不存在。")
        org = models.Org(**_columns(row, parent))
        if row.code in parents:
            org.save(force_insert=True)
        known[row.code] = org
        made.append(org)
    models.Org.objects.bulk_create([org for org in made if org.pk is None])
    models.Placement.objects.bulk_create(
        models.Placement(org=org, parent_id=org.parent_id, starts_on=org.opened_on) for org in made
    )
    audit.record_many(
        by=by,
        verb="orgs.open_many",
        model=models.Org,
        ids=[o.pk for o in made],
        at=at,
        detail=source,
    )
    return made


@transaction.atomic
def enter_missing(*, new: Sequence[NewOrg], at: datetime, by: object) -> int:
    """Open those organisations whose codes are not known yet; return how many were."""
    known = set(
        models.Org.objects.filter(code__in=[n.code for n in new]).values_list("code", flat=True)
    )
    missing = [row for row in new if row.code not in known]
    open_many(new=missing, at=at, by=by, source={"reference": "divisions"})
    return len(missing)


@transaction.atomic
def change_org(
    *,
    org: models.Org,
    name: str,
    sector: str,
    new_org_kind: str,
    industry: str,
    at: datetime,
    by: object,
) -> models.Org:
    """Correct what is written about an organisation; its place in the tree stays.

    Raises Refused: org_closed, industry_without_kind, new_org_in_school.
    """
    rules.check_still_open(closed_on=org.closed_on, name=org.name)
    rules.check_new_org(new_org_kind=new_org_kind, industry=industry, sector=sector)
    wanted = {"name": name, "sector": sector, "new_org_kind": new_org_kind, "industry": industry}
    changed = {
        field: [getattr(org, field), value]
        for field, value in wanted.items()
        if getattr(org, field) != value
    }
    for field, value in wanted.items():
        setattr(org, field, value)
    if changed:
        org.save(update_fields=list(changed))
        audit.record(by=by, verb="orgs.change_org", subject=org, at=at, detail={"changed": changed})
    return org


@transaction.atomic
def move_org(
    *, org: models.Org, parent: models.Org, on: date, at: datetime, by: object
) -> models.Org:
    """Put an organisation and all below it under another parent from a day on.

    Raises Refused: org_closed, wrong_parent, below_itself, too_early, in_future, same_parent.
    """
    org, parent = _locked(org), _locked(parent)
    rules.check_still_open(closed_on=org.closed_on, name=org.name)
    rules.check_still_open(closed_on=parent.closed_on, name=parent.name)
    rules.check_place(kind=org.kind, level=org.level, parent_kind=parent.kind)
    rules.check_no_cycle(org_path=org.path, parent_path=parent.path)
    if org.parent_id == parent.pk:
        raise Refused("same_parent", f"{org.name}已在{parent.name}之下，没有变更。")
    detail = {"from": org.parent.code if org.parent else "", "to": parent.code, "on": str(on)}
    _place_under(org=org, parent=parent, on=on, today=local_day(at))
    org.parent = parent
    org.save(update_fields=["parent"])
    audit.record(by=by, verb="orgs.move_org", subject=org, at=at, detail=detail)
    org.refresh_from_db()
    return org


@transaction.atomic
def merge_org(
    *, org: models.Org, into: models.Org, on: date, at: datetime, by: object
) -> models.Org:
    """Close an organisation on a day and let another take over what was below it.

    Its own earlier records count under the successor from that day's tree on.
    Raises Refused: org_closed, below_itself, too_early, in_future, wrong_parent.
    """
    org, into = _locked(org), _locked(into)
    rules.check_still_open(closed_on=org.closed_on, name=org.name)
    rules.check_still_open(closed_on=into.closed_on, name=into.name)
    rules.check_no_cycle(org_path=org.path, parent_path=into.path)
    for child in org.children.filter(closed_on__isnull=True):
        move_org(org=child, parent=into, on=on, at=at, by=by)
    _place_under(org=org, parent=into, on=on, today=local_day(at))
    org.refresh_from_db()
    org.parent, org.closed_on, org.successor = into, on, into
    org.save(update_fields=["parent", "closed_on", "successor"])
    audit.record(
        by=by, verb="orgs.merge_org", subject=org, at=at, detail={"into": into.code, "on": str(on)}
    )
    return org


@transaction.atomic
def close_org(*, org: models.Org, on: date, at: datetime, by: object) -> models.Org:
    """Close an organisation that has nothing open below it.

    Raises Refused: org_closed, has_children, too_early, in_future.
    """
    org = _locked(org)
    rules.check_still_open(closed_on=org.closed_on, name=org.name)
    rules.check_not_before(day=on, earliest=org.opened_on, what="撤销")
    check_not_future(day=on, today=local_day(at), what="撤销")
    below = org.children.filter(closed_on__isnull=True).count()
    if below:
        raise Refused("has_children", f"{org.name}还有{below}个下级组织，请先移走或撤销它们。")
    org.closed_on = on
    org.save(update_fields=["closed_on"])
    audit.record(by=by, verb="orgs.close_org", subject=org, at=at, detail={"on": str(on)})
    return org


def check_takes_new(*, org: models.Org) -> None:
    """Refuse new people or work for an organisation that is closed by now.

    The database is asked again, since the caller may hold an older copy. Raises Refused: org_closed.
    """
    closed_on = models.Org.objects.values_list("closed_on", flat=True).get(pk=org.pk)
    rules.check_takes_new(closed_on=closed_on, name=org.name)


def check_new(*, new: NewOrg, today: date) -> None:
    """Refuse a new organisation whose own particulars do not fit together."""
    rules.check_code(new.code)
    rules.check_new_org(new_org_kind=new.new_org_kind, industry=new.industry, sector=new.sector)
    check_not_future(day=new.opened_on, today=today, what="成立")


def _parent(code: str) -> models.Org | None:
    if not code:
        return None
    parent = models.Org.objects.filter(code=code).first()
    if parent is None:
        raise Refused("unknown_parent", f"上级组织代码{code}不存在，请核对。")
    return parent


def _columns(new: NewOrg, parent: models.Org | None) -> dict[str, object]:
    return {
        "code": new.code,
        "name": new.name,
        "kind": new.kind,
        "level": new.level,
        "sector": new.sector,
        "new_org_kind": new.new_org_kind,
        "industry": new.industry,
        "parent": parent,
        "path": f"{parent.path if parent else '/'}{new.code}/",
        "opened_on": new.opened_on,
    }


def _locked(org: models.Org) -> models.Org:
    return models.Org.objects.select_for_update().get(pk=org.pk)


def _check_never_below(*, org: models.Org, parent: models.Org, on: date) -> None:
    """Refuse a backdated move under what itself stood below the organisation after that day."""
    spans = [(parent.pk, on, date.max)]
    while spans:
        below_id, starts_on, ends_on = spans.pop()
        if below_id == org.pk:
            raise Refused(
                "below_itself",
                f"{on.isoformat()}之后{parent.name}曾在{org.name}之下，请改用更晚的变更日期。",
            )
        placed = models.Placement.objects.filter(org_id=below_id).order_by("starts_on")
        reaches_back = True  # as in the lineage: a first placement has no beginning
        for above_id, first, last in placed.values_list("parent_id", "starts_on", "ends_on"):
            since = starts_on if reaches_back else max(starts_on, first)
            until = min(ends_on, last or date.max)
            reaches_back = False
            if above_id and since < until:
                spans.append((above_id, since, until))


def _place_under(*, org: models.Org, parent: models.Org, on: date, today: date) -> None:
    """Date the change of parent and rewrite today's paths of the organisation and all below."""
    check_not_future(day=on, today=today, what="变更")
    _check_never_below(org=org, parent=parent, on=on)
    now = models.Placement.objects.get(org=org, ends_on__isnull=True)
    rules.check_not_before(day=on, earliest=max(now.starts_on, parent.opened_on), what="变更")
    if now.starts_on == on:
        now.parent = parent
        now.save(update_fields=["parent"])
    else:
        now.ends_on = on
        now.save(update_fields=["ends_on"])
        models.Placement.objects.create(org=org, parent=parent, starts_on=on)
    old, new = org.path, f"{parent.path}{org.code}/"
    models.Org.objects.filter(path__startswith=old).update(
        path=Concat(Value(new), Substr(F("path"), len(old) + 1))
    )
