"""The minutes as a document: mark, names, text, decisions, as G-40 sets them."""

from datetime import UTC, datetime, time

from docx.document import Document

from qinghe.edges import official
from qinghe.kernel.access.actors import Actor
from qinghe.lib import sentences
from qinghe.lib.periods import TZ, day_in_words
from qinghe.systems.meetings import queries
from qinghe.systems.meetings.queries import Sitting

CHINESE = "一二三四五六七八九十"
BOLD_FACE = '<w:rFonts w:hint="eastAsia" w:eastAsia="黑体"/>'
DRAFT = "（草稿，未定稿）"


def minutes_of(actor: Actor, sitting: Sitting) -> bytes:
    """Return the minutes of a sitting as far as their reader sees it; the same words, the same bytes."""
    made = official.blank()
    official.add_mark(made, _mark(sitting.body.name))
    official.add(made, official.NUMBER)
    official.add(made, official.NUMBER, sitting.minutes_number or day_in_words(sitting.day))
    official.add(made, official.NUMBER)
    official.add(made, official.TITLE, _title(sitting))
    official.add(made, official.TITLE)
    _opening(made, sitting)
    for line in sitting.minutes.splitlines():
        if line.strip():
            official.add(made, _form(line.strip()), line.strip())
    _decisions(made, actor, sitting)
    _names(made, actor, sitting)
    official.name(
        made, title=f"{sitting.title}纪要", author=sitting.body.org.name, at=_stamp(sitting)
    )
    return official.packed(made, at=_stamp(sitting))


def _mark(body: str) -> str:
    """Return the mark ××××会议纪要 (G-40)."""
    return f"{body}纪要" if body.endswith("会议") else f"{body}会议纪要"


def _title(sitting: Sitting) -> str:
    return f"{sitting.title}纪要{'' if sitting.minuted_on else DRAFT}"


def _opening(made: Document, sitting: Sitting) -> None:
    """Say when, where, under whom it met."""
    when = day_in_words(sitting.day)
    if sitting.starts_at is not None:
        begins = sitting.starts_at.astimezone(TZ)
        when = f"{when}{'上午' if begins.hour < 12 else '下午'}"
    where = f"在{sitting.place}" if sitting.place else ""
    under = f"会议由{sitting.host}主持。" if sitting.host else ""
    official.add(made, official.BODY, f"{when}，{sitting.title}{where}召开。{under}纪要如下：")


def _form(line: str) -> official.Form:
    """Return how a line is set: 一、 is a heading (G-16)."""
    is_heading = line[0] in CHINESE and "、" in line[:4] and not line.endswith("。")
    return official.HEADING1 if is_heading else official.BODY


def _decisions(made: Document, actor: Actor, sitting: Sitting) -> None:
    found = queries.decisions_seen_by(actor).filter(sitting=sitting).exclude(state="void")
    rows = list(found.order_by("place"))
    if not rows:
        return
    official.add(made, official.BODY, "会议议定以下事项：")
    for number, one in enumerate(rows, start=1):
        helped = f"，{one.helpers}配合" if one.helpers else ""
        text = sentences.inside(one.text)
        due = day_in_words(one.due_on)
        official.add(
            made,
            official.BODY,
            f"{number}.{text}。（责任单位：{one.owner.name}{helped}；完成时限：{due}）",
        )


def _names(made: Document, actor: Actor, sitting: Sitting) -> None:
    """Name those present, those on leave, those beside them: labels in 黑体, names in 仿宋."""
    there = queries.present_at(actor, sitting)
    official.add(made, official.BODY)
    for label, names in (("出席", there.came), ("请假", there.away), ("列席", there.guests)):
        if not names:
            continue
        paragraph = official.add(made, official.BODY)
        official.put(paragraph, f"{label}：", marks=BOLD_FACE)
        official.put(paragraph, "，".join(names))


def _stamp(sitting: Sitting) -> datetime:
    """Return a moment that stays the same for the same minutes."""
    return datetime.combine(sitting.minuted_on or sitting.day, time(), tzinfo=UTC)
