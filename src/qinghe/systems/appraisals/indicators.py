"""The figures review and registration answers for."""

from qinghe.analytics.indicators import Equals, Indicator, Kind, Ratio, Time

from .facts import BRANCH, DEFERRED, DONE, DUE, GRADED, REGISTERED

WHICH = "取期末以前截止的最近一个年度的评议（2022年上半年为2021年度）"

DUE_MEMBERS = Indicator(
    code="APP-01",
    label="应评议团员数",
    unit="人",
    kind=Kind.DISTINCT,
    of=lambda rows: rows.person_id,
    over=DUE,
    time=Time.STOCK,
    meaning=f"{WHICH}：基准日在册的团员，不含保留团籍的党员和经同意不参加的人；归属评议时所在支部。",
)

GRADED_MEMBERS = Indicator(
    code="APP-02",
    label="已评议团员数",
    unit="人",
    kind=Kind.DISTINCT,
    of=lambda rows: rows.person_id,
    over=GRADED,
    time=Time.STOCK,
    meaning=f"{WHICH}：期末以前由上级批准等次的团员；未参加评议、等次未批准的不计。",
)

REGISTERED_MEMBERS = Indicator(
    code="APP-03",
    label="已注册团员数",
    unit="人",
    kind=Kind.DISTINCT,
    of=lambda rows: rows.person_id,
    over=REGISTERED,
    time=Time.STOCK,
    meaning=f"{WHICH}：期末以前完成年度团籍注册的团员，均为基本合格以上；暂缓的不计。",
)

TOP_MEMBERS = Indicator(
    code="APP-04",
    label="评议优秀团员数",
    unit="人",
    kind=Kind.DISTINCT,
    of=lambda rows: rows.person_id,
    over=GRADED,
    where=Equals("grade", "top"),
    time=Time.STOCK,
    meaning=f"{WHICH}：等次为优秀的团员；各支部不超过参加评议人数的30%，舍去小数。",
)

TOP_RATE = Ratio(
    code="APP-05",
    label="评议优秀占比",
    unit="%",
    top=TOP_MEMBERS,
    bottom=GRADED_MEMBERS,
    meaning="评议优秀团员数（APP-04）除以已评议团员数（APP-02）；没有评议的组织为空。",
)

FAILED_MEMBERS = Indicator(
    code="APP-06",
    label="评议不合格团员数",
    unit="人",
    kind=Kind.DISTINCT,
    of=lambda rows: rows.person_id,
    over=GRADED,
    where=Equals("grade", "failed"),
    time=Time.STOCK,
    meaning=f"{WHICH}：等次为不合格的团员，不能注册。",
)

DEFERRED_MEMBERS = Indicator(
    code="APP-07",
    label="暂缓注册团员数",
    unit="人",
    kind=Kind.DISTINCT,
    of=lambda rows: rows.person_id,
    over=DEFERRED,
    time=Time.STOCK,
    meaning=f"{WHICH}：期末以前定为暂缓注册、到汇总时还没有补办注册的团员。",
)

BRANCHES = Indicator(
    code="APP-08",
    label="应开展评议的团支部数",
    unit="个",
    kind=Kind.COUNT,
    over=BRANCH,
    time=Time.STOCK,
    meaning=f"{WHICH}：基准日有应评议团员的团支部和直接管理团员的组织。",
)

BRANCHES_DONE = Indicator(
    code="APP-09",
    label="两制完成的团支部数",
    unit="个",
    kind=Kind.COUNT,
    over=DONE,
    time=Time.STOCK,
    meaning=f"{WHICH}：期末以前等次已批准并办理了注册的团支部；个别团员暂缓注册不影响。",
)

DONE_RATE = Ratio(
    code="APP-10",
    label="两制完成的团组织占比",
    unit="%",
    top=BRANCHES_DONE,
    bottom=BRANCHES,
    meaning="两制完成的团支部数（APP-09）除以应开展评议的团支部数（APP-08）；没有支部的组织为空。",
)

GRADED_RATE = Ratio(
    code="AFF-04",
    version=2,  # the first was reported, see returns
    label="团员教育评议率",
    unit="%",
    top=GRADED_MEMBERS,
    bottom=DUE_MEMBERS,
    meaning=(
        "已评议团员数（APP-02）除以应评议团员数（APP-01），"
        f"{WHICH}；分母不含保留团籍的党员和经同意不参加的人。"
    ),
)

REGISTERED_RATE = Ratio(
    code="AFF-05",
    version=2,
    label="年度团籍注册率",
    unit="%",
    top=REGISTERED_MEMBERS,
    bottom=DUE_MEMBERS,
    meaning=(
        "已注册团员数（APP-03）除以应评议团员数（APP-01），与评议率同一分母，因此不高于评议率；"
        f"{WHICH}。"
    ),
)

INDICATORS: list[Indicator | Ratio] = [
    GRADED_RATE,
    REGISTERED_RATE,
    DUE_MEMBERS,
    GRADED_MEMBERS,
    REGISTERED_MEMBERS,
    TOP_MEMBERS,
    TOP_RATE,
    FAILED_MEMBERS,
    DEFERRED_MEMBERS,
    BRANCHES,
    BRANCHES_DONE,
    DONE_RATE,
]
