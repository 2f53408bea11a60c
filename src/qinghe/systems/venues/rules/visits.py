"""What may be counted, and how it is put right."""

from qinghe.lib.verdicts import Refused

MOST = 2000  # people in one tap: a slip of the finger is not an open day


def check_people(people: int) -> None:
    """Refuse nobody, and more than a place holds. Raises Refused: nobody, too_many_people."""
    if people < 1:
        raise Refused("nobody", "人数至少为1，请改正。")
    if people > MOST:
        raise Refused("too_many_people", f"一次最多登记{MOST}人次，请核对后分次登记。")


def check_correction(*, takes: int, left: int) -> None:
    """Refuse to take away nothing, or more than is left. Raises Refused: nothing_left."""
    if takes < 1:
        raise Refused("nobody", "核减人次至少为1，请改正。")
    if takes > left:
        raise Refused("nothing_left", f"这条记录还剩{left}人次，不能核减{takes}人次。")


def check_stars(stars: int) -> None:
    """Refuse what is no rating. Raises Refused: no_stars."""
    if not 1 <= stars <= 5:
        raise Refused("no_stars", "请选择1到5分。")
