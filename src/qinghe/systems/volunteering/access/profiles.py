from qinghe.kernel.access.levels import Level, table

_WHY = "按技能和空闲时间邀请志愿者参加活动"
DATA = (
    *table(
        "volunteering.Profile",
        _WHY,
        {
            "volunteer": (Level.INTERNAL, "志愿者"),
            "words": (Level.INTERNAL, "其他技能"),
            "free_times": (Level.INTERNAL, "空闲时间"),
            "languages": (Level.INTERNAL, "语言"),
            "unit": (Level.INTERNAL, "单位或学校"),
            "findable_on": (Level.INTERNAL, "同意被找到的日期"),
            "changed_at": (Level.INTERNAL, "更新时间"),
        },
    ),
    *table(
        "volunteering.ProfileSkill",
        _WHY,
        {"profile": (Level.INTERNAL, "志愿档案"), "skill": (Level.INTERNAL, "技能")},
    ),
    *table(
        "volunteering.ProfilePlace",
        _WHY,
        {"profile": (Level.INTERNAL, "志愿档案"), "org": (Level.INTERNAL, "意向社区")},
    ),
    *table(
        "volunteering.SessionCall",
        _WHY,
        {
            "session": (Level.INTERNAL, "场次"),
            "volunteer": (Level.INTERNAL, "志愿者"),
            "asked_by": (Level.INTERNAL, "邀请人"),
            "at": (Level.INTERNAL, "邀请时间"),
        },
    ),
)
