import pytest
from stdnum.cn import uscc as stdnum_uscc

from registry import uscc

GOOD = uscc.make(1, legal_form="social_service_org", division_code="500112000000")


def last(body):
    return body + stdnum_uscc.calc_check_digit(body)


@pytest.mark.parametrize("code", ["11120000000125735B", "112202000135132861"])
def test_the_check_character_agrees_with_published_codes(code):
    """The codes of two issuers, printed in the index numbers of their documents."""
    assert stdnum_uscc.calc_check_digit(code[:17]) == code[17]


@pytest.mark.parametrize("body", ["000125735", "013513286"])
def test_the_subject_check_agrees_with_published_codes(body):
    assert uscc._subject_check(body[:8]) == body[8]


@pytest.mark.parametrize(
    ("form", "kind"), [("association", "1"), ("social_service_org", "2"), ("foundation", "3"), ("other", "9")]
)
def test_each_legal_form_has_its_digit(form, kind):
    code = uscc.make(77, legal_form=form, division_code="330302")
    assert code[:8] == f"5{kind}330302" and len(code) == 18
    assert uscc.check(code, legal_form=form, division_code="330302000000") == code


def test_a_thousand_serials_are_a_thousand_codes():
    codes = {uscc.make(n, legal_form="association", division_code="120103") for n in range(1000)}
    assert len(codes) == 1000
    assert all(uscc.check(code, legal_form="association", division_code="120103") for code in codes)


@pytest.mark.parametrize("serial", [-1, 1_000_000])
def test_a_serial_out_of_range_is_refused(serial):
    with pytest.raises(ValueError, match="流水号"):
        uscc.make(serial, legal_form="association", division_code="120103")


@pytest.mark.parametrize(
    "typed",
    [GOOD.lower(), f"  {GOOD} ", f"{GOOD[:6]} {GOOD[6:]}", f"{GOOD[:2]}-{GOOD[2:]}",
     "".join(chr(ord(character) + 0xFEE0) for character in GOOD)],
)  # fmt: skip
def test_typing_habits_are_forgiven(typed):
    assert uscc.check(typed, legal_form="social_service_org", division_code="500112") == GOOD


FAULTS = [
    ("", "请填写"),
    (GOOD[:17], "现在是 17 位"),
    (GOOD + "0", "现在是 19 位"),
    (GOOD[:9] + "I" + GOOD[10:], "第 10 位“I”不可用"),
    (GOOD[:9] + "测" + GOOD[10:], "第 10 位“测”不可用"),
    (last("9" + GOOD[1:17]), "第 1 位应为 5"),
    (last("51" + GOOD[2:17]), "第 2 位应为 2"),
    (last(GOOD[:2] + "500113" + GOOD[8:17]), "区划代码 500112，现在是 500113"),
    (last(GOOD[:2] + "50011N" + GOOD[8:17]), "现在是 50011N"),
    (GOOD[:17] + ("0" if GOOD[17] != "0" else "1"), "最后一位校验不符"),
    (GOOD[:12] + GOOD[13] + GOOD[12] + GOOD[14:] if GOOD[12] != GOOD[13] else GOOD[:17] + "W", "校验不符"),
]


@pytest.mark.parametrize(("code", "reason"), FAULTS)
def test_each_fault_has_its_own_reason(code, reason):
    with pytest.raises(ValueError, match=reason):
        uscc.check(code, legal_form="social_service_org", division_code="500112000000")
