from qinghe.analytics.indicators import Indicator, Kind, Ratio, Time
from qinghe.systems.volunteering.facts import COURTESY_CLAIM, COURTESY_USE, SPONSOR

COURTESY_CLAIMS = Indicator(
    code="VOL-70",
    label="志愿者礼遇领取次数",
    unit="次",
    kind=Kind.COUNT,
    over=COURTESY_CLAIM,
    meaning="期内领取的礼遇份数，以领取日期计入，归属领取时的主组织；取消的不计，过期未用的仍计。",
)
COURTESY_USES = Indicator(
    code="VOL-71",
    label="志愿者礼遇使用次数",
    unit="次",
    kind=Kind.COUNT,
    over=COURTESY_USE,
    meaning="期内在商家核销的礼遇份数，以核销当日（北京时间）计入，归属领取时的主组织。",
)
COURTESY_PEOPLE = Indicator(
    code="VOL-72",
    label="享受礼遇的志愿者人数",
    unit="人",
    kind=Kind.DISTINCT,
    over=COURTESY_USE,
    of=lambda use: use.person_id,
    meaning="期内至少使用过1份礼遇的志愿者，按人去重，以核销当日计入，归属领取时的主组织。",
)
SPONSORS = Indicator(
    code="VOL-73",
    label="合作礼遇商家数",
    unit="家",
    kind=Kind.COUNT,
    over=SPONSOR,
    time=Time.STOCK,
    meaning="期末仍在合作期内的礼遇商家，归属其管理单位；待审核的、期末当日及以前终止或协议到期的不计。",
)
COURTESY_RATE = Ratio(
    code="VOL-74",
    label="礼遇使用率",
    unit="%",
    top=COURTESY_USES,
    bottom=COURTESY_CLAIMS,
    meaning="期内礼遇使用次数（VOL-71）除以领取次数（VOL-70）；跨期使用的可能超过100%，没有领取的为空。",
)
