from qinghe.kernel.access.levels import Level, table

DATA = (
    *table(
        "volunteering.Rating",
        "改进活动组织",
        {
            "attendance": (Level.INTERNAL, "服务记录"),
            "score": (Level.INTERNAL, "评分"),
            "words": (Level.INTERNAL, "评价"),
            "at": (Level.INTERNAL, "评价时间"),
        },
    ),
    *table(
        "volunteering.Evaluation",
        "志愿服务记录中的评价情况",
        {
            "attendance": (Level.INTERNAL, "服务记录"),
            "org": (Level.INTERNAL, "主办组织"),
            "traits": (Level.INTERNAL, "评语"),
            "words": (Level.INTERNAL, "补充"),
            "given_by": (Level.INTERNAL, "评价人"),
            "at": (Level.INTERNAL, "评价时间"),
            "state": (Level.INTERNAL, "状态"),
            "objection": (Level.INTERNAL, "异议"),
            "objected_at": (Level.INTERNAL, "异议时间"),
            "answer": (Level.INTERNAL, "答复"),
            "answered_by": (Level.INTERNAL, "答复人"),
            "answered_at": (Level.INTERNAL, "答复时间"),
        },
    ),
)
