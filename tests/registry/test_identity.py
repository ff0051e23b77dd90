import datetime as dt

import pytest
from stdnum.cn import ric

from registry import identity

TODAY = dt.date(2026, 11, 22)


def number(body):
    """An identity number from its first 17 digits."""
    return body + ric.calc_check_digit(body + "0")


GOOD = number("12010319800101001")


@pytest.mark.parametrize("body", ["12010319800101001", "81000019900307001", "83000019900307002", "91124019850101003"])
def test_residents_and_permit_holders_are_accepted(body):
    assert identity.check_identity_number(number(body), on=TODAY) == number(body)


def test_a_published_number_validates():
    """The example of the standard (GB 11643)."""
    assert identity.check_identity_number("11010519491231002X", on=TODAY) == "11010519491231002X"


@pytest.mark.parametrize(
    "typed",
    ["11010519491231002x", " 110105 19491231 002X ", "110105-19491231-002X",
     "１１０１０５１９４９１２３１００２Ｘ", "110105\u200219491231002X"],
)  # fmt: skip
def test_typing_habits_are_forgiven(typed):
    assert identity.check_identity_number(typed, on=TODAY) == "11010519491231002X"


FAULTS = [
    ("", "填写"),
    (GOOD[:17], "现在是 17 位"),
    ("120103800101001", "现在是 15 位"),
    (GOOD[:10] + "A" + GOOD[11:], "只能由数字组成"),
    ("X" + GOOD[1:], "只能由数字组成"),
    (number("00010319800101001"), "地区代码"),
    (number("12010319800230001"), "出生日期不存在"),
    (number("12010319801301001"), "出生日期不存在"),
    (number("12010320261123001"), "晚于今天"),
    (number("12010318000101001"), "过早"),
    (GOOD[:17] + ("1" if GOOD[17] != "1" else "2"), "校验不符"),
    (GOOD[:13] + "2" + GOOD[14:], "校验不符"),
]


@pytest.mark.parametrize(("typed", "reason"), FAULTS)
def test_each_fault_of_an_identity_number_has_its_own_reason(typed, reason):
    with pytest.raises(ValueError, match=reason):
        identity.check_identity_number(typed, on=TODAY)


def test_born_today_is_not_born_tomorrow():
    assert identity.check_identity_number(number("12010320261122001"), on=TODAY)


PHONES = [
    ("13812345678", "13812345678"),
    ("138 1234 5678", "13812345678"),
    ("+86 138-1234-5678", "13812345678"),
    ("１３８１２３４５６７８", "13812345678"),
    ("022-28301234", "022-28301234"),
    ("(022)28301234", "022-28301234"),
    ("（0577）88123456", "0577-88123456"),
    ("0432 6201234", "0432-6201234"),
    ("01065123456", "010-65123456"),
    ("12345678901", None),
    ("1381234567", None),
    ("138123456789", None),
    ("28301234", None),
    ("022-1830123", None),
    ("电话见附件", None),
    ("", None),
]


@pytest.mark.parametrize(("typed", "kept"), PHONES)
def test_a_phone_number(typed, kept):
    if kept:
        assert identity.check_phone(typed) == kept
    else:
        with pytest.raises(ValueError, match="填写"):
            identity.check_phone(typed)


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (identity.mask_identity_number, "11010119900307851X", "110***********851X"),
        (identity.mask_identity_number, "", ""),
        (identity.mask_identity_number, "1101", "****"),
        (identity.mask_phone, "13812345678", "138****5678"),
        (identity.mask_phone, "022-28301234", "022****1234"),
        (identity.mask_phone, "1234567", "*******"),
        (identity.mask_name, "张三", "张*"),
        (identity.mask_name, "张 三丰", "张*"),
        (identity.mask_name, "欧阳修", "欧阳*"),
        (identity.mask_name, "欧阳", "欧*"),
        (identity.mask_name, "", ""),
    ],
)
def test_masks(mask, value, shown):
    assert mask(value) == shown
