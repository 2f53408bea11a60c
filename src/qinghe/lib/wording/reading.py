"""The shapes of printed numbers: what counts as one, and what only looks like one."""

import re

# A number with what belongs to it: hedge before, 万, 亿 or % and 余 behind; or 百余, 千余, 万余.
# Words such as 最近, 附近, 预约, 签约 end in a hedge's character and are none.
NUMBER = re.compile(
    r"""
    (?:(?P<hedge>(?<!赶)超过?|逾|(?<![最附])近|(?<![预签节契条公合违履邀])约)[ ]?)?
    (?:(?<![\w.%％])(?P<sign>-))?
    (?<![0-9０-９.A-Za-z])
    (?P<digits>\d{1,3}(?:,\d{3})+(?![0-9])(?:\.\d+)?|\d+(?:\.\d+)?)
    (?P<more>[ ]?[余多](?=[ ]?[万亿]))?
    (?:[ ]?(?P<size>[万亿])|[ ]?(?P<percent>[%％])|[ ]?(?P<spoken>千(?![克米瓦])|百(?!分)|十(?![大佳])))?
    (?P<more_of>[ ]?(?:余|多(?!媒)))?
    |(?<![一二三四五六七八九十百千万两数\d])(?P<round>[百千万])余
    """,
    re.VERBOSE,
)

# Digits that count nothing: years, days, times, codes with a leading zero, marks of a list, numbers
# of documents in whatever brackets (G-12).
NO_QUANTITY = re.compile(
    r"""
    (?<!\d)\d{4}[ ]?年(?!间|来|多|余)(?:度|[上下]半年|第[一二三四]季度)?
    |(?<!\d)\d{1,2}[ ]?月份?(?:[ ]?\d{1,2}[ ]?[日号])?
    |(?<!\d)\d{4}-\d{2}(?:-\d{2})?(?!\d)
    |(?<![\d月])\d{1,2}[ ]?日(?!均)
    |(?<!\d)\d{1,2}[:：]\d{2}(?::\d{2})?(?!\d)
    |(?<![\d.])(?<!\d,)0\d+(?![\d.%％])
    |[\[［(（【〔][ ]?\d{4}[ ]?[\]］)）】〕][ ]?第?[ ]?\d+[ ]?号
    |[(（]\d{1,2}[)）]
    |(?:^|(?<=\n))[ \u3000]*\d{1,2}(?:[、．]|[.)）](?!\d))
    """,
    re.VERBOSE,
)
