"""How the domain says no."""


class Refused(Exception):
    """A rule forbids what was asked. Edges show `reason`; it is no fault and is not logged as one."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
