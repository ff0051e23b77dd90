"""Words with placeholders: only what is known is filled, and a template reaches nothing but the names it is given."""

import pytest

from registry.messages import texts


@pytest.mark.parametrize("key", texts.EVENTS)
def test_the_portals_own_words_are_words_it_would_accept(key):
    event = texts.EVENTS[key]
    for channel, (subject, body) in event.words.items():
        assert texts.faults(event, channel, subject, body) == []


@pytest.mark.parametrize("key", texts.EVENTS)
def test_nothing_stays_unfilled_in_the_example(key):
    for subject, body in texts.EVENTS[key].words.values():
        assert "{" not in texts.fill(subject + body, texts.EXAMPLE)


@pytest.mark.parametrize("text", ["{organisation.__class__}", "{0}", "{organisation!r}", "{}", "{link:>99}"])
def test_a_placeholder_cannot_reach_into_anything(text):
    assert texts.fill(text, texts.EXAMPLE) == text


def test_a_placeholder_may_be_written_in_words():
    assert texts.fill("{组织名称}：{网址}", {"organisation": "合唱团", "link": "x"}) == "合唱团：x"


def test_a_value_that_looks_like_a_placeholder_stays_what_it_is():
    assert texts.fill("{organisation}", {"organisation": "{link}", "link": "x"}) == "{link}"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("{link}", []),
        ("{组织名称}：{网址}", []),
        ("{link}{phone}", ["“{phone}”不能用在这里"]),
        ("{link}{step}", ["“{step}”不能用在这里"]),  # known, but not at this occasion
        ("{link", ["大括号没有成对，例如应写成“{网址}”", "内容里要有“{网址}”"]),
        ("没有网址", ["内容里要有“{网址}”"]),
        ("长" * 200 + "{link}", ["内容不能超过 200 个字，现在有 206 个字"]),
    ],
)
def test_what_is_wrong_with_a_text_is_said_by_name(body, told):
    assert texts.faults(texts.EVENTS["submitted"], "sms", "", body) == told
