"""The level of each column about a person."""

from qinghe.kernel.access.levels import Level, table

MEETINGS = table(
    "branches.Meeting",
    "登记和核对支部会议",
    {
        "org": (Level.INTERNAL, "支部"),
        "kind": (Level.INTERNAL, "类别"),
        "day": (Level.INTERNAL, "日期"),
        "place": (Level.INTERNAL, "地点"),
        "topic": (Level.INTERNAL, "主题"),
        "entitled": (Level.INTERNAL, "应到"),
        "present": (Level.INTERNAL, "实到"),
        "counts": (Level.INTERNAL, "有效"),
        "slot": (Level.INTERNAL, "计入时段"),
        "covers_until": (Level.INTERNAL, "按期至"),
        "quarters": (Level.INTERNAL, "学时（刻）"),
        "speaker": (Level.INTERNAL, "主讲人"),
        "notes": (Level.INTERNAL, "会议记录"),
        "recorded_by": (Level.INTERNAL, "登记人"),
        "recorded_at": (Level.INTERNAL, "登记时间"),
        "reason": (Level.INTERNAL, "作废原因"),
        "state": (Level.INTERNAL, "状态"),
    },
)
TERMS = table(
    "branches.MeetingTerms",
    "查对会议要求由谁设定",
    {
        "title": (Level.INTERNAL, "名称"),
        "starts_on": (Level.INTERNAL, "施行日期"),
        "committee_from": (Level.INTERNAL, "设支委会的团员人数"),
        "source": (Level.INTERNAL, "依据"),
        "reason": (Level.INTERNAL, "调整原因"),
        "entered_by": (Level.INTERNAL, "设定人"),
    },
)
DUTIES = table(
    "branches.Duty",
    "查对会议要求",
    {
        "terms": (Level.INTERNAL, "会议要求"),
        "kind": (Level.INTERNAL, "类别"),
        "every": (Level.INTERNAL, "周期"),
        "times": (Level.INTERNAL, "每期次数"),
    },
)
DATA = (*MEETINGS, *TERMS, *DUTIES)
