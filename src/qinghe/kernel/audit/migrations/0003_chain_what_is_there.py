"""Entries written before there was a chain are sealed as they stand, oldest first."""

import re

from django.db import migrations

from qinghe.kernel.audit import chain, keys

CHUNK = 1000
SIGNED = re.compile(r"（(\d+)）$")


def chain_up(apps, schema_editor) -> None:
    Entry, Head = apps.get_model("audit", "Entry"), apps.get_model("audit", "Head")
    head = Head(id=1, seq=0, hash=chain.GENESIS)
    while True:
        rows = list(Entry.objects.filter(seq=None).order_by("id")[:CHUNK])
        if not rows:
            break
        for entry in rows:
            _seal(entry, head)
        Entry.objects.bulk_update(
            rows, ["seq", "person_id", "area", "algorithm", "previous", "hash"], batch_size=100
        )
    head.save()


def _seal(entry, head):
    sealing = keys.writing()
    signed = SIGNED.search(entry.by)
    entry.seq, entry.previous, entry.algorithm = head.seq + 1, head.hash, sealing.name
    entry.person_id = int(signed[1]) if signed else 0
    entry.area = entry.verb.partition(".")[0]
    content = tuple(getattr(entry, name) for name in chain.FIELDS)
    link = chain.Link(seq=entry.seq, previous=entry.previous, content=content)
    head.seq, head.hash = entry.seq, chain.seal(link, by=sealing)
    entry.hash = head.hash


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_a_chain_of_entries")]

    operations = [migrations.RunPython(chain_up, migrations.RunPython.noop)]
