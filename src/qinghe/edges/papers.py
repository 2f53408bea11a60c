"""Printed papers: a Typst document and its data in, a PDF out, with the machine's own fonts.

A document reads its data as `json(bytes(sys.inputs.data))`. It can reach no file and no network.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import typst

from qinghe.lib.verdicts import Refused

# The names that a machine in an office and a bare Debian give to faces with Chinese signs.
SERIF = ("FangSong", "FangSong_GB2312", "SimSun", "Source Han Serif SC", "Noto Serif CJK SC")
SANS = ("SimHei", "Microsoft YaHei", "Source Han Sans SC", "Noto Sans CJK SC", "WenQuanYi Zen Hei")


def pdf_of(document: Path, *, data: Mapping[str, object]) -> bytes:
    """Set a document with its data. Raises Refused: no_chinese_font."""
    fonts = _fonts()
    known = frozenset(fonts.families())
    serif, sans = _those(SERIF, known), _those(SANS, known)
    if not serif and not sans:
        raise Refused(
            "no_chinese_font",
            "服务器没有安装中文字体，没有生成文件，其他内容不受影响；"
            "请系统管理员安装 fonts-noto-cjk 后重试。",
        )
    told = {**data, "serif": serif or sans, "sans": sans or serif}
    made = typst.compile(
        document.read_bytes(),
        format="pdf",
        font_paths=fonts,
        sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one piece")
    return made


def _those(wanted: tuple[str, ...], known: frozenset[str]) -> list[str]:
    return [name for name in wanted if name in known]


@cache
def _fonts() -> typst.Fonts:
    """Return the machine's fonts, found once: looking for them takes longer than setting a page."""
    return typst.Fonts()
