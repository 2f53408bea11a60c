"""How marks and figures in hundredths are written on a page."""

from collections.abc import Mapping

from django import template

from qinghe.systems.assessments import rules

register = template.Library()


@register.filter
def marks(hundredths: int | None) -> str:
    """Write hundredths with two digits, or a dash where there are none yet."""
    return rules.in_words(hundredths)


@register.filter
def of(words: Mapping[str, str], key: str) -> str:
    """Return what a word stands for."""
    return words.get(key, key)
