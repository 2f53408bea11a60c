"""How closely the columns of graduating classes and ceilings are held (S-37)."""

from qinghe.kernel.access.levels import Level, table

DATA = (
    *table(
        "joining.RatioCeiling",
        "规定毕业班团青比上限",
        {
            "stage": (Level.PUBLIC, "适用"),
            "starts_on": (Level.PUBLIC, "施行日期"),
            "per_mille": (Level.PUBLIC, "上限"),
            "is_hard": (Level.PUBLIC, "超过的不能批准"),
            "source": (Level.PUBLIC, "依据"),
            "reason": (Level.PUBLIC, "调整原因"),
            "entered_by": (Level.INTERNAL, "登记人"),
        },
    ),
    *table(
        "joining.GraduatingClass",
        "核对毕业班团青比",
        {
            "org": (Level.INTERNAL, "团支部"),
            "year": (Level.INTERNAL, "毕业年份"),
            "stage": (Level.INTERNAL, "学段"),
            "students": (Level.INTERNAL, "学生数"),
            "starts_on": (Level.INTERNAL, "起始日期"),
            "ends_on": (Level.INTERNAL, "终止日期"),
            "entered_by": (Level.INTERNAL, "登记人"),
            "entered_at": (Level.INTERNAL, "登记时间"),
        },
    ),
)
