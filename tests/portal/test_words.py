"""What tags and filters make of values and states: plain words, local days, numbers that can be called."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

from portal.templatetags.portal import WORDS, day, moment, plain


def tag(source, **context):
    return engines["django"].from_string("{% load portal %}" + source).render(context)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "未提供"),
        ("", "未提供"),
        (True, "是"),
        (False, "否"),
        (0, "0"),
        ([], "无"),
        (["甲", "乙"], "甲、乙"),
        (dt.date(2024, 3, 5), "2024年3月5日"),
    ],
)
def test_a_value_is_said_in_plain_words(value, words):
    assert plain(value) == words


def test_a_moment_is_told_in_local_time():
    late = dt.datetime(2024, 3, 4, 18, 3, tzinfo=dt.UTC)
    assert moment(late) == "2024年3月5日 02:03"
    assert day(late) == "2024年3月5日"
    assert moment(None) == day(None) == ""


def test_every_state_has_a_tone_of_the_palette_and_a_word():
    css = (Path(settings.ROOT) / "static" / "components.css").read_text()
    for tone, word in WORDS.values():
        assert f".tag-{tone} " in css
        assert re.search(r"[一-龥]", word)


def test_an_unlisted_state_shows_the_given_word_and_never_its_code():
    assert "别的" in tag("{% badge 'odd' '别的' %}")
    assert tag("{% badge 'odd' %}").strip() == ""


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("咨询电话 022-12345678", '咨询电话 <a href="tel:022-12345678">022-12345678</a>'),
        ("拨打 12345", '拨打 <a href="tel:12345">12345</a>'),
        ("<b>民政办</b>", "&lt;b&gt;民政办&lt;/b&gt;"),
        ("", ""),
    ],
)
def test_a_telephone_number_in_a_line_can_be_called(line, shown):
    assert tag("{{ line|telephone }}", line=line) == shown
