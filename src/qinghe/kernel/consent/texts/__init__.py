"""The notices that an installation starts from; a district publishes its own versions over them.

Each file holds one notice: its title in the first line, an empty line, the text.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent
PURPOSES = ("volunteering", "training", "contact", "location", "photo", "child")
SINCE = date(2022, 1, 1)  # before the first record that may rest on them


@dataclass(frozen=True)
class Text:
    """A shipped notice."""

    purpose: str
    title: str
    body: str


def shipped() -> list[Text]:
    """Return the text of every purpose."""
    return [_read(purpose) for purpose in PURPOSES]


def _read(purpose: str) -> Text:
    title, _, body = (FOLDER / f"{purpose}.txt").read_text(encoding="utf-8").partition("\n\n")
    return Text(purpose=purpose, title=title.strip(), body=body.strip())
