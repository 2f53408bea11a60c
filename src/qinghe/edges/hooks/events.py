"""What a system declares in its manifest of the things that other houses may be told."""

from dataclasses import dataclass

TEST = "test"  # what the button on the page sends


@dataclass(frozen=True)
class Event:
    """One kind of thing that happens. Whoever subscribes must be allowed `act` where it happens.

    What is told of it names nobody: numbers, codes, minutes and days only.
    """

    code: str
    label: str
    act: str
