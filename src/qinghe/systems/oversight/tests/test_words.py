"""Auditors read words: every verb that the code writes is called something."""

import re
from pathlib import Path

from django.urls import get_resolver

import qinghe
from qinghe.edges.web import timeline
from qinghe.kernel.audit.models import Entry
from qinghe.systems.oversight import forms
from tests import cast

SOURCE = Path(qinghe.__file__).parent
WRITTEN = re.compile(r'verb="([a-z_]+\.[a-z_]+)"')
TOLD = re.compile(r'trail\.tell(?:_refused)?\(\s*"([a-z_]+)"')  # comings and goings


def verbs():
    files = (path for path in SOURCE.rglob("*.py") if "tests" not in path.parts)
    texts = [path.read_text() for path in files]
    written = {verb for text in texts for verb in WRITTEN.findall(text)}
    return written | {f"accounts.{verb}" for text in texts for verb in TOLD.findall(text)}


def test_every_verb_has_its_words():
    assert get_resolver().url_patterns  # views name their verbs when they are loaded

    assert verbs()
    assert sorted(verbs() - set(timeline.VERBS)) == []


def test_what_stands_for_a_choice_is_told_in_words():
    told = {"purpose": "volunteering", "by_guardian": True, "person": 7}
    entry = Entry(verb="consent.give", at=cast.NOW, by="禾小苗（7）", detail=told)

    assert timeline.line(entry).detail == [
        ("用途", "志愿服务"),
        ("由监护人", "是"),
        ("人员序号", "7"),
    ]


def test_every_group_of_verbs_has_its_name():
    assert {verb.partition(".")[0] for verb in verbs()} <= set(forms.areas())
