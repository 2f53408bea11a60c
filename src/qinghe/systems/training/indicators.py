"""The figures training answers for."""

from qinghe.analytics.indicators import Indicator, Kind, Ratio, Time

from .facts import ATTENDED, BOOKED, CLASS, COMPLETION, LECTURE, LECTURER, WEBCAST

WEBCASTS = Indicator(
    code="ACT-05",
    version=2,  # the first was reported, see returns
    label="线上活动期数",
    unit="期",
    kind=Kind.COUNT,
    over=WEBCAST,
    meaning=(
        "期间内已开展的健康学堂、养生知识宣讲等线上活动期数，以播出日期计入，归属开展单位；"
        "草稿和已发布未开展的不计，重复播出的回放不另计。"
    ),
)

CLASSES = Indicator(
    code="TRN-01",
    label="培训开班期数",
    unit="期",
    kind=Kind.COUNT,
    over=CLASS,
    meaning="期间内已开班并点名的班次数，以开始日期计入，归属主办单位；报名中、已取消的不计。",
)

ATTENDANCES = Indicator(
    code="TRN-02",
    label="培训人次",
    unit="人次",
    kind=Kind.COUNT,
    over=ATTENDED,
    meaning="期间内班次的到课人次，同一人同一班计1人次，以班次开始日期计入，归属主办单位；缺课的不计。",
)

TRAINED = Indicator(
    code="TRN-03",
    label="参训人数",
    unit="人",
    kind=Kind.DISTINCT,
    of=lambda attended: attended.person_id,
    over=ATTENDED,
    meaning="期间内至少到课一次的人，按人去重，一人参加多个班次只计1人；以班次开始日期计入。",
)

EXAMINED = Indicator(
    code="TRN-04",
    label="参加考核人次",
    unit="人次",
    kind=Kind.COUNT,
    over=ATTENDED,
    where=lambda attended: attended.result != "",
    meaning="期间内到课并登记了考核结果的人次，以班次开始日期计入，归属主办单位；不设考核的课程不计。",
)

PASSED = Indicator(
    code="TRN-05",
    label="考核合格人次",
    unit="人次",
    kind=Kind.COUNT,
    over=ATTENDED,
    where=lambda attended: attended.result == "passed",
    meaning="期间内考核结果为合格的人次，以班次开始日期计入，归属主办单位。",
)

PASS_RATE = Ratio(
    code="TRN-06",
    label="考核合格率",
    unit="%",
    top=PASSED,
    bottom=EXAMINED,
    meaning="考核合格人次（TRN-05）除以参加考核人次（TRN-04）；没有考核的组织为空。",
)

COMPLETIONS = Indicator(
    code="TRN-07",
    label="发放结业证书数",
    unit="份",
    kind=Kind.COUNT,
    over=COMPLETION,
    meaning="期间内发放、到汇总时没有撤销的结业证书份数，以发放日期计入，归属主办单位。",
)

LECTURES_BOOKED = Indicator(
    code="TRN-08",
    label="宣讲预约场数",
    unit="场",
    kind=Kind.COUNT,
    over=BOOKED,
    meaning="期间内提出、预约单位没有取消的宣讲预约场数，以提出日期计入，归属预约单位。",
)

LECTURES = Indicator(
    code="TRN-09",
    label="宣讲场数",
    unit="场",
    kind=Kind.COUNT,
    over=LECTURE,
    meaning="期间内已完成并登记人次的宣讲场数，以宣讲日期计入，归属预约单位；已派课未完成的不计。",
)

LISTENERS = Indicator(
    code="TRN-10",
    label="宣讲人次",
    unit="人次",
    kind=Kind.SUM,
    over=LECTURE,
    of=lambda lecture: lecture.people,
    meaning="期间内已完成宣讲的听众人次之和，以宣讲日期计入，归属预约单位。",
)

LECTURERS = Indicator(
    code="TRN-11",
    label="在队讲师数",
    unit="名",
    kind=Kind.COUNT,
    over=LECTURER,
    time=Time.STOCK,
    meaning="期末在讲师队、宣讲团的讲师名数，归属队伍的管理单位；一人在两支队伍的计2名，期末当日及以前离队的不计。",
)

VIEWS = Indicator(
    code="TRN-12",
    label="线上活动观看人次",
    unit="人次",
    kind=Kind.SUM,
    over=WEBCAST,
    of=lambda webcast: webcast.views,
    meaning="期间内已开展的线上期次登记的观看人次之和，以播出日期计入，归属开展单位；回放的观看不计。",
)

INDICATORS: list[Indicator | Ratio] = [
    WEBCASTS,
    CLASSES,
    ATTENDANCES,
    TRAINED,
    EXAMINED,
    PASSED,
    PASS_RATE,
    COMPLETIONS,
    LECTURES_BOOKED,
    LECTURES,
    LISTENERS,
    LECTURERS,
    VIEWS,
]
