"""Unified social credit codes of organisations registered by civil affairs (GB 32100-2015), without a database.

Eighteen characters: 1 the registering department (5 = 民政), 2 the kind of organisation (1 社会团体, 2 社会服务机构,
3 基金会, 9 其他), 3 to 8 the division code of the registering authority (GB/T 2260), 9 to 17 the subject code
(GB 11714), 18 a check character modulo 31. The check character comes from python-stdnum; the shape is checked here,
because its `validate` knows nothing of civil affairs codes and refuses every letter among the first eight.
"""

import unicodedata

from stdnum.cn import uscc as stdnum_uscc

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I O S V Z: they read like digits
CIVIL_AFFAIRS = "5"
KINDS = {"association": "1", "social_service_org": "2", "foundation": "3", "other": "9"}
KIND_NAMES = {"1": "社会团体", "2": "社会服务机构（民办非企业单位）", "3": "基金会", "9": "其他"}
SUBJECT_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def normalise(code: str) -> str:
    """The code in half-width capitals without spaces or hyphens, otherwise as it was given."""
    text = unicodedata.normalize("NFKC", str(code)).upper()
    return "".join(text.split()).replace("-", "")


def check(code: str, *, legal_form: str, division_code: str) -> str:
    """The normalised code, if it can be the code of this legal form given by the authority of this division.

    `division_code` is the authority's division code, of which the first six digits count. `ValueError` names the
    first fault in plain Chinese (length, character, department, kind, division, check character).
    """
    text = normalise(code)
    _check_shape(text)
    _check_head(text, KINDS.get(legal_form, KINDS["other"]), division_code[:6])
    expected = stdnum_uscc.calc_check_digit(text[:17])
    if text[17] != expected:
        raise ValueError("统一社会信用代码最后一位校验不符，请核对是否抄错、漏抄或颠倒了字符")
    return text


def _check_shape(text: str) -> None:
    if not text:
        raise ValueError("请填写统一社会信用代码")
    if len(text) != 18:
        raise ValueError(f"统一社会信用代码应为 18 位，现在是 {len(text)} 位")
    for place, character in enumerate(text, start=1):
        if character not in ALPHABET:
            raise ValueError(
                f"统一社会信用代码第 {place} 位“{character}”不可用：只用数字和除 I、O、S、V、Z 外的大写字母"
            )


def _check_head(text: str, kind: str, division: str) -> None:
    if text[0] != CIVIL_AFFAIRS:
        raise ValueError(f"第 1 位应为 5（由民政部门登记），现在是 {text[0]}")
    if text[1] != kind:
        raise ValueError(f"第 2 位应为 {kind}（{KIND_NAMES[kind]}），现在是 {text[1]}")
    if text[2:8] != division:
        raise ValueError(f"第 3 至 8 位应为登记机关的区划代码 {division}，现在是 {text[2:8]}")


def make(serial: int, *, legal_form: str, division_code: str) -> str:
    """A well-formed code for demonstrations and tests, from a running number of at most six digits."""
    if not 0 <= serial <= 999_999:
        raise ValueError(f"流水号应在 0 至 999999 之间：{serial}")
    subject = f"MJ{serial:06d}"
    head = CIVIL_AFFAIRS + KINDS.get(legal_form, KINDS["other"]) + division_code[:6]
    body = head + subject + _subject_check(subject)
    return body + stdnum_uscc.calc_check_digit(body)


def _subject_check(subject: str) -> str:
    """The check character of a subject code (GB 11714): modulo 11, ten is written X."""
    total = sum(int(character, 36) * weight for character, weight in zip(subject, SUBJECT_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]
