"""Walking the chain from its first entry to its head, to the first thing that is wrong."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import connection
from django.db.models import Count

from . import chain, keys, models

AT_ONCE = 5000
TOLD_EVERY = 50_000
NEAR = 1000  # how far on a moved entry is looked for by its number alone
COLUMNS = ("seq", "previous", "hash", "algorithm", *chain.FIELDS)
PRUNED = "audit.prune"
GUARDS = {"sqlite": 3, "postgresql": 3}


Progress = Callable[[int, int], object]


class Kind(StrEnum):
    """What may be wrong with the chain."""

    EDITED = "edited"
    DELETED = "deleted"
    INSERTED = "inserted"
    SWAPPED = "swapped"
    CUT = "cut"
    HEAD = "head"
    KEY = "key"

    @property
    def label(self) -> str:
        """Return it in words."""
        return LABELS[self]


LABELS = {
    Kind.EDITED: "内容被改动",
    Kind.DELETED: "记录被删除",
    Kind.INSERTED: "记录是后来插入的",
    Kind.SWAPPED: "记录被调换了位置",
    Kind.CUT: "末尾的记录被删除",
    Kind.HEAD: "链头与最后一条记录不符",
    Kind.KEY: "校验所需的密钥不在密钥文件夹中",
}


@dataclass(frozen=True)
class Fault:
    """The first thing wrong: at which entry, and what."""

    seq: int
    kind: Kind


@dataclass(frozen=True)
class Anchor:
    """Where the chain stood at a moment, as another machine remembers it."""

    seq: int
    hash: str
    at: datetime


@dataclass(frozen=True)
class Checked:
    """What a walk found: how many entries, from which to which, and the first fault if any."""

    count: int
    first: int
    last: int
    fault: Fault | None


@dataclass(frozen=True)
class _Row:
    """One entry as it lies in the database."""

    link: chain.Link
    hash: str
    algorithm: str

    @property
    def seq(self) -> int:
        return self.link.seq

    @property
    def previous(self) -> str:
        return self.link.previous

    def fits(self, seq: int, seals: "_Seals") -> bool:
        """Test if the seal is the right one for this content at a place in the chain."""
        found = seals.get(self.algorithm)
        moved = chain.Link(seq=seq, previous=self.link.previous, content=self.link.content)
        return found is not None and chain.seal(moved, by=found) == self.hash


_Seals = dict[str, keys.Seal]


def verify(*, anchors: Sequence[Anchor] = (), progress: Progress | None = None) -> Checked:
    """Walk the chain and return what was found; entries written meanwhile do no harm."""
    before = _head()
    walk = _Walk(anchors)
    fault = walk.through(_told(_rows(), total=before.seq, progress=progress))
    if fault is None:
        fault = walk.end(before=before, after=_head()) or _doubled(walk)
    return Checked(count=walk.count, first=walk.first, last=walk.seq, fault=fault)


def is_guarded() -> bool:
    """Test if the database itself refuses to change entries."""
    catalogue = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass"
        " AND NOT tgisinternal AND tgenabled = 'O'",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor], [models.Entry._meta.db_table])
        return cursor.fetchone()[0] == GUARDS[connection.vendor]


class _Walk:
    """The state of a walk: the entry passed last, and what is still to be found on the way."""

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        self.seals: _Seals = dict(keys.reading())
        self.anchors = {anchor.seq: anchor.hash for anchor in anchors}
        self.count, self.first, self.seq, self.hash = 0, 1, 0, chain.GENESIS
        self.pruned: tuple[int, str] | None = None  # what a checkpoint further on must confirm

    def through(self, rows: Iterator[_Row]) -> Fault | None:
        """Pass entry after entry; return the first fault."""
        row = next(rows, None)
        if row is not None:
            self._begin(row)
        while row is not None:
            following = next(rows, None)
            if fault := self._fault(row, following):
                return fault
            self.count, self.seq, self.hash = self.count + 1, row.seq, row.hash
            if self.pruned and _confirms(row, self.pruned):
                self.pruned = None
            row = following
        return None

    def end(self, *, before: models.Head, after: models.Head) -> Fault | None:
        """Compare where the walk ended with the head and the anchors."""
        if self.pruned:
            return Fault(1, Kind.DELETED)
        furthest = max([before.seq, *self.anchors])
        if self.seq < furthest:
            return Fault(self.seq + 1, Kind.CUT)
        if self.seq > after.seq or (
            self.seq == after.seq and self.count and self.hash != after.hash
        ):
            return Fault(self.seq, Kind.HEAD)
        return None

    def _begin(self, row: _Row) -> None:
        if row.seq > 1:
            self.pruned = (row.seq - 1, row.previous)
            self.first, self.seq, self.hash = row.seq, row.seq - 1, row.previous
            # What was pruned can no longer be compared with an anchor.
            self.anchors = {seq: known for seq, known in self.anchors.items() if seq >= row.seq}

    def _fault(self, row: _Row, following: _Row | None) -> Fault | None:
        expected = self.seq + 1
        if row.seq > expected:
            return Fault(expected, Kind.DELETED)
        if row.seq < expected:
            return Fault(row.seq, Kind.INSERTED)
        if row.algorithm not in self.seals:
            return Fault(expected, self._unknown(row, following))
        if not row.fits(expected, self.seals) or row.previous != self.hash:
            return Fault(expected, self._kind(row, following))
        if self.anchors.get(expected, row.hash) != row.hash:
            return Fault(expected, Kind.EDITED)
        return None

    def _unknown(self, row: _Row, following: _Row | None) -> Kind:
        """Tell a key that is not at hand from the name of a key that never was."""
        linked = following is None or following.previous == row.hash
        return Kind.KEY if linked and row.previous == self.hash else self._kind(row, following)

    def _kind(self, row: _Row, following: _Row | None) -> Kind:
        """Name what was done to an entry whose seal or link is wrong."""
        home = self._home(row)
        if home > row.seq and (following is None or self._is_as_far(following, home - row.seq)):
            return Kind.DELETED  # and those after it were given new numbers
        if home and home != row.seq:
            return Kind.SWAPPED
        if following is None:
            return Kind.INSERTED if row.seq > _head().seq else Kind.EDITED
        pushed_on = following.previous == self.hash or following.fits(row.seq, self.seals)
        return Kind.INSERTED if pushed_on else Kind.EDITED

    def _is_as_far(self, row: _Row, distance: int) -> bool:
        return row.fits(row.seq + distance, self.seals)

    def _home(self, row: _Row) -> int:
        """Return the place that an entry was sealed for; 0 when there is none to be found."""
        before = models.Entry.objects.filter(hash=row.previous).values_list("seq", flat=True)[:1]
        near = range(max(1, row.seq - 1), min(row.seq + NEAR, _head().seq + 1))
        likely = [row.seq, *near, *(seq + 1 for seq in before)]
        return next((seq for seq in likely if row.fits(seq, self.seals)), 0)


def _confirms(row: _Row, pruned: tuple[int, str]) -> bool:
    said = dict(zip(chain.FIELDS, row.link.content, strict=True))
    detail = said["detail"]
    return (
        said["verb"] == PRUNED
        and isinstance(detail, dict)
        and (detail.get("through"), detail.get("hash")) == pruned
    )


def _doubled(walk: _Walk) -> Fault | None:
    """Return the number that stands twice, which a walk by number can step over."""
    walked = models.Entry.objects.filter(seq__gte=walk.first, seq__lte=walk.seq)
    if walked.count() == walk.count:
        return None
    twice = walked.values("seq").annotate(times=Count("id")).filter(times__gt=1)
    return Fault(twice.order_by("seq").values_list("seq", flat=True)[0], Kind.INSERTED)


def _head() -> models.Head:
    return models.Head.objects.filter(pk=1).first() or models.Head(seq=0, hash=chain.GENESIS)


def _told(rows: Iterator[_Row], *, total: int, progress: Progress | None) -> Iterator[_Row]:
    for done, row in enumerate(rows, start=1):
        yield row
        if progress and done % TOLD_EVERY == 0:
            progress(min(done, total), total)


def _rows() -> Iterator[_Row]:
    rows = models.Entry.objects.order_by("seq").values_list(*COLUMNS)
    after = 0
    while batch := list(rows.filter(seq__gt=after)[:AT_ONCE]):
        yield from _made(batch)
        after = batch[-1][0]


def _made(batch: Iterable[tuple]) -> Iterator[_Row]:
    for seq, previous, digest, algorithm, *content in batch:
        link = chain.Link(seq=seq, previous=previous, content=tuple(content))
        yield _Row(link=link, hash=digest, algorithm=algorithm)
