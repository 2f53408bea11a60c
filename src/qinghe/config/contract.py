"""The page of what districts share: from the declarations that writer and reader use themselves."""

from collections.abc import Mapping

from qinghe.analytics import catalogue
from qinghe.analytics.layout import LINEAGE
from qinghe.analytics.shared import contract

from .markdown import WRITTEN_BY, table, text

INTRODUCTION = """\
`./qinghe facts export DIR` writes one district's facts into a folder that any number of districts share;
`./qinghe figures --facts DIR [--engine spark]` counts it. [ADR 0079](adr/0079-districts-share-parquet-folders.md)
says why. This is version {version} of the folder.

## The folder

| path | what it is |
|---|---|
| `districts/440307.json` | the manifest of a district: `format`, `district`, `name`, `top` (the key of its topmost organisation), `as_of`, `facts` (columns, rows, first and last day of each), `files` (bytes and SHA-256 of each) |
| `FACT/district=440307/half=2022H1/*.parquet` | a fact's rows, by the half-year of `day` |
| `lineage/district=440307/*.parquet` | who counts towards whom, from a day up to (not including) another |
| `organisations/district=440307/*.parquet` | what the organisations are called |

A district is its six-figure division code (GB/T 2260). Only files that a manifest names count. The manifest is
replaced in one step after its files lie there, so a reader sees an export whole or the one before. Who reads
while a district exports again may find a file gone and is told so; it asks again. To take a district out,
delete its manifest.

## Columns

`BIGINT`, `DATE`, `VARCHAR` and `BOOLEAN`; never NULL, never a float. Days are local days of Asia/Shanghai; `until`
is the first day on which a row no longer holds, 9999-12-31 while it does. A folder whose columns are not those of
the program that reads it is refused: all districts run the same version.

Keys are the whole numbers that end in `_id`. They mean something within one district and one export. Over all
districts a key is the code of its district · 2^40 + the key, so two districts' never meet; 0 is none. Hence who
serves in two districts is two persons in the city's figure: no key of a person is shared between districts.

Above the districts, whatever counts towards 440307 counts towards 440300, 440000 and 000000 too: the sum over the
districts that are in the folder, which need not be all there are. A figure is missing where a district never
recorded what it counts; above, where none of its districts did. The folder is as of its oldest export. Figures that
people defined in the browser are counted with the definitions of the machine that counts.

## What leaves, and what does not

- No name, telephone number, identity number, address, free text or file: facts hold none.
- `record_id` stays at home, so no row leads back to a record.
- {hidden} are numbered anew in each export, in an order drawn from a secret that is forgotten at its end. No number
  leads back to a person, nor from one export to the next.
- Rows are still one a record: a day, an organisation, sometimes sex and age. That is de-identified personal
  information, not anonymous (PIPL articles 51 and 73): keep the folder like a facts file, and hand it only to who
  may count. Each export leaves an entry in the audit trail.

## Facts

"""


def page() -> str:
    """Return what a folder of shared facts looks like."""
    facts = [catalogue.FACTS[name] for name in sorted(catalogue.FACTS)]
    hidden = sorted({key for fact in facts for key in contract.hidden(fact.columns)})
    rows = [[f"`{fact.name}`", fact.grain, _columns(contract.stored(fact))] for fact in facts]
    tree = [[f"`{name}`", "", _columns(columns)] for name, columns in _tree().items()]
    introduction = INTRODUCTION.format(
        version=contract.FORMAT, hidden=", ".join(f"`{key}`" for key in hidden)
    )
    return text(
        [
            "# Facts that districts share",
            "",
            WRITTEN_BY,
            "",
            *introduction.splitlines(),
            *table(["fact", "a row is", "columns"], [*tree, *rows]),
        ]
    )


def _tree() -> dict[str, Mapping[str, str]]:
    return {"lineage": LINEAGE, "organisations": contract.ORGANISATIONS}


def _columns(columns: Mapping[str, str]) -> str:
    return ", ".join(f"`{name}` {kind}" for name, kind in columns.items())
