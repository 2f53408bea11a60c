"""团青比: the members among the students of graduating classes (T-15)."""

from qinghe.analytics.indicators import Indicator, Kind, Ratio, Time
from qinghe.systems.joining.facts.ratios import GRADUATING, IN_CLASS

STUDENTS = Indicator(
    code="JOI-16",
    label="毕业班学生数",
    unit="名",
    kind=Kind.SUM,
    over=GRADUATING,
    of=lambda one: one.students,
    time=Time.STOCK,
    meaning="期末在当学年内的初中、高中毕业班登记的学生数之和，归属班级团支部；没有登记的班不计。",
)
IN_CLASSES = Indicator(
    code="JOI-17",
    label="毕业班团员数",
    unit="人",
    kind=Kind.DISTINCT,
    over=IN_CLASS,
    of=lambda one: one.person_id,
    time=Time.STOCK,
    meaning="期末在已登记的毕业班团支部名册上的团员数，按人去重。",
)
YOUTH_RATIO = Ratio(
    code="JOI-18",
    label="毕业班团青比",
    unit="%",
    top=IN_CLASSES,
    bottom=STUDENTS,
    meaning="毕业班团员数（JOI-17）除以毕业班学生数（JOI-16）；没有登记毕业班的组织为空。",
)
INDICATORS: list[Indicator | Ratio] = [STUDENTS, IN_CLASSES, YOUTH_RATIO]
