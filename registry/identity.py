"""Numbers that point to a person: checked when typed in, masked whenever they are shown. No database.

Identity numbers follow GB 11643-1999 (eighteen characters, check character modulo 11). Residence permits of people
from Hong Kong, Macau and Taiwan (81, 82, 83) and permanent residence cards (9) have the same shape and are accepted;
`stdnum.cn.ric.validate` refuses them and accepts birth dates to come, so that only its check digit is used.
"""

import datetime as dt
import re
import unicodedata

from stdnum.cn import ric

PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
OLDEST = 130  # years
MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"(010|02\d|0[3-9]\d{2})([2-9]\d{6,7})")
COMPOUND_SURNAMES = frozenset(
    (
        "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 司空 "
        "夏侯 宇文 长孙 端木 呼延 南宫 轩辕 独孤 万俟 闻人 赫连 澹台"
    ).split()
)


def normalise(text: str) -> str:
    """Half-width capitals without spaces or hyphens of any kind."""
    plain = unicodedata.normalize("NFKC", str(text)).upper()
    return re.sub(r"[\s\-‐-―−]", "", plain)


def check_identity_number(number: str, *, on: dt.date) -> str:
    """The normalised identity number; `ValueError` names the fault. `on` is the day that counts as today."""
    text = normalise(number)
    if not text:
        raise ValueError("填写身份证件号码")
    if len(text) != 18:
        raise ValueError(f"身份证件号码应为 18 位，现在是 {len(text)} 位")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", text):
        raise ValueError("身份证件号码只能由数字组成，最后一位可以是 X")
    if text[:2] not in PROVINCES and text[0] != "9":
        raise ValueError("身份证件号码前两位不是有效的地区代码，核对一下")
    _check_birth(text, on)
    if text[17] != ric.calc_check_digit(text):
        raise ValueError("身份证件号码校验不符，核对是否抄错、漏抄或颠倒了数字")
    return text


def _check_birth(text: str, on: dt.date) -> None:
    born = birth_date(text)
    if born > on:
        raise ValueError("身份证件号码中的出生日期晚于今天，核对一下")
    if on.year - born.year > OLDEST:
        raise ValueError("身份证件号码中的出生日期过早，请核对")


def birth_date(number: str) -> dt.date:
    """The day of birth written in an identity number of eighteen characters; `ValueError` when there is no such day."""
    digits = normalise(number)[6:14]
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        raise ValueError("身份证件号码中的出生日期不存在，请核对") from None


def check_phone(number: str) -> str:
    """A mobile number as 11 digits, or a landline as 区号-号码; `ValueError` otherwise. +86 is dropped."""
    text = re.sub(r"[()]", "", normalise(number))
    text = re.sub(r"^(\+86|0086)", "", text)
    if not text:
        raise ValueError("请填写联系电话")
    if MOBILE.fullmatch(text) and text.isascii():
        return text
    landline = LANDLINE.fullmatch(text)
    if landline and text.isascii():
        return "-".join(landline.groups())
    raise ValueError("填写 11 位手机号，或带区号的固定电话，例如 022-28301234")


def mask_identity_number(number: str) -> str:
    """First three and last four characters, the rest stars: 110***********851X."""
    return _mask(normalise(number))


def mask_phone(number: str) -> str:
    """First three and last four digits, the rest stars: 138****5678."""
    return _mask(normalise(number))


def _mask(text: str) -> str:
    if len(text) < 10:
        return "*" * len(text)
    return text[:3] + "*" * (len(text) - 7) + text[-4:]


def mask_name(name: str) -> str:
    """The name as the public sees it: the surname and one star, whatever the length."""
    text = "".join(str(name).split())
    surname = text[:2] if text[:2] in COMPOUND_SURNAMES and len(text) > 2 else text[:1]
    return f"{surname}*" if surname else ""
