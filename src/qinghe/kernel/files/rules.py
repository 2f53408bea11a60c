"""Which files are kept: by extension, by content, by size."""

from dataclasses import dataclass
from pathlib import PurePath

from qinghe.lib.verdicts import Refused

MEGABYTE = 1024 * 1024
MOST_ON_ONE_RECORD = 30


@dataclass(frozen=True)
class Accepted:
    """A type of file that is taken: how it begins, and how large it may be."""

    media_type: str
    magic: bytes
    largest: int


TYPES: dict[str, Accepted] = {
    ".xlsx": Accepted(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        b"PK\x03\x04",
        60 * MEGABYTE,
    ),
    ".docx": Accepted(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        b"PK\x03\x04",
        20 * MEGABYTE,
    ),
    ".pdf": Accepted("application/pdf", b"%PDF-", 20 * MEGABYTE),
    ".jpg": Accepted("image/jpeg", b"\xff\xd8\xff", 10 * MEGABYTE),
    ".jpeg": Accepted("image/jpeg", b"\xff\xd8\xff", 10 * MEGABYTE),
    ".png": Accepted("image/png", b"\x89PNG\r\n\x1a\n", 10 * MEGABYTE),
}


def check(*, name: str, size: int, head: bytes) -> Accepted:
    """Return the type of an acceptable file.

    Raises Refused: file_type, file_empty, file_too_large, file_content.
    """
    extension = PurePath(name).suffix.lower()
    accepted = TYPES.get(extension)
    if accepted is None:
        known = "、".join(sorted(TYPES))
        raise Refused("file_type", f"不接受{extension or '没有扩展名的'}文件，可用：{known}。")
    if size == 0:
        raise Refused("file_empty", "文件是空的，没有保存，请重新选择文件。")
    if size > accepted.largest:
        most = accepted.largest // MEGABYTE
        raise Refused("file_too_large", f"文件超过{most}MB，没有保存，请缩小或分成几份。")
    if not head.startswith(accepted.magic):
        raise Refused("file_content", f"文件内容不是{extension}，没有保存，请用原程序另存后再传。")
    return accepted


def check_count(count: int) -> None:
    """Refuse one file too many on one record. Raises Refused: too_many_files."""
    if count >= MOST_ON_ONE_RECORD:
        raise Refused(
            "too_many_files",
            f"一条记录最多{MOST_ON_ONE_RECORD}个附件，没有保存；请先移除不用的。",
        )


def check_reason(reason: str) -> None:
    """Refuse to take a file away without saying why. Raises Refused: reason_needed."""
    if not reason.strip():
        raise Refused("reason_needed", "请填写移除的原因，没有改动。")
