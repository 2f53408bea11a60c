"""What people have to write."""

from qinghe.lib.verdicts import Refused


def check_text(typed: str, *, what: str) -> str:
    """Return what was typed without what surrounds it. Raises Refused: words_needed."""
    text = " ".join(typed.split())
    if not text:
        raise Refused("words_needed", f"请写明{what}，方便日后查对，没有保存。")
    return text
