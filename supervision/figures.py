"""Numbers in words for people, exact and never rounded upward: what is not reached must not look reached."""

import datetime as dt
from fractions import Fraction

from registry.policy.keys import KEYS, requirement
from registry.policy.parameters import Parameter
from supervision.targets import EACH, Judgement, Status, Timing


def average(value: Fraction) -> str:
    """4.75, 3, 0.33: two places at most, cut off and not rounded."""
    whole, rest = divmod(value.numerator * 100 // value.denominator, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")


def percent(value: Fraction) -> str:
    """33.3%: one place at most, cut off and not rounded; what is too small for that as 万分之5."""
    if 0 < value < Fraction(1, 1000):
        return f"万分之{average(value * 10000)}"
    whole, rest = divmod(value.numerator * 1000 // value.denominator, 10)
    return f"{whole}.{rest}%" if rest else f"{whole}%"


def share(value: Fraction) -> str:
    """How a document would write a share: 1/3, 1/2000, 13%, 全部."""
    if value == 1:
        return "全部"
    return percent(value) if 100 % value.denominator == 0 else f"{value.numerator}/{value.denominator}"


def wanted(parameter: Parameter) -> str:
    """What a target asks for, in a few words."""
    if parameter.op == "between":
        low, high = parameter.value
        return f"每家 {low} 至 {high} 人"
    if parameter.op == "≤" or parameter.unit in ("flag", "party_member"):
        return requirement(KEYS[parameter.key], parameter)
    if parameter.exact is None:
        return "逐步提高"
    if parameter.unit == "per_community":
        return f"平均不少于 {average(parameter.exact)} 个"
    if parameter.unit in EACH:
        return f"每处不少于 {average(parameter.exact)} 个"
    return (
        share(parameter.exact) if parameter.op == "==" or parameter.exact == 1 else f"不低于 {share(parameter.exact)}"
    )


def short(judgement: Judgement, missing: str) -> str:
    """还差 3 个组织; empty when nothing is short or nothing can be said."""
    return f"还差 {judgement.gap} {missing}" if judgement.gap else ""


def then(judgement: Judgement, missing: str) -> str:
    """How it stood on the due day: 到期时未达标，还差 3 个组织."""
    return "，".join(filter(None, [f"到期时{judgement.status.label}", short(judgement, missing)]))


def day(on: dt.date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def when(judgement: Judgement) -> str:
    """By when, and whether that is over."""
    parameter = judgement.parameter
    if parameter.due is None:
        return "长期要求"
    return f"{day(parameter.due)}前" + ("（已到期）" if judgement.timing is Timing.PASSED else "")


def verdict(judgement: Judgement, *, formal: bool) -> str:
    """The status in words; below the level at which a target is judged it is only a contribution."""
    words = judgement.status.label
    return words if formal or judgement.status in (Status.NO_DATA, Status.NOT_APPLICABLE) else f"{words}（仅作参考）"
