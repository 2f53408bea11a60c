"""What somebody wrote, put into a sentence of the house's."""

_ENDS = "。．.；;，,"


def inside(words: str) -> str:
    """Return what somebody wrote without the stop at its end, so that a sentence goes on after it."""
    return words.strip().rstrip(f"{_ENDS} \n")
