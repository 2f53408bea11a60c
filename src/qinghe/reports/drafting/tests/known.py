"""What the checker has to know, without a database."""

from collections.abc import Mapping
from decimal import Decimal

from qinghe.lib import periods, wording
from qinghe.reports.drafting import rules
from qinghe.reports.drafting.rules import Known, Surroundings, Token, checking, differences
from qinghe.reports.drafting.rules.findings import Availability

H1 = periods.half_year(2022, 1)
NAMES = frozenset({"横岗街道", "坂田街道", "红棉社区", "互联网行业团工委"})
AROUND = Surroundings(period=H1, fixed=frozenset({"读懂2022"}), org_names=NAMES)
# code: label, unit, time, decimals, usual phrase, now, a year before
FIGURES: Mapping[str, tuple[str, str, str, int, str, str, str]] = {
    "VOL-01": ("新增注册志愿者数", "人", "flow", 0, "wan:0", "40123", "30000"),
    "VOL-02": ("志愿服务活动场次", "场次", "flow", 0, "over:1000", "27123", "24000"),
    "VOL-03": ("志愿服务参与人次", "人次", "flow", 0, "wan:1", "471987", "500000"),
    "DIR-01": ("新增两新团组织数", "家", "flow", 0, "exact", "97", "80"),
    "DIR-02": ("两新团组织总数", "家", "stock", 0, "exact", "1060", "963"),
    "AFF-02": ("学校领域团员编号下发数", "个", "annual", 0, "exact", "2315", "2200"),
    "AFF-05": ("年度团籍注册率", "%", "flow", 2, "percent:2", "98.2629", "97.1"),
    "ACT-03": ("驻点服务活动场次", "场", "flow", 0, "more:10", "15", "12"),
    "ACT-01": ("入团教育次数", "次", "flow", 0, "more:10", "226", "210"),
    "CAS-03": ("热线接听量", "个", "flow", 0, "near:500", "8471", "7000"),
    "HON-07": ("火线授予个人数", "名", "flow", 0, "exact", "226", "0"),
    "TGT-01": ("三个百分百指标项数", "个", "annual", 0, "word", "3", "3"),
    "EMG-01": ("动员令招募令数", "个", "flow", 0, "hundreds", "108", "90"),
}


def known_of(token: Token) -> Known:
    """Return what the checker is told of a token."""
    if token.code not in FIGURES:
        return Known("［未知数字］", Availability.UNKNOWN, H1, advice="没有这个指标。")
    label, unit, time, decimals, usual, now, then = FIGURES[token.code]
    phrase = token.phrase or ("" if token.against else usual)
    exact, base = Decimal(now), token.base(H1)
    if base is not None:
        two = differences.Two(exact, Decimal(then), unit, decimals)
        change = differences.say_change(
            two, phrase=wording.Phrase.parse(phrase) if phrase else None
        )
        printed, exact = change.text, change.size
    elif phrase == "word":
        printed = wording.chinese_number(int(exact))
    else:
        printed = wording.say(exact, wording.Phrase.parse(phrase))
    return Known(
        printed=printed,
        availability=Availability.THERE,
        period=token.span(H1),
        label=label,
        unit=unit,
        time=time,
        decimals=decimals,
        phrase=phrase,
        exact=exact,
        base=base,
    )


def check(text: str, *, kind: str = "run_in", heading: str = "", around: Surroundings = AROUND):
    """Return the findings of a passage."""
    read = checking.Read(1, kind, heading, text)
    known = {token: known_of(token) for token in rules.tokens(text) + rules.tokens(heading)}
    return checking.of_passage(read, known=known, around=around)


def found_in(text: str, **options) -> list[tuple[str, str]]:
    """Return the findings of a text as pairs of code and words."""
    return [(str(each.code), each.words) for each in check(text, **options)]


def spoken(text: str) -> str:
    """Return a text as it is printed."""
    return "".join(
        known_of(piece.token).printed if piece.token else piece.text for piece in rules.parse(text)
    )
