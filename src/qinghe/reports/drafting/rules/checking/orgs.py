"""Names of organisations that the directory does not have."""

import re
from collections.abc import Iterator

from qinghe.reports.drafting.rules.findings import Code, Spot

from .spoken import BLANK, Spoken

_SUFFIX = re.compile(
    "街道团工委"
    "|街道(?!级|社区|义工联|党工委|办事处|工作|层面|、|两级|三级)"
    "|社区(?!级|发展|工作者|志愿者|服务|需求)"
    "|团工委"
)
# What a name cannot contain: it starts behind the last of these.
_BREAK = re.compile(
    rf"[\s，。；：！？、“”‘’（）《》〔〕{BLANK}0-9A-Za-z]|在|由|与|及|由于|和|为|对|向|从|到|让|使|给|获|被|把|将|以|进|入|赴|"
    "指导|联合|推荐|组织|依托|其中|支持|推动|带领|发动|巩固|走访|覆盖|面向|深入|落地|落户|联系|打造|建设|建立|开展"
)
# What stands before the word where it is no name: 各街道, 全街道, 11个街道, 封控社区.
_GENERIC = re.compile(
    "(?:^|各|全|个|每|本|该|级|等|区|多|所|些|属|街|镇|一|两|三|相关|有关|部分|其他|其余|重点|试点|基层|封控|管控|智慧|"
    "和谐|示范|城市|农村|所有|业|会|校|企|街道|学校|单位|行业|组织|党政|牵头|互联网|的)$"
)
_LONGEST = 4
ORGAN = "团工委"


def unknown(spoken: Spoken, *, names: frozenset[str]) -> Iterator[Spot]:
    """Yield each name of a street, a community or a working committee that nobody has."""
    if not names:
        return
    for found in _SUFFIX.finditer(spoken.typed):
        before = spoken.typed[: found.start()]
        if _is_known(before, found.group(), names):
            continue
        name = _BREAK.split(before)[-1]
        if _GENERIC.search(name) or not 2 <= len(name) <= _LONGEST:
            continue
        start = found.start() - len(name)
        said = spoken.typed[start : found.end()]
        yield Spot(Code.UNKNOWN_ORG, start, found.end(), f"组织名录里没有“{said}”，请核对名称。")


def _is_known(before: str, suffix: str, names: frozenset[str]) -> bool:
    whole = before + suffix
    if any(whole.endswith(name) for name in names):
        return True
    if not suffix.endswith(ORGAN):
        return False
    area = whole.removesuffix(ORGAN)  # 横岗街道团工委: the organ of a place that there is
    return any(area.endswith(name) for name in names)
