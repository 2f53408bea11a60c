"""The figures resources answer for."""

from qinghe.analytics.indicators import Indicator, Kind, Ratio, Time

from .facts import ALLOCATION, DONATION, NEED, PROVIDER, RESOURCE, ROOM

BOOKS = Indicator(
    code="VOL-10",
    version=2,  # the first was reported, see returns
    label="募集图书册数",
    unit="册",
    kind=Kind.SUM,
    over=DONATION,
    of=lambda donation: donation.accepted,
    where=lambda donation: donation.item == "图书",
    meaning=(
        "期间内验收入库的捐赠图书册数之和，以验收日期计入，归属接收单位；"
        "待验收的、未入库的和送来多于入库的差额不计，其他物品不计。"
    ),
)

ROOMS = Indicator(
    code="VOL-11",
    version=2,
    label="建成梦想图书室数",
    unit="个",
    kind=Kind.COUNT,
    over=ROOM,
    time=Time.STOCK,
    meaning="期末状态为已建成的图书室数，归属负责单位，无论建在区内区外；筹建中和已停用的不计。",
)

PROVIDERS = Indicator(
    code="RES-01",
    label="公益生态圈爱心单位数",
    unit="家",
    kind=Kind.COUNT,
    over=PROVIDER,
    time=Time.STOCK,
    meaning="期末仍在公益生态圈内的爱心企业和机构数，归属登记单位；期末当日及以前退出的不计。",
)

RESOURCES = Indicator(
    code="RES-02",
    label="专库资源数",
    unit="项",
    kind=Kind.COUNT,
    over=RESOURCE,
    time=Time.STOCK,
    meaning="期末仍在志愿服务专库内可调配的资源项数，归属管理单位；期末当日及以前撤下的不计。",
)

NEEDS = Indicator(
    code="RES-03",
    label="资源需求数",
    unit="项",
    kind=Kind.COUNT,
    over=NEED,
    meaning="期间内提出、没有撤回的需求项数，以提出日期计入，归属提出单位。",
)

NEEDS_MET = Indicator(
    code="RES-04",
    label="已满足需求数",
    unit="项",
    kind=Kind.COUNT,
    over=NEED,
    where=lambda need: need.state == "met",
    meaning="期间内提出的需求中，到汇总时已记为满足的项数，以提出日期计入，归属提出单位。",
)

MET_RATE = Ratio(
    code="RES-05",
    label="需求满足率",
    unit="%",
    top=NEEDS_MET,
    bottom=NEEDS,
    meaning="已满足需求数（RES-04）除以资源需求数（RES-03）；没有需求的组织为空。",
)

ALLOCATIONS = Indicator(
    code="RES-06",
    label="资源调配到位次数",
    unit="次",
    kind=Kind.COUNT,
    over=ALLOCATION,
    meaning="期间内登记到位的调配次数，以到位日期计入，归属使用单位；申请中、待到位和取消的不计。",
)

SERVED = Indicator(
    code="RES-07",
    label="资源受益人次",
    unit="人次",
    kind=Kind.SUM,
    over=ALLOCATION,
    of=lambda allocation: allocation.served,
    meaning="到位的资源所服务的人次之和，由使用单位在登记到位时填写，以到位日期计入，归属使用单位。",
)

INDICATORS: list[Indicator | Ratio] = [
    BOOKS,
    ROOMS,
    PROVIDERS,
    RESOURCES,
    NEEDS,
    NEEDS_MET,
    MET_RATE,
    ALLOCATIONS,
    SERVED,
]
