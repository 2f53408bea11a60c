"""What may leave the house how: values in, verdict out."""

from qinghe.lib.verdicts import Refused

AT_ONCE = 2_000  # rows that a browser waits for; more are written by a job
PEOPLE_ALONE = 200  # bar 27: more than these need signing in anew, and a second person's word
LEAST_WORDS = 4


def is_guarded(*, rows: int, personal: bool) -> bool:
    """Test if whoever asks signs in anew and a second person has to agree (bar 27).

    Rows stand for people: never fewer than there are.
    """
    return personal and rows > PEOPLE_ALONE


def check_purpose(*, note: str, receiver: str) -> None:
    """Refuse an export that does not say what for and for whom (S-10).

    Raises Refused: no_purpose, no_receiver.
    """
    if len(note.strip()) < LEAST_WORDS:
        raise Refused("no_purpose", f"用途说明至少填{LEAST_WORDS}个字，没有导出。")
    if not receiver.strip():
        raise Refused("no_receiver", "请填写接收方；自己留用就填本单位名称。没有导出。")


def check_not_own(*, decider_id: int, asker_id: int) -> None:
    """Refuse to let anybody agree to their own export. Raises Refused: own_export."""
    if decider_id == asker_id:
        raise Refused("own_export", "自己申请的导出要由另一人审批，没有改动。")
