"""What a passage of each kind is made of."""

import re

from qinghe.lib.verdicts import Refused

TITLE, OPENING, PART, ITEM, RUN_IN, PARAGRAPH = (
    "title",
    "opening",
    "part",
    "item",
    "run_in",
    "paragraph",
)
HEADED = frozenset({PART, ITEM, RUN_IN})
LONGEST_HEADING = 120
_SPACE = re.compile(r"[ \t\u3000]+$|^[ \t\u3000]+", re.M)


def tidied(text: str) -> str:
    """Return a text with one sort of line end and without idle space at the ends of its lines."""
    return _SPACE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def title_line(text: str) -> str:
    """Return a title in one line, as lists show it."""
    return "".join(text.split("\n"))[:200]


def check_shape(*, kind: str, heading: str, text: str) -> None:
    """Refuse what a passage of this kind cannot hold.

    Raises Refused: heading_needed, no_heading_here, no_text_here, heading_too_long, one_line.
    """
    if kind in HEADED and not heading:
        raise Refused("heading_needed", "请填写小标题；没有保存，您写的仍在页面上。")
    if kind not in HEADED and heading:
        raise Refused("no_heading_here", "这一段没有小标题，请把内容写在正文里；没有保存。")
    if kind == ITEM and text:
        raise Refused("no_text_here", "二级标题下请另加分述，正文写在分述里；没有保存。")
    if len(heading) > LONGEST_HEADING:
        raise Refused("heading_too_long", f"小标题不超过{LONGEST_HEADING}字，请缩短；没有保存。")
    if "\n" in heading or ("\n" in text and kind != TITLE):
        raise Refused("one_line", "一段之内不换行；请另加一段。没有保存，您写的仍在页面上。")
