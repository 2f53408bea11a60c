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
GRADINGS = table(
    "branches.Grading",
    "办理支部定级",
    {
        "round": (Level.INTERNAL, "年度"),
        "org": (Level.INTERNAL, "支部"),
        "share": (Level.INTERNAL, "复核单位"),
        "months": (Level.INTERNAL, "成立月数"),
        "words": (Level.INTERNAL, "自评说明"),
        "report": (Level.INTERNAL, "自评报告"),
        "secretary": (Level.INTERNAL, "书记"),
        "signed_at": (Level.INTERNAL, "书记签名时间"),
        "witness": (Level.INTERNAL, "团员代表"),
        "witnessed_at": (Level.INTERNAL, "团员代表签名时间"),
        "sent_back": (Level.INTERNAL, "退回原因"),
        "reviewer": (Level.INTERNAL, "复核人"),
        "reviewed_at": (Level.INTERNAL, "复核时间"),
        "review_words": (Level.INTERNAL, "复核说明"),
        "veto": (Level.INTERNAL, "否决情形"),
        "checker": (Level.INTERNAL, "抽查人"),
        "checked_at": (Level.INTERNAL, "抽查时间"),
        "check_words": (Level.INTERNAL, "抽查说明"),
        "points": (Level.INTERNAL, "得分"),
        "star": (Level.INTERNAL, "等次"),
        "published_on": (Level.INTERNAL, "定级日期"),
        "ended_on": (Level.INTERNAL, "失效日期"),
        "state": (Level.INTERNAL, "状态"),
    },
)
SCORES = table(
    "branches.Score",
    "办理支部定级",
    {
        "grading": (Level.INTERNAL, "定级"),
        "step": (Level.INTERNAL, "步骤"),
        "item": (Level.INTERNAL, "项目"),
        "points": (Level.INTERNAL, "得分"),
    },
)
GRADING_TERMS = table(
    "branches.GradingTerms",
    "查对定级办法由谁设定",
    {
        "title": (Level.INTERNAL, "名称"),
        "starts_on": (Level.INTERNAL, "施行日期"),
        "five_from": (Level.INTERNAL, "五星最低分"),
        "four_from": (Level.INTERNAL, "四星最低分"),
        "three_from": (Level.INTERNAL, "三星最低分"),
        "low_from": (Level.INTERNAL, "后进最低分"),
        "months": (Level.INTERNAL, "参评须成立满（月）"),
        "high_months": (Level.INTERNAL, "四星五星须成立满（月）"),
        "five_percent": (Level.INTERNAL, "五星占比上限"),
        "four_percent": (Level.INTERNAL, "四星占比上限"),
        "report_length": (Level.INTERNAL, "报告最少字数"),
        "most_team": (Level.INTERNAL, "班子建设满分"),
        "most_members": (Level.INTERNAL, "团员管理满分"),
        "most_life": (Level.INTERNAL, "组织生活满分"),
        "most_order": (Level.INTERNAL, "制度落实满分"),
        "most_effect": (Level.INTERNAL, "作用发挥满分"),
        "source": (Level.INTERNAL, "依据"),
        "reason": (Level.INTERNAL, "调整原因"),
        "entered_by": (Level.INTERNAL, "设定人"),
    },
)
ROUNDS = table(
    "branches.GradingRound",
    "办理支部定级",
    {
        "year": (Level.INTERNAL, "年度"),
        "terms": (Level.INTERNAL, "定级办法"),
        "reference_on": (Level.INTERNAL, "基准日"),
        "self_closes_on": (Level.INTERNAL, "自评截止"),
        "review_closes_on": (Level.INTERNAL, "复核截止"),
        "opened_at": (Level.INTERNAL, "开始时间"),
        "published_on": (Level.INTERNAL, "最近公布日期"),
    },
)
SHARES = table(
    "branches.GradingShare",
    "办理支部定级",
    {
        "round": (Level.INTERNAL, "年度"),
        "committee": (Level.INTERNAL, "复核单位"),
        "branches": (Level.INTERNAL, "参评支部"),
    },
)
DATA = (
    *MEETINGS,
    *TERMS,
    *DUTIES,
    *GRADINGS,
    *SCORES,
    *GRADING_TERMS,
    *ROUNDS,
    *SHARES,
)
