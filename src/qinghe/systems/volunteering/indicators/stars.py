from qinghe.analytics.indicators import Indicator, Kind
from qinghe.systems.volunteering.facts import CERTIFICATE, STAR

STARS = Indicator(
    code="VOL-12",
    version=2,  # the first was reported, see returns
    label="认定星级志愿者数",
    unit="名",
    kind=Kind.DISTINCT,
    over=STAR,
    of=lambda star: star.person_id,
    meaning=(
        "期内经审核、公示后认定的星级志愿者，按人去重，一人同期多次认定只计1名；"
        "以认定日期计入，归属申报时的主组织；之后核减的仍计入认定当期，核减后的低星级不另计。"
    ),
)
CERTIFICATES = Indicator(
    code="VOL-22",
    label="志愿服务证明开具数",
    unit="份",
    kind=Kind.COUNT,
    over=CERTIFICATE,
    meaning=(
        "期内开具的志愿服务记录和证明份数，以开具当日（北京时间）计入，归属出具单位；已撤销的不计。"
    ),
)
